"""A concern for somebody's safety: it pauses the place at once, and only the programme's staff read and close it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.enums import Clock, ConcernStep, PlacementStatus, Side
from volunteers.models import Concern, ConcernLine, Placement
from volunteers.rules import guides_here, is_applicant, is_of_office, is_staff, is_third_party
from volunteers.services.announcing import tell_all
from volunteers.services.audiences import to_concern_desk
from volunteers.services.locks import lock_placement
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.notices import serving as news
from volunteers.services.states import PLACEMENT

# Back to what it was before; a place that the office had paused stays paused.
BACK = {PlacementStatus.ACTIVE: "lift", PlacementStatus.AGREED: "restore"}


def find_side(user: User, placement: Placement) -> Side | None:
    """From where this person may raise a concern; None: not at all."""
    if is_applicant(user, placement):
        return Side.VOLUNTEER
    if is_of_office(user, placement):
        return Side.OFFICE
    if guides_here(user, placement):
        return Side.GUIDE
    return Side.STAFF if is_staff(user) else None


@transaction.atomic
def raise_concern(placement: Placement, *, by: User, words: str) -> Concern:
    """Keep the words, pause the place, tell the staff. A place that is over can still be spoken of.

    The same words twice, by a second tap, are one concern.
    """
    side = find_side(by, placement)
    if side is None:
        raise PermissionDenied
    if not words.strip():
        raise NotReadyError(_("Say in a few words what happened or what you fear."))
    locked = lock_placement(placement)
    twin: Concern | None = locked.concerns.filter(raised_by=by, words=words, closed_at=None).first()
    if twin is not None:
        return twin
    concern = Concern.objects.create(placement=locked, side=side, raised_by=by, words=words, found=locked.status)
    _note(concern, ConcernStep.RAISED, by)
    if locked.status in PLACEMENT.changes["safeguard"].sources:
        PLACEMENT.move("safeguard", locked, by=None, reason=Clock.SAFEGUARD)
    tell_all(to_concern_desk, news.CONCERN_RAISED, locked, key=f"concern:{concern.pk}", but=by.pk)
    return concern


def list_concerns(user: User, *, is_closed: bool) -> QuerySet[Concern]:
    """Of places in which this member of staff is no party."""
    rows: QuerySet[Concern] = Concern.objects.filter(closed_at__isnull=not is_closed)
    return rows.exclude(placement__in=Placement.objects.with_part_of(user)).select_related(
        "raised_by", "placement__application__request__office", "placement__application__applicant"
    )


@transaction.atomic
def read_concern(concern: Concern, *, by: User) -> list[ConcernLine]:
    """What was done so far; each person's first reading is itself a line."""
    _check_third_party(concern, by)
    if not concern.lines.filter(step=ConcernStep.READ, by=by).exists():
        _note(concern, ConcernStep.READ, by)
    return list(concern.lines.select_related("by"))


@transaction.atomic
def note_concern(concern: Concern, *, by: User, words: str) -> None:
    _check_third_party(concern, by)
    _check_words(words)
    _note(concern, ConcernStep.NOTED, by, words)


@transaction.atomic
def close_concern(concern: Concern, *, by: User, words: str, is_over: bool) -> Concern:
    """`is_over` ends the place; else it goes back to where it was, once no other concern about it is open.

    Raises `NotReadyError` without words, `WrongStateError` when somebody closed it first.
    """
    _check_third_party(concern, by)
    _check_words(words)
    placement = lock_placement(concern.placement)
    if not Concern.objects.filter(pk=concern.pk, closed_at=None).update(closed_at=timezone.now()):
        raise WrongStateError(_("This was already changed. Please look at it again."))
    _note(concern, ConcernStep.ENDED if is_over else ConcernStep.LIFTED, by, words)
    if is_over:
        if placement.is_live:
            PLACEMENT.move("stop", placement, by=by)
    else:
        _go_on(placement, by)
    concern.refresh_from_db()
    return concern


def _go_on(placement: Placement, by: User) -> None:
    """By what the first of the concerns that paused it had found; not before the last of them is closed."""
    concerns = Concern.objects.filter(placement=placement)
    if placement.status != PlacementStatus.PAUSED or concerns.filter(closed_at=None).exists():
        return
    line = placement.transitions.filter(target=PlacementStatus.PAUSED).exclude(source=PlacementStatus.PAUSED).last()
    verb = BACK.get(PlacementStatus(line.source)) if line and line.verb == "safeguard" else None
    if verb is not None and PLACEMENT.can(verb, placement, by):
        PLACEMENT.move(verb, placement, by=by)


def _note(concern: Concern, step: ConcernStep, by: User, words: str = "") -> None:
    ConcernLine.objects.create(concern=concern, step=step, by=by, words=words)


def _check_third_party(concern: Concern, user: User) -> None:
    """Staff who belong to neither side of the place: who is a party reads nothing and closes nothing."""
    if not is_third_party(user, concern.placement):
        raise PermissionDenied


def _check_words(words: str) -> None:
    if not words.strip():
        raise NotReadyError(_("Say why in one or two sentences."))
