"""The editors' admin: translation stays inside one's own section, previews of files stay in one's own collection."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.models import Page
from wagtail_localize.models import TranslationSource
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView


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
