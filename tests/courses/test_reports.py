"""Figures about courses: right, only one's own, and silent about few people."""

import csv
import io
import random
import uuid
from datetime import date, timedelta
from statistics import correlation

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from accounts.enums import MembershipRole
from accounts.models import Organisation, User
from courses.models import (
    Answer,
    Attempt,
    CourseIndexPage,
    CoursePage,
    Enrolment,
    LessonCompletion,
    ProgressEvent,
    QuizVersion,
)
from courses.services import set_up_publisher
from courses.services.items import correlate, read_items
from courses.services.report_groups import Scope, find_runs, fit
from courses.services.reports import count_courses, read_report
from places.models import Commune
from tests.factories.accounts import MembershipFactory, NgoFactory, UserFactory
from tests.factories.courses import make_course, make_lesson, make_question
from tests.factories.places import CommuneFactory
from ui.small_groups import STAFF_LEAST

pytestmark = pytest.mark.django_db


def enrol_people(
    course: CoursePage, count: int, commune: Commune | None, *, finished: int = 0, days_ago: int = 9
) -> list[User]:
    people = UserFactory.create_batch(count, home_commune=commune)
    now = timezone.now()
    Enrolment.objects.bulk_create(
        Enrolment(
            user=person,
            course_key=course.translation_key,
            started_at=now - timedelta(days=days_ago),
            touched_at=now,
            finished_at=now if number < finished else None,
        )
        for number, person in enumerate(people)
    )
    return people


def complete(course: CoursePage, lesson: uuid.UUID, people: list[User]) -> None:
    LessonCompletion.objects.bulk_create(
        LessonCompletion(user=each, course_key=course.translation_key, lesson_key=lesson, happened_at=timezone.now())
        for each in people
    )


def make_elsewhere(code: str) -> Commune:
    """A commune of another province."""
    return CommuneFactory.create(
        code=f"{code}0101", district__code=f"{code}01", district__province__code=code, district__province__name_km=code
    )


@pytest.fixture
def course(indexes: dict[str, CourseIndexPage]) -> CoursePage:
    return make_course(indexes["km"])


def test_a_report_counts_who_began_who_finished_and_where_they_stop(course: CoursePage, commune: Commune) -> None:
    lessons = [make_lesson(course).translation_key for _ in range(3)]
    people = enrol_people(course, 10, commune, finished=2)
    Enrolment.objects.create(
        visitor=uuid.uuid4(),
        course_key=course.translation_key,
        started_at=timezone.now(),
        touched_at=timezone.now(),
    )
    complete(course, lessons[0], people[:9])
    complete(course, lessons[1], people[:3])
    complete(course, lessons[2], people[:2])
    times = [(people[0], 600), (people[0], 300), *((person, 600) for person in people[1:5])]
    for person, seconds in times:
        ProgressEvent.objects.create(
            user=person,
            course_key=course.translation_key,
            lesson_key=lessons[0],
            kind="studied",
            seconds=seconds,
            happened_at=timezone.now(),
        )
    report = read_report(course.translation_key, Scope())
    assert report is not None
    assert (report.totals.enrolled, report.totals.finished, report.totals.visitors, report.totals.rate) == (
        11,
        2,
        1,
        18,
    )
    assert [(each.done, each.lost, each.minutes) for each in report.lessons] == [(9, 2, 10), (3, 6, None), (2, 1, None)]
    assert report.steepest is report.lessons[1]
    assert (report.days, report.minutes) == (None, 10)  # two finished: their days would be their own


def test_dates_or_place_choose_whose_learning_counts(course: CoursePage, commune: Commune) -> None:
    make_lesson(course)
    enrol_people(course, 6, commune)
    enrol_people(course, 7, make_elsewhere("17"), days_ago=2)
    key, today = course.translation_key, timezone.localdate()
    counted = {
        scope: report and report.totals.enrolled
        for scope in (
            Scope(province=commune.district.province),
            Scope(since=today - timedelta(days=5)),
            Scope(until=today - timedelta(days=5)),
            Scope(since=today - timedelta(days=30), until=today),
        )
        for report in [read_report(key, scope)]
    }
    assert list(counted.values()) == [6, 7, 6, 13]


@pytest.mark.parametrize(
    ("sizes", "firsts"),
    [
        ([5], [0]),
        ([2], [0]),
        ([5, 5], [0, 1]),
        ([3, 3, 4], [0]),
        ([4, 1, 5, 1], [0, 2]),
        ([1] * 11, [0, 5]),
        ([9, 4], [0]),
    ],
)
def test_days_are_counted_in_runs_of_enough_people(sizes: list[int], firsts: list[int]) -> None:
    start = date(2026, 3, 1)
    runs = find_runs({start + timedelta(days=number): size for number, size in enumerate(sizes)})
    ends = [*(first - 1 for first in firsts[1:]), len(sizes) - 1]
    assert [((first - start).days, (last - start).days) for first, last in runs] == list(zip(firsts, ends, strict=True))


def test_no_two_spans_of_days_differ_by_a_few(course: CoursePage, commune: Commune) -> None:
    chance = random.Random(3)
    for days_ago in range(0, 40, 2):
        enrol_people(course, chance.randrange(4), commune, days_ago=days_ago)
    key, today = course.translation_key, timezone.localdate()
    days = [None, *(today - timedelta(days=number) for number in range(0, 42, 3))]
    groups = set()
    for since in days:
        for until in days:
            scope = fit([key], Scope(since, until))[key]
            groups.add(frozenset(scope.enrolments([key]).values_list("pk", flat=True)) if scope else frozenset())
    assert len(groups) > 5
    assert not [(one, two) for one in groups for two in groups if 0 < len(two - one) < STAFF_LEAST]


def test_a_place_hidden_with_a_small_one_does_not_open_by_itself(
    client: Client, theirs: CoursePage, editor: User, commune: Commune
) -> None:
    """The total less every place that can be opened is never a few people."""
    second, third = make_elsewhere("17"), make_elsewhere("16")
    for count, place in ((3, commune), (7, second), (30, third)):
        enrol_people(theirs, count, place)
    key = theirs.translation_key
    opened = {}
    for place in (commune, second, third):
        province = place.district.province
        report = read_report(key, Scope(province=province))
        opened[province.pk] = report and report.totals.enrolled
        counted = count_courses([key], Scope(province=province))[key]
        assert (counted and counted.enrolled) == opened[province.pk]
    assert list(opened.values()) == [None, None, 30]
    client.force_login(editor)
    for place in (commune, second):
        listed = client.get(f"/en/learn/reports/?province={place.district.province.pk}").content.decode()
        assert "fewer than 5 learners" in listed


def test_places_are_not_cut_up_by_days(client: Client, theirs: CoursePage, editor: User, commune: Commune) -> None:
    make_lesson(theirs)
    enrol_people(theirs, 6, commune)
    client.force_login(editor)
    address = f"/en/learn/reports/{theirs.translation_key}"
    days = f"until={timezone.localdate()}"
    page = client.get(f"{address}/?{days}")
    assert page.context["screen"].report.places == []
    assert client.get(f"{address}/places.csv?{days}").status_code == 404
    both = client.get(f"{address}/?{days}&province={commune.district.province.pk}")
    assert "Choose days or a province, not both" in both.content.decode()
    scope = both.context["screen"].report.scope
    assert (scope.until, scope.province) == (None, commune.district.province)


def test_months_and_visitors_of_a_few_are_not_told(
    client: Client, theirs: CoursePage, editor: User, commune: Commune
) -> None:
    for count, days_ago in ((2, 100), (6, 65), (8, 5)):
        enrol_people(theirs, count, commune, days_ago=days_ago)
    now = timezone.now()
    Enrolment.objects.create(visitor=uuid.uuid4(), course_key=theirs.translation_key, started_at=now, touched_at=now)
    client.force_login(editor)
    screen = client.get(f"/en/learn/reports/{theirs.translation_key}/").context["screen"]
    assert [each.began for each in screen.report.months] == [None, None, 9]
    assert screen.visitors == 0


def test_few_people_of_a_place_stay_hidden(course: CoursePage, commune: Commune) -> None:
    """Neither their own figures nor what the total less the others would give."""
    enrol_people(course, 4, commune)
    second, third = make_elsewhere("17"), make_elsewhere("16")
    enrol_people(course, 6, second)
    enrol_people(course, 30, third)
    key = course.translation_key
    assert read_report(key, Scope(province=commune.district.province)) is None
    report = read_report(key, Scope())
    assert report is not None
    shown = {each.place: each.totals and each.totals.enrolled for each in report.places}
    assert shown == {
        commune.district.province: None,
        second.district.province: None,
        third.district.province: 30,
    }


def check(course: CoursePage, person: User, before: int, after: int) -> None:
    """Both checks of one person, of four questions each."""
    version, _made = QuizVersion.objects.get_or_create(
        lesson_key=course.translation_key, digest="check", pass_mark=0, questions=[]
    )
    for purpose, score in (("before", before), ("after", after)):
        Attempt.objects.create(
            user=person,
            course_key=course.translation_key,
            lesson_key=course.translation_key,
            purpose=purpose,
            version=version,
            status="finished",
            score=score,
            total=4,
            happened_at=timezone.now(),
            finished_at=timezone.now(),
        )


@pytest.mark.parametrize(("pairs", "shown"), [(5, (5, 25.0, 75.0)), (4, None)])
def test_the_gain_counts_who_did_both_checks_unless_they_are_few(
    course: CoursePage, commune: Commune, pairs: int, shown: tuple[int, float, float] | None
) -> None:
    for person in enrol_people(course, 8, commune)[:pairs]:
        check(course, person, 1, 3)
    check(course, UserFactory.create(), 0, 4)  # not of this report: never enrolled
    report = read_report(course.translation_key, Scope(province=commune.district.province))
    assert report is not None
    gain = report.gain
    assert (gain and (gain.count, gain.before, gain.after)) == shown


def test_discrimination_is_the_corrected_correlation(course: CoursePage) -> None:
    """Against the standard library's own correlation of item and rest score."""
    lesson = make_lesson(course, [make_question(text=f"សំណួរ {n}") for n in range(4)])
    ids = [block["id"] for block in lesson.questions.raw_data]
    version = QuizVersion.objects.create(
        lesson_key=lesson.translation_key,
        digest="x",
        pass_mark=60,
        questions=[{"id": each, "text": {"km": f"q{number}"}} for number, each in enumerate(ids)],
    )
    chance = random.Random(7)
    marks = []
    for person in enrol_people(course, 40, None):
        able = chance.random()
        right = [chance.random() < able for _ in ids]
        marks.append(right)
        for score, is_first in ((sum(right), True), (4, False)):  # the second run is all right and must not count
            attempt = Attempt.objects.create(
                user=person,
                course_key=course.translation_key,
                lesson_key=lesson.translation_key,
                version=version,
                status="finished",
                score=score,
                happened_at=timezone.now(),
                finished_at=timezone.now(),
            )
            Answer.objects.bulk_create(
                Answer(
                    attempt=attempt,
                    question_id=each,
                    choices=[],
                    is_right=mark if is_first else True,
                    counts=True,
                    happened_at=timezone.now(),
                )
                for each, mark in zip(ids, right, strict=True)
            )
    items = {
        item.text: item for item in read_items(course.translation_key, Scope().enrolments([course.translation_key]))
    }
    for number in range(4):
        item = items[f"q{number}"]
        own = [float(row[number]) for row in marks]
        rest = [float(sum(row) - row[number]) for row in marks]
        assert (item.answered, item.right) == (40, sum(row[number] for row in marks))
        assert item.discrimination == pytest.approx(correlation(own, rest))


def test_discrimination_of_what_all_know_cannot_be_said() -> None:
    assert correlate(30, 30, 90, 280, 90) is None


@pytest.fixture
def theirs(indexes: dict[str, CourseIndexPage], ngo: Organisation) -> CoursePage:
    return make_course(set_up_publisher(ngo)["km"])


@pytest.mark.parametrize(
    "role", [MembershipRole.AUTHOR, MembershipRole.REVIEWER, MembershipRole.PUBLISHER, MembershipRole.FACILITATOR]
)
def test_an_organisation_sees_its_own_reports_only(
    client: Client, ngo: Organisation, course: CoursePage, theirs: CoursePage, role: MembershipRole
) -> None:
    other = make_course(set_up_publisher(NgoFactory.create())["km"], title="វគ្គរបស់អ្នកដទៃ")
    member = MembershipFactory.create(organisation=ngo, role=role).user
    client.force_login(member)
    listed = client.get("/km/learn/reports/").content.decode()
    assert theirs.title in listed
    assert other.title not in listed
    assert client.get(f"/km/learn/reports/{theirs.translation_key}/").status_code == 200
    for foreign in (other, course):
        assert client.get(f"/km/learn/reports/{foreign.translation_key}/").status_code == 404
        assert client.get(f"/km/learn/reports/{foreign.translation_key}/places.csv").status_code == 404


def test_the_editors_menu_leads_to_the_figures(client: Client, theirs: CoursePage, editor: User) -> None:
    client.force_login(editor)
    assert "/km/learn/reports/" in client.get("/admin/").content.decode()


def test_who_has_no_course_has_no_reports(client: Client, learner: User, clerk: User, course: CoursePage) -> None:
    for person in (learner, clerk):
        client.force_login(person)
        assert client.get("/km/learn/reports/").status_code == 404
        assert client.get(f"/km/learn/reports/{course.translation_key}/").status_code == 404


def test_files_say_what_the_page_says(client: Client, theirs: CoursePage, editor: User, commune: Commune) -> None:
    make_lesson(theirs, title="=SUM(A1)")
    people = enrol_people(theirs, 6, commune, finished=3)
    complete(theirs, theirs.get_children().get().translation_key, people[:3])
    client.force_login(editor)
    address = f"/en/learn/reports/{theirs.translation_key}"
    page = client.get(f"{address}/").content.decode()
    assert '<b class="nw">50%</b>' in page
    sent = b"".join(client.get(f"{address}/lessons.csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(sent)))
    assert rows[1] == ["1", "'=SUM(A1)", "3", "0", "50", ""]
    book = load_workbook(io.BytesIO(client.get(f"{address}/places.xlsx").content))
    assert [[cell.value for cell in row] for row in book.active.iter_rows(min_row=2)] == [
        [commune.district.province.name_en, 6, 3, 50]
    ]


def test_a_place_with_few_learners_gives_no_file(
    client: Client, theirs: CoursePage, editor: User, commune: Commune
) -> None:
    enrol_people(theirs, 3, commune)
    client.force_login(editor)
    address = f"/km/learn/reports/{theirs.translation_key}"
    query = f"?province={commune.district.province.pk}"
    assert "១" not in client.get(f"{address}/{query}").content.decode().split("<main", 1)[1].split("</form>")[1]
    assert client.get(f"{address}/lessons.csv{query}").status_code == 404


def test_a_report_costs_the_same_for_many(
    client: Client,
    theirs: CoursePage,
    editor: User,
    commune: Commune,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(editor)
    address = f"/km/learn/reports/{theirs.translation_key}/"
    for lessons, people in ((1, 5), (9, 20)):
        for _ in range(lessons):
            complete(theirs, make_lesson(theirs).translation_key, enrol_people(theirs, people, commune))
        client.get(address)
        with django_assert_num_queries(21):
            client.get(address)
