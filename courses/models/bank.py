"""A bank of questions that the quizzes of one section draw from."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from courses.blocks import QuestionsBlock
from courses.models.pages import AIDS, ShownPage
from ui.fields import LeanStreamField


class QuestionBankPage(ShownPage):
    """Below the catalogue it is for every course, in a section for the courses of that organisation.

    A page so that review, translation, revisions and rights are those of pages; it has no public address.
    """

    questions = LeanStreamField(QuestionsBlock(), verbose_name=_("Questions"))

    content_panels: list[Any] = [
        *Page.content_panels,
        HelpPanel(template=AIDS, heading=_("Size and hints")),
        FieldPanel("questions"),
    ]
    parent_page_types = ["courses.CourseIndexPage", "courses.PublisherPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: list[Any] = []  # right answers are not for the site's search
    preview_modes = [("", _("Questions"))]

    class Meta:
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        raise Http404

    def get_url_parts(self, *args: Any, **kwargs: Any) -> None:
        """No address."""
