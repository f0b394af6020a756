"""The roll of a shift: the office notes who came, was excused or did not come, many at a time, and takes it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.enums import SignupStatus as S
from volunteers.models import Shift, ShiftSignup
from volunteers.services.locks import lock_person_and_shift
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.states import SIGNUP

MARKS = {S.ATTENDED: "note_came", S.EXCUSED: "note_excused", S.NO_SHOW: "note_absent", S.SIGNED_UP: "unmark"}
ON_THE_ROLL = (S.SIGNED_UP, S.CALLED, S.ATTENDED, S.EXCUSED, S.NO_SHOW, S.NOT_TRACKED)
APPEAL_VERBS = ("believe", "forgive", "uphold")
RULING_VERBS = ("rule_came", "rule_excused", "rule_absent")


@dataclass(frozen=True)
class Mark:
    """What the office chose for one person, and what it saw before."""

    was: str
    now: str


@dataclass
class RollResult:
    """`changed` are (sign-up's key, state before): what one tap takes back. `refused` says why, by the key."""

    changed: list[tuple[int, str]]
    refused: dict[int, str]


def keep_roll(shift: Shift, marks: Mapping[int, Mark], *, by: User) -> RollResult:
    """Each person by themselves, so that one who changed meanwhile does not hold up the rest."""
    result = RollResult([], {})
    for signup in shift.signups.filter(pk__in=marks, status__in=ON_THE_ROLL).with_rows():
        mark = marks[signup.pk]
        if mark.now == mark.was or mark.now == signup.status:
            continue
        if signup.status != mark.was:
            result.refused[signup.pk] = _("Somebody changed this meanwhile.")
            continue
        try:
            set_mark(signup, mark.now, by=by)
        except (NotReadyError, WrongStateError) as refusal:
            result.refused[signup.pk] = str(refusal)
        else:
            result.changed.append((signup.pk, mark.was))
    return result


def set_mark(signup: ShiftSignup, target: str, *, by: User) -> ShiftSignup:
    """One person's attendance. Raises `NotReadyError`, `WrongStateError`, `PermissionDenied`."""
    if target not in MARKS:
        raise PermissionDenied
    return _move(signup, MARKS[S(target)], by)


def undo_roll(shift: Shift, changed: list[tuple[int, str]], *, by: User) -> RollResult:
    """Back to what was there before. What was "not recorded" opens again."""
    before = {pk: S.SIGNED_UP if was in (S.CALLED, S.NOT_TRACKED) else was for pk, was in changed}
    now = dict(shift.signups.filter(pk__in=before).values_list("pk", "status"))
    return keep_roll(shift, {pk: Mark(now[pk], str(was)) for pk, was in before.items() if pk in now}, by=by)


@transaction.atomic
def appeal(signup: ShiftSignup, *, by: User, words: str) -> ShiftSignup:
    """Against "did not come", once, within 14 days. The office looks again."""
    return _move(signup, "appeal", by, note=words)


@transaction.atomic
def answer_appeal(signup: ShiftSignup, verb: str, *, by: User, words: str = "") -> ShiftSignup:
    """The office believes, excuses, or upholds its word; upheld, the appeal goes to the programme."""
    if verb not in APPEAL_VERBS:
        raise PermissionDenied
    return _move(signup, verb, by, note=words)


@transaction.atomic
def rule_appeal(signup: ShiftSignup, verb: str, *, by: User, words: str) -> ShiftSignup:
    """The programme's staff decide; that is the end of it."""
    if verb not in RULING_VERBS:
        raise PermissionDenied
    return _move(signup, verb, by, note=words)


def _move(signup: ShiftSignup, verb: str, by: User, **words: Any) -> ShiftSignup:
    """Person, then shift, then the sign-up. The database refuses a second shift at the same time."""
    try:
        with transaction.atomic():
            lock_person_and_shift(signup.person_id, signup.shift_id)
            signup = ShiftSignup.objects.with_rows().get(pk=signup.pk)
            SIGNUP.move(verb, signup, by=by, **words)
            return signup
    except IntegrityError as error:
        raise NotReadyError(_("This person was at another shift at the same time.")) from error
