"""Figures about courses for those who publish them: counts and times, never names."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
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
from courses.services.ratings import SkillAtWork, count_at_work
from courses.services.report_groups import PROVINCE, Scope, fit
from places.models import Commune, Province
from ui.small_groups import STAFF_LEAST, find_hidden


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
class MonthFigures:
    """`began` and `finished` are None where they are too few to show."""

    month: date
    began: int | None
    finished: int | None


@dataclass(frozen=True)
class CourseReport:
    scope: Scope  # what was counted, which may be wider than what was asked for
    totals: Totals
    days: int | None  # median from beginning to finishing; no median is of a few
    minutes: int | None  # median time spent by a learner
    months: list[MonthFigures]
    lessons: list[LessonFigures]
    places: list[PlaceFigures]  # none where days were chosen
    gain: Gain | None  # None as well where too few did both checks
    at_work: list[SkillAtWork]  # of the whole course alone: none where days or a place were chosen

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


def count_courses(course_keys: Sequence[uuid.UUID], scope: Scope) -> dict[uuid.UUID, Totals | None]:
    """Totals by course key, None for a group too small to show. Two queries."""
    return _count(fit(course_keys, scope))


def read_report(course_key: uuid.UUID, scope: Scope) -> CourseReport | None:
    """Everything about one course; None where the learners chosen are too few to show. A fixed number of queries,
    whatever the number of learners and lessons.
    """
    fitted = fit([course_key], scope)
    within = fitted[course_key]
    if within is None:
        return None
    totals = _count(fitted)[course_key] or Totals()
    enrolments = within.enrolments([course_key])
    spent = _time_by_lesson(course_key, enrolments)
    return CourseReport(
        scope=within,
        totals=totals,
        days=_median_days(enrolments),
        minutes=_median_minutes(per_learner(spent)),
        months=_count_months(enrolments),
        lessons=_count_lessons(course_key, enrolments, totals.enrolled, spent),
        places=[] if within.has_days else _count_places(enrolments, within),
        gain=_read_gain(course_key, enrolments),
        at_work=[] if within.has_days or within.province else count_at_work(course_key),
    )


def _count(fitted: Mapping[uuid.UUID, Scope | None]) -> dict[uuid.UUID, Totals | None]:
    wanted = [Q(course_key=key) & scope.condition for key, scope in fitted.items() if scope]
    rows = Enrolment.objects.filter(reduce(or_, wanted, Q(pk__in=[]))).values_list("course_key").annotate(**COUNTS)
    found = {key: Totals(enrolled, finished, visitors) for key, enrolled, finished, visitors in rows.order_by()}
    return {key: found.get(key, Totals()) if scope else None for key, scope in fitted.items()}


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
    return round(median(days)) if len(days) >= STAFF_LEAST else None


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
    return max(1, round(median(seconds) / 60)) if len(seconds) >= STAFF_LEAST else None


def _count_months(enrolments: "QuerySet[Enrolment]") -> list[MonthFigures]:
    """The last twelve months in which something happened."""
    began, finished = _by_month(enrolments, "started_at"), _by_month(enrolments, "finished_at")
    months = sorted({*began, *finished})[-12:]
    return [MonthFigures(month, began.get(month, 0), finished.get(month, 0)) for month in months]


def _by_month(enrolments: "QuerySet[Enrolment]", moment: str) -> dict[date, int | None]:
    """How many by month, small numbers hidden as those of places are."""
    rows = enrolments.exclude(**{moment: None}).annotate(month=TruncMonth(moment)).values_list("month")
    sizes = {month.date(): count for month, count in rows.annotate(n=Count("pk")).order_by("month")}
    hidden = find_hidden(sizes, least=STAFF_LEAST)
    return {month: None if month in hidden else count for month, count in sizes.items()}


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
    column = "user__home_commune" if scope.province else PROVINCE
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
