"""Scoring is followed office by office, and offices hear in time that it closes."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, User
from notifications.models import Notification
from tests.factories.accounts import MembershipFactory
from tests.factories.rounds import RoundFactory, after, choose, give_points, make_places
from volunteers.models import Application, Round
from volunteers.services.rounds.progress import remind_scorers

pytestmark = pytest.mark.django_db


def test_staff_see_who_is_late(client: Client, officer: User, office: Organisation, clerk: User) -> None:
    row = RoundFactory.create(scoring=True)
    (ours,) = make_places(row, 1, request__office=office)
    theirs, unchosen = make_places(row, 1, 1)
    choose([ours, theirs])
    give_points(Application.objects.get(request=ours.request), 4, clerk)
    client.force_login(officer)
    address = reverse("round-progress", args=[row.public_id])
    page = client.get(address)
    assert [(place.pk, place.unscored) for place in page.context["page"]] == [(theirs.pk, 1)]
    assert (page.context["late"], page.context["chosen"]) == (1, 2)
    page = client.get(address, {"show": "all"})
    found = [(place.pk, place.chosen_by, place.last_scored_at is not None) for place in page.context["page"]]
    assert found == [(ours.pk, 1, True), (theirs.pk, 1, False), (unchosen.pk, 0, False)]


def test_late_offices_are_reminded_twice_and_staff_once(officer: User, office: Organisation, clerk: User) -> None:
    done = MembershipFactory.create()
    row = RoundFactory.create(scoring=True, opens_at=after(days=-9), choices_close_at=after(days=-8))
    (ours,), (theirs,) = (make_places(row, 1, request__office=each) for each in (office, done.organisation))
    choose([ours, theirs])
    give_points(Application.objects.get(request=theirs.request), 4, done.user)

    def remind_in(days: int) -> list[tuple[str, str]]:
        Notification.objects.all().delete()
        Round.objects.update(scoring_closes_at=after(days=days, hours=-1))
        remind_scorers()
        remind_scorers()
        rows = Notification.objects.values_list("kind", "recipient__username")
        return sorted((kind.removeprefix("volunteers."), name) for kind, name in rows)

    assert remind_in(5) == []
    assert remind_in(3) == [("round_score_soon", "clerk")]
    assert remind_in(1) == [("round_late_offices", "officer"), ("round_score_soon", "clerk")]
    give_points(Application.objects.get(request=ours.request), 4, clerk)
    assert remind_in(1) == []
