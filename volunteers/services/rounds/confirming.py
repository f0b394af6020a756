"""A person decides: a run holds, is written down for everybody, and never replaced in silence."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.enums import ByHandReason, OverrideKind, RoundStage
from volunteers.models import Round, RoundChoice, RoundOverride, RoundRequest, RoundRun
from volunteers.rules import leads_round
from volunteers.services.machine import NotReadyError
from volunteers.services.rounds.building import IN_PLAY, list_offers
from volunteers.services.rounds.outcomes import write_outcomes
from volunteers.services.rounds.running import Sides, find_stage, hash_now, repeat
from volunteers.services.states import ROUND


@transaction.atomic
def override(
    kept: RoundRun, place: RoundRequest, code: int, kind: OverrideKind, *, reason: str, note: str, by: User
) -> RoundOverride:
    """Withhold the place of an applicant, or give them a free one, before the run is confirmed. Always with a reason.

    `code` is the number of the code name at this request: nobody's name is needed for it.

    Raises `PermissionDenied` or `NotReadyError`.
    """
    row = _lock(kept, by)
    if reason not in ByHandReason.values or not note.strip():
        raise NotReadyError(_("Choose a reason, and say it in one or two sentences."))
    choice = (
        RoundChoice.objects.filter(
            entry__round=row, round_request=place, application__code_number=code, application__status__in=IN_PLAY
        )
        .select_related("entry", "round_request__request")
        .first()
    )
    if choice is None:
        raise NotReadyError(_("This application is not in the round, or was withdrawn."))
    _check_override(kept, choice, kind)
    try:
        with transaction.atomic():
            return RoundOverride.objects.create(
                run=kept,
                entry=choice.entry,
                round_request=choice.round_request,
                kind=kind,
                reason=reason,
                note=note[:600],
                by=by,
            )
    except IntegrityError:
        raise NotReadyError(_("There is a decision by hand about this person already.")) from None


def _check_override(kept: RoundRun, choice: RoundChoice, kind: OverrideKind) -> None:
    """Only a place that is there can be withheld, and only an empty one given, to somebody who has none."""
    placed = Sides.of(kept).placed
    person, request = str(choice.entry.public_id), str(choice.round_request.request.public_id)
    got = placed.get(person)
    if kind == OverrideKind.WITHHOLD:
        if got != request:
            raise NotReadyError(_("The run gives this application no place that could be withheld."))
        return
    if got is not None:
        raise NotReadyError(_("The run gives this person another place already."))
    taken = sum(at == request for at in placed.values())
    given = kept.overrides.filter(round_request=choice.round_request)
    taken += given.filter(kind=OverrideKind.GIVE).count() - given.filter(kind=OverrideKind.WITHHOLD).count()
    seats = next((seats for name, seats, _ in list_offers(kept.round, _stage(kept)).values() if name == request), 0)
    if taken >= seats:
        raise NotReadyError(_("There is no free place left at this request."))


@transaction.atomic
def confirm(kept: RoundRun, *, by: User, note: str) -> RoundRun:
    """This run holds. Raises `NotReadyError` where it was a trial, or where anything changed since it was made."""
    row = _lock(kept, by)
    if not note.strip():
        raise NotReadyError(_("Say in one or two sentences what you checked."))
    if kept.is_trial:
        raise NotReadyError(_("This run was a trial. Enter the number of the draw and run again."))
    if kept != RoundRun.objects.filter(round=row, stage=kept.stage).last():
        raise NotReadyError(_("There is a newer run. Look at that one."))
    if hash_now(row, _stage(kept)) != kept.inputs_hash:
        raise NotReadyError(_("Something changed since this run: a choice, a score or a request. Run again."))
    overrides = list(kept.overrides.select_related("entry", "round_request__request"))
    columns = {
        "confirmed_by": by,
        "confirmed_at": timezone.now(),
        "confirm_note": note[:600],
        "override_count": len(overrides),
    }
    try:
        with transaction.atomic():
            if not RoundRun.objects.filter(pk=kept.pk, confirmed_at=None).update(**columns):
                raise NotReadyError(_("This run is confirmed already."))
    except IntegrityError:
        raise NotReadyError(_("A run is confirmed already. It cannot be replaced.")) from None
    write_outcomes(kept, repeat(kept), overrides)
    ROUND.move("confirm" if kept.stage == RoundStage.FIRST else "confirm_second", row, by=by, note=note)
    kept.refresh_from_db()
    return kept


def _lock(kept: RoundRun, by: User) -> Round:
    row = Round.objects.select_for_update().get(pk=kept.round_id)
    if not leads_round(by, row):
        raise PermissionDenied
    if find_stage(row) != kept.stage or kept.confirmed_at is not None:
        raise NotReadyError(_("A run is confirmed already. It cannot be replaced."))
    return row


def _stage(kept: RoundRun) -> RoundStage:
    return RoundStage(kept.stage)
