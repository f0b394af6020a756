"""The directory and the page of a commune."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.models import Organisation, User
from forums.enums import TopicKind
from forums.models import Board, Topic
from forums.services.boards import get_board_of
from forums.services.writing import reply, start_topic
from home.services.communes import read_commune, read_directory
from places.models import Commune
from tests.factories.accounts import MembershipFactory, OfficeFactory
from tests.factories.places import CommuneFactory, VillageFactory

ANYBODY = AnonymousUser()


def ask(commune: Commune, author: User, title: str) -> Topic:
    return start_topic(get_board_of(commune), by=author, kind=TopicKind.QUESTION, title=title, source="Please say.")


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
    shown = read_commune(commune, user=ANYBODY)
    assert (shown.office, shown.officials, shown.village_count) == (None, [], 2)
    answer = client.get(f"/en/communes/{commune.code}/")
    assert answer.status_code == 200
    assert "has not joined yet" in answer.text


@pytest.mark.django_db
def test_officials_of_a_verified_office_are_named(client: Client, clerk: User, office: Organisation) -> None:
    assert office.commune is not None
    MembershipFactory.create(organisation=office, ended_at=office.verified_at)
    assert [official.membership.user for official in read_commune(office.commune, user=ANYBODY).officials] == [clerk]


@pytest.mark.django_db
def test_an_office_that_waits_names_nobody(client: Client) -> None:
    office = OfficeFactory.create(waiting=True)
    MembershipFactory.create(organisation=office)
    assert read_commune(office.commune, user=ANYBODY).officials == []
    assert "We are checking" in client.get(f"/en/communes/{office.commune.code}/").text


@pytest.mark.django_db
def test_an_unknown_commune_is_not_found(client: Client) -> None:
    assert client.get("/km/communes/999999/").status_code == 404


@pytest.mark.django_db
def test_the_board_s_topics_are_on_the_page(
    client: Client, clerk: User, learner: User, commune: Commune, office: Organisation
) -> None:
    topic = ask(commune, learner, "When is it?")
    reply(topic, by=clerk, source="On Saturday.", as_answer=True)
    assert [shown.title for shown in read_commune(commune, user=ANYBODY).topics] == ["When is it?"]
    text = client.get(f"/en/communes/{commune.code}/").text
    assert [text.count(word) for word in ("When is it?", "Answered by an official", "/new/")] == [1, 1, 1]


@pytest.mark.django_db
def test_looking_makes_no_board(client: Client, commune: Commune) -> None:
    assert client.get(f"/km/communes/{commune.code}/").status_code == 200
    assert Board.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("topics", [1, 3])
def test_the_page_costs_the_same_with_more_rows(
    client: Client, commune: Commune, learner: User, django_assert_num_queries: Any, topics: int
) -> None:
    for number in range(topics):
        ask(commune, learner, f"Question {number}")
    client.get("/km/")
    with django_assert_num_queries(14):
        client.get(f"/km/communes/{commune.code}/")
