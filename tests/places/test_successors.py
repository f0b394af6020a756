"""A commune that ended keeps its row, and is found only as the one it became part of."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from places.forms import CommuneField, Picked
from places.models import Commune, Village
from places.services import CannotEndError, end_commune, find_current, find_place, find_places, places_of
from places.services.gazetteer import end_communes
from tests.factories.places import CommuneFactory, VillageFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


@pytest.fixture
def old() -> Commune:
    return CommuneFactory.create(code="210991", name_km="ត្រពាំងចាស់", name_en="Trapeang Chas")


@pytest.fixture
def new() -> Commune:
    return CommuneFactory.create(code="210992", name_km="ត្រពាំងថ្មី", name_en="Trapeang Thmei")


def test_it_stays_and_points_at_its_successor(old: Commune, new: Commune) -> None:
    assert end_commune(old, into=new, on=DAY) == end_commune(old, into=new, on=DAY)
    old.refresh_from_db()
    assert (old.code, old.name_en, old.ended_date, old.successor) == ("210991", "Trapeang Chas", DAY, new)


def test_two_steps_lead_to_the_last(old: Commune, new: Commune) -> None:
    last = CommuneFactory.create(code="210993")
    end_commune(old, into=new, on=DAY)
    end_commune(new, into=last, on=DAY)
    assert find_current(Commune.objects.get(code="210991")) == last


def test_what_cannot_be_is_refused(old: Commune, new: Commune) -> None:
    other = CommuneFactory.create(code="210993")
    with pytest.raises(CannotEndError, match="itself"):
        end_commune(old, into=old, on=DAY)
    with pytest.raises(CannotEndError, match="not come yet"):
        end_commune(old, into=new, on=timezone.localdate() + timedelta(days=1))
    end_commune(old, into=new, on=DAY)
    with pytest.raises(CannotEndError, match="into another"):
        end_commune(old, into=other, on=DAY)
    with pytest.raises(CannotEndError, match="has ended itself"):
        end_commune(other, into=old, on=DAY)
    assert Commune.objects.filter(successor=None).count() == 2


@pytest.mark.parametrize("half", [{"ended_date": DAY}, {"successor": "self"}])
def test_the_database_takes_no_half_of_it(old: Commune, new: Commune, half: dict[str, object]) -> None:
    values = {key: new.pk if value == "self" else value for key, value in half.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Commune.objects.filter(pk=old.pk).update(**values)


def test_the_old_name_and_code_find_the_successor_once(old: Commune, new: Commune) -> None:
    village = VillageFactory.create(commune=old)
    end_commune(old, into=new, on=DAY)
    assert find_places("Trapeang Chas") == find_places("210991") == find_places("Trapeang") == [new]
    assert (find_place("210991"), find_places(village.name_en, ("village",))) == (old, [])
    assert list(places_of("commune").inside("21099")) == [new]
    assert list(places_of("village")) == list(Village.objects.standing()) == []


def test_a_form_that_was_open_takes_the_successor(old: Commune, new: Commune) -> None:
    end_commune(old, into=new, on=DAY)
    assert CommuneField().clean(Picked("210991")) == new


def test_programs_learn_where_it_went(client: Client, old: Commune, new: Commune) -> None:
    end_commune(old, into=new, on=DAY)
    found = client.get("/api/v1/places/210991/").json()
    assert (found["ended_date"], found["successor"]) == ("2026-11-01", "210992")
    listed = client.get("/api/v1/places/", {"level": "commune", "parent": "21099"}).json()["results"]
    assert [(row["code"], row["successor"]) for row in listed] == [("210992", None)]


def test_the_gazetteer_ends_communes_once(tmp_path: Path, old: Commune, new: Commune) -> None:
    path = tmp_path / "successors.csv"
    path.write_text("code,successor,ended_date\n210991,210992,2026-11-01\n")
    assert (end_communes(path), end_communes(path), end_communes(tmp_path / "none.csv")) == (1, 0, 0)
    assert Commune.objects.get(code="210991").successor == new


def test_the_command_first_tells_and_then_does(old: Commune, new: Commune, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("end_commune", "210991", into="210992", on=DAY)
    assert "Nothing has changed yet" in capsys.readouterr().out
    assert not Commune.objects.get(code="210991").is_ended
    call_command("end_commune", "210991", into="210992", on=DAY, yes=True)
    assert Commune.objects.get(code="210991").is_ended
    for code, into in (("999999", "210992"), ("210991", "210991")):
        with pytest.raises(CommandError):
            call_command("end_commune", code, into=into, on=DAY)
