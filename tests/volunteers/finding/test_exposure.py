"""Being seen and answering: counted cheaply, said in words, and a hand for whoever is overlooked."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Organisation, User
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.places import CommuneFactory
from tests.factories.rounds import RoundRequestFactory, choose
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.models import Application, Exposure, RequestListing, ResponseRecord
from volunteers.services.applications import answer, decide
from volunteers.services.finding.exposure import TALLY, find_little_seen, forget_old, lift, write_seen
from volunteers.services.finding.records import count_records, say_record, say_record_in_full
from volunteers.services.finding.standing import count_day
from volunteers.services.shortlist import list_applicants

pytestmark = pytest.mark.django_db


def apply(office: Organisation, *, days_ago: int, **fields: object) -> object:
    request = RequestFactory.create(office=office)
    return ApplicationFactory.create(request=request, sent_at=timezone.now() - timedelta(days=days_ago), **fields)


def test_a_page_view_writes_nothing(client: Client, office: Organisation) -> None:
    RequestFactory.create_batch(2, office=office)
    TALLY.take()
    client.get(reverse("requests"))
    assert Exposure.objects.count() == 0
    assert TALLY.take() == {office.pk: 2}


def test_counts_add_up_by_day(office: Organisation) -> None:
    other = OfficeFactory.create()
    write_seen({office.pk: 3})
    write_seen({office.pk: 2, other.pk: 1})
    assert dict(Exposure.objects.values_list("office", "seen")) == {office.pk: 5, other.pk: 1}
    today = timezone.localdate()
    Exposure.objects.filter(office=other).update(date=today - timedelta(days=35))
    forget_old(today)
    assert Exposure.objects.get().office == office


def test_the_overlooked_are_lifted() -> None:
    today, offices = timezone.localdate(), [RequestFactory.create().office for _ in range(4)]
    assert find_little_seen(today) == set()
    write_seen({office.pk: seen for office, seen in zip(offices, (100, 90, 49, 5), strict=True)})
    assert find_little_seen(today) == {offices[3].pk}
    assert lift(today) == 1
    assert list(RequestListing.objects.filter(is_lifted=True).values_list("office", flat=True)) == [offices[3].pk]
    for _ in range(3):
        apply(offices[3], days_ago=1)
    lift(today)
    assert not RequestListing.objects.filter(is_lifted=True).exists()


def test_a_small_commune_is_on_the_first_page_of_everybody(client: Client, learner: User) -> None:
    known = [OfficeFactory.create(commune=CommuneFactory.create(code=code)) for code in ("210902", "210903", "210301")]
    for office in known:
        RequestFactory.create_batch(5, office=office)
    small = RequestFactory.create(
        office=OfficeFactory.create(commune=CommuneFactory.create(code="120101")),
        opened_at=timezone.now() - timedelta(days=20),
    )

    def count_shown() -> int:
        """On how many first pages it stands: a visitor's, a new person's, that of somebody who lives far away."""
        shown = 0
        for person in (None, UserFactory.create(), learner):
            client.logout() if person is None else client.force_login(person)
            shown += small.get_absolute_url() in client.get(reverse("requests")).content.decode()
        return shown

    RequestListing.objects.update(counted_date=timezone.localdate() - timedelta(days=1))
    count_day()
    cache.clear()
    assert count_shown() == 0
    write_seen({office.pk: 100 for office in known})
    RequestListing.objects.update(counted_date=timezone.localdate() - timedelta(days=1))
    count_day()
    cache.clear()
    assert count_shown() == 3


def test_a_record_counts_who_was_answered_in_time(office: Organisation, clerk: User) -> None:
    waiting = [apply(office, days_ago=days) for days in (1, 3, 8, 9)]
    answered = [apply(office, days_ago=2) for _ in range(4)]
    late = apply(office, days_ago=12)
    for application in (*answered, late):
        decide(application, "shortlist", by=clerk)  # type: ignore[arg-type]
    left = apply(office, days_ago=1)
    answer(left, "withdraw", by=left.applicant, reason="times")  # type: ignore[arg-type, attr-defined]
    apply(office, days_ago=200)
    assert count_records() == 1
    record = ResponseRecord.objects.get()
    # four in two days, one after twelve, two wait for more than a week; who waits for less says nothing yet
    assert (record.counted, record.in_time, record.median_days) == (7, 4, 2)
    assert len(waiting) == 4
    with translation.override("en"):
        assert say_record(record) == "Answers after 2 days"
        assert say_record_in_full(record) == "57 of 100 heard within 7 days. Answers after 2 days."


def test_who_has_few_applications_is_new_here() -> None:
    with translation.override("en"):
        assert say_record(None) == say_record(ResponseRecord(counted=4, in_time=4, median_days=1)) == "New here"
        assert say_record(ResponseRecord(counted=5, in_time=5, median_days=0)) == "Answers within a day"


def test_what_a_round_decides_says_nothing_about_the_office(office: Organisation) -> None:
    place = RoundRequestFactory.create(request__office=office)
    entry = choose([place])
    Application.objects.filter(round_choice__entry=entry).update(sent_at=timezone.now() - timedelta(days=30))
    assert count_records() == 0


def test_an_old_record_goes(office: Organisation) -> None:
    ResponseRecord.objects.create(office=office, counted=9, counted_date=timezone.localdate() - timedelta(days=1))
    count_records()
    assert not ResponseRecord.objects.exists()


def test_rows_and_page_say_how_the_office_answers(client: Client, office: Organisation) -> None:
    item = RequestFactory.create(office=office)
    ResponseRecord.objects.create(
        office=office, counted=10, in_time=9, median_days=3, counted_date=timezone.localdate()
    )
    assert "Answers after 3 days" in client.get("/en/requests/").content.decode()
    assert "90 of 100 heard within 7 days" in client.get(f"/en/requests/{item.public_id}/").content.decode()
    assert list_applicants(item, by=MembershipFactory.create(organisation=office).user) == []
