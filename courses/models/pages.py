"""Pages of the learning part. A course or lesson is the same in both languages by its `translation_key`."""

import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail.url_routing import RouteResult

from accounts.models import Organisation
from courses.blocks import LessonBodyBlock
from courses.enums import CommuneWork, CourseIcon
from courses.models.permissions import TranslatorPermissionTester
from courses.models.quiz import ChecksMixin, LessonPageForm, QuizMixin
from courses.models.skills import Skill
from courses.models.task import TaskMixin
from ui.fields import LeanStreamField
from ui.pictures import weigh

QUIZ_SCREENS = frozenset({"quiz", "practice", "history"})
CHECK = "check"  # the screen of a course that asks form A or B
FRAME_BYTES = 2900  # header, menu, icons and the list of lessons, as delivered

AIDS = "courses/admin/aids_panel.html"  # what the draft costs and lacks
PREVIEW_SIZES = [
    {"name": "phone", "icon": "mobile-alt", "device_width": 360, "label": _("On a phone, 360 pixels")},
    {"name": "tablet", "icon": "tablet-alt", "device_width": 768, "label": _("On a tablet")},
    {"name": "computer", "icon": "desktop", "device_width": 1280, "label": _("On a computer")},
]

PageView = Callable[..., HttpResponse]


class ShownPage(Page):
    """A page whose screens are plain views: they register themselves with `shown_by`, so models import no view."""

    screens: ClassVar[dict[str, PageView]]
    tab = "learn"
    is_restricted: bool | None = None  # told by ui.routing
    preview_sizes = PREVIEW_SIZES

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.screens = {}

    @classmethod
    def shown_by(cls, name: str = "") -> Callable[[PageView], PageView]:
        """Decorator for a view `(request, page)`: the page itself, or its screen `name`."""

        def register(view: PageView) -> PageView:
            cls.screens[name] = view
            return view

        return register

    def get_view_restrictions(self) -> "models.QuerySet[PageViewRestriction]":
        """As Wagtail's, in one query; in none where the route has told already that there are none."""
        if self.is_restricted is False:
            return PageViewRestriction.objects.none()
        if self.alias_of_id:
            restrictions: models.QuerySet[PageViewRestriction] = super().get_view_restrictions()
            return restrictions
        paths = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(page__path__in=paths)

    def permissions_for_user(self, user: Any) -> TranslatorPermissionTester:
        """Wagtail's, plus publishing the translation of a page that is live."""
        return TranslatorPermissionTester(user, self)

    def serve(self, request: HttpRequest, screen: str = "") -> HttpResponse:
        return type(self).screens[screen](request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Preview modes are named after screens. The frame speaks the page's language, whatever the editor's."""
        with override(self.locale.language_code):
            return self.serve(request, mode_name)


class CourseIndexPage(ShownPage):
    """The catalogue, one a language."""

    intro = models.TextField(_("Introduction"), blank=True, default="")

    content_panels: list[Any] = [*Page.content_panels, FieldPanel("intro")]
    subpage_types = ["courses.PublisherPage", "courses.CoursePage", "courses.QuestionBankPage"]
    max_count_per_parent = 1  # type: ignore[assignment]

    class Meta:
        verbose_name = _("course catalogue")


class PublisherPage(ShownPage):
    """The section of one organisation below the catalogue."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="publisher_pages")
    intro = models.TextField(_("Introduction"), blank=True, default="")

    content_panels: list[Any] = [
        *Page.content_panels,
        FieldPanel("organisation", permission="superuser"),
        FieldPanel("intro"),
    ]
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.CoursePage", "courses.QuestionBankPage"]

    class Meta:
        verbose_name = _("publisher's section")


class CoursePage(ChecksMixin, ShownPage):
    """A course: its lessons are the pages below, in their order."""

    summary = models.CharField(_("Summary"), max_length=255, help_text=_("One line for the list of courses."))
    intro = models.TextField(_("Introduction"), help_text=_("What the learner can do afterwards."))
    icon = models.CharField(_("Icon"), max_length=40, choices=CourseIcon, default=CourseIcon.BOOK)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), validators=[MinValueValidator(1)])
    gives_certificate = models.BooleanField(
        _("Gives a certificate"),
        default=False,
        help_text=_("When every lesson that is not optional is read and its quiz passed."),
    )
    needs_task = models.BooleanField(_("Only with every practical task accepted"), default=False)
    needs_confirmation = models.BooleanField(_("Only when a commune office confirms"), default=False)
    work = models.CharField(_("Commune work"), max_length=10, choices=CommuneWork, blank=True, default="")
    review_by = models.DateField(
        _("Look through again by"),
        null=True,
        blank=True,
        help_text=_("Left empty, it becomes a year after publishing. On that day it shows in the list of what is due."),
    )
    may_be_copied = models.BooleanField(
        _("Others may copy it"),
        default=False,
        help_text=_("Other organisations may take a copy into their own section and change it there."),
    )

    certificate_panels = [
        FieldPanel("gives_certificate"),
        FieldPanel("needs_task"),
        FieldPanel("needs_confirmation"),
    ]
    content_panels: list[Any] = [
        *Page.content_panels,
        HelpPanel(template=AIDS, heading=_("Size and hints")),
        FieldPanel("summary"),
        FieldPanel("intro"),
        MultiFieldPanel([FieldPanel("icon"), FieldPanel("minutes"), FieldPanel("work")], heading=_("In the list")),
        InlinePanel("skill_links", heading=_("Skills granted"), label=_("Skill")),
        MultiFieldPanel(certificate_panels, heading=_("Certificate")),
        InlinePanel("prerequisites", heading=_("Better after these courses"), label=_("Course")),
        MultiFieldPanel(ChecksMixin.checks_panels, heading=_("Check before and after"), classname="collapsed"),
    ]
    settings_panels: list[Any] = [
        *Page.settings_panels,
        MultiFieldPanel([FieldPanel("review_by"), FieldPanel("may_be_copied")], heading=_("Care and copies")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("intro")]
    parent_page_types = ["courses.CourseIndexPage", "courses.PublisherPage"]
    subpage_types = ["courses.LessonPage"]

    preview_modes = [("", _("Course")), (CHECK, _("Check before and after"))]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """`check/` below a live course that has both forms is its check before and after."""
        if path_components == [CHECK] and self.live and self.check_count:
            return RouteResult(self, kwargs={"screen": CHECK})
        result: RouteResult = super().route(request, path_components)
        return result


class CourseSkill(models.Model):
    """A skill that a finished course grants."""

    page = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="skill_links")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="course_links", verbose_name=_("Skill"))

    panels = [FieldPanel("skill")]

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("page", "skill"), name="courses_courseskill_once"),)

    def __str__(self) -> str:
        return str(self.skill)


class LessonPage(QuizMixin, TaskMixin, ShownPage):
    """A lesson, with the quiz and the practical task that end it."""

    summary = models.CharField(_("Summary"), max_length=255, help_text=_("Says why: the first lines of the lesson."))
    minutes = models.PositiveSmallIntegerField(_("Minutes"), validators=[MinValueValidator(1)])
    is_optional = models.BooleanField(
        _("Optional"), default=False, help_text=_("The course can be finished without this lesson.")
    )
    section = models.CharField(
        _("Section"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("Only on the first lesson of a section: its title in the list of lessons."),
    )
    body = LeanStreamField(LessonBodyBlock(), verbose_name=_("Lesson"))
    byte_size = models.PositiveIntegerField(default=0, editable=False)  # of the opened page with its pictures
    audio_size = models.PositiveIntegerField(default=0, editable=False)  # behind a tap
    video_size = models.PositiveIntegerField(default=0, editable=False)  # behind a tap

    content_panels: list[Any] = [
        *Page.content_panels,
        HelpPanel(template=AIDS, heading=_("Size and hints")),
        FieldPanel("summary"),
        FieldPanel("minutes"),
        FieldPanel("is_optional"),
        FieldPanel("section"),
        FieldPanel("body"),
        MultiFieldPanel(QuizMixin.quiz_panels, heading=_("Quiz")),
        MultiFieldPanel(TaskMixin.task_panels, heading=_("Practical task")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    twin: "LessonPage | None" = None  # its live translation, where a list of lessons was read
    course_key: uuid.UUID  # likewise
    course_title: str  # likewise

    parent_page_types = ["courses.CoursePage"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = LessonPageForm
    preview_modes = [("", _("Lesson")), ("quiz", _("Quiz"))]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Below a live lesson that has questions: its quiz, practice, and the list of one's attempts."""
        screen = path_components[0] if len(path_components) == 1 else ""
        if screen in QUIZ_SCREENS and self.live and self.has_quiz:
            return RouteResult(self, kwargs={"screen": screen})
        result: RouteResult = super().route(request, path_components)
        return result

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """A draft is counted as saving would count it."""
        self.question_count = self.count_questions()
        return super().serve_preview(request, mode_name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Weighs the page and counts its questions, so that lists show both without reading the lesson."""
        self.question_count = self.count_questions()
        self.has_task = bool(self.task)
        self.task_title = self.task[0].value["title"] if self.task else ""
        weight = weigh(self.body, self.task)
        self.byte_size = FRAME_BYTES + weight.opened
        self.audio_size, self.video_size = weight.audio, weight.video
        super().save(*args, **kwargs)
