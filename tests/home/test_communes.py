"""The directory and the page of a commune."""

import pytest
from django.test import Client

from accounts.models import Organisation, User
from home.services.communes import read_commune, read_directory
from places.models import Commune
from tests.factories.accounts import MembershipFactory, OfficeFactory
from tests.factories.places import CommuneFactory, VillageFactory


@pytest.mark.django_db
def test_the_directory_goes_down_step_by_step(commune: Commune) -> None:
    district, province = commune.district, commune.district.province
    assert read_directory(query="", inside="").below == [province]
    assert read_directory(query="", inside=province.code).below == [district]
    last = read_directory(query="", inside=district.code)
    assert (last.below, last.are_communes) == ([commune], True)


@pytest.mark.django_db
@pytest.mark.parametrize("inside", ["99", "x", "210801", "21080101", "'\""])
def test_an_odd_place_is_the_top(commune: Commune, inside: str) -> None:
    assert read_directory(query="", inside=inside).above is None


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["កណ្តាល", "កណ្ដាល", "kandal", "KANDAL"])
def test_both_codings_find_the_same_commune(client: Client, query: str) -> None:
    kandal = CommuneFactory.create(name_km="ផ្សារកណ្ដាល", name_en="Phsar Kandal")
    CommuneFactory.create(name_km="គុស", name_en="Kus")
    assert read_directory(query=query, inside="").found == [kandal]
    assert client.get("/km/communes/", {"q": query}).text.count(f"/km/communes/{kandal.code}/") == 1


@pytest.mark.django_db
def test_nothing_found_says_what_to_try(client: Client) -> None:
    assert "No commune is called “zzzz”" in client.get("/en/communes/?q=zzzz").text


@pytest.mark.django_db
def test_a_commune_without_an_office(client: Client, commune: Commune) -> None:
    VillageFactory.create_batch(2, commune=commune)
    shown = read_commune(commune)
    assert (shown.office, shown.officials, shown.village_count) == (None, [], 2)
    answer = client.get(f"/en/communes/{commune.code}/")
    assert answer.status_code == 200
    assert "has not joined yet" in answer.text


@pytest.mark.django_db
def test_officials_of_a_verified_office_are_named(client: Client, clerk: User, office: Organisation) -> None:
    assert office.commune is not None
    MembershipFactory.create(organisation=office, ended_at=office.verified_at)
    assert [official.user for official in read_commune(office.commune).officials] == [clerk]


@pytest.mark.django_db
def test_an_office_that_waits_names_nobody(client: Client) -> None:
    office = OfficeFactory.create(waiting=True)
    MembershipFactory.create(organisation=office)
    assert read_commune(office.commune).officials == []
    assert "We are checking" in client.get(f"/en/communes/{office.commune.code}/").text


@pytest.mark.django_db
def test_an_unknown_commune_is_not_found(client: Client) -> None:
    assert client.get("/km/communes/999999/").status_code == 404
