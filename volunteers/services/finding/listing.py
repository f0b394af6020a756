"""Keeps the listing in step with the requests, in the same transaction; `recount` finds what drifted all the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from accounts.models import User
from places.khmer import normalise
from volunteers.enums import ApplicationStatus, Cost, RequestStatus
from volunteers.models import Application, RequestListing, RequestText, ResponseRecord, SkillSet, VolunteerRequest
from volunteers.services.finding.points import rate_fresh, rate_penalty, rate_response, to_bits

BATCH = 500
POINTS = ("fresh", "response", "penalty", "standing", "counted_date")
SENT = ~Q(applications__status=ApplicationStatus.DRAFT)


@dataclass(frozen=True)
class Drift:
    """A column of a request's listing that says something else than the tables it follows from."""

    request_id: int
    column: str
    listed: Any
    true: Any


def list_request(request: VolunteerRequest, by: User | None = None) -> None:
    """Write the listing of one request anew; an effect of every change of its state, and of saving it.

    What was received is counted by `count_application` alone, so that neither overwrites the other.
    """
    request = read_requests().get(pk=request.pk)
    true = describe(request)
    listing = RequestListing.objects.filter(pk=request.pk).first() or RequestListing(request=request)
    is_new = listing._state.adding
    is_opening = true["is_open"] and listing.opened_at != true["opened_at"]
    if not is_new:
        del true["received"]
    for column, value in true.items():
        setattr(listing, column, value)
    if is_new or is_opening:
        count_points(listing)
    listing.save(update_fields=None if is_new else [*true, *POINTS])
    RequestText.objects.update_or_create(request=request, defaults={"text": make_text(request)})


def count_application(application: Application, by: User | None = None) -> None:
    """An effect of sending: one more person asked. Whoever withdraws and sends again is counted once."""
    others = Application.objects.filter(request=application.request_id, applicant=application.applicant_id)
    if others.exclude(pk=application.pk).exclude(sent_at=None).exists():
        return
    RequestListing.objects.filter(pk=application.request_id).update(received=F("received") + 1)


def count_points(listing: RequestListing) -> None:
    """The points that are the same for everybody, of a request that was opened just now."""
    today = timezone.localdate()
    record = ResponseRecord.objects.filter(office=listing.office_id).first()
    listing.fresh = rate_fresh(timezone.localdate(listing.opened_at), today) if listing.opened_at else 0
    listing.response = rate_response(record)
    listing.penalty = rate_penalty(listing.received)
    listing.standing = listing.fresh + listing.response - listing.penalty
    listing.counted_date = today


def read_requests() -> Any:
    """Requests with all that a listing follows from. Three queries, however many."""
    rows = VolunteerRequest.objects.select_related("office__commune__district__province")
    return rows.prefetch_related("skill_rows").annotate(
        sent=Count("applications__applicant", distinct=True, filter=SENT)
    )


def describe(request: Any) -> dict[str, Any]:
    """The true value of each column that follows from the request; the points are the daily count's."""
    commune = request.office.commune
    return {
        "office_id": request.office_id,
        "is_open": request.status == RequestStatus.OPEN,
        "opened_at": request.opened_at,
        "expires_at": request.expires_at,
        "place": int(commune.code) if commune else 0,
        "times": to_bits(request.times),
        "is_remote": request.is_remote,
        "pays_costs": bool(request.stipend_riel or set(request.costs_covered) - {Cost.NOTHING}),
        "pays_stipend": request.stipend_riel > 0,
        "minimum_age": request.minimum_age,
        "start_date": request.start_date,
        "end_date": request.end_date,
        "skill_set_id": find_skill_set(row.skill_id for row in request.skill_rows.all()),
        "received": request.sent,
    }


def find_skill_set(skill_ids: Iterable[int]) -> int | None:
    """The row for this combination, made when it is the first of its kind."""
    key = ",".join(str(pk) for pk in sorted(skill_ids))
    return SkillSet.objects.get_or_create(key=key)[0].pk if key else None


def make_text(request: VolunteerRequest) -> str:
    """Title, summary, tasks and the names of the place in both languages."""
    parts = [request.title_km, request.title_en, request.summary_km, request.summary_en]
    parts += [*request.tasks_km, *request.tasks_en]
    commune = request.office.commune
    if commune is not None:
        for place in (commune, commune.district, commune.district.province):
            parts += [place.name_km, place.name_en]
    return normalise(" | ".join(part for part in parts if part))


def recount(*, repair: bool = False) -> list[Drift]:
    """Compare every listing with what it follows from, in batches; write the true values where asked to."""
    drifts: list[Drift] = []
    last = 0
    while batch := list(read_requests().filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        drifts += _recount_batch(batch, repair=repair)
    return drifts


@transaction.atomic
def _recount_batch(requests: list[VolunteerRequest], *, repair: bool) -> list[Drift]:
    pks = [request.pk for request in requests]
    listings, texts = RequestListing.objects.in_bulk(pks), RequestText.objects.in_bulk(pks)
    drifts: list[Drift] = []
    for request in requests:
        listed = {**vars(listings.get(request.pk, object)), "text": getattr(texts.get(request.pk), "text", None)}
        true = {**describe(request), "text": make_text(request)}
        found = [
            Drift(request.pk, column, listed.get(column), value)
            for column, value in true.items()
            if listed.get(column) != value
        ]
        if found and repair:
            list_request(request)
            RequestListing.objects.filter(pk=request.pk).update(received=true["received"])
        drifts += found
    return drifts
