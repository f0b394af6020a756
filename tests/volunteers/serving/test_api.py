"""Serving by programs: the same services and rights as the pages, each sent thing once."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from tests.factories.attendance import days_ago, make_hours, make_placement, make_shift, make_signup
from tests.factories.serving import SignupFactory
from tests.volunteers.serving.test_check_in import wrong_code
from volunteers.api.serving import WriteThrottle
from volunteers.models import Agreement, HoursEntry, Placement, Shift, ShiftSignup, ShiftTap
from volunteers.services.agreements import find_agreement
from volunteers.services.serving.codes import code_at

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def placement(learner: User, office: Organisation) -> Placement:
    placement = make_placement(learner, office)
    find_agreement(placement)
    Agreement.objects.update(volunteer_at=timezone.now(), office_at=timezone.now(), office_by=learner)
    return placement


@pytest.fixture
def shift(placement: Placement) -> Shift:
    return make_shift(placement, timezone.now() + timedelta(days=1), seats=1)


def sign_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def new_id() -> str:
    return str(uuid.uuid4())


def answer(client: Client, shift: Shift, verb: str, key: str) -> Any:
    return client.post(f"/api/v1/me/shifts/{shift.public_id}/answer/", {"id": key, "verb": verb}, JSON)


def test_a_shift_is_answered_and_a_repeated_call_changes_nothing(learner: User, shift: Shift) -> None:
    client = sign_in(learner)
    (row,) = client.get("/api/v1/me/shifts/").json()["results"]
    assert (row["id"], row["status"], row["seats_left"], row["verbs"]) == (str(shift.public_id), "", 1, ["sign_up"])
    first, second = new_id(), new_id()
    for _ in range(2):
        told = answer(client, shift, "sign_up", first)
        assert (told.status_code, told.json()["status"], told.json()["verbs"]) == (200, "signed_up", ["leave"])
    assert answer(client, shift, "leave", second).json()["status"] == "cancelled"
    assert answer(client, shift, "sign_up", first).json()["status"] == "cancelled"  # late, and known
    assert answer(client, shift, "sign_up", new_id()).json()["status"] == "signed_up"
    assert (ShiftTap.objects.count(), ShiftSignup.objects.get().transitions.count()) == (3, 3)


def test_what_is_not_possible_now_says_why_and_may_be_tried_again(learner: User, shift: Shift) -> None:
    SignupFactory.create(shift=shift)
    Shift.objects.update(seats_filled=1)
    client, key = sign_in(learner), new_id()
    refused = answer(client, shift, "sign_up", key)
    assert (refused.status_code, list(refused.json())) == (409, ["detail"])
    assert answer(client, shift, "dance", new_id()).status_code == 400
    assert answer(client, shift, "join_waiting", new_id()).json()["status"] == "waiting"
    Shift.objects.update(seats_filled=0)
    answer(client, shift, "stop_waiting", new_id())
    assert answer(client, shift, "sign_up", key).json()["status"] == "signed_up"


def test_an_id_is_one_person_s_alone(learner: User, shift: Shift) -> None:
    other = make_placement(request=shift.request)
    find_agreement(other)
    Agreement.objects.update(volunteer_at=timezone.now(), office_at=timezone.now(), office_by=learner)
    key = new_id()
    answer(sign_in(learner), shift, "sign_up", key)
    stolen = answer(sign_in(other.application.applicant), shift, "sign_up", key)
    assert (stolen.status_code, ShiftSignup.objects.count()) == (403, 1)


def test_who_has_no_place_there_finds_no_shift(stranger: User, shift: Shift) -> None:
    client = sign_in(stranger)
    assert answer(client, shift, "sign_up", new_id()).status_code == 404
    for part in ("placements", "shifts", "hours"):
        assert client.get(f"/api/v1/me/{part}/").json()["results"] == []
        assert Client().get(f"/api/v1/me/{part}/").status_code in (401, 403)


def check(client: Client, code: str, **more: str) -> Any:
    return client.post("/api/v1/me/check-in/", {"id": new_id(), "code": code, **more}, JSON)


def test_checking_in_at_once_and_from_a_phone_that_was_away(learner: User, placement: Placement) -> None:
    now = timezone.now()
    going, past = make_signup(placement), make_signup(placement, make_shift(placement, now - timedelta(days=2)))
    client, kept = sign_in(learner), {"happened_at": (past.starts_at).isoformat(), "sent_at": now.isoformat()}
    assert check(client, wrong_code(going.shift)).status_code == 409
    assert check(client, code_at(going.shift, now)).json() == {
        "outcome": "came",
        "shift": str(going.shift.public_id),
        "arrival": "code",
    }
    asked = check(client, wrong_code(past.shift), **kept).json()
    assert (asked["outcome"], asked["arrival"]) == ("asked", "unproved")
    kept["happened_at"] = (now - timedelta(days=5)).isoformat()
    assert check(client, "000001", **kept).json() == {"outcome": "unknown", "shift": None, "arrival": ""}


def test_guessing_codes_is_stopped(learner: User, placement: Placement) -> None:
    wrong, client = wrong_code(make_signup(placement).shift), sign_in(learner)
    assert [check(client, wrong).status_code for _ in range(9)] == [409] * 8 + [429]


def test_hours_are_claimed_once_and_listed(learner: User, placement: Placement) -> None:
    client = sign_in(learner)
    claim = {"id": new_id(), "day": days_ago(1).isoformat(), "minutes": 90, "what": "Lists"}
    told = [client.post("/api/v1/me/hours/", claim, JSON) for _ in range(2)]
    assert [each.status_code for each in told] == [201, 200]
    assert told[0].json() == told[1].json()
    (row,) = client.get("/api/v1/me/hours/").json()["results"]
    assert (row["placement"], row["minutes"], row["status"]) == (str(placement.public_id), 90, "claimed")
    for wrong in ({"day": days_ago(-2).isoformat()}, {"minutes": 700}):
        assert client.post("/api/v1/me/hours/", claim | {"id": new_id()} | wrong, JSON).status_code == 409
    elsewhere = str(make_placement().public_id)
    assert client.post("/api/v1/me/hours/", claim | {"id": new_id(), "placement": elsewhere}, JSON).status_code == 404
    assert HoursEntry.objects.count() == 1


def test_a_place_tells_how_much_was_served_and_learnt(learner: User, placement: Placement) -> None:
    make_signup(placement, make_shift(placement, timezone.now() - timedelta(days=1)), status="attended")
    (row,) = sign_in(learner).get("/api/v1/me/placements/").json()["results"]
    assert (row["status"], row["served"]) == ("active", {"agreed": 1, "served": 1})
    assert row["induction"] == {"total": 0, "done": 0, "overdue": 0}


def test_an_office_keeps_a_roll_in_bulk(clerk: User, placement: Placement) -> None:
    signup = make_signup(placement)
    other = make_signup(make_placement(request=signup.shift.request), signup.shift)
    client = sign_in(clerk)
    (roll,) = client.get("/api/v1/desk/rolls/").json()["results"]
    assert (roll["id"], roll["expected"], roll["unrecorded"], roll["unproved"]) == (
        str(signup.shift.public_id), 2, 2, 0,
    )  # fmt: skip
    people = client.get(f"/api/v1/desk/rolls/{roll['id']}/people/").json()
    assert {line["id"] for line in people} == {str(signup.public_id), str(other.public_id)}
    marks = [
        {"id": str(signup.public_id), "was": "signed_up", "now": "attended"},
        {"id": str(other.public_id), "was": "excused", "now": "no_show"},
        {"id": new_id(), "was": "signed_up", "now": "attended"},
    ]
    told = client.post(f"/api/v1/desk/rolls/{roll['id']}/marks/", {"marks": marks}, JSON).json()["marks"]
    assert [mark["is_kept"] for mark in told] == [True, False, False]
    signup.refresh_from_db()
    other.refresh_from_db()
    assert (signup.status, other.status) == ("attended", "signed_up")


def test_an_office_confirms_hours_in_bulk(clerk: User, placement: Placement) -> None:
    mine, foreign = [make_hours(placement, days_ago(day)) for day in (1, 2)], make_hours(make_placement())
    client = sign_in(clerk)
    listed = client.get("/api/v1/desk/hours/").json()["results"]
    assert [row["id"] for row in listed] == [str(entry.public_id) for entry in reversed(mine)]
    ids = [str(entry.public_id) for entry in (*mine, foreign)]
    told = client.post("/api/v1/desk/hours/confirm/", {"ids": ids}, JSON).json()
    assert (sorted(told["confirmed"]), told["minutes"]) == (sorted(ids[:2]), 240)
    assert client.post("/api/v1/desk/hours/confirm/", {"ids": ids}, JSON).json() == {"confirmed": [], "minutes": 0}
    foreign.refresh_from_db()
    assert foreign.status == "claimed"


def test_strangers_find_no_desk(learner: User, rival: User, placement: Placement) -> None:
    signup = make_signup(placement)
    for part in ("rolls", "hours"):
        assert sign_in(learner).get(f"/api/v1/desk/{part}/").status_code == 404
        assert sign_in(rival).get(f"/api/v1/desk/{part}/").json()["results"] == []
    assert sign_in(rival).get(f"/api/v1/desk/rolls/{signup.shift.public_id}/people/").status_code == 404


def test_writing_has_a_brake(learner: User, placement: Placement, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WriteThrottle, "rate", "2/min")
    client = sign_in(learner)
    assert [client.post("/api/v1/me/hours/", {}, JSON).status_code for _ in range(3)] == [400, 400, 429]
    assert client.get("/api/v1/me/hours/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [("me/placements", 7), ("me/shifts", 5), ("me/hours", 3), ("desk/rolls", 4), ("desk/hours", 4)],
)
def test_queries_are_flat(
    learner: User,
    clerk: User,
    office: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
    queries: int,
    count: int,
) -> None:
    for number in range(count):
        placement = make_placement(learner, office)
        make_hours(placement, days_ago(number + 1))
        shift = make_shift(
            placement, timezone.now() + timedelta(minutes=30 + 60 * number if number < 1 else 2880 + 200 * number)
        )
        make_signup(placement, shift)
        find_agreement(placement)
        if number:
            Shift.objects.filter(pk=shift.pk).update(
                starts_at=timezone.now() - timedelta(days=number),
                ends_at=timezone.now() - timedelta(days=number, hours=-1),
            ) if address == "desk/rolls" else None
    client = sign_in(clerk if address.startswith("desk") else learner)
    with django_assert_num_queries(queries):
        rows = client.get(f"/api/v1/{address}/").json()["results"]
    assert len(rows) == count
