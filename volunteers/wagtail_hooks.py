"""Programme staff in the editors' admin: what waits for them, and the requests of offices that nobody verified yet."""

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
from accounts.services.asking import know
from ui.keyset import paginate_by_key
from ui.words import to_digits
from volunteers.enums import ReworkReason
from volunteers.models import VolunteerRequest
from volunteers.rules import is_staff, may_moderate
from volunteers.services.approving import ADVICE, advise_on, find_last_return, list_differences, list_hints, send_back
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.programme_desk import count_for_staff
from volunteers.services.requests import change_request
from volunteers.services.terms import say_costs, say_remote
from volunteers.views.after_staff import list_feedback
from volunteers.views.concerns import handle_concern, list_concerns, list_places

NUMBERS = "_staff_numbers"


class DeskMenuItem(MenuItem):
    """Shown to whoever the rule names, with the number that waits behind its words: a field of `StaffNumbers`."""

    def __init__(self, label: Any, name: str, *, icon: str, order: int, counts: str = "", rule: Any = is_staff) -> None:
        super().__init__(label, reverse_lazy(name), name=name, icon_name=icon, order=order)  # type: ignore[no-untyped-call]
        self.words, self.counts, self.rule = label, counts, rule

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(self.rule(request.user))

    def render_component(self, request: HttpRequest) -> Any:
        waiting = _count(request, self.counts) if self.counts else 0
        self.label = to_digits(f"{self.words} ({waiting})") if waiting else str(self.words)
        return super().render_component(request)  # type: ignore[no-untyped-call]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def register_concerns() -> MenuItem:
    return DeskMenuItem(gettext_lazy("Concerns"), "concerns", icon="warning", order=505, counts="concerns")


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def register_waiting() -> MenuItem:
    words = gettext_lazy("Requests to check")
    return DeskMenuItem(words, "requests-waiting", icon="tasks", order=510, counts="requests")


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def register_disputes() -> MenuItem:
    words = gettext_lazy("What two sides disagree on")
    return DeskMenuItem(words, "disputes", icon="help", order=511, counts="disputes")


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def register_messages() -> MenuItem:
    words = gettext_lazy("Messages to look at")
    return DeskMenuItem(words, "messages-waiting", icon="mail", order=512, counts="messages", rule=may_moderate)


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def register_figures() -> MenuItem:
    return DeskMenuItem(gettext_lazy("Volunteering in figures"), "programme", icon="view", order=515)


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def register_rounds() -> MenuItem:
    return DeskMenuItem(gettext_lazy("Rounds"), "rounds", icon="date", order=517)


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def register_words_item() -> MenuItem:
    return DeskMenuItem(gettext_lazy("What volunteers say"), "feedback-words", icon="comment", order=520)


def _count(request: HttpRequest, kind: str) -> int:
    """Of what waits; all kinds are counted together, once a request."""
    known = request.__dict__
    if NUMBERS not in known:
        known[NUMBERS] = count_for_staff(know(request))
    return int(getattr(known[NUMBERS], kind))


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
    by = _check_staff(request)
    rows = VolunteerRequest.objects.waiting().without_part_of(by).with_place().with_returns()
    page = paginate_by_key(rows, request, by="updated_at", size=50)
    return render(request, "volunteers/admin/waiting.html", {"page": page})


def check_request(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Read the whole request, then approve it or send it back with a reason."""
    by = _check_staff(request)
    rows = VolunteerRequest.objects.waiting().without_part_of(by).for_page().select_related("guide_declared_by")
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
