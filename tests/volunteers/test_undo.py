"""A decision is taken back before anybody heard of it, as a change that stays in the log."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from tests.factories.accounts import UserFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.models import Application, Transition
from volunteers.services.announcing import announce, announce_missed
from volunteers.services.applications import answer, decide, send_application
from volunteers.services.choosing.undo import take_back
from volunteers.services.export import describe_volunteering
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.requests import change_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(office: Organisation, learner: User) -> Application:
    return ApplicationFactory.create(request=RequestFactory.create(office=office), applicant=learner)


def strip_tokens(page: bytes) -> bytes:
    """A page without what differs at each reading."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", page)


def pass_time() -> None:
    past = timezone.now() - timedelta(seconds=1)
    Application.objects.filter(held_until__isnull=False).update(held_until=past)
    held = Transition.objects.filter(held_until__isnull=False, announced_at=None)
    held.update(held_until=past, at=past - timedelta(minutes=3))


@pytest.mark.parametrize(
    ("before", "verb", "reason", "after"),
    [
        ("submitted", "shortlist", "", "submitted"),
        ("submitted", "refuse", "skills", "submitted"),
        ("shortlisted", "refuse", "skills", "shortlisted"),
        ("shortlisted", "offer", "", "shortlisted"),
        ("shortlisted", "stand_by", "", "shortlisted"),
    ],
)
def test_every_decision_can_be_taken_back(
    row: Application,
    clerk: User,
    learner: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    before: str,
    verb: str,
    reason: str,
    after: str,
) -> None:
    Application.objects.filter(pk=row.pk).update(status=before)
    with django_capture_on_commit_callbacks(execute=True):
        decided = decide(row, verb, by=clerk, reason=reason)
        assert decided.shown_status == before
        back = take_back(row, by=clerk)
    assert (back.status, back.standby_rank, back.offer_expires_at, back.is_held) == (after, None, None, False)
    assert [line.verb for line in row.transitions.all()] == [verb, back.transitions.last().verb]
    pass_time()
    announce_missed()
    assert learner.notifications.count() == 0
    assert not [line for line in row.transitions.all() if line.is_heard]
    assert row.transitions.heard().count() == 0


def test_the_applicant_hears_when_it_can_no_longer_be_taken_back(
    row: Application, clerk: User, learner: User, client: Client
) -> None:
    decide(row, "refuse", by=clerk, reason="skills")
    line = row.transitions.get()
    assert announce(line.pk) == 0
    client.force_login(learner)
    address = reverse("application", args=[row.public_id])
    assert "ជំនាញរបស់បេក្ខជន" not in client.get(address).content.decode()
    assert describe_volunteering(learner)["applications"][0]["status"] == "submitted"
    pass_time()
    assert announce_missed() == 1
    assert client.get(address).context["application"].shown_status == "not_placed"
    with pytest.raises(NotReadyError):
        take_back(row, by=clerk)


@pytest.mark.parametrize(("verb", "reason"), [("shortlist", ""), ("refuse", "skills")])
def test_the_pages_of_the_applicant_know_nothing_of_it(
    client: Client, row: Application, clerk: User, learner: User, verb: str, reason: str
) -> None:
    client.force_login(learner)
    pages = [row.request.get_absolute_url(), row.get_absolute_url()]
    before = [client.get(page).content.split(b"<main")[1] for page in pages]
    decide(row, verb, by=clerk, reason=reason)
    after = [client.get(page).content.split(b"<main")[1] for page in pages]
    assert [strip_tokens(page) for page in after] == [strip_tokens(page) for page in before]


def test_an_offers_clock_begins_when_it_is_heard_of(row: Application, clerk: User) -> None:
    decide(row, "shortlist", by=clerk)
    offer = decide(row, "offer", by=clerk)
    assert offer.offer_expires_at is not None
    assert offer.held_until is not None
    assert offer.offer_expires_at - offer.held_until == timedelta(hours=72)
    assert offer.shown_status == "submitted"


def test_nothing_is_taken_back_twice_or_after_the_request_closed(row: Application, clerk: User, learner: User) -> None:
    with pytest.raises(WrongStateError):
        take_back(row, by=clerk)
    decide(row, "shortlist", by=clerk)
    take_back(row, by=clerk)
    with pytest.raises(WrongStateError):
        take_back(row, by=clerk)
    change_request(row.request, "close", by=clerk)
    with pytest.raises(NotReadyError):
        take_back(row, by=clerk)


def test_a_person_who_applied_again_meanwhile_keeps_the_new_application(row: Application, clerk: User) -> None:
    decide(row, "refuse", by=clerk, reason="skills")
    ApplicationFactory.create(request=row.request, applicant=row.applicant)
    with pytest.raises(NotReadyError):
        take_back(row, by=clerk)


def test_what_was_changed_again_meanwhile_is_never_told(row: Application, clerk: User, learner: User) -> None:
    decide(row, "shortlist", by=clerk)
    decide(row, "offer", by=clerk)
    change_request(row.request, "cancel", by=clerk)
    pass_time()
    for line in row.transitions.order_by("-pk"):
        announce(line.pk)
    assert [note.kind for note in learner.notifications.all()] == ["volunteers.not_placed"]
    assert not row.transitions.filter(announced_at=None).exists()


def test_what_stands_again_after_an_undo_is_told(row: Application, clerk: User, learner: User) -> None:
    decide(row, "shortlist", by=clerk)
    decide(row, "offer", by=clerk)
    take_back(row, by=clerk)
    pass_time()
    announce_missed()
    assert [note.kind for note in learner.notifications.all()] == ["volunteers.shortlisted"]


def test_who_withdraws_from_an_offer_unheard_of_is_not_told_of_it(row: Application, clerk: User, learner: User) -> None:
    Application.objects.filter(pk=row.pk).update(status="shortlisted")
    decide(row, "offer", by=clerk)
    answer(row, "withdraw", by=learner, reason="times")
    pass_time()
    announce_missed()
    assert learner.notifications.count() == 0


def test_a_refusal_shows_nowhere_before_it_is_told(
    row: Application, clerk: User, learner: User, client: Client
) -> None:
    client.force_login(learner)
    pages = [row.request.get_absolute_url(), row.get_absolute_url()]
    client.get(pages[0])
    before = [client.get(page).context for page in pages]
    decide(row, "refuse", by=clerk, reason="skills")
    after = [client.get(page).context for page in pages]
    assert [str(after[0][name]) for name in ("application", "obstacles")] == [row.code_name, "[]"]
    assert (before[1]["can_withdraw"], after[1]["can_withdraw"], after[1]["next"]) == (True, True, before[1]["next"])
    with pytest.raises(NotReadyError):
        send_application(row.request, by=learner, answers=["a", "b"], times=[])
    assert answer(row, "withdraw", by=learner, reason="times").status == "withdrawn"
    pass_time()
    announce_missed()
    assert learner.notifications.count() == 0
    with pytest.raises(WrongStateError):
        take_back(row, by=clerk)


def test_one_tap_at_the_desk_and_one_back(client: Client, row: Application, clerk: User) -> None:
    client.force_login(clerk)
    assert [each.code_name for each in client.get(reverse("desk")).context["pressing"].applicants] == [row.code_name]
    decide_at, undo_at = (reverse(f"application-{name}", args=[row.public_id]) for name in ("decide", "undo"))
    assert client.post(decide_at, {"verb": "shortlist", "from": "desk"})["Location"] == reverse("desk")
    page = client.get(reverse("desk"))
    assert page.context["pressing"] is None
    assert undo_at in page.content.decode()
    assert client.post(undo_at)["Location"] == reverse("request-shortlist", args=[row.request.public_id])
    row.refresh_from_db()
    assert row.status == "submitted"
    assert undo_at not in client.get(reverse("desk")).content.decode()


def test_a_clerk_of_another_commune_takes_nothing_back(client: Client, row: Application, clerk: User) -> None:
    decide(row, "shortlist", by=clerk)
    client.force_login(UserFactory.create())
    assert client.post(reverse("application-undo", args=[row.public_id])).status_code == 404
