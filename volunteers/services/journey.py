"""An application as its owner sees it: how far it is, and in one line what happens next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from ui.dates import to_until
from volunteers.enums import ApplicationStatus as A
from volunteers.enums import PlacementStatus
from volunteers.enums import RequestStatus as R
from volunteers.models import Application

SHOWN_APPLICATIONS = 5
REACHED = {A.SUBMITTED: 1, A.SHORTLISTED: 2, A.OFFERED: 3, A.ACCEPTED: 3}


@dataclass(frozen=True)
class Step:
    """One part of the track; state is done, now or ""."""

    label: str
    state: str


@dataclass(frozen=True)
class Sent:
    """An application, how far it is, and what happens next in one line."""

    application: Application
    steps: list[Step]
    next: str


def list_sent(user: User) -> list[Sent]:
    """The latest applications, however they ended. One query."""
    latest = Application.objects.of(user).with_request().order_by("-created_at", "-pk")[:SHOWN_APPLICATIONS]
    return [Sent(application, list_steps(application), say_next(application)) for application in latest]


def list_steps(application: Application) -> list[Step]:
    """Sent, shortlist, agreed, confirmed. Nothing is "now" once the application has ended."""
    labels = (pgettext("track", "Sent"), _("Shortlist"), _("Agreed"), _("Confirmed"))
    reached = REACHED.get(A(application.shown_status), 0)
    if application.status == A.ACCEPTED:
        placement = getattr(application, "placement", None)
        done = 4 if placement is not None and placement.status == PlacementStatus.COMPLETED else 3
        return [Step(label, "done" if number <= done else "") for number, label in enumerate(labels, 1)]
    states = ["done" if number < reached else "now" if number == reached else "" for number in range(1, 5)]
    return [Step(label, state) for label, state in zip(labels, states, strict=True)]


def say_next(application: Application) -> str:
    """What happens next, in one line."""
    if application.shown_status == A.OFFERED and application.offer_expires_at:
        return _("The commune offers you a place. Answer: %(left)s") % {"left": to_until(application.offer_expires_at)}
    if application.status == A.ACCEPTED:
        placement = getattr(application, "placement", None)
        if placement is not None and placement.status == PlacementStatus.ENDED_EARLY:
            return _("This place ended early.")
        if placement is not None and placement.status == PlacementStatus.PAUSED:
            return _("Your service is paused. The page of your place says more.")
        return _("You have the place. The office contacts you before the first day.")
    if application.shown_status == A.SHORTLISTED and application.is_standby and not application.is_held:
        return _("You stand by. If a place becomes free when it is your turn, it is offered to you.")
    if application.request.status == R.FILLED and application.shown_status in (A.SUBMITTED, A.SHORTLISTED):
        return _("All places are taken for now. You hear when one becomes free for you, or when the request closes.")
    return {
        A.DRAFT: _("Not sent yet."),
        A.SUBMITTED: _("The commune has your application. Its answer comes here."),
        A.SHORTLISTED: _("You are on the shortlist. The commune decides soon whom it offers a place."),
        A.DECLINED: _("You declined the offer."),
        A.LAPSED: _(
            "The 72 hours passed, so the place goes to somebody else. You may apply again while the request is open."
        ),
        A.NOT_PLACED: _("No place this time. The reason is below; other communes are looking for help too."),
        A.WITHDRAWN: _("You withdrew this application."),
    }.get(A(application.shown_status), "")
