"""The office of the successor takes over every request that is not over, with its applications and places.

What is over stays with the old office and under the old code: its members still settle hours and opinions there.
The ledger is written up to the last day before anything moves, so history keeps its name (decision 0041).
"""

from functools import partial

from django.db import transaction
from django.db.models import Q

from accounts.models import Membership, Organisation
from volunteers.enums import RequestStatus
from volunteers.models import Application, FeedbackAsk, Partnership, ReturnWish, VolunteerRequest
from volunteers.models.application import LIVE_PLACEMENT
from volunteers.models.partnership import LIVE_PARTNERSHIP
from volunteers.services.announcing import tell_all
from volunteers.services.audiences import to_concerned
from volunteers.services.finding.listing import list_request
from volunteers.services.ledger.daily import write_due
from volunteers.services.ledger.periods import month_of, name_round
from volunteers.services.ledger.writing import Pen, lock_programme
from volunteers.services.notices.editing import OFFICE_SUCCEEDED

OVER = (RequestStatus.CLOSED, RequestStatus.EXPIRED, RequestStatus.CANCELLED)


@transaction.atomic
def take_over(office: Organisation, *, successor: Organisation) -> dict[str, int]:
    """Answers what moved, by name. Doing it again moves what has come in meanwhile."""
    write_due()
    requests = lock_living(office)
    moved = [request.pk for request in requests]
    supervisors = match_supervisors(requests, successor)
    for request in requests:
        request.office, request.supervisor = successor, supervisors.get(request.pk)
        request.save(update_fields=["office", "supervisor"])
        list_request(request)
        transaction.on_commit(partial(tell_concerned, request))
    open_chains(moved, successor)
    asks = FeedbackAsk.objects.filter(placement__application__request__in=moved).update(office=successor)
    wishes = ReturnWish.objects.filter(office=office).update(office=successor)
    partnerships = move_partnerships(office, successor)
    return {"requests": len(moved), "opinions asked": asks, "wishes": wishes, "partnerships": partnerships}


def lock_living(office: Organisation) -> list[VolunteerRequest]:
    """Requests that are not over, and those where somebody serves or will."""
    serving = Application.objects.filter(placement__status__in=LIVE_PLACEMENT).values("request")
    living = ~Q(status__in=OVER) | Q(pk__in=serving)
    return list(VolunteerRequest.objects.select_for_update().filter(living, office=office).order_by("pk"))


def match_supervisors(requests: list[VolunteerRequest], successor: Organisation) -> dict[int, Membership]:
    """The same person's membership of the successor, by request."""
    there = {row.user_id: row for row in Membership.objects.active().filter(organisation=successor)}
    guides = Membership.objects.in_bulk([request.supervisor_id for request in requests if request.supervisor_id])
    return {
        request.pk: there[guides[request.supervisor_id].user_id]
        for request in requests
        if request.supervisor_id and guides[request.supervisor_id].user_id in there
    }


def open_chains(requests: list[int], successor: Organisation) -> None:
    """The periods in which the applications that move were sent are summed up under the successor."""
    sent = Application.objects.filter(request__in=requests, sent_at__isnull=False)
    rows = sent.values_list("sent_at", "round_choice__round_request__round__public_id")
    periods = {name_round(in_round) if in_round else month_of(sent_at) for sent_at, in_round in rows if sent_at}
    lock_programme()
    pen = Pen()
    pen.load((successor, period) for period in sorted(periods))
    pen.close()


def move_partnerships(office: Organisation, successor: Organisation) -> int:
    """Those in force or proposed; where the NGO has one with the successor already, the old one runs out by itself."""
    known = Partnership.objects.filter(office=successor, status__in=LIVE_PARTNERSHIP).values("ngo")
    rows = Partnership.objects.filter(office=office, status__in=LIVE_PARTNERSHIP).exclude(
        ngo__in=list(known.values_list("ngo", flat=True))
    )
    return rows.update(office=successor)


def tell_concerned(request: VolunteerRequest) -> None:
    """Whoever applied or serves hears it once."""
    tell_all(to_concerned, OFFICE_SUCCEEDED, request, key=f"succeeded:{request.office_id}:{request.pk}")
