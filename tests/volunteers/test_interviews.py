"""Times to talk: proposed, picked, cancelled; never two at once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from accounts.services import delete_account
from tests.factories.accounts import UserFactory
from tests.factories.rounds import RoundFactory, choose, make_places
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.forms.choosing import TalkForm
from volunteers.models import Application, Interview
from volunteers.services.choosing.interviews import ask_for_others, cancel, pick, propose, remind
from volunteers.services.export import describe_volunteering
from volunteers.services.machine import NotReadyError, WrongStateError

pytestmark = pytest.mark.django_db


def at(days: int, hour: int) -> datetime:
    return timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=days)


@pytest.fixture
def row(office: Organisation, learner: User) -> Application:
    return ApplicationFactory.create(request=RequestFactory.create(office=office, minimum_age=18), applicant=learner)


def ask(row: Application, by: User, *starts: datetime, **changes: Any) -> Interview:
    values = {"way": "phone", "where": "012 000 000", "minutes": 30, "has_supervisor": False, **changes}
    return propose(row, starts=starts or (at(2, 9), at(3, 9)), by=by, **values)


def test_the_applicant_picks_one_and_both_are_reminded(
    row: Application,
    clerk: User,
    learner: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        talk = ask(row, clerk)
        slot = talk.slots.all()[1]
        talk = pick(talk, slot.pk, by=learner)
    assert talk.starts_at == slot.starts_at
    assert [note.kind for note in learner.notifications.all()] == ["volunteers.talk_proposed"]
    assert [note.kind for note in clerk.notifications.all()] == ["volunteers.talk_picked"]
    assert remind() == 0
    Interview.objects.update(starts_at=timezone.now() + timedelta(hours=20))
    assert [remind(), remind()] == [2, 0]
    with pytest.raises(WrongStateError):
        pick(talk, slot.pk, by=learner)


def test_nobody_talks_inside_a_round(clerk: User, office: Organisation) -> None:
    places = make_places(RoundFactory.create(), 1, request__office=office)
    choose(places)
    with pytest.raises(NotReadyError):
        ask(Application.objects.get(), clerk)


def test_another_talk_at_the_same_time_is_refused(row: Application, clerk: User, learner: User) -> None:
    place = RequestFactory.create(office=row.request.office, minimum_age=18)
    other = ApplicationFactory.create(request=place, applicant=learner)
    first, second = ask(row, clerk, at(2, 9)), ask(other, clerk, at(2, 9) + timedelta(minutes=20), at(2, 10))
    pick(first, first.slots.get().pk, by=learner)
    early, late = second.slots.all()
    with pytest.raises(NotReadyError):
        pick(second, early.pk, by=learner)
    assert pick(second, late.pk, by=learner).starts_at == late.starts_at


def test_other_times_and_a_new_proposal(row: Application, clerk: User, learner: User) -> None:
    talk = ask(row, clerk)
    with pytest.raises(NotReadyError):
        ask(row, clerk)
    ask_for_others(talk, wish="In the afternoon", by=learner)
    again = ask(row, clerk, at(4, 14))
    assert row.interviews.live().get() == again
    with pytest.raises(IntegrityError), transaction.atomic():
        Interview.objects.filter(pk=talk.pk).update(passed_over_at=None)


def test_either_side_cancels_with_a_reason(row: Application, clerk: User, learner: User, stranger: User) -> None:
    talk = ask(row, clerk)
    with pytest.raises(NotReadyError):
        cancel(talk, reason="", by=learner)
    with pytest.raises(PermissionDenied):
        cancel(talk, reason="talk_ill", by=stranger)
    assert cancel(talk, reason="talk_ill", by=learner).cancelled_by == learner
    assert cancel(ask(row, clerk), reason="talk_decided", by=clerk).cancelled_by == clerk


@pytest.mark.parametrize(
    "wrong",
    [
        {"way": "office", "starts": [18]},
        {"way": "office", "starts": [6]},
        {"way": "phone", "starts": [9]},
        {"way": "office", "starts": [9], "has_supervisor": False},
    ],
)
@pytest.mark.parametrize("is_minor", [True, False])
def test_where_minors_may_help_everybody_comes_by_day_with_the_guide_present(
    office: Organisation, clerk: User, is_minor: bool, wrong: dict[str, Any]
) -> None:
    """A rule for minors alone would tell the office who they are."""
    person = UserFactory.create(minor=True) if is_minor else UserFactory.create()
    row = ApplicationFactory.create(request=RequestFactory.create(office=office, minimum_age=15), applicant=person)
    values = {"where": "Room 2", "has_supervisor": True, **wrong}
    starts = [at(2, hour) for hour in values.pop("starts")]
    with pytest.raises(NotReadyError):
        ask(row, clerk, *starts, **values)
    assert ask(row, clerk, at(2, 9), way="office", where="Room 2", has_supervisor=True).is_live


def test_neither_place_nor_wish_leads_outside(row: Application, clerk: User, learner: User) -> None:
    with pytest.raises(NotReadyError):
        ask(row, clerk, way="office", where="Room 2, call 012 345 678")
    talk = ask(row, clerk)
    with pytest.raises(NotReadyError):
        ask_for_others(talk, wish=f"I am {learner.family_name_km} {learner.given_name_km}, 098 765 432", by=learner)
    talk.refresh_from_db()
    assert talk.wish == ""


@pytest.mark.parametrize(
    "wrong", [{"minutes": 5}, {"where": " "}, {"way": "letter"}, {"starts": [at(-1, 9)]}, {"starts": [at(90, 9)]}]
)
def test_wrong_times_are_refused(row: Application, clerk: User, wrong: dict[str, Any]) -> None:
    starts = wrong.pop("starts", [])
    with pytest.raises(NotReadyError):
        ask(row, clerk, *starts, **wrong)


def test_the_pages(client: Client, row: Application, clerk: User, learner: User, stranger: User) -> None:
    address = reverse("application-talk", args=[row.public_id])
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    client.force_login(clerk)
    typed = {"way": "video", "where": "Room 2", "minutes": "30", "time_1": "not a time"}
    assert list(client.post(address, typed).context["form"].errors) == ["time_1"]
    client.post(address, {**typed, "time_1": at(2, 9).strftime("%Y-%m-%dT%H:%M")})
    talk = Interview.objects.get()
    assert talk.slots.get().starts_at == at(2, 9)
    answer = reverse("talk-answer", args=[talk.public_id])
    client.force_login(stranger)
    assert client.post(answer, {"act": "cancel", "reason": "talk_ill"}).status_code == 404
    client.force_login(learner)
    client.post(answer, {"act": "pick", "slot": talk.slots.get().pk})
    assert client.get(row.get_absolute_url()).context["talk"] == talk
    talk.refresh_from_db()
    assert talk.starts_at == at(2, 9)


def test_ones_own_copy_has_the_talks_and_deletion_takes_the_wish(row: Application, clerk: User, learner: User) -> None:
    ask_for_others(ask(row, clerk), wish="In the afternoon", by=learner)
    (talk,) = describe_volunteering(learner)["applications"][0]["talks"]
    assert (talk["way"], talk["wish"]) == ("phone", "In the afternoon")
    delete_account(learner)
    assert Interview.objects.get().wish == ""


def test_the_lengths_of_a_talk_are_in_the_readers_digits() -> None:
    for language, numbers in (("km", ["១៥", "២០", "៣០", "៤៥", "៦០"]), ("en", ["15", "20", "30", "45", "60"])):
        with translation.override(language):
            form = TalkForm({"minutes": "20"})
            assert [label for _, label in form["minutes"].field.choices] == numbers
            assert numbers[1] in str(form["minutes"])
            assert form["time_1"].label == {"km": "ថ្ងៃ និងម៉ោងទី១", "en": "Day and time 1"}[language]
