"""Nobody can help somebody after the number is known, and everybody can check what came out."""

import json
import zlib
from hashlib import sha256

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import InclusionProfile, Organisation, User
from accounts.services import save_inclusion
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory, DistrictFactory
from tests.factories.rounds import RoundFactory, after, choose, make_places, score_all
from volunteers.enums import RoundStage
from volunteers.models import Application, Round, RoundRun, Score
from volunteers.round_forms import RoundForm
from volunteers.services.machine import NotReadyError
from volunteers.services.rounds.building import build_inputs
from volunteers.services.rounds.clocks import advance_if_due
from volunteers.services.rounds.confirming import confirm
from volunteers.services.rounds.planning import change_round, enter_seed, save_round, tune_round
from volunteers.services.rounds.running import record_run
from volunteers.services.rounds.tuning import Tuning
from volunteers.services.rounds.verifying import verify
from volunteers.services.scoring import ensure_criteria, save_scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(clerk: User, officer: User) -> RoundRun:
    """A confirmed run of two people for one seat, after names were sealed."""
    row = RoundFactory.create(choices_close_at=after(minutes=-5))
    places = make_places(row, 1)
    for _ in range(2):
        choose(places)
    row = advance_if_due(row)
    score_all(row, 4, clerk)
    change_round(row, "all_scored", by=officer)
    Round.objects.update(scoring_closes_at=after(minutes=-4), draw_at=after(minutes=-3))
    row.refresh_from_db()
    enter_seed(row, "634217", by=officer, note="lottery")
    return confirm(record_run(row, by=officer), by=officer, note="checked")


def find_broken(kept: RoundRun) -> list[str]:
    cache.clear()
    row = RoundRun.objects.select_related("round").get(pk=kept.pk)
    return [check.text for check in verify(row).checks if not check.holds]


def test_everybody_reads_that_the_outcome_holds(client: Client, kept: RoundRun) -> None:
    page = client.get(reverse("round-check", args=[kept.round.public_id, kept.number]))
    assert page.context["verdict"].holds
    assert len(page.context["verdict"].checks) == 8
    names = client.get(reverse("round-names", args=[kept.round.public_id])).content
    assert sha256(names).hexdigest() == kept.round.names_hash
    assert names.decode().split() == sorted(str(entry.public_id) for entry in kept.round.entries.all())
    round_page = client.get(reverse("round", args=[kept.round.public_id])).content.decode()
    assert reverse("round-check", args=[kept.round.public_id, kept.number]) in round_page


def test_a_run_that_nobody_confirmed_is_not_for_everybody(client: Client, kept: RoundRun, officer: User) -> None:
    fresh = RoundRun.objects.filter(pk=kept.pk)
    fresh.update(confirmed_at=None, confirmed_by=None)
    address = reverse("round-check", args=[kept.round.public_id, kept.number])
    assert client.get(address).status_code == 404
    client.force_login(officer)
    assert client.get(address).status_code == 200
    assert client.get(reverse("round-names", args=[RoundFactory.create().public_id])).status_code == 404


def test_what_is_changed_afterwards_is_found(kept: RoundRun) -> None:
    assert find_broken(kept) == []
    outcome = json.loads(kept.outcome_text)
    outcome["placements"] = [[person, None, None] for person, _, _ in outcome["placements"]]
    text = json.dumps(outcome, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    RoundRun.objects.filter(pk=kept.pk).update(outcome=zlib.compress(text))
    assert len(find_broken(kept)) == 3  # another outcome, not proved, not what people were told
    RoundRun.objects.filter(pk=kept.pk).update(outcome=kept.outcome)
    kept.outcomes.filter(choice__isnull=False).update(choice=None)
    assert len(find_broken(kept)) == 1
    kept.round.entries.create(person=kept.by)
    assert len(find_broken(kept)) == 2
    Round.objects.update(draw_at=kept.at, confirm_by=after(days=9))
    assert len(find_broken(kept)) == 3
    RoundRun.objects.filter(pk=kept.pk).update(override_count=1)
    assert len(find_broken(kept)) == 4


def test_points_stay_once_scoring_is_over_by_whatever_page(client: Client, clerk: User, office: Organisation) -> None:
    row = RoundFactory.create(ready=True)
    choose(make_places(row, 1, request__office=office))
    application = Application.objects.get()
    points = {each.pk: 5 for each in ensure_criteria(application.request)}
    with pytest.raises(NotReadyError):
        save_scores(application, points, by=clerk)
    client.force_login(clerk)
    client.post(reverse("application-score", args=[application.public_id]), {f"p{key}": "5" for key in points})
    assert Score.objects.count() == 0
    Round.objects.update(status="scoring", scoring_closes_at=after(hours=1), draw_at=after(days=1))
    assert len(save_scores(application, points, by=clerk)) == len(points)


def test_rules_are_fixed_from_the_moment_of_the_draw(officer: User) -> None:
    drawn = RoundFactory.create(ready=True)
    with pytest.raises(NotReadyError):
        tune_round(drawn, Tuning((300,)), by=officer, note="I read the paper this morning")
    ahead = RoundFactory.create(ready=True, draw_at=after(days=1))
    assert tune_round(ahead, Tuning((300,)), by=officer, note="few points").band_floors == [300]
    with pytest.raises(NotReadyError):
        enter_seed(ahead, "7", by=officer, note="a guess")
    ahead.draw_at = after(days=2)
    with pytest.raises(NotReadyError):
        save_round(ahead, by=officer)
    secret = RoundFactory.create(seed_commitment=sha256(b"7").hexdigest())
    with pytest.raises(NotReadyError):
        tune_round(secret, Tuning((300,)), by=officer, note="the programme knows its number")


def test_an_open_round_can_be_given_later_days(client: Client, officer: User) -> None:
    row = RoundFactory.create(planned=True)
    make_places(row, 1)
    row = change_round(row, "open", by=officer)
    client.force_login(officer)
    page = client.get(reverse("round-edit", args=[row.public_id]))
    assert not {"opens_at", "draw_at", "place_code", "commune", "seed_source_km"} & set(page.context["form"].fields)
    typed = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    typed = {name: f"{value:%Y-%m-%dT%H:%M}" if hasattr(value, "year") else value for name, value in typed.items()}
    late = after(days=40)
    sent = client.post(page.request["PATH_INFO"], {**typed, "second_closes_at": f"{late:%Y-%m-%dT%H:%M}"})
    assert sent.status_code == 302
    row.refresh_from_db()
    assert row.second_closes_at > after(days=39)


def test_a_round_of_one_commune(officer: User) -> None:
    places = {code: DistrictFactory.create(code=code[:4], province__code="21") for code in ("210901", "210302")}
    here, there = (CommuneFactory.create(code=code, name_km="ជ្រោយ", district=place) for code, place in places.items())
    row = RoundFactory.create(planned=True)
    form = RoundForm({"place_code": "21", "commune": "ជ្រោយ"}, instance=row)
    assert not form.is_valid()
    assert all(place.code in form.errors["commune"][0] for place in (here, there))
    for typed in ({"place_code": "2109", "commune": "ជ្រោយ"}, {"place_code": "", "commune": "210901"}):
        form = RoundForm(typed, instance=row)
        form.is_valid()
        assert "commune" not in form.errors
        assert form.cleaned_data["place_code"] == "210901"
    assert "commune" in RoundForm({"place_code": "2103", "commune": "210901"}, instance=row).errors
    row.place_code = "210901"
    assert RoundForm(instance=row).initial["place_code"] == "2109"


def test_a_claim_made_after_the_number_counts_for_later_rounds_only(officer: User, clerk: User) -> None:
    row = RoundFactory.create(ready=True, reserves=[["has_disability", 100]])
    early, late = (choose(make_places(row, 1), UserFactory.create()).person for _ in range(2))
    for person in (early, late):
        save_inclusion(person, has_disability=True)
    InclusionProfile.objects.filter(user=early).update(consented_at=after(days=-3))
    inputs = build_inputs(row, RoundStage.FIRST, by=officer).instance
    held = {name: bool(bits) for name, bits in zip(inputs.people, inputs.holds.tolist(), strict=True)}
    entries = {str(entry.public_id): entry.person for entry in row.entries.all()}
    assert {entries[name]: has for name, has in held.items()} == {early: True, late: False}
    Round.objects.update(draw_at=after(days=1))
    row.refresh_from_db()
    assert all(build_inputs(row, RoundStage.FIRST, by=officer).instance.holds)
