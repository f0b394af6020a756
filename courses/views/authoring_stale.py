"""Editors' admin: the translations of one's own section that the original has left behind."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy

from courses.services.authoring_stale import RIGHTS, count_stale, find_stale, list_changes
from ui.words import to_digits

MOST = 200


def list_stale(request: HttpRequest) -> HttpResponse:
    """Which, since when, and why."""
    rows = find_stale(request.user)[:MOST]
    context = {"heading": _("Translations left behind"), "sign": "wagtail-localize-language", "rows": rows}
    return render(request, "courses/admin/stale.html", context)


def show_stale(request: HttpRequest, translation_id: int) -> HttpResponse:
    """The paragraphs that changed, old and new, with their translation so far."""
    translation = get_object_or_404(find_stale(request.user), pk=translation_id)
    update = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    context = {
        "heading": translation.source.object_repr,
        "under": _("What changed since the translation"),
        "sign": "wagtail-localize-language",
        "translation": translation,
        "changes": list_changes(translation),
        "update": f"{update}?{urlencode({'next': request.path})}",
    }
    return render(request, "courses/admin/stale_changes.html", context)


class StaleMenuItem(MenuItem):
    """With their number behind the name. For whoever works on pages; it asks one question of the database."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(page_permission_policy.user_has_any_permission(request.user, RIGHTS))

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        count = count_stale(request.user)
        if count:
            component.label = f"{component.label} ({to_digits(count)})"
        return component
