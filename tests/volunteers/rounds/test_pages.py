"""The pages of a round, walked by the learner, the clerk and the programme's officer."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import Organisation, User
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.rounds import RoundFactory, after, choose, make_places, score_all
from tests.factories.volunteers import RequestFactory
from volunteers.enums import RoundStatus
from volunteers.models import Application, RequestOutcome, Round, RoundRequest, RoundRun, Score
from volunteers.services.rounds.office import describe_seats
from volunteers.services.scoring import ensure_criteria

pytestmark = pytest.mark.django_db
ANSWERS = {"answer_1": "បញ្ជីសិស្ស", "answer_2": "សួរស្មៀន", "times": ["morning"], "agrees": "on"}


@pytest.fixture(autouse=True)
def _khmer() -> Iterator[None]:
    with translation.override("km"):
        yield


def at(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def test_a_learner_lists_and_orders_without_scripts(client: Client, learner: User) -> None:
    row = RoundFactory.create()
    one, two = make_places(row, 1, 1)
    page = client.get(at("round", row.public_id))
    assert (page.status_code, [place.pk for place in page.context["page"]]) == (200, [one.pk, two.pk])
    client.force_login(learner)
    for place in (one, two):
        page = client.get(at("request", place.request.public_id))
        assert page.context["list_place"].number == place.pk - one.pk + 1
        assert "ដាក់ក្នុងបញ្ជីខ្ញុំ" in page.content.decode()
        sent = client.post(at("request-apply", place.request.public_id), ANSWERS)
        assert sent.headers["Location"] == f"{at('round', row.public_id)}#list"
    change = at("round-list", row.public_id)

    def listed() -> list[int]:
        found = client.get(at("round", row.public_id)).context["choices"]
        return [choice.round_request_id for choice in found]

    assert listed() == [one.pk, two.pk]
    client.post(change, {"do": f"up:{two.public_id}"})
    assert listed() == [two.pk, one.pk]
    client.post(change, {"do": "save", f"rank-{one.public_id}": "1", f"rank-{two.public_id}": "1"})
    assert listed() == [one.pk, two.pk]
    client.post(change, {"do": "save", f"rank-{one.public_id}": "zero", "rank-x": "1", "rank-": "2"})
    client.post(change, {"do": "up:nonsense"})
    assert listed() == [one.pk, two.pk]
    client.post(change, {"do": f"strike:{one.public_id}"})
    assert listed() == [two.pk]
    assert list(Application.objects.of(learner).order_by("pk").values_list("status", flat=True)) == [
        "withdrawn",
        "submitted",
    ]
    Round.objects.update(choices_close_at=after(minutes=-1))
    client.post(change, {"do": f"strike:{two.public_id}"})
    assert listed() == [two.pk]
    assert client.get(at("round", row.public_id)).context["row"].status == RoundStatus.SCORING


def test_a_request_in_a_round_takes_no_ordinary_applications(client: Client, learner: User, clerk: User) -> None:
    row = RoundFactory.create(planned=True)
    (place,) = make_places(row, 1)
    client.force_login(learner)
    page = client.get(at("request", place.request.public_id))
    assert [each.code for each in page.context["obstacles"]] == ["round"]
    client.post(at("request-apply", place.request.public_id), ANSWERS)
    assert Application.objects.count() == 0


def test_a_clerk_scores_blind_and_reads_the_outcome(
    client: Client, clerk: User, office: Organisation, officer: User
) -> None:
    row = RoundFactory.create(scoring=True)
    place = make_places(row, 1, request__office=office)[0]
    person = UserFactory.create(family_name_km="ឈ្មោះលាក់")
    choose([place], person)
    application = Application.objects.get()
    client.force_login(clerk)
    assert at("round-office", row.public_id) in client.get(at("round", row.public_id)).content.decode()
    assert client.get(at("round-office", row.public_id)).status_code == 200
    page = client.get(at("round-place", row.public_id, place.public_id))
    assert "ឈ្មោះលាក់" not in page.content.decode()
    assert [sheet.is_done for sheet in page.context["sheets"].items] == [False]
    criteria = ensure_criteria(place.request)
    score = at("round-score", application.public_id)
    criteria_page = client.get(at("request-criteria", place.request.public_id))
    assert criteria_page.context["back"] == at("round-place", row.public_id, place.public_id)
    client.post(score, {f"points-{criteria[0].pk}": "5"})
    assert Score.objects.count() == 0
    client.post(score, {f"points-{each.pk}": "4" for each in criteria})
    page = client.get(at("round-place", row.public_id, place.public_id))
    assert [(sheet.average, sheet.band) for sheet in page.context["sheets"].items] == [(4, 1)]
    rival = MembershipFactory.create().user
    client.force_login(rival)
    assert client.get(at("round-office", row.public_id)).status_code == 404
    assert client.get(at("round-place", row.public_id, place.public_id)).status_code == 404
    assert client.post(score, {}).status_code == 404
    client.force_login(officer)
    lead(client, row)
    client.force_login(clerk)
    page = client.get(at("round-place", row.public_id, place.public_id))
    assert [seat.code for seat in page.context["outcomes"][0].seats] == [application.code_name]
    client.force_login(person)
    page = client.get(at("round", row.public_id))
    assert page.context["outcomes"][0].placed.application == application
    assert client.get(at("round-record", row.public_id, 2)).content == RoundRun.objects.get(number=2).record_text


@pytest.mark.parametrize(("reserves", "order"), [([["has_disability", 20]], [2, 7, None]), ([], [7, 2, None])])
def test_kept_seats_are_listed_by_code_name_without_bands(
    office: Organisation, reserves: list[list[Any]], order: list[int | None]
) -> None:
    """Somebody of a later band seated before another would be known to hold the flag."""
    place = make_places(RoundFactory.create(), 1, request__office=office)[0]
    seats = [
        {"code": None, "band": None, "went": "empty"},
        {"code": 7, "band": 1, "went": "band"},
        {"code": 2, "band": 4, "went": "shared"},
    ]
    line = {"kind": "last", "band": 1, "promoted": False, "number": 3100}
    reasons = {"seats": [*seats[1:], seats[0]], "line": line, "chosen_by": 9, "scored": 9, "turned_away": 7}
    run = RoundRun(stage="first", tuning={"reserves": reserves})
    outcome = describe_seats(RequestOutcome(run=run, round_request=place, reasons=reasons))
    assert [int(seat.code[-2:]) if seat.code else None for seat in outcome.seats] == order
    said = outcome.line + "".join(seat.text for seat in outcome.seats)
    assert any(digit in said for digit in "14១៤") is not bool(reserves)


def lead(client: Client, row: Round) -> None:
    """The officer's way from scoring to the offers, by forms."""
    row.scoring_closes_at, row.draw_at = after(minutes=-3), after(minutes=-1)
    row.choices_close_at = after(minutes=-5)
    row.save()
    run, change = at("round-run", row.public_id), at("round-change", row.public_id)
    assert client.get(at("round-staff", row.public_id)).status_code == 200
    client.post(change, {"verb": "all_scored"})
    client.post(run)
    assert client.get(at("round-run-page", row.public_id, 1)).status_code == 200
    client.post(at("round-confirm", row.public_id, 1), {"note": "x"})
    assert not RoundRun.objects.filter(confirmed_at__isnull=False).exists()
    client.post(at("round-draw", row.public_id), {"seed": "634217", "note": "ឆ្នោតជាតិ"})
    client.post(run)
    page = client.get(at("round-run-page", row.public_id, 2))
    assert page.context["is_decidable"]
    client.post(at("round-confirm", row.public_id, 2), {"note": ""})
    client.post(at("round-confirm", row.public_id, 2), {"note": "ពិនិត្យហើយ"})
    client.post(change, {"verb": "send_offers"})
    row.refresh_from_db()
    assert row.status == RoundStatus.OFFERS


def test_an_officer_plans_a_round(client: Client, officer: User) -> None:
    item = RequestFactory.create(seats=4)
    client.force_login(officer)
    assert client.get(at("round-new")).status_code == 200
    days = ("opens_at", "choices_close_at", "scoring_closes_at", "draw_at", "confirm_by", "second_closes_at")
    data = {name: f"2030-01-{place:02d}T08:00" for place, name in enumerate(days, 1)}
    data |= {"name_km": "ជុំទី១", "second_mode": "larger", "seed_source_km": "ឆ្នោតជាតិ"}
    wrong = client.post(at("round-new"), {**data, "confirm_by": "2030-01-01T08:00", "seed_commitment": "x"})
    assert set(wrong.context["form"].errors) == {"confirm_by", "seed_commitment"}
    client.post(at("round-new"), data)
    row = Round.objects.get()
    page = client.get(at("round-requests", row.public_id))
    assert list(page.context["candidates"]) == [item]
    client.post(at("round-requests", row.public_id), {"do": "add:", "request": [str(item.public_id), "x"]})
    place = RoundRequest.objects.get()
    prefix = str(place.public_id)
    seats = {"do": f"seats:{prefix}", f"{prefix}-seats": "3", f"{prefix}-own": "on", f"{prefix}-has_disability": "1"}
    client.post(at("round-requests", row.public_id), seats)
    place.refresh_from_db()
    assert (place.seats, place.own_reserves) == (3, {"has_disability": 1})
    tried = {"floor_1": "4", "floor_2": "2.5", "share_has_id_poor": "25", "order_has_id_poor": "1"}
    client.post(at("round-try", row.public_id), {**tried, "floor_2": "4.5"})
    client.post(at("round-try", row.public_id), tried)
    row.refresh_from_db()
    assert (row.band_floors, row.reserves) == ([400, 250], [["has_id_poor", 25]])
    client.post(at("round-requests", row.public_id), {"do": f"remove:{prefix}"})
    assert RoundRequest.objects.count() == 0


def test_trying_shows_both_and_keeps_nothing(client: Client, officer: User, clerk: User) -> None:
    row = RoundFactory.create(ready=True, draw_at=after(days=1))
    places = make_places(row, 1, 1)
    for _ in range(3):
        choose(places)
    score_all(row, 3, clerk)
    client.force_login(officer)
    client.post(at("round-run", row.public_id))
    page = client.get(at("round-try", row.public_id), {"floor_1": "4", "floor_2": "3.5"})
    assert next((pair.now, pair.tried) for pair in page.context["rows"].totals) == ("២", "០")
    assert page.context["rows"].groups[0].now == "តិចជាង ៥ នាក់៖ មិនបង្ហាញទេ"
    row.refresh_from_db()
    assert (row.band_floors, row.runs.count()) == ([400, 300, 200, 100], 1)
    client.post(at("round-try", row.public_id), {"floor_1": "4", "floor_2": "2"})
    row.refresh_from_db()
    assert row.band_floors == [400, 300, 200, 100]
    client.post(at("round-try", row.public_id), {"floor_1": "4", "floor_2": "2", "note": "ពិន្ទុទាប"})
    row.refresh_from_db()
    assert (row.band_floors, row.tuning_log[0]["note"]) == ([400, 200], "ពិន្ទុទាប")
    assert "ពិន្ទុទាប" in client.get(at("round", row.public_id)).content.decode()


def test_only_staff_leads(client: Client, clerk: User, learner: User) -> None:
    row = RoundFactory.create()
    make_places(row, 1)
    for person in (clerk, learner):
        client.force_login(person)
        for name in ("round-staff", "round-edit", "round-requests", "round-try"):
            assert client.get(at(name, row.public_id)).status_code == 403
        for name in ("round-change", "round-run", "round-draw"):
            assert client.post(at(name, row.public_id)).status_code == 403
