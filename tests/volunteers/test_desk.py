"""The desk itself: what waits has its button there, what comes next stands first; nothing of another office."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from tests.factories.accounts import OfficeFactory
from tests.factories.attendance import days_ago, make_hours, make_placement, make_shift, make_signup
from tests.factories.rounds import RoundRequestFactory, choose
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.models import Interview
from volunteers.services.agenda import list_meetings
from volunteers.services.desk import count_desk, find_pressing
from volunteers.services.serving.desk import find_hours_waiting

pytestmark = pytest.mark.django_db


def test_hours_are_confirmed_on_the_desk_and_taken_back_there(
    client: Client, clerk: User, office: Organisation
) -> None:
    placement = make_placement(office=office)
    entries = [make_hours(placement, days_ago(day)) for day in (4, 3, 2, 1)]
    make_hours(make_placement(office=OfficeFactory.create()))
    found = find_hours_waiting(clerk)
    assert ([entry for _name, entry in found.claims], found.count) == (entries[:3], 4)
    client.force_login(clerk)
    answer = client.post(reverse("desk-hours"), {"entry": entries[0].pk, "from": "desk"})
    assert answer["Location"] == reverse("desk")
    entries[0].refresh_from_db()
    assert entries[0].status == "confirmed"
    assert 'name="undo"' in client.get(reverse("desk")).content.decode()
    answer = client.post(reverse("desk-hours"), {"undo": "1", "from": "desk"})
    assert answer["Location"] == reverse("desk")
    entries[0].refresh_from_db()
    assert entries[0].status == "claimed"
    assert 'name="undo"' not in client.get(reverse("desk")).content.decode()


def test_some_minutes_later_the_desk_offers_no_undo(client: Client, clerk: User, office: Organisation) -> None:
    entry = make_hours(make_placement(office=office))
    client.force_login(clerk)
    client.post(reverse("desk-hours"), {"entry": entry.pk})
    session = client.session
    session["hours_confirmed"] = {"at": timezone.now().timestamp() - 3600, "entries": [entry.pk]}
    session.save()
    for name in ("desk", "desk-hours"):
        assert 'name="undo"' not in client.get(reverse(name)).content.decode()


def test_what_comes_next_is_talks_and_shifts_in_their_order(clerk: User, office: Organisation) -> None:
    placement = make_placement(office=office)
    running = make_signup(placement, make_shift(placement)).shift
    later = make_signup(placement, make_shift(placement, timezone.now() + timedelta(days=3))).shift
    make_shift(placement, timezone.now() + timedelta(days=1))  # nobody comes
    over = timezone.now() - timedelta(hours=4)
    make_signup(placement, make_shift(placement, over))
    elsewhere = make_placement(office=OfficeFactory.create())
    make_signup(elsewhere, make_shift(elsewhere))
    row = ApplicationFactory.create(request=RequestFactory.create(office=office), code_number=7)
    moment = timezone.now() + timedelta(days=2)
    columns = {"by": clerk, "way": "office", "where": "2", "starts_at": moment, "picked_at": timezone.now()}
    talk = Interview.objects.create(application=row, **columns)
    found = list_meetings(clerk)
    assert [(each.public_id, each.is_talk, each.shows_code) for each in found] == [
        (running.public_id, False, True),
        (row.public_id, True, False),
        (later.public_id, False, False),
    ]
    assert (found[1].code_name, found[1].request.title) == (row.code_name, row.request.title)
    talk.cancelled_at, talk.cancel_reason = timezone.now(), "other"
    talk.save()
    assert [each.public_id for each in list_meetings(clerk)] == [running.public_id, later.public_id]


def test_the_numbers_are_of_the_own_office(clerk: User, office: Organisation) -> None:
    item = RequestFactory.create(office=office)
    for status in ("submitted", "submitted", "shortlisted", "withdrawn"):
        ApplicationFactory.create(request=item, status=status)
    ApplicationFactory.create(request=item, offered=True)
    ApplicationFactory.create()
    placement = make_placement(office=office)
    make_signup(placement, make_shift(placement, timezone.now() - timedelta(days=1)))
    make_signup(placement, status="no_show", appeal="office")
    numbers = count_desk(clerk)
    assert (numbers.new_applicants, numbers.shortlisted, numbers.offers) == (2, 1, 1)
    assert (numbers.agreed, numbers.open_requests, numbers.attendance) == (1, 2, 2)


def test_the_request_whose_applicant_waits_longest_comes_first(clerk: User, office: Organisation) -> None:
    late, early = RequestFactory.create(office=office), RequestFactory.create(office=office)
    now = timezone.now()
    ApplicationFactory.create(request=late, sent_at=now - timedelta(days=1))
    for days in (3, 0):
        ApplicationFactory.create(request=early, sent_at=now - timedelta(days=days))
    ApplicationFactory.create(request=early, status="shortlisted", sent_at=now - timedelta(days=9))
    found = find_pressing(clerk)
    assert found is not None
    assert (found.request, len(found.applicants), found.more) == (early, 2, 0)


def test_a_round_decides_instead_of_the_office(client: Client, clerk: User, office: Organisation) -> None:
    place = RoundRequestFactory.create(request__office=office)
    choose([place])
    assert (find_pressing(clerk), count_desk(clerk).new_applicants) == (None, 0)
    client.force_login(clerk)
    page = client.get(reverse("request-shortlist", args=[place.request.public_id])).content.decode()
    assert reverse("round-place", args=[place.round.public_id, place.public_id]) in page
    assert "/decide/" not in page
    place.is_active = False
    place.save()
    assert count_desk(clerk).new_applicants == 1
    assert "/decide/" in client.get(reverse("request-shortlist", args=[place.request.public_id])).content.decode()


def test_from_a_place_one_tap_leads_to_its_messages(client: Client, clerk: User, office: Organisation) -> None:
    placement = make_placement(office=office)
    address = reverse("application-messages", args=[placement.application.public_id])
    client.force_login(clerk)
    assert address in client.get(reverse("desk-placement", args=[placement.public_id])).content.decode()
    assert client.get(address).status_code == 200
