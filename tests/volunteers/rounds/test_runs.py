"""Runs: the same bytes again, what changed since the last, no silent replacement, decisions by hand, sealed flags."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import InclusionProfile, InclusionRead, User
from accounts.services import refuse_organisation, save_inclusion
from tests.factories.accounts import UserFactory
from tests.factories.rounds import RoundFactory, after, choose, give_points, make_places, score_all
from volunteers.enums import ByHandReason, OverrideKind, RoundStage
from volunteers.matching.instance import INELIGIBLE, NOT_SCORED
from volunteers.models import Application, Round, RoundOutcome, RoundRun
from volunteers.services.applications import answer
from volunteers.services.machine import NotReadyError
from volunteers.services.requests import change_request
from volunteers.services.rounds.building import build_inputs
from volunteers.services.rounds.confirming import confirm, override
from volunteers.services.rounds.planning import change_round, enter_seed, tune_round
from volunteers.services.rounds.running import record_run
from volunteers.services.rounds.trying import try_tuning
from volunteers.services.rounds.tuning import Tuning
from volunteers.services.rounds.wording import list_outcomes
from volunteers.services.states import APPLICATION

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(clerk: User, officer: User) -> Round:
    """Three people who want the same two requests of one seat each, all in one band; the number is known."""
    row = RoundFactory.create(ready=True)
    places = make_places(row, 1, 1)
    for _ in range(3):
        choose(places)
    score_all(row, 4, clerk)
    return enter_seed(row, "634217", by=officer, note="lottery")


def test_the_same_database_gives_the_same_bytes(row: Round, officer: User, tmp_path: Path) -> None:
    one, two = record_run(row, by=officer), record_run(row, by=officer)
    assert (one.record_text, one.inputs_text, two.changes) == (two.record_text, two.inputs_text, {})
    for name in ("record", "inputs", "outcome"):
        (tmp_path / f"{name}.json").write_bytes(getattr(one, f"{name}_text"))
    said = StringIO()
    files = [tmp_path / "record.json", tmp_path / "inputs.json"]
    call_command("verify_round", *map(str, files), outcome=tmp_path / "outcome.json", stdout=said)
    assert said.getvalue() == "the record holds\n"


def test_a_run_after_a_change_is_another_and_says_what_changed(row: Round, officer: User) -> None:
    one = record_run(row, by=officer)
    placed = next(person for person, at, _ in json.loads(one.outcome_text)["placements"] if at)
    choice = row.entries.get(public_id=placed).choices.get(rank=1)
    answer(choice.application, "withdraw", by=choice.entry.person, reason="times")
    with pytest.raises(NotReadyError):
        confirm(one, by=officer, note="checked")
    two = record_run(row, by=officer)
    assert two.inputs_hash != one.inputs_hash
    assert two.changes["lists"] == 1
    with pytest.raises(NotReadyError):
        confirm(one, by=officer, note="checked")
    confirm(two, by=officer, note="checked")


def test_a_confirmed_run_is_never_replaced(row: Round, officer: User) -> None:
    kept = record_run(row, by=officer)
    with pytest.raises(NotReadyError):
        confirm(kept, by=officer, note=" ")
    kept = confirm(kept, by=officer, note="checked")
    with pytest.raises(NotReadyError):
        record_run(row, by=officer)
    with pytest.raises(NotReadyError):
        confirm(kept, by=officer, note="again")
    with pytest.raises(TypeError):
        kept.save()
    with pytest.raises(TypeError):
        kept.delete()
    other = RoundRun.objects.values().get()
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundRun.objects.bulk_create([RoundRun(**{**other, "id": None, "number": 2})])
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundRun.objects.filter(pk=kept.pk).update(confirm_note="")


def test_a_request_that_is_cancelled_leaves_the_round(row: Round, officer: User, clerk: User) -> None:
    record_run(row, by=officer)
    place = row.requests.first()
    assert place is not None
    office = place.request.office
    member = office.memberships.create(user=UserFactory.create(), role="clerk").user
    with pytest.raises(NotReadyError):
        change_request(place.request, "close", by=member)
    change_request(place.request, "cancel", by=member)
    assert set(Application.objects.filter(request=place.request).values_list("status", flat=True)) == {"not_placed"}
    again = record_run(row, by=officer)
    assert (again.changes["requests_less"], again.figures["placed"]) == (1, 1)


def test_kept_seats_read_flags_and_show_nobody(
    client: Client, clerk: User, officer: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    row = RoundFactory.create(ready=True, reserves=[["has_disability", 50]])
    (place,) = make_places(row, 2)
    people = [UserFactory.create() for _ in range(3)]
    for person in people:
        choose([place], person)
    for application, points in zip(Application.objects.order_by("pk"), (5, 5, 2), strict=True):
        give_points(application, points, clerk)
    save_inclusion(people[2], has_disability=True)
    InclusionProfile.objects.update(consented_at=after(days=-1))
    enter_seed(row, "1", by=officer, note="lottery")
    kept = record_run(row, by=officer)
    assert list(InclusionRead.objects.values_list("profile_user", "reader")) == [(people[2].pk, officer.pk)]
    confirm(kept, by=officer, note="checked")
    with django_capture_on_commit_callbacks(execute=True):
        change_round(row, "send_offers", by=officer)
    statuses = Application.objects.order_by("pk").values_list("status", flat=True)
    assert (statuses[2], sorted(statuses)) == ("offered", ["offered", "offered", "submitted"])
    assert "disability" not in json.dumps(list(RoundOutcome.objects.values_list("reasons", flat=True)))
    client.force_login(people[2])
    page = client.get(reverse("round", args=[row.public_id]))
    assert page.context["outcomes"][0].lines[0].answer == "placed"
    assert "disability" not in kept.record_text.decode()
    client.force_login(officer)
    client.get(reverse("round-file", args=[row.public_id, kept.number, "inputs"]))
    assert InclusionRead.objects.count() == 2
    client.get(reverse("round-file", args=[row.public_id, kept.number, "record"]))
    assert InclusionRead.objects.count() == 2


def test_a_decision_by_hand_is_counted_and_read(
    client: Client, row: Round, officer: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    kept = record_run(row, by=officer)
    place = row.requests.first()
    assert place is not None
    placements = json.loads(kept.outcome_text)["placements"]
    placed = {person: at for person, at, _ in placements}
    loser = next(person for person, at in placed.items() if at is None)
    winner = next(person for person, at in placed.items() if at == str(place.request.public_id))

    def code(person: str) -> int:
        return row.entries.get(public_id=person).choices.get(round_request=place).application.code_number

    said = {"reason": ByHandReason.CONFLICT, "note": "The chief's son", "by": officer}
    with pytest.raises(NotReadyError):
        override(kept, place, code(loser), OverrideKind.GIVE, **said)
    with pytest.raises(NotReadyError):
        override(kept, place, code(winner), OverrideKind.WITHHOLD, **{**said, "note": " "})
    with pytest.raises(PermissionDenied):
        override(kept, place, code(winner), OverrideKind.WITHHOLD, **{**said, "by": UserFactory.create()})
    override(kept, place, code(winner), OverrideKind.WITHHOLD, **said)
    override(kept, place, code(loser), OverrideKind.GIVE, **said)
    assert confirm(kept, by=officer, note="checked").override_count == 2
    with django_capture_on_commit_callbacks(execute=True):
        change_round(row, "send_offers", by=officer)
    person = row.entries.get(public_id=winner).person
    assert set(Application.objects.of(person).values_list("status", flat=True)) == {"not_placed"}
    given = row.entries.get(public_id=loser).choices.get(round_request=place).application
    assert given.status == "offered"
    client.force_login(person)
    page = client.get(reverse("round", args=[row.public_id]))
    assert [line.answer for line in page.context["outcomes"][0].lines if line.answer in ("placed", "withheld")] == [
        "withheld"
    ]
    assert "ទំនាក់ទំនងជិតស្និទ្ធ" in page.content.decode()


def test_who_was_turned_away_reads_that_a_place_was_changed_by_hand(row: Round, officer: User) -> None:
    kept = record_run(row, by=officer)
    placements = json.loads(kept.outcome_text)["placements"]
    placed = {person: at for person, at, _ in placements}
    winner = next(person for person, at in placed.items() if at is not None)
    place = row.requests.get(request__public_id=placed[winner])
    number = row.entries.get(public_id=winner).choices.get(round_request=place).application.code_number
    said = {"reason": ByHandReason.CONFLICT, "note": "The chief's son", "by": officer}
    override(kept, place, number, OverrideKind.WITHHOLD, **said)
    confirm(kept, by=officer, note="checked")
    third = row.entries.get(public_id=next(person for person, at in placed.items() if at is None))
    with translation.override("en"):
        texts = [line.text for line in list_outcomes(third)[0].lines if line.request.pk == place.request_id]
    assert [text.endswith("changed a place here by hand, with a reason.") for text in texts] == [True]


def test_an_office_that_staff_refused_is_given_nobody(row: Round, officer: User) -> None:
    place = row.requests.first()
    assert place is not None
    refuse_organisation(place.request.office, by=officer)
    kept = record_run(row, by=officer)
    taking_part = [request for request, *_ in json.loads(kept.inputs_text)["requests"]]
    assert (len(taking_part), str(place.request.public_id) in taking_part) == (row.requests.count() - 1, False)
    application = Application.objects.select_related("request__office").filter(request=place.request).first()
    assert application is not None
    with pytest.raises(NotReadyError):
        APPLICATION.move("place", application, by=None, reason="round_placed")


@pytest.mark.parametrize(("typed", "kept"), [("12 34-5", "12345"), ("០១២", "012"), ("No. 12", ""), (" ", "")])
def test_a_public_number_is_written_in_one_way(officer: User, typed: str, kept: str) -> None:
    row = RoundFactory.create(ready=True)
    if kept:
        assert enter_seed(row, typed, by=officer, note="lottery").seed == kept
        return
    with pytest.raises(NotReadyError):
        enter_seed(row, typed, by=officer, note="lottery")


def test_rules_are_fixed_once_the_number_is_known(row: Round, officer: User) -> None:
    with pytest.raises(NotReadyError):
        tune_round(row, Tuning((300,)), by=officer, note="x")
    with pytest.raises(NotReadyError):
        enter_seed(row, "7", by=officer, note="another")
    fresh = RoundFactory.create(ready=True, seed_commitment="2" * 64)
    with pytest.raises(NotReadyError):
        enter_seed(fresh, "7", by=officer, note="not the promised one")


def test_bands_from_points_consent_and_silence(clerk: User, officer: User) -> None:
    row = RoundFactory.create(ready=True, band_floors=[400, 300])
    (place,) = make_places(row, 5)
    choose([place], UserFactory.create(minor=True))
    for points in (5, 3, 2, 0):
        choose([place])
        if points:
            give_points(Application.objects.latest("pk"), points, clerk)
    give_points(Application.objects.order_by("pk")[0], 5, clerk)
    inputs = build_inputs(row, RoundStage.FIRST, by=None)
    assert sorted(inputs.instance.bands[:, 0].tolist()) == sorted([INELIGIBLE, 1, 2, INELIGIBLE, NOT_SCORED])
    kept = record_run(row, by=officer)
    wider = try_tuning(kept, Tuning((200,)), by=officer)
    assert (kept.figures["placed"], wider["placed"], RoundRun.objects.count()) == (2, 3, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_inputs_are_read_in_few_queries(
    clerk: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    row = RoundFactory.create(ready=True, reserves=[["has_id_poor", 20]])
    places = make_places(row, *[1] * count)
    for _ in range(count):
        choose(places)
    score_all(row, 4, clerk)
    with django_assert_num_queries(10):  # choices, offers, flags (with savepoint and log), totals, minors
        build_inputs(row, RoundStage.FIRST, by=None)
