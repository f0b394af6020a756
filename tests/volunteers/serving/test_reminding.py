"""Reminders: the day before a shift, once a person and day and never at night; courses of the first weeks."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from accounts.models import Organisation, User
from courses.models import Enrolment
from notifications.services.kinds import put_into_words
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.attendance import make_placement, make_shift, make_signup
from tests.factories.courses import make_course, make_indexes
from tests.factories.volunteers import RequestFactory
from volunteers.models import Message, Placement
from volunteers.services.choosing.coming_of_age import open_threads
from volunteers.services.choosing.messages import is_shown, send_message
from volunteers.services.clocks import CLOCKS
from volunteers.services.induction import save_induction
from volunteers.services.serving.reminding import remind_of_induction, remind_of_tomorrow

pytestmark = pytest.mark.django_db
AFTERNOON = datetime(2026, 12, 2, 9, tzinfo=UTC)  # 16:00 in Phnom Penh
TOMORROW = datetime(2026, 12, 3, 1, tzinfo=UTC)  # 8:00 of the next day


class Wall:
    now = AFTERNOON


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    wall = Wall()
    monkeypatch.setattr(timezone, "now", lambda: wall.now)
    return wall


@pytest.fixture
def placement(wall: Wall, learner: User, office: Organisation) -> Placement:
    return make_placement(learner, office)


def told(user: User) -> list[str]:
    with translation.override("en"):
        return [put_into_words(row.kind, row.data).title for row in user.notifications.order_by("pk")]


def body(user: User) -> str:
    row = user.notifications.latest("pk")
    with translation.override("en"):
        return put_into_words(row.kind, row.data).body


def test_both_sides_hear_once_the_afternoon_before(
    wall: Wall, placement: Placement, learner: User, clerk: User, office: Organisation
) -> None:
    title = placement.application.request.title_en or placement.application.request.title_km
    for hours in (0, 4):
        make_signup(placement, make_shift(placement, TOMORROW + timedelta(hours=hours)))
    make_signup(make_placement(request=placement.application.request), placement.application.request.shifts.first())
    second = OfficeFactory.create()
    MembershipFactory.create(organisation=second, user=clerk)
    elsewhere = make_placement(UserFactory.create(), second)
    make_signup(elsewhere, make_shift(elsewhere, TOMORROW))
    assert remind_of_tomorrow() == 4
    assert remind_of_tomorrow() == 0
    assert told(learner) == [f"Tomorrow you are expected: {title}"]
    assert "3 December 2026, 08:00" in body(learner)
    assert "1 more shift that day." in body(learner)
    assert told(clerk) == ["Shifts tomorrow: 3. People who come: 3"]


@pytest.mark.parametrize(
    ("now", "starts_at", "count"),
    [
        (AFTERNOON - timedelta(hours=2), TOMORROW, 0),  # 14:00: too early
        (AFTERNOON + timedelta(hours=5), TOMORROW, 0),  # 21:00: night
        (AFTERNOON, TOMORROW + timedelta(days=1), 0),
        (AFTERNOON, TOMORROW - timedelta(days=1), 0),
        (AFTERNOON, datetime(2026, 12, 3, 16, 59, tzinfo=UTC), 1),  # 23:59
    ],
)
def test_only_tomorrow_and_never_at_night(
    wall: Wall, placement: Placement, now: datetime, starts_at: datetime, count: int
) -> None:
    make_signup(placement, make_shift(placement, starts_at, hours=1))
    wall.now = now
    assert remind_of_tomorrow() == count


def test_who_left_or_waits_or_whose_shift_is_off_hears_nothing(wall: Wall, placement: Placement) -> None:
    for status, hours in (("cancelled", 0), ("waiting", 4)):
        make_signup(
            placement, make_shift(placement, TOMORROW + timedelta(hours=hours)), status=status, queued_at=wall.now
        )
    off = make_signup(placement, make_shift(placement, TOMORROW + timedelta(hours=8)))
    off.shift.cancelled_at = wall.now
    off.shift.save()
    assert remind_of_tomorrow() == 0


def test_the_clocks_ring_them() -> None:
    assert {remind_of_tomorrow, remind_of_induction, open_threads} <= set(CLOCKS)


def test_a_course_of_the_first_weeks_is_due_and_then_late(
    wall: Wall, learner: User, office: Organisation, clerk: User
) -> None:
    first, second = _courses()
    request = RequestFactory.create(office=office)
    save_induction(request, keys=[first, second], weeks=2, by=clerk)
    placement = make_placement(learner, request=request, start_date=wall.now.date() - timedelta(days=10))
    assert remind_of_induction() == 0  # four days are left
    wall.now += timedelta(days=2)
    assert (remind_of_induction(), remind_of_induction()) == (1, 0)
    assert told(learner)[0].startswith("Finish by 6 December 2026: ")
    assert told(learner)[0].endswith("(+1)")
    assert told(clerk) == []
    learnt = {"user": learner, "started_at": wall.now, "touched_at": wall.now, "finished_at": wall.now}
    Enrolment.objects.create(course_key=first, **learnt)
    wall.now += timedelta(days=3)
    assert (remind_of_induction(), remind_of_induction()) == (2, 0)
    assert told(learner)[1].startswith("Late since 6 December 2026: ")
    assert told(clerk) == [
        f"{code_of(placement)} has not finished a course of the first weeks: {request.title_en or request.title_km}"
    ]


def test_who_finished_hears_nothing(wall: Wall, learner: User, office: Organisation, clerk: User) -> None:
    (key, _second) = _courses()
    request = RequestFactory.create(office=office)
    save_induction(request, keys=[key], weeks=2, by=clerk)
    make_placement(learner, request=request, start_date=wall.now.date() - timedelta(days=15))
    Enrolment.objects.create(
        user=learner, course_key=key, started_at=wall.now, touched_at=wall.now, finished_at=wall.now
    )
    assert remind_of_induction() == 0


def test_what_waits_for_a_moderator_opens_when_the_reader_turns_18(clerk: User, office: Organisation) -> None:
    minor = UserFactory.create(minor=True)
    placement = make_placement(minor, office)
    send_message(placement.application, text="Come on Monday.", client_id=uuid.uuid4(), by=clerk)
    assert open_threads() == 0
    User.objects.filter(pk=minor.pk).update(birth_year=timezone.localdate().year - 19)
    assert (open_threads(), open_threads()) == (1, 0)
    row = Message.objects.select_related("application__applicant").get()
    assert is_shown(row, row.application)
    later = send_message(row.application, text="And on Tuesday.", client_id=uuid.uuid4(), by=clerk)
    assert not later.needs_moderator


def code_of(placement: Placement) -> str:
    return f"A-{placement.application.code_number:02d}"


def _courses() -> Any:
    index = make_indexes()["km"]
    return [make_course(index).translation_key for _ in range(2)]
