"""Ideas: who has no voice, and what residents show and say of the end."""

import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from PIL import Image

from accounts.enums import Verification
from accounts.models import Organisation, User
from forums.enums import IdeaStatus, StepCare, TopicKind
from forums.models import Board, Idea, IdeaStep, ModerationAction, Topic, Verdict
from forums.services.ideas.audiences import to_office
from forums.services.ideas.caring import look_at
from forums.services.ideas.judging import judge as say
from forums.services.ideas.moving import move
from forums.services.ideas.supporting import support
from notifications.models import Notification
from notifications.services.kinds import put_into_words
from places.models import Commune
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.forums import make_topic
from ui.files.photos import Picture, redraw

WORDS = "យើងធ្វើហើយ។"


def draw() -> Picture:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "JPEG")
    return redraw(out.getvalue())


@pytest.fixture
def idea(board: Board, learner: User) -> Topic:
    return make_topic(board, by=learner, kind=TopicKind.IDEA, title="ភ្លើងនៅផ្សារ")


def lead(topic: Topic, clerk: User, *verbs: str) -> Topic:
    for verb in verbs:
        move(topic, verb, by=clerk, words=WORDS)
    return Topic.objects.select_related("board__commune", "idea").get(pk=topic.pk)


def test_the_office_is_not_for_what_it_decides(
    idea: Topic, clerk: User, office: Organisation, ngo: Organisation
) -> None:
    with pytest.raises(PermissionDenied):
        support(idea, by=clerk)
    neighbour = MembershipFactory.create(organisation=ngo).user
    assert support(idea, by=neighbour).support_count == 1


def test_whom_the_office_has_asked_to_join_does_not_judge_it(
    idea: Topic, clerk: User, office: Organisation, commune: Commune
) -> None:
    lead(idea, clerk, "review", "start", "finish")
    asked = UserFactory.create(home_commune=commune)
    MembershipFactory.create(user=asked, organisation=office, accepted_at=None)
    with pytest.raises(PermissionDenied):
        say(idea, by=asked, is_done=True)


def test_an_office_that_is_refused_later_hears_of_no_idea(idea: Topic, clerk: User, office: Organisation) -> None:
    found = Idea.objects.select_related("topic__board__commune").get()
    assert to_office(found) == [clerk]
    Organisation.objects.filter(pk=office.pk).update(verification=Verification.REFUSED)
    assert to_office(found) == []


def test_a_no_said_later_does_not_show_the_photo_of_the_yes(
    idea: Topic, clerk: User, learner: User, django_capture_on_commit_callbacks: Any
) -> None:
    lead(idea, clerk, "review", "start", "finish")
    say(idea, by=learner, is_done=True, photo=draw())
    said = Verdict.objects.get()
    storage, name = said.photo.storage, said.photo.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        say(idea, by=learner, is_done=False, words="ខូចវិញ")
    found = Verdict.objects.get()
    assert (found.is_done, bool(found.photo), found.photo_bytes) == (False, False, 0)
    assert Idea.objects.get().status == IdeaStatus.SAID_DONE
    assert not storage.exists(name)


def test_what_somebody_new_says_and_shows_waits_for_a_moderator(
    client: Client, idea: Topic, clerk: User, judge: User, stranger: User, django_capture_on_commit_callbacks: Any
) -> None:
    lead(idea, clerk, "review", "start", "finish")
    support(idea, by=stranger)
    with django_capture_on_commit_callbacks(execute=True):
        say(idea, by=stranger, is_done=False, words="ទូរស័ព្ទមក 012", photo=draw())
    at = f"/km/forum/topics/{idea.public_id}/"
    step = IdeaStep.objects.get(number=5)
    assert (step.status, step.care) == (IdeaStatus.IN_WORK, StepCare.WAITS)
    assert {row.recipient for row in Notification.objects.filter(kind="forums.idea_words_looked_at")} == {judge}
    assert not Notification.objects.filter(data__words__icontains="012").exists()
    told = Notification.objects.get(kind="forums.idea_denied")
    assert "អ្នកសម្របសម្រួល" in put_into_words(told.kind, told.data).body
    for reader, photo in ((None, 404), (clerk, 404), (judge, 200)):
        client.logout()
        if reader:
            client.force_login(reader)
        assert "012" not in client.get(at).content.decode()
        assert client.get(f"{at}steps/5/photo/").status_code == photo
    assert "012" not in str(client.get(f"/api/v1/ideas/{idea.public_id}/").json())
    assert "steps/5/" in client.get("/km/forum/reports/steps/").content.decode()
    assert "012" in client.get(f"{at}steps/5/").content.decode()
    assert client.post(f"{at}steps/5/", {"do": "show"}).status_code == 302
    client.logout()
    assert "012" in client.get(at).content.decode()
    assert client.get(f"{at}steps/5/photo/").status_code == 200


def test_words_of_residents_are_reported_and_taken_out_alone(
    client: Client, idea: Topic, clerk: User, judge: User, stranger: User, learner: User
) -> None:
    lead(idea, clerk, "review", "start", "finish")
    support(idea, by=stranger)
    say(idea, by=stranger, is_done=False, words="ទូរស័ព្ទមក 012", photo=draw())
    look_at(IdeaStep.objects.get(number=5), by=judge, takes_out=False)
    at = f"/km/forum/topics/{idea.public_id}/"
    client.force_login(learner)
    assert client.get("/km/forum/reports/steps/").status_code == 403
    assert client.post(f"{at}steps/5/", {"do": "out"}).status_code == 403
    for step, status in ((4, 404), (5, 302), (5, 302)):
        assert client.post(f"{at}steps/{step}/", {"do": "report"}).status_code == status
    assert IdeaStep.objects.filter(number=5, care=StepCare.SHOWN, reported_at__isnull=False).exists()
    client.force_login(clerk)
    assert client.get("/km/forum/reports/steps/").status_code == 403
    client.force_login(judge)
    assert client.post(f"{at}steps/5/", {"do": "out"}).status_code == 302
    found = IdeaStep.objects.get(number=5)
    assert (found.words, bool(found.photo), found.care, found.reported_at) == ("", False, StepCare.GONE, None)
    assert not Verdict.objects.exclude(photo="").exists()
    assert "012" not in client.get(at).content.decode()
    assert list(ModerationAction.objects.values_list("kind", flat=True)) == ["erase", "release"]
    assert not Topic.objects.get().is_hidden


def test_a_moderator_of_the_office_does_not_look_at_its_residents(
    client: Client, idea: Topic, clerk: User, judge: User, stranger: User, office: Organisation
) -> None:
    lead(idea, clerk, "review", "start", "finish")
    support(idea, by=stranger)
    say(idea, by=stranger, is_done=False, words="012", photo=draw())
    MembershipFactory.create(user=judge, organisation=office)
    client.force_login(judge)
    assert client.get(f"/km/forum/topics/{idea.public_id}/steps/5/").status_code == 404
    assert "steps/5/" not in client.get("/km/forum/reports/steps/").content.decode()
