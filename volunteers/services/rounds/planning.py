"""Programme staff write a round: calendar, requests, bands and kept seats, the number of the draw."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from places.models import Commune, District, Province
from ui.words import to_western
from volunteers.enums import RoundStatus
from volunteers.models import Application, Round, RoundRequest, VolunteerRequest
from volunteers.rules import leads_round
from volunteers.services.machine import NotReadyError
from volunteers.services.rounds.tuning import Tuning
from volunteers.services.states import ROUND

CHANGEABLE = (RoundStatus.PLANNED, RoundStatus.OPEN, RoundStatus.SCORING, RoundStatus.READY)
DATES = ("opens_at", "choices_close_at", "scoring_closes_at", "confirm_by", "second_closes_at")
PLANNED_ONLY = ("place_code", "opens_at", "draw_at", "seed_source_km", "seed_source_en", "seed_commitment")


@transaction.atomic
def save_round(row: Round, *, by: User) -> Round:
    """Keep a new round, or one that is changed. After opening no date moves forward, and the draw stays as announced.

    Raises `PermissionDenied` or `NotReadyError`.
    """
    _check_leads(row, by)
    if row.pk is None:
        row.author = by
        row.save()
        return row
    old = Round.objects.select_for_update().get(pk=row.pk)
    if old.status not in CHANGEABLE:
        raise NotReadyError(_("The places are confirmed: the round stays as it is."))
    if old.status != RoundStatus.PLANNED:
        _check_promises(old, row)
    row.save()
    return row


def _check_promises(old: Round, new: Round) -> None:
    for name in PLANNED_ONLY:
        if getattr(old, name) != getattr(new, name):
            raise NotReadyError(_("People choose by what was announced: the place, the opening and the draw stay."))
    for name in DATES:
        if getattr(new, name) < getattr(old, name):
            raise NotReadyError(_("After the opening a day can only move to a later one."))


@transaction.atomic
def tune_round(row: Round, tuning: Tuning, *, by: User, note: str) -> Round:
    """Other bands or kept seats. From the opening on each change is shown on the round's page with its reason.

    Raises `NotReadyError` once the number of the draw is known: from then on anybody could see whom a change helps.
    """
    _check_leads(row, by)
    row = Round.objects.select_for_update().get(pk=row.pk)
    if not row.is_tunable:
        raise NotReadyError(_("The number of the draw is known: bands and kept seats stay as they are."))
    if not tuning.is_sound:
        raise NotReadyError(_("Points go down from band to band, and kept seats are at most all seats."))
    before = Tuning.of(row)
    if before == tuning:
        return row
    if row.status != RoundStatus.PLANNED:
        if not note.strip():
            raise NotReadyError(_("Say why in one or two sentences: everybody in the round can read it."))
        change = {"at": timezone.now().isoformat(), "note": note[:600], "before": before.write()}
        row.tuning_log = [*row.tuning_log, {**change, "after": tuning.write()}]
    row.band_floors = list(tuning.floors)
    row.reserves = [list(each) for each in tuning.reserves]
    row.save()
    return row


def list_candidates(row: Round) -> "QuerySet[VolunteerRequest]":
    """Open requests of the round's place that could still take part."""
    return (
        VolunteerRequest.objects.open()
        .filter(office__commune__code__startswith=row.place_code)
        .exclude(round_rows__in=RoundRequest.objects.filter(is_active=True))
        .exclude(round_rows__round=row)
        .exclude(applications__in=Application.objects.on_the_desk())
        .with_place()
        .order_by("office__commune__code", "pk")
    )


@transaction.atomic
def add_requests(row: Round, requests: list[VolunteerRequest], *, by: User) -> int:
    """Put requests into a round before it opens, with all their free seats; how many were added."""
    _check_planned(row, by)
    allowed = set(list_candidates(row).filter(pk__in=[each.pk for each in requests]).values_list("pk", flat=True))
    rows = [
        RoundRequest(round=row, request=each, seats=each.seats_left)
        for each in requests
        if each.pk in allowed and each.seats_left
    ]
    try:
        with transaction.atomic():
            return len(RoundRequest.objects.bulk_create(rows))
    except IntegrityError:
        raise NotReadyError(_("One of these requests is in another round by now. Please look again.")) from None


@transaction.atomic
def change_request_seats(place: RoundRequest, seats: int, own: Mapping[str, int] | None, *, by: User) -> RoundRequest:
    """Fewer seats than the request has, or kept seats other than the round's share."""
    _check_planned(place.round, by)
    request = VolunteerRequest.objects.select_for_update().get(pk=place.request_id)
    if not 1 <= seats <= request.seats_left:
        raise NotReadyError(_("The request does not have that many free places."))
    if own and sum(own.values()) > seats:
        raise NotReadyError(_("More seats are kept than there are."))
    place.seats, place.own_reserves = seats, dict(own) if own is not None else None
    place.save(update_fields=["seats", "own_reserves"])
    return place


@transaction.atomic
def take_out(place: RoundRequest, *, by: User) -> None:
    """Before the opening nobody has chosen it yet, so the row goes; later only the office can cancel the request."""
    _check_planned(place.round, by)
    place.delete()


@transaction.atomic
def change_round(row: Round, verb: str, *, by: User, note: str = "") -> Round:
    """Any change of the machine that a person makes. Raises `WrongStateError`, `NotReadyError`, `PermissionDenied`."""
    if verb not in ROUND.changes or verb in ("draw", "confirm", "confirm_second"):
        raise PermissionDenied
    row = Round.objects.select_for_update().get(pk=row.pk)
    ROUND.move(verb, row, by=by, note=note)
    return row


@transaction.atomic
def enter_seed(row: Round, seed: str, *, by: User, note: str) -> Round:
    """Enter the public number, once; the note says where it can be read. Raises as `change_round`."""
    row = Round.objects.select_for_update().get(pk=row.pk)
    row.seed = seed.strip() if row.seed_commitment else read_seed(seed)
    ROUND.move("draw", row, by=by, note=note)
    return row


def read_seed(text: str) -> str:
    """A public number as it counts: its digits alone, so that no way of writing it is another draw."""
    return "".join(to_western(text).replace(",", " ").replace(".", " ").replace("-", " ").split())


def find_place(row: Round) -> Commune | District | Province | None:
    """The place whose requests may take part; None for the whole country. One query."""
    levels = {2: Province.objects, 4: District.objects, 6: Commune.objects}
    level: Any = levels.get(len(row.place_code))
    found: Commune | District | Province | None = level and level.with_parents().filter(code=row.place_code).first()
    return found


def list_verbs(row: Round, user: User) -> list[str]:
    """The changes that a button can make now, whether or not everything for them is there."""
    if not leads_round(user, row):
        return []
    shown = [verb for verb in ROUND.changes if verb not in ("draw", "confirm", "confirm_second")]
    return [verb for verb in shown if row.status in ROUND.changes[verb].sources and ROUND.changes[verb].who]


def find_missing(row: Round, verb: str) -> list[str]:
    """What stands in the way of a change, as sentences."""
    return [missing for need in ROUND.changes[verb].needs if (missing := need(row))]


def _check_leads(row: Round, by: User) -> None:
    if not leads_round(by, row):
        raise PermissionDenied


def _check_planned(row: Round, by: User) -> None:
    _check_leads(row, by)
    if not Round.objects.select_for_update().filter(pk=row.pk, status=RoundStatus.PLANNED).exists():
        raise NotReadyError(_("The round is open: which requests take part stays as it is."))


def describe_tuning_log(row: Round) -> list[dict[str, Any]]:
    """Changes of bands and kept seats after the opening, the latest first."""
    return list(reversed(row.tuning_log))
