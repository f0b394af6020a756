"""Figures about courses for those who publish them: counts and times, never names."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import get_language

from accounts.models import Organisation, User
from accounts.rules import is_programme_staff
from courses.models import CoursePage, Enrolment, LessonCompletion, ProgressEvent, PublisherPage
from courses.models.attempts import Attempt
from courses.querysets import Learner
from courses.rules import may_see_reports
from courses.services.gain import Gain, learning_gain
from courses.services.learning import LessonLine, course_progress
from places.models import Commune, Province
from ui.small_groups import STAFF_LEAST, find_hidden


@dataclass(frozen=True)
class Scope:
    """Whose learning is counted: who began from `since` to `until` (both days included), and lives there."""

    since: date | None = None
    until: date | None = None
    province: Province | None = None

    @property
    def is_narrow(self) -> bool:
        """A place was chosen: the whole report is about one group, and small groups are hidden."""
        return self.province is not None

    def enrolments(self, course_keys: Iterable[uuid.UUID]) -> "QuerySet[Enrolment]":
        found = Enrolment.objects.filter(course_key__in=list(course_keys))
        if self.since:
            found = found.filter(started_at__date__gte=self.since)
        if self.until:
            found = found.filter(started_at__date__lte=self.until)
        if self.province:
            found = found.filter(user__home_commune__district__province=self.province)
        return found


@dataclass(frozen=True)
class Totals:
    """One course, or one group of its learners."""

    enrolled: int = 0
    finished: int = 0
    visitors: int = 0  # of the enrolled: without an account

    @property
    def rate(self) -> int:
        """Finished, in whole per cent."""
        return self.finished * 100 // self.enrolled if self.enrolled else 0


@dataclass(frozen=True)
class LessonFigures:
    """How many got through one lesson; `lost` of them since the lesson before."""

    line: LessonLine
    done: int
    passed: int
    enrolled: int
    lost: int
    minutes: int | None  # median time spent, of those whose phones told it

    @property
    def share(self) -> int:
        return self.done * 100 // self.enrolled if self.enrolled else 0


@dataclass(frozen=True)
class PlaceFigures:
    """A province or commune (None: not given); `totals` is None for a group too small to show."""

    place: Province | Commune | None
    totals: Totals | None


@dataclass(frozen=True)
class CourseReport:
    totals: Totals
    days: int | None  # median from beginning to finishing
    minutes: int | None  # median time spent by a learner
    months: list[tuple[date, int, int]]  # month, began, finished
    lessons: list[LessonFigures]
    places: list[PlaceFigures]
    gain: Gain | None  # None as well where too few did both checks

    @property
    def steepest(self) -> LessonFigures | None:
        """The lesson after which most were lost."""
        worst = max(self.lessons[1:], key=lambda each: each.lost, default=None)
        return worst if worst and worst.lost > 0 else None


def may_read_reports(user: User) -> bool:
    """Whether there is any course whose figures are this person's to see."""
    return is_programme_staff(user) or bool(_own_organisations(user))


def list_reported(user: User) -> "QuerySet[CoursePage]":
    """The live courses whose figures this person may see, each once: in the reader's language where it exists."""
    courses = CoursePage.objects.live()
    if not is_programme_staff(user):
        courses = _inside(courses, _own_organisations(user))
    mine = Q(locale__language_code=get_language() or "km")
    twin = CoursePage.objects.live().filter(mine, translation_key=OuterRef("translation_key"))
    found: QuerySet[CoursePage] = courses.filter(mine | ~Exists(twin)).select_related("locale")
    return found


def count_courses(course_keys: Sequence[uuid.UUID], scope: Scope) -> dict[uuid.UUID, Totals]:
    """Totals by course key. One query."""
    rows = scope.enrolments(course_keys).values_list("course_key").annotate(**COUNTS).order_by()
    return {key: Totals(enrolled, finished, visitors) for key, enrolled, finished, visitors in rows}


def read_report(course_key: uuid.UUID, scope: Scope) -> CourseReport | None:
    """Everything about one course; None where the place chosen has too few learners to show. A fixed number of
    queries, whatever the number of learners and lessons.
    """
    totals = count_courses([course_key], scope).get(course_key, Totals())
    if scope.is_narrow and totals.enrolled < STAFF_LEAST:
        return None
    enrolments = scope.enrolments([course_key])
    spent = _time_by_lesson(course_key, enrolments)
    return CourseReport(
        totals=totals,
        days=_median_days(enrolments),
        minutes=_median_minutes(per_learner(spent)),
        months=_count_months(enrolments),
        lessons=_count_lessons(course_key, enrolments, totals.enrolled, spent),
        places=_count_places(enrolments, scope),
        gain=_read_gain(course_key, enrolments),
    )


COUNTS = {"enrolled": Count("pk"), "finished": Count("finished_at"), "visitors": Count("visitor")}
Spent = dict[tuple[int | None, uuid.UUID | None, uuid.UUID], int]  # person, visitor, lesson: seconds


def _own_organisations(user: User) -> list[Organisation]:
    own = (membership.organisation for membership in user.active_memberships)
    return [organisation for organisation in own if may_see_reports(user, organisation)]


def _inside(courses: "QuerySet[CoursePage]", organisations: Iterable[Organisation]) -> "QuerySet[CoursePage]":
    """Those in the sections of these organisations."""
    sections = PublisherPage.objects.filter(organisation__in=list(organisations))
    inside = Q(pk__in=[])
    for path in sections.values_list("path", flat=True):
        inside |= Q(path__startswith=path)
    return courses.filter(inside)


def in_scope(enrolments: "QuerySet[Enrolment]") -> Q:
    """Rows of the learners of these enrolments."""
    people = enrolments.filter(user__isnull=False).values("user")
    visitors = enrolments.filter(visitor__isnull=False).values("visitor")
    return Q(user__in=people) | Q(visitor__in=visitors)


def _median_days(enrolments: "QuerySet[Enrolment]") -> int | None:
    spans = enrolments.filter(finished_at__isnull=False).values_list("started_at", "finished_at")
    days = [max(finish - start, timedelta()).days + 1 for start, finish in spans if finish]
    return round(median(days)) if days else None


def _time_by_lesson(course_key: uuid.UUID, enrolments: "QuerySet[Enrolment]") -> Spent:
    rows = (
        ProgressEvent.objects.filter(in_scope(enrolments), course_key=course_key, kind="studied")
        .values_list("user", "visitor", "lesson_key")
        .annotate(seconds=Sum("seconds"))
    )
    return {(user, visitor, lesson): seconds for user, visitor, lesson, seconds in rows if lesson}


def per_learner(spent: Spent) -> list[int]:
    """Seconds of each learner over all lessons."""
    sums: Counter[tuple[int | None, uuid.UUID | None]] = Counter()
    for (user, visitor, _lesson), seconds in spent.items():
        sums[user, visitor] += seconds
    return list(sums.values())


def _median_minutes(seconds: Sequence[int]) -> int | None:
    return max(1, round(median(seconds) / 60)) if seconds else None


def _count_months(enrolments: "QuerySet[Enrolment]") -> list[tuple[date, int, int]]:
    """The last twelve months in which something happened."""
    began = enrolments.annotate(month=TruncMonth("started_at")).values_list("month").annotate(n=Count("pk"))
    ended = enrolments.filter(finished_at__isnull=False).annotate(month=TruncMonth("finished_at"))
    starts = {month.date(): n for month, n in began.order_by("month")}
    ends = {month.date(): n for month, n in ended.values_list("month").annotate(n=Count("pk")).order_by("month")}
    months = sorted({*starts, *ends})[-12:]
    return [(month, starts.get(month, 0), ends.get(month, 0)) for month in months]


def _count_lessons(
    course_key: uuid.UUID, enrolments: "QuerySet[Enrolment]", enrolled: int, spent: Spent
) -> list[LessonFigures]:
    among = in_scope(enrolments)
    done = _per_lesson(LessonCompletion.objects.filter(among, course_key=course_key))
    passed = _per_lesson(Attempt.objects.passed().filter(among, course_key=course_key))
    figures: list[LessonFigures] = []
    before = enrolled
    for line in course_progress(Learner(), [course_key])[course_key].lines:
        key = line.page.translation_key
        times = [seconds for (_user, _visitor, lesson), seconds in spent.items() if lesson == key]
        count = done.get(key, 0)
        figures.append(LessonFigures(line, count, passed.get(key, 0), enrolled, before - count, _median_minutes(times)))
        before = count
    return figures


def _per_lesson(rows: "QuerySet[Any]") -> dict[uuid.UUID, int]:
    """The number of learners by lesson key."""
    learners = Count("user", distinct=True) + Count("visitor", distinct=True)
    return dict(rows.values_list("lesson_key").annotate(n=learners).order_by())


def _count_places(enrolments: "QuerySet[Enrolment]", scope: Scope) -> list[PlaceFigures]:
    """By province; inside a chosen province by commune. The largest first, small ones hidden, then "not given"."""
    column = "user__home_commune" if scope.province else "user__home_commune__district__province"
    rows = list(enrolments.values_list(column).annotate(**COUNTS).order_by())
    totals = {pk: Totals(enrolled, finished, visitors) for pk, enrolled, finished, visitors in rows}
    hidden = find_hidden({pk: each.enrolled for pk, each in totals.items()}, least=STAFF_LEAST)
    model = Commune if scope.province else Province
    places = model._default_manager.in_bulk([pk for pk in totals if pk is not None])
    figures = [PlaceFigures(places.get(pk), None if pk in hidden else each) for pk, each in totals.items()]
    return sorted(figures, key=_rank)


def _read_gain(course_key: uuid.UUID, enrolments: "QuerySet[Enrolment]") -> Gain | None:
    gain = learning_gain([course_key], among=in_scope(enrolments)).get(course_key)
    return gain if gain and gain.count >= STAFF_LEAST else None


def _rank(figures: PlaceFigures) -> tuple[bool, bool, int]:
    return figures.place is None, figures.totals is None, -(figures.totals.enrolled if figures.totals else 0)
