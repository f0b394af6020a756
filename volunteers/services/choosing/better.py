"""Whether a choice passes somebody over who has more points, or is made before everybody has points."""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from volunteers.enums import ApplicationStatus as A
from volunteers.models import Application, Score, VolunteerRequest
from volunteers.services.scoring import add_up

UNDECIDED = (A.SUBMITTED, A.SHORTLISTED)


class Passing(StrEnum):
    """What a choice needs a reason for."""

    NOBODY = ""
    BETTER = "better"
    UNSCORED = "unscored"


@dataclass(frozen=True)
class Passings:
    """Of one applicant: an offer, a place in the line of those who stand by, one place up in it."""

    offer: Passing = Passing.NOBODY
    line: Passing = Passing.NOBODY
    up: Passing = Passing.NOBODY


NOBODY_PASSED = Passings()


@dataclass(frozen=True)
class Comparison:
    """Everybody of a request whom a choice is compared with, by the application's key.

    `waiting` have no answer, or one that can still be taken back; `refused` had theirs. Nobody is out of the comparison
    by being refused first. Who left by themselves, applied again or was passed over by a round is in neither.
    """

    points: dict[int, int]  # hundredths
    waiting: frozenset[int]
    refused: frozenset[int]
    line: frozenset[int]  # of those who wait: those who stand by
    free: int  # seats neither taken nor offered

    def judge_offer(self, key: int) -> Passing:
        return self._judge(key, frozenset())

    def judge_standby(self, key: int) -> Passing:
        """Behind those who stand by already, so they are not passed over."""
        return self._judge(key, self.line)

    def judge(self, key: int, before: int | None) -> Passings:
        return Passings(self.judge_offer(key), self.judge_standby(key), self.judge_up(key, before))

    def judge_up(self, key: int, before: int | None) -> Passing:
        """To change places in the line with the one before."""
        is_better = before is not None and self.points.get(before, 0) > self.points.get(key, 0)
        return Passing.BETTER if is_better else Passing.NOBODY

    def _judge(self, key: int, ahead: Set[int]) -> Passing:
        waiting = self.waiting - ahead - {key}
        others = waiting | self.refused - {key}
        if any(self.points.get(other, 0) > self.points.get(key, 0) for other in others):
            return Passing.BETTER
        if not others or len(self.waiting | {key}) <= self.free:
            return Passing.NOBODY  # nobody is left out
        return Passing.NOBODY if key in self.points and waiting <= self.points.keys() else Passing.UNSCORED


def compare(request: VolunteerRequest) -> Comparison:
    """Two queries."""
    now = timezone.now()
    rows = list(
        request.applications.exclude(status=A.DRAFT).values_list(
            "pk", "applicant", "status", "held_until", "standby_rank", "round_choice"
        )
    )
    decided = {person for _pk, person, status, *_rest in rows if status != A.NOT_PLACED}
    waiting: set[int] = set()
    refused: set[int] = set()
    line: set[int] = set()
    offers = 0
    for pk, person, status, held_until, rank, in_round in rows:
        offers += status == A.OFFERED
        unheard = status == A.NOT_PLACED and held_until is not None and held_until > now
        if status in UNDECIDED or unheard:
            waiting.add(pk)
            if status == A.SHORTLISTED and rank is not None:
                line.add(pk)
        elif status == A.NOT_PLACED and in_round is None and person not in decided:
            refused.add(pk)
    scores = Score.objects.filter(application__request=request)
    points = {key: total.hundredths for key, total in add_up(scores).items()}
    free = request.seats_left - offers
    return Comparison(points, frozenset(waiting), frozenset(refused), frozenset(line), free)


def offer_passes(application: Application) -> str:
    return say_passing(compare(application.request).judge_offer(application.pk))


def standby_passes(application: Application) -> str:
    return say_passing(compare(application.request).judge_standby(application.pk))


def moving_up_passes(application: Application) -> str:
    """Whoever stands where this person is moved to has more points."""
    there = application.request.applications.standing_by().filter(standby_rank=application.standby_rank)
    before = there.exclude(pk=application.pk).values_list("pk", flat=True).first()
    return say_passing(compare(application.request).judge_up(application.pk, before))


def say_passing(passing: Passing) -> str:
    """Why a reason is asked for; "" where none is."""
    return {
        Passing.NOBODY: "",
        Passing.BETTER: _("Somebody without an offer has more points. Say why you choose this person."),
        Passing.UNSCORED: _("Not everybody has points yet. Give points first, or say why you choose without them."),
    }[passing]
