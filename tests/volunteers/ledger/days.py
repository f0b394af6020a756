"""Applications whose history lies in the past: the log is written by hand, with its moments."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Organisation
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.enums import ApplicationStatus as A
from volunteers.models import Application, Placement, Transition

STEPS = (A.SUBMITTED, A.SHORTLISTED, A.OFFERED, A.ACCEPTED)
VERBS = {
    A.SUBMITTED: "send",
    A.SHORTLISTED: "shortlist",
    A.OFFERED: "offer",
    A.ACCEPTED: "accept",
    A.NOT_PLACED: "refuse",
}
VERBS |= {A.WITHDRAWN: "withdraw", A.DECLINED: "decline", A.LAPSED: "lapse"}


def days_ago(days: int) -> datetime:
    """Noon of that day."""
    return timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=days)


def note(row: Any, verb: str, source: str, target: str, at: datetime, *, reason: str = "") -> Transition:
    """A line of the log at this moment."""
    column = Transition.column_of(row)
    line = Transition.objects.create(
        **{column: row}, verb=verb, source=source, target=target, reason=reason, announced_at=at
    )
    Transition.objects.filter(pk=line.pk).update(at=at)
    return line


def apply(office: Organisation, *, days: int, to: str = A.SUBMITTED, reason: str = "", **more: Any) -> Application:
    """Sent so many days ago, one step a day up to the state `to`."""
    request = more.pop("request", None) or RequestFactory.create(office=office, opened_at=days_ago(days + 1), seats=50)
    way = list(STEPS[: STEPS.index(to) + 1]) if to in STEPS else [A.SUBMITTED, to]  # type: ignore[arg-type]
    offered = days_ago(days - 2) + timedelta(hours=72) if A.OFFERED in way else None
    row = ApplicationFactory.create(
        request=request, status=to, sent_at=days_ago(days), offer_expires_at=offered, **more
    )
    source: str = A.DRAFT
    for step, target in enumerate(way):
        note(row, VERBS[A(target)], source, target, days_ago(days - step), reason=reason if target == way[-1] else "")
        source = target
    if to == A.ACCEPTED:
        placement = Placement.objects.create(application=row, start_date=days_ago(days - 4).date())
        Placement.objects.filter(pk=placement.pk).update(agreed_at=days_ago(days - 3))
    return row  # type: ignore[no-any-return]
