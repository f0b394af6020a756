"""The steps of a planning year as a reader sees them."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from forums.querysets import Reader
from participation.enums import Reach, StepKind, StepState
from participation.models import PlanningStep, PlanningYear
from participation.services.usual import ABOUT, USUAL, date_of, plan_year_on
from places.models import Commune, District

NEAREST = (Reach.COMMUNE, Reach.DISTRICT, Reach.COUNTRY)


@dataclass(frozen=True)
class Step:
    """One step with its state on the day the timeline was read. `about` is "" for a step of one's own."""

    kind: StepKind
    title: str
    about: str
    start_date: date
    end_date: date
    state: StepState


@dataclass(frozen=True)
class Timeline:
    """The steps in order of their dates; `reach` says whose dates they are, `source` where they come from."""

    year: int
    reach: Reach
    source: str
    steps: list[Step]

    @property
    def is_usual(self) -> bool:
        return self.reach == Reach.USUAL

    @property
    def now(self) -> list[Step]:
        """What goes on now; the next step where nothing does; empty after the last."""
        going = [step for step in self.steps if step.state == StepState.NOW]
        return going or [step for step in self.steps if step.state == StepState.AHEAD][:1]


def read_timeline(place: Commune | District | None, *, year: int | None = None, today: date | None = None) -> Timeline:
    """By the nearest set of dates, or the usual ones; of the plan people work on where no year is named."""
    today = today or timezone.localdate()
    year = year or plan_year_on(today)
    return make_timeline(find_year(place, year), year=year, today=today)


@dataclass(frozen=True)
class OwnTimeline:
    """The timeline of the reader's own commune; `commune` is None for whoever has named none."""

    commune: Commune | None
    timeline: Timeline


def read_own_timeline(user: Reader | None) -> OwnTimeline:
    """For whoever reads a guide or a lesson. At most three queries."""
    commune = (user.home_commune or user.current_commune) if user is not None and user.is_authenticated else None
    return OwnTimeline(commune, read_timeline(commune))


def find_year(place: Commune | District | None, year: int) -> PlanningYear | None:
    """The set of dates that holds there. At most two queries, its steps included."""
    sets = PlanningYear.objects.filter(year=year).meant_for(place).with_steps()
    return min(sets, key=lambda found: NEAREST.index(found.reach), default=None)


def is_own(found: PlanningYear | None, place: Commune | District | None) -> bool:
    """Whether the set was made for this very place, not for a wider one."""
    return found is not None and place is not None and place in (found.commune, found.district)


def make_timeline(found: PlanningYear | None, *, year: int, today: date) -> Timeline:
    """`found` with its steps prefetched; None gives the usual dates."""
    rows = list(found.steps.all()) if found else list_usual_steps(year)
    steps = [_tell(row, today) for row in sorted(rows, key=lambda row: (row.start_date, row.end_date))]
    return Timeline(year, found.reach if found else Reach.USUAL, found.source if found else "", steps)


def list_usual_steps(year: int) -> list[PlanningStep]:
    """Unsaved rows of the usual dates."""
    return [
        PlanningStep(kind=kind, start_date=date_of(year, first), end_date=date_of(year, last))
        for kind, (first, last) in USUAL.items()
    ]


def _tell(row: PlanningStep, today: date) -> Step:
    kind = StepKind(row.kind)
    state = StepState.AHEAD if today < row.start_date else StepState.PAST if today > row.end_date else StepState.NOW
    return Step(kind, row.title, str(ABOUT.get(kind, "")), row.start_date, row.end_date, state)
