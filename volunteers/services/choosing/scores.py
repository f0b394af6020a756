"""Points of a request's applicants as one reviewer may see them: the sum only after the own sheet."""

from dataclasses import dataclass

from accounts.models import User
from volunteers.models import Criterion, Score, VolunteerRequest
from volunteers.services.scoring import SCORABLE, Total, add_up, count_changed, ensure_criteria, list_own
from volunteers.services.shortlist import Applicant, list_applicants


@dataclass(frozen=True)
class Sheet:
    """One applicant and the reviewer's own points, criterion by criterion (None: not given yet)."""

    applicant: Applicant
    points: list[tuple[Criterion, int | None]]
    total: Total | None
    may_score: bool
    changed: int  # times that points were changed after they had been given, by any reviewer

    @property
    def is_done(self) -> bool:
        return all(points is not None for _, points in self.points)

    @property
    def average(self) -> float:
        """Of 5, over all reviewers; 0 before the own sheet."""
        return self.total.hundredths / 100 if self.total else 0


@dataclass(frozen=True)
class Sheets:
    """Those still to be scored by this reviewer, and those done, the most points first."""

    criteria: list[Criterion]
    is_settled: bool
    waiting: list[Sheet]
    done: list[Sheet]


def read_sheets(request: VolunteerRequest, *, by: User) -> Sheets:
    """All applicants, blind. Four queries more than the shortlist."""
    criteria = ensure_criteria(request)
    applicants = list_applicants(request, by=by)
    own = list_own([each.key for each in applicants], by=by)
    totals = add_up(Score.objects.filter(application__request=request))
    changed = count_changed(request)
    sheets = [_sheet(each, criteria, own, totals, changed) for each in applicants]
    done = sorted((sheet for sheet in sheets if sheet.is_done), key=lambda sheet: -sheet.average)
    return Sheets(criteria, bool(totals), [sheet for sheet in sheets if not sheet.is_done and sheet.may_score], done)


def _sheet(
    applicant: Applicant,
    criteria: list[Criterion],
    own: dict[int, dict[int, int]],
    totals: dict[int, Total],
    changed: dict[int, int],
) -> Sheet:
    points = own.get(applicant.key, {})
    is_done = all(each.pk in points for each in criteria)
    return Sheet(
        applicant=applicant,
        points=[(each, points.get(each.pk)) for each in criteria],
        total=totals.get(applicant.key) if is_done else None,
        may_score=applicant.status in SCORABLE,
        changed=changed.get(applicant.key, 0),
    )
