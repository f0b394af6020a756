"""Face-to-face sessions and attendance: one form for all, nothing lost between two facilitators."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from courses.models import Attendance, Cohort, CohortMember, CohortSession
from courses.services.attendance import Mark, list_attendees, mark_attendance
from courses.services.cohort_notes import NextSession, read_cohort_notes
from tests.factories.cohorts import CohortFactory, CohortMemberFactory, CohortSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(cohort: Cohort) -> CohortSession:
    return CohortSessionFactory.create(cohort=cohort)


@pytest.fixture
def members(cohort: Cohort) -> list[CohortMember]:
    return CohortMemberFactory.create_batch(3, cohort=cohort)


def stored(session: CohortSession) -> dict[int, str]:
    return dict(Attendance.objects.filter(session=session).values_list("member_id", "presence"))


def test_only_what_changed_is_written(session: CohortSession, members: list[CohortMember], facilitator: User) -> None:
    a, b, c = (member.pk for member in members)
    marks = {a: Mark("", "present"), b: Mark("", ""), c: Mark("", "nonsense")}
    assert mark_attendance(session, by=facilitator, marks=marks) == set()
    assert stored(session) == {a: "present"}
    assert mark_attendance(session, by=facilitator, marks={a: Mark("present", "absent")}) == set()
    assert stored(session) == {a: "absent"}
    assert mark_attendance(session, by=facilitator, marks={a: Mark("absent", "")}) == set()
    assert stored(session) == {a: "absent"}


def test_two_facilitators_at_once_lose_nothing(
    session: CohortSession, members: list[CohortMember], facilitator: User, staff: User
) -> None:
    """Both opened the empty form; each marked others, and one learner differently."""
    a, b, c = (member.pk for member in members)
    first = {a: Mark("", "present"), b: Mark("", "present"), c: Mark("", "")}
    second = {a: Mark("", ""), b: Mark("", "absent"), c: Mark("", "excused")}
    assert mark_attendance(session, by=facilitator, marks=first) == set()
    assert mark_attendance(session, by=staff, marks=second) == {b}
    assert stored(session) == {a: "present", b: "present", c: "excused"}
    assert mark_attendance(session, by=staff, marks={b: Mark("present", "absent")}) == set()
    assert stored(session)[b] == "absent"
    assert Attendance.objects.get(member=b).marked_by == staff


def test_both_saying_the_same_is_no_conflict(
    session: CohortSession, members: list[CohortMember], facilitator: User, staff: User
) -> None:
    marks = {members[0].pk: Mark("", "present")}
    assert [mark_attendance(session, by=person, marks=marks) for person in (facilitator, staff)] == [set(), set()]
    assert Attendance.objects.get().marked_by == facilitator


def test_only_the_cohorts_own_learners_are_marked(session: CohortSession, facilitator: User) -> None:
    foreign = CohortMemberFactory.create()
    gone = CohortMemberFactory.create(cohort=session.cohort, left_at=timezone.now())
    marks = {foreign.pk: Mark("", "present"), gone.pk: Mark("", "present"), 10**6: Mark("", "present")}
    assert mark_attendance(session, by=facilitator, marks=marks) == set()
    assert stored(session) == {}


def test_who_left_stays_in_the_list_where_they_were_marked(
    session: CohortSession, members: list[CohortMember], facilitator: User
) -> None:
    mark_attendance(session, by=facilitator, marks={members[0].pk: Mark("", "present")})
    CohortMember.objects.filter(pk__in=[members[0].pk, members[1].pk]).update(left_at=timezone.now())
    assert list(list_attendees(session)) == [members[0], members[2]]


def test_the_database_knows_three_presences(session: CohortSession, members: list[CohortMember]) -> None:
    values = {"session": session, "member": members[0], "marked_by_id": session.cohort.opened_by_id}
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(**values, presence="maybe", marked_at=timezone.now())


# The form


def test_one_form_marks_all(
    client: Client, session: CohortSession, members: list[CohortMember], facilitator: User
) -> None:
    a, b, c = (member.pk for member in members)
    client.force_login(facilitator)
    address = reverse("cohort-session", args=[session.public_id])
    data = {f"was-{key}": "" for key in (a, b, c)} | {f"now-{a}": "absent"}
    assert client.post(address, {**data, "rest": "present"}).status_code == 302
    assert stored(session) == {a: "absent", b: "present", c: "present"}
    page = client.get(address).text
    assert page.count(" checked") == 3


def test_a_conflict_comes_back_with_both_words(
    client: Client, session: CohortSession, members: list[CohortMember], facilitator: User, staff: User
) -> None:
    key = members[0].pk
    mark_attendance(session, by=staff, marks={key: Mark("", "excused")})
    client.force_login(facilitator)
    address = reverse("cohort-session", args=[session.public_id])
    response = client.post(address, {f"was-{key}": "", f"now-{key}": "absent"})
    row = response.context["rows"][0]
    assert (response.status_code, row["was"], row["now"], row["conflict"].marked_by) == (
        200,
        "excused",
        "absent",
        staff,
    )
    assert client.post(address, {f"was-{key}": row["was"], f"now-{key}": row["now"]}).status_code == 302
    assert stored(session) == {key: "absent"}


@pytest.mark.parametrize("rows", [1, 30])
def test_the_form_costs_the_same_for_one_and_thirty(
    client: Client, session: CohortSession, facilitator: User, rows: int, django_assert_num_queries: Any
) -> None:
    CohortMemberFactory.create_batch(rows, cohort=session.cohort)
    client.force_login(facilitator)
    address = reverse("cohort-session", args=[session.public_id])
    client.get(address)
    with django_assert_num_queries(8):
        response = client.get(address)
    data = {f"was-{row['member'].pk}": "" for row in response.context["rows"]}
    with django_assert_num_queries(16):
        client.post(address, {**data, "rest": "present"})
    assert len(stored(session)) == rows


# Planning


def test_a_session_is_planned_changed_cancelled_and_restored(client: Client, cohort: Cohort, facilitator: User) -> None:
    client.force_login(facilitator)
    data = {"title": "Spreadsheets", "date": "2026-12-05", "starts_at": "08:30", "place": "Commune office"}
    new = reverse("cohort-session-new", args=[cohort.public_id])
    assert client.post(new, {**data, "date": "someday"}).status_code == 200
    assert client.post(new, data).headers["Location"] == cohort.get_absolute_url()
    session = CohortSession.objects.get()
    edit = reverse("cohort-session-edit", args=[session.public_id])
    assert 'value="08:30"' in client.get(edit).text
    client.post(edit, {**data, "starts_at": ""})
    session.refresh_from_db()
    assert (session.cohort, session.starts_at, session.cancelled_at) == (cohort, None, None)
    client.post(edit, {"cancel": ""})
    session.refresh_from_db()
    assert session.cancelled_at is not None
    client.post(edit, {"restore": ""})
    session.refresh_from_db()
    assert session.cancelled_at is None


def test_the_next_session_is_told_in_one_query(
    cohort: Cohort, members: list[CohortMember], django_assert_num_queries: Any
) -> None:
    today = timezone.localdate()
    CohortSessionFactory.create(cohort=cohort, date=today - timedelta(days=1))
    CohortSessionFactory.create(cohort=cohort, date=today, cancelled_at=timezone.now())
    CohortSessionFactory.create(cohort=cohort, date=today + timedelta(days=2))
    CohortSessionFactory.create(cohort=cohort, date=today + timedelta(days=1), title="Next", starts_at="08:30")
    over = CohortFactory.create(over=True)
    CohortMemberFactory.create(cohort=over, user=members[0].user)
    with django_assert_num_queries(1):
        notes = read_cohort_notes(members[0].user)
    assert [(note.cohort, note.sentence, note.text) for note in notes] == [(cohort, "", "")]
    session = notes[0].session
    assert isinstance(session, NextSession)
    assert (session.title, session.date, str(session.starts_at)) == ("Next", today + timedelta(days=1), "08:30:00")
    assert read_cohort_notes(members[0].user, course_key=over.course_key) == []


def test_a_learner_sees_the_own_attendance(
    client: Client, session: CohortSession, members: list[CohortMember], facilitator: User
) -> None:
    mark_attendance(session, by=facilitator, marks={members[0].pk: Mark("", "present")})
    mark_attendance(session, by=facilitator, marks={members[1].pk: Mark("", "absent")})
    client.force_login(members[0].user)
    response = client.get(session.cohort.get_absolute_url())
    assert response.context["presence"] == {session.pk: "present"}
    assert session.title in response.text
