"""Ideas: who has no voice, and what residents show and say of the end."""

import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from PIL import Image

from accounts.enums import Verification
from accounts.models import Organisation, User
from forums.enums import IdeaStatus, TopicKind
from forums.models import Board, Idea, Topic, Verdict
from forums.services.ideas.audiences import to_office
from forums.services.ideas.judging import judge
from forums.services.ideas.moving import move
from forums.services.ideas.supporting import support
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
        judge(idea, by=asked, is_done=True)


def test_an_office_that_is_refused_later_hears_of_no_idea(idea: Topic, clerk: User, office: Organisation) -> None:
    found = Idea.objects.select_related("topic__board__commune").get()
    assert to_office(found) == [clerk]
    Organisation.objects.filter(pk=office.pk).update(verification=Verification.REFUSED)
    assert to_office(found) == []


def test_a_no_said_later_does_not_show_the_photo_of_the_yes(
    idea: Topic, clerk: User, learner: User, django_capture_on_commit_callbacks: Any
) -> None:
    lead(idea, clerk, "review", "start", "finish")
    judge(idea, by=learner, is_done=True, photo=draw())
    said = Verdict.objects.get()
    storage, name = said.photo.storage, said.photo.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        judge(idea, by=learner, is_done=False, words="ខូចវិញ")
    found = Verdict.objects.get()
    assert (found.is_done, bool(found.photo), found.photo_bytes) == (False, False, 0)
    assert Idea.objects.get().status == IdeaStatus.SAID_DONE
    assert not storage.exists(name)
