"""Editors' admin: what a draft costs and lacks, and both languages side by side as a phone shows them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page
from wagtail_localize.models import Translation

from courses.models import CoursePage, LessonPage, QuestionBankPage
from courses.services.authoring import review_draft
from courses.services.authoring_size import list_lessons


def show_aids(request: HttpRequest, page_id: int) -> HttpResponse:
    """What there is to look at in a draft, by itself or (`?part`) as the piece of the edit screen."""
    draft = find_draft(request, page_id)
    with override(draft.locale.language_code):  # what the page speaks must not become what the admin speaks
        html = draft.make_preview_request(request, "").content
    twin = draft.get_translations().first()
    review = review_draft(draft, html=html, twin=twin.specific.get_latest_revision_as_object() if twin else None)
    context = {
        "heading": draft.get_admin_display_title(),
        "under": _("Size and hints"),
        "sign": "glasses",
        "review": review,
        "lessons": list_lessons(draft) if isinstance(draft, CoursePage) else [],
    }
    template = "courses/admin/aids_part.html" if "part" in request.GET else "courses/admin/aids.html"
    return render(request, template, context)


def show_both(request: HttpRequest, page_id: int) -> HttpResponse:
    """The draft in both languages, each as wide as a phone."""
    draft = find_draft(request, page_id)
    modes = [name for name, _label in draft.preview_modes]
    mode = request.GET.get("mode", "")
    if mode not in modes:
        raise Http404
    twin = draft.get_translations().first()
    pages = sorted(
        [draft, *([twin.specific] if twin else [])], key=lambda page: page.locale.language_code, reverse=True
    )
    frames = [{"page": page, "address": find_preview(request, page, mode)} for page in pages]
    context = {"heading": draft.get_admin_display_title(), "sign": "mobile-alt", "page": draft, "frames": frames}
    return render(request, "courses/admin/both.html", {**context, "mode": mode, "has_twin": twin is not None})


def find_preview(request: HttpRequest, page: Any, mode: str) -> str:
    """Where a draft is shown; a translation in work with the words it has so far. "" for who may not edit it."""
    if not may_look(request, page):
        return ""
    work = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()
    if work is None:
        return f"{reverse('wagtailadmin_pages:view_draft', args=[page.pk])}?mode={mode}"
    return reverse("wagtail_localize:preview_translation", args=[work.pk, *([mode] if mode else [])])


def find_draft(request: HttpRequest, page_id: int) -> Any:
    """The latest draft of a course, lesson or question bank that this person may work on."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, CoursePage | LessonPage | QuestionBankPage):
        raise Http404
    if not may_look(request, page):
        raise PermissionDenied
    return page.get_latest_revision_as_object()


def may_look(request: HttpRequest, page: Page) -> bool:
    """As Wagtail asks before it shows a draft."""
    rights = page.permissions_for_user(request.user)
    return bool(rights.can_edit() or rights.can_publish())
