"""Pages of the learning part. A course or lesson is the same in both languages by its `translation_key`."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from accounts.models import Organisation
from courses.blocks import QuestionsBlock
from courses.enums import CourseIcon
from courses.models.skills import Skill
from ui.blocks import BodyBlock
from ui.fields import LeanStreamField
from ui.pictures import weigh

FRAME_BYTES = 5000  # header, menu, icons and the list of lessons, as delivered

PageView = Callable[..., HttpResponse]


class ShownPage(Page):
    """A page whose screens are plain views: they register themselves with `shown_by`, so models import no view."""

    screens: ClassVar[dict[str, PageView]]
    tab = "learn"

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

    def serve(self, request: HttpRequest, screen: str = "") -> HttpResponse:
        return type(self).screens[screen](request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Preview modes are named after screens."""
        return self.serve(request, mode_name)


class CourseIndexPage(ShownPage):
    """The catalogue, one a language."""

    intro = models.TextField(_("Introduction"), blank=True, default="")

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    subpage_types = ["courses.PublisherPage", "courses.CoursePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("course catalogue")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Finds the page below in one query instead of two a level; `quiz/` below a lesson is its quiz."""
        if not path_components:
            return super().route(request, path_components)
        *above, last = path_components
        lesson = len(path_components) >= 3 and last == "quiz" and self._find_below(LessonPage, above)
        if lesson:
            return lesson.route(request, ["quiz"])
        for kind in _order_by_depth(len(path_components)):
            page = self._find_below(kind, path_components)
            if page:
                return page.route(request, [])
        raise Http404

    def _find_below(self, kind: type[Page], components: list[str]) -> Any:
        return kind.objects.filter(url_path="/".join([self.url_path.rstrip("/"), *components, ""])).first()


class PublisherPage(ShownPage):
    """The section of one organisation below the catalogue."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="publisher_pages")
    intro = models.TextField(_("Introduction"), blank=True, default="")

    content_panels = [*Page.content_panels, FieldPanel("organisation"), FieldPanel("intro")]
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.CoursePage"]

    class Meta:
        verbose_name = _("publisher's section")


class CoursePage(ShownPage):
    """A course: its lessons are the pages below, in their order."""

    summary = models.CharField(_("Summary"), max_length=255, help_text=_("One line for the list of courses."))
    intro = models.TextField(_("Introduction"), help_text=_("What the learner can do afterwards."))
    icon = models.CharField(_("Icon"), max_length=40, choices=CourseIcon, default=CourseIcon.BOOK)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), validators=[MinValueValidator(1)])

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("intro"),
        MultiFieldPanel([FieldPanel("icon"), FieldPanel("minutes")], heading=_("In the list")),
        InlinePanel("skill_links", heading=_("Skills granted"), label=_("Skill")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("intro")]
    parent_page_types = ["courses.CourseIndexPage", "courses.PublisherPage"]
    subpage_types = ["courses.LessonPage"]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")


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


class QuizMixin(models.Model):
    """Questions and pass mark of a page: page and quiz are one unit for review, translation and revision."""

    questions = LeanStreamField(QuestionsBlock(required=False), blank=True, verbose_name=_("Questions"))
    pass_mark = models.PositiveSmallIntegerField(
        _("Pass mark"),
        default=60,
        validators=[MaxValueValidator(100)],
        help_text=_("Per cent of the questions answered rightly at the first try."),
    )

    quiz_panels = [FieldPanel("questions"), FieldPanel("pass_mark")]

    class Meta:
        abstract = True

    @property
    def has_quiz(self) -> bool:
        return bool(self.questions)


class LessonPage(QuizMixin, ShownPage):
    """A lesson, with the quiz that ends it."""

    summary = models.CharField(_("Summary"), max_length=255, help_text=_("Says why: the first lines of the lesson."))
    minutes = models.PositiveSmallIntegerField(_("Minutes"), validators=[MinValueValidator(1)])
    body = LeanStreamField(BodyBlock(), verbose_name=_("Lesson"))
    byte_size = models.PositiveIntegerField(default=0, editable=False)  # of the opened page with its pictures

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("minutes"),
        FieldPanel("body"),
        MultiFieldPanel(QuizMixin.quiz_panels, heading=_("Quiz")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    parent_page_types = ["courses.CoursePage"]
    subpage_types: ClassVar[list[str]] = []
    preview_modes = [("", _("Lesson")), ("quiz", _("Quiz"))]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """`quiz/` below a live lesson that has questions is its quiz."""
        if path_components == ["quiz"] and self.live and self.has_quiz:
            return RouteResult(self, kwargs={"screen": "quiz"})
        return super().route(request, path_components)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Weighs the page, so that its cost can be shown before it is paid."""
        self.byte_size = FRAME_BYTES + weigh(self.body)
        super().save(*args, **kwargs)


def _order_by_depth(levels: int) -> tuple[type[Page], ...]:
    """Which kinds of page lie so many levels below the catalogue, the likeliest first."""
    return {1: (CoursePage, PublisherPage), 2: (LessonPage, CoursePage), 3: (LessonPage,)}.get(levels, ())
