"""Programme staff look at the requests of offices that nobody has verified yet."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.models import User
from ui.keyset import paginate_by_key
from ui.words import to_digits
from volunteers.enums import ReworkReason
from volunteers.models import Concern, VolunteerRequest
from volunteers.rules import is_staff
from volunteers.services.approving import ADVICE, advise_on, find_last_return, list_differences, list_hints, send_back
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.requests import change_request
from volunteers.services.terms import say_costs, say_remote
from volunteers.views.after_staff import list_feedback
from volunteers.views.concerns import handle_concern, list_concerns, list_places


class WaitingMenuItem(MenuItem):
    """Shown to staff alone, with the number that waits."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(is_staff(request.user))

    def render_component(self, request: HttpRequest) -> Any:
        waiting = VolunteerRequest.objects.waiting().count()
        self.label = (
            to_digits(_("Requests to check (%(count)s)") % {"count": waiting}) if waiting else _("Requests to check")
        )
        return super().render_component(request)  # type: ignore[no-untyped-call]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def register_menu_item() -> MenuItem:
    item = ("", reverse_lazy("requests-waiting"))
    return WaitingMenuItem(*item, name="requests-waiting", icon_name="tasks", order=510)  # type: ignore[no-untyped-call]


class ConcernsMenuItem(MenuItem):
    """Shown to staff alone, with the number that is open."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(is_staff(request.user))

    def render_component(self, request: HttpRequest) -> Any:
        count = Concern.objects.filter(closed_at=None).count()
        self.label = to_digits(_("Concerns (%(count)s)") % {"count": count}) if count else _("Concerns")
        return super().render_component(request)  # type: ignore[no-untyped-call]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def register_concerns() -> MenuItem:
    return ConcernsMenuItem("", reverse_lazy("concerns"), name="concerns", icon_name="warning", order=505)  # type: ignore[no-untyped-call]


class FiguresMenuItem(MenuItem):
    """From the editors' menu to the programme's figures; for staff alone."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(is_staff(request.user))


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def register_figures() -> MenuItem:
    item = (gettext_lazy("Volunteering in figures"), reverse_lazy("programme"))
    return FiguresMenuItem(*item, name="programme", icon_name="view", order=515)  # type: ignore[no-untyped-call]


class WordsMenuItem(MenuItem):
    """Shown to staff alone."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(is_staff(request.user))


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def register_words_item() -> MenuItem:
    item = (gettext_lazy("What volunteers say"), reverse_lazy("feedback-words"))
    return WordsMenuItem(*item, name="feedback-words", icon_name="comment", order=520)  # type: ignore[no-untyped-call]


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def register_urls() -> list[URLPattern]:
    return [
        path("requests/", list_waiting, name="requests-waiting"),
        path("requests/<uuid:public_id>/", check_request, name="request-check"),
        path("concerns/", list_concerns, name="concerns"),
        path("concerns/places/", list_places, name="places"),
        path("feedback/", list_feedback, name="feedback-words"),
        path("concerns/<uuid:public_id>/", handle_concern, name="concern"),
    ]


def list_waiting(request: HttpRequest) -> HttpResponse:
    """The longest waiting first."""
    _check_staff(request)
    rows = VolunteerRequest.objects.waiting().with_place().with_returns()
    page = paginate_by_key(rows, request, by="updated_at", size=50)
    return render(request, "volunteers/admin/waiting.html", {"page": page})


def check_request(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Read the whole request, then approve it or send it back with a reason."""
    by = _check_staff(request)
    rows = VolunteerRequest.objects.waiting().for_page().select_related("guide_declared_by")
    item = get_object_or_404(rows, public_id=public_id)
    reason, note = request.POST.get("reason", ""), request.POST.get("note", "")
    returned = find_last_return(item)
    if request.method == "POST":
        try:
            if "approve" in request.POST:
                change_request(item, "approve", by=by)
            else:
                send_back(item, by=by, reason=reason, note=note)
        except (NotReadyError, WrongStateError) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Done. The office sees it on its desk."))
            return redirect("requests-waiting")
    context = {
        "item": item,
        "note": note,
        "reason": reason,
        "reasons": [(code, label, ADVICE[code]) for code, label in ReworkReason.choices],
        "returned": returned,
        "advice": advise_on(returned),
        "differences": list_differences(item, returned),
        "hints": list_hints(item),
        "costs": say_costs(item),
        "remote": say_remote(item),
    }
    return render(request, "volunteers/admin/check.html", context)


def _check_staff(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not is_staff(request.user):
        raise PermissionDenied
    return request.user
