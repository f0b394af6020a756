"""The site's own pages: home, guides, and standard pages such as privacy."""

import re
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from courses.models.pages import ShownPage
from home.blocks import FiguresBlock
from ui.blocks import BodyBlock
from ui.fields import LeanStreamField

SENTENCE = re.compile(r"[^។.!?៕]+[។.!?៕]*")


class HomePage(ShownPage):
    """The first page of a language; everything else of that language stands below it."""

    lede = models.CharField(_("Below the title"), max_length=255)
    cip_note = models.CharField(_("What the CIP is"), max_length=255, blank=True, default="")
    why_title = models.CharField(_("Why take part: title"), max_length=120)
    why_lede = models.CharField(_("Why take part: text"), max_length=255)
    survey_lede = models.CharField(_("Survey: before the figures"), max_length=255, blank=True, default="")
    survey = LeanStreamField(FiguresBlock(required=False), blank=True, verbose_name=_("Survey: figures"))
    survey_source = models.CharField(_("Survey: source"), max_length=255, blank=True, default="")

    tab = "home"
    content_panels: list[Any] = [
        *Page.content_panels,
        FieldPanel("lede"),
        FieldPanel("cip_note"),
        MultiFieldPanel(
            [
                FieldPanel("why_title"),
                FieldPanel("why_lede"),
                FieldPanel("survey_lede"),
                FieldPanel("survey"),
                FieldPanel("survey_source"),
            ],
            heading=_("Why take part"),
        ),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["courses.CourseIndexPage", "home.GuideIndexPage", "home.StandardPage"]

    class Meta:
        verbose_name = _("home page")

    @property
    def sentences(self) -> list[str]:
        """The title's sentences, so that each stays on a line of its own."""
        return [sentence.strip() for sentence in SENTENCE.findall(self.title) if sentence.strip()]


class GuideIndexPage(ShownPage):
    """The list of guides, one a language."""

    intro = models.TextField(_("Introduction"), blank=True, default="")

    content_panels: list[Any] = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.GuidePage"]
    max_count_per_parent = 1  # type: ignore[assignment]

    class Meta:
        verbose_name = _("list of guides")


class GuidePage(ShownPage):
    """A few minutes' reading for any resident, with its sources named."""

    summary = models.CharField(_("Summary"), max_length=255, help_text=_("One line for lists and search."))
    minutes = models.PositiveSmallIntegerField(_("Minutes"), validators=[MinValueValidator(1)])
    body = LeanStreamField(BodyBlock(), verbose_name=_("Text"))
    sources = models.TextField(_("Sources"), blank=True, default="")

    content_panels: list[Any] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("minutes"),
        FieldPanel("body"),
        FieldPanel("sources"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    parent_page_types = ["home.GuideIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("guide")


class StandardPage(ShownPage):
    """About, help, privacy and the like."""

    summary = models.CharField(_("Summary"), max_length=255, help_text=_("One line for lists and search."))
    body = LeanStreamField(BodyBlock(), verbose_name=_("Text"))

    tab = ""
    content_panels: list[Any] = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    parent_page_types = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("standard page")
