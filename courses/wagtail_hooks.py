"""The editors' admin: the way to one's own section, and translation kept inside it."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import GroupPagePermission, Page
from wagtail_localize.models import TranslationSource
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from accounts.models import User
from courses.models import PublisherPage


def submit_translation(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """As wagtail-localize, which asks for a right of its own but not whether the page is one's own."""
    check_can_change(request, get_object_or_404(Page, pk=page_id))
    response: HttpResponseBase = SubmitPageTranslationView.as_view()(request, page_id=page_id)
    return response


def update_translations(request: HttpRequest, translation_source_id: int) -> HttpResponseBase:
    """As wagtail-localize, for one's own pages."""
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    instance = source.get_source_instance()
    if isinstance(instance, Page):
        check_can_change(request, instance)
    response: HttpResponseBase = UpdateTranslationsView.as_view()(request, translation_source_id=translation_source_id)
    return response


def report_translations(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    """The list of every organisation's translations is for the programme, not for one of them."""
    if not request.user.is_superuser:
        raise PermissionDenied
    response: HttpResponseBase = TranslationsReportView.as_view(**kwargs)(request)
    return response


def check_can_change(request: HttpRequest, page: Page) -> None:
    """Raises PermissionDenied for a page of somebody else's section."""
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied


@hooks.register("register_admin_urls", order=-1)  # type: ignore[untyped-decorator]
def guard_translation() -> list[URLPattern]:
    """Stand before wagtail-localize's addresses of the same name."""
    return [
        path("localize/submit/page/<int:page_id>/", submit_translation),
        path("localize/update/<int:translation_source_id>/", update_translations),
        path("localize/reports/translations/", report_translations),
        path("localize/reports/translations/results/", report_translations, {"results_only": True}),
    ]


class SectionPanel(Component):
    """The first thing an NGO's editor sees: their section in both languages."""

    order = 50
    template_name = "courses/section_panel.html"

    def __init__(self, sections: list[PublisherPage]) -> None:
        self.sections = sections

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"sections": self.sections}


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def show_section(request: HttpRequest, panels: list[Component]) -> None:
    """For editors of an organisation; the programme's staff see the whole tree anyway."""
    rights = GroupPagePermission.objects.filter(group__user=cast(User, request.user))
    sections = PublisherPage.objects.filter(group_permissions__in=rights).select_related("locale").distinct()
    if sections:
        panels.append(SectionPanel(list(sections)))
