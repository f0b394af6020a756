"""Rounds through the API: read by all, one's own list changed by version, one's own outcome explained."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.rounds import RoundFactory, after, choose, make_places, score_all
from volunteers.models import Application, Round
from volunteers.services.rounds.confirming import confirm
from volunteers.services.rounds.planning import change_round, enter_seed
from volunteers.services.rounds.running import record_run

pytestmark = pytest.mark.django_db


def put(client: Client, row: Round, **data: Any) -> Any:
    return client.put(f"/api/v1/rounds/{row.public_id}/list/", data, content_type="application/json")


def test_a_list_is_read_ordered_and_shortened_by_its_version(client: Client, learner: User) -> None:
    row = RoundFactory.create()
    address = f"/api/v1/rounds/{row.public_id}/"
    one, two, three = make_places(row, 1, 1, 1)
    assert [found["id"] for found in client.get("/api/v1/rounds/").json()["results"]] == [str(row.public_id)]
    assert client.get(address).json()["takes_choices"] is True
    found = [place["request"] for place in client.get(f"{address}requests/").json()["results"]]
    assert found == [str(place.request.public_id) for place in (one, two, three)]
    assert client.get(f"{address}list/").status_code in (401, 403)
    choose([one, two, three], learner)
    client.force_login(learner)
    listed = client.get(f"{address}list/").json()
    names = [choice["request"] for choice in listed["choices"]]
    assert names == found
    sent = put(client, row, version=listed["version"], requests=[names[2], names[0]])
    assert (sent.status_code, [choice["request"] for choice in sent.json()["choices"]]) == (200, [names[2], names[0]])
    assert Application.objects.get(request=two.request).status == "withdrawn"
    assert put(client, row, version=listed["version"], requests=names).status_code == 409
    version = sent.json()["version"]
    for wrong in ([names[0], names[0]], [*names], ["x"]):
        assert put(client, row, version=version, requests=wrong).status_code == 400
    Round.objects.update(choices_close_at=after(minutes=-1))
    assert put(client, row, version=version, requests=names[:1]).status_code == 400
    assert client.get(f"{address}list/").json()["version"] == version
    assert Application.objects.filter(status="submitted").count() == 2


def test_an_outcome_is_explained_in_both_languages(
    client: Client, clerk: User, officer: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    row = RoundFactory.create(ready=True)
    places = make_places(row, 1)
    people = [choose(places).person for _ in range(2)]
    score_all(row, 4, clerk)
    enter_seed(row, "634217", by=officer, note="lottery")
    address = f"/api/v1/rounds/{row.public_id}/outcome/"
    client.force_login(people[0])
    assert client.get(address).json()["outcomes"] == []
    confirm(record_run(row, by=officer), by=officer, note="checked")
    with django_capture_on_commit_callbacks(execute=True):
        change_round(row, "send_offers", by=officer)
    said = {}
    for person in people:
        client.force_login(person)
        answer = client.get(address).json()
        (found,) = answer["outcomes"]
        (choice,) = found["choices"]
        assert (found["placed"] == choice["request"]) == (choice["answer"] == "placed")
        said[choice["answer"]] = (answer["number"], choice["text"])
    assert set(said) == {"placed", "lottery"}
    assert said["placed"][0] < said["lottery"][0]
    number, text = said["lottery"]
    assert f"Yours was {number}" in text["en"]
    assert "លេខរបស់អ្នកគឺ ០." in text["km"]
    client.force_login(UserFactory.create())
    assert client.get(address).status_code == 404
