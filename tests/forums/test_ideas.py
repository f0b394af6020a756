"""An idea from the first word to "confirmed by residents": who may do what, and who hears of it."""

import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import User
from accounts.signals import deleting_account, exporting
from forums.enums import FollowLevel, IdeaCategory, IdeaStatus, Part, Refusal, StepBack, StepCare, TopicKind
from forums.errors import NotReadyError, WrongStateError
from forums.models import Board, Idea, IdeaStep, Subscription, Topic, Verdict
from forums.services.ideas.facts import IdeaFacts
from forums.services.ideas.judging import judge
from forums.services.ideas.moving import move
from forums.services.ideas.path import CHANGES, PATH, Goer
from forums.services.ideas.supporting import support
from notifications.models import Notification
from notifications.services.kinds import put_into_words
from participation.models import Follow
from places.models import Commune
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.forums import make_topic
from ui.files.photos import redraw

FANS, EVERYONE = {"learner", "fan", "watcher"}, {"learner", "fan", "watcher", "follower"}
HEARD = [
    ("forums.idea_sent", {"clerk"}),
    *[("forums.idea_moved", FANS)] * 4,
    ("forums.idea_done", EVERYONE),
    ("forums.idea_denied", {"clerk"}),
    ("forums.idea_reopened", FANS),
    ("forums.idea_done", EVERYONE),
    ("forums.idea_confirmed", FANS),
    ("forums.idea_proved", {"clerk"}),
]
WORDS = "យើងពិនិត្យហើយ។"


def photo(**more: Any) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "JPEG", **more)
    return SimpleUploadedFile("road.jpg", out.getvalue(), "image/jpeg")


@pytest.fixture
def idea(board: Board, learner: User) -> Topic:
    return make_topic(board, by=learner, kind=TopicKind.IDEA, title="Lamps at the market")


@pytest.fixture
def neighbours(commune: Commune) -> list[User]:
    return [UserFactory.create(home_commune=commune) for _ in range(4)]


def state(topic: Topic) -> str:
    return Idea.objects.get(pk=topic.pk).status


def lead(topic: Topic, clerk: User, *verbs: str) -> None:
    for verb in verbs:
        move(topic, verb, by=clerk, words=WORDS)


class Stage:
    """People act through the pages; `told` keeps who heard what, act by act."""

    def __init__(self, client: Client, capture: Any) -> None:
        self.client, self.capture = client, capture
        self.told: list[tuple[str, set[str]]] = []

    def act(self, user: User, address: str, **fields: Any) -> None:
        known = set(Notification.objects.values_list("pk", flat=True))
        self.client.force_login(user)
        with self.capture(execute=True):
            assert self.client.post(address, fields).status_code == 302
        fresh = Notification.objects.exclude(pk__in=known).select_related("recipient")
        for kind in sorted({row.kind for row in fresh}):
            self.told.append((kind, {row.recipient.username for row in fresh if row.kind == kind}))


@pytest.fixture
def stage(client: Client, django_capture_on_commit_callbacks: Any) -> Stage:
    return Stage(client, django_capture_on_commit_callbacks)


def test_the_whole_chain(
    client: Client, stage: Stage, board: Board, learner: User, clerk: User, neighbours: list[User]
) -> None:
    """From writing to "confirmed by residents", over a refusal by residents, through the pages; who heard what."""
    names = ("watcher", "muted", "fan", "follower")
    watcher, muted, fan, follower = (UserFactory.create(username=name) for name in names)
    Follow.objects.create(user=follower, commune=board.commune)
    act = stage.act
    new = {
        "kind": "idea",
        "category": "economy",
        "title": "Lamps",
        "source": "It is dark.",
        "place": "Market",
        "cost": "small",
    }
    act(learner, f"/en/forum/boards/{board.slug}/new/?kind=idea", **new)
    topic = Topic.objects.get()
    at = f"/en/forum/topics/{topic.public_id}"
    act(fan, f"{at}/support/")
    act(muted, f"{at}/support/")
    Subscription.objects.create(user=watcher, topic=topic, level=FollowLevel.WATCH)
    Subscription.objects.create(user=muted, topic=topic, level=FollowLevel.MUTE)
    for verb in ("review", "plan", "fund", "start", "finish"):
        more = {"photo": photo()} if verb == "finish" else {}
        act(clerk, f"{at}/step/", verb=verb, words=f"Now {verb}.", **more)
    act(follower, f"{at}/done/", is_done="no", words="One lamp is missing.", photo=photo())
    assert state(topic) == IdeaStatus.IN_WORK
    IdeaStep.objects.filter(care=StepCare.WAITS).update(care=StepCare.SHOWN)  # a moderator has looked
    act(clerk, f"{at}/step/", verb="finish", words="Now all.")
    for person in (learner, fan, neighbours[3]):
        assert state(topic) == IdeaStatus.SAID_DONE
        act(person, f"{at}/done/", is_done="yes")
    assert state(topic) == IdeaStatus.CONFIRMED

    assert stage.told == HEARD
    idea = Idea.objects.get()
    assert (idea.category, idea.place, idea.cost, idea.support_count) == (IdeaCategory.ECONOMY, "Market", "small", 2)
    steps = list(idea.steps.order_by("number"))
    assert [step.status for step in steps] == [
        *("received", "under_review", "in_cip", "funded", "in_work", "said_done", "in_work", "said_done", "confirmed")
    ]
    assert [step.number for step in steps] == list(range(1, 10))
    assert steps[1].official_title_en
    assert not steps[6].official_name_en
    html = client.get(f"{at}/").content.decode()
    assert "Confirmed by residents" in html
    assert "One lamp is missing." in html
    assert "follower" not in html


def test_every_state_is_reached_and_every_office_arrow_has_words_for_it() -> None:
    assert {change.target for change in CHANGES} == set(IdeaStatus)
    assert all(change.tells for change in CHANGES)
    assert all(bool(change.label) == (change.goer == Goer.OFFICE) for change in CHANGES)
    assert len(PATH) == len(CHANGES)


def test_the_office_alone_moves_it_and_says_why(idea: Topic, clerk: User, learner: User) -> None:
    rival = MembershipFactory.create().user
    for person in (learner, rival):
        with pytest.raises(PermissionDenied):
            move(idea, "review", by=person, words=WORDS)
    with pytest.raises(NotReadyError):
        move(idea, "review", by=clerk, words="  ")
    for reason in ("", StepBack.MISTAKE):
        with pytest.raises(NotReadyError):
            move(idea, "refuse", by=clerk, words=WORDS, reason=reason)
    for verb in ("plan", "finish", "confirm", "reopen", "send"):
        with pytest.raises(WrongStateError):
            move(idea, verb, by=clerk, words=WORDS)
    assert (state(idea), IdeaStep.objects.count()) == (IdeaStatus.RECEIVED, 1)
    move(idea, "refuse", by=clerk, words="No land.", reason=Refusal.LAND)
    assert state(idea) == IdeaStatus.REFUSED


def test_a_step_back_needs_a_reason(idea: Topic, clerk: User) -> None:
    lead(idea, clerk, "review", "plan")
    with pytest.raises(NotReadyError):
        move(idea, "back_review", by=clerk, words=WORDS)
    step = move(idea, "back_review", by=clerk, words=WORDS, reason=StepBack.PLAN)
    assert (step.source, step.status, step.number) == ("in_cip", "under_review", 4)


def test_a_denial_without_a_photo_needs_a_second(idea: Topic, clerk: User, neighbours: list[User]) -> None:
    lead(idea, clerk, "review", "start", "finish")
    judge(idea, by=neighbours[0], is_done=False, words="Half of it.")
    judge(idea, by=neighbours[0], is_done=False, words="Still half of it.")
    assert state(idea) == IdeaStatus.SAID_DONE
    judge(idea, by=neighbours[1], is_done=False, words="It does not work.")
    assert state(idea) == IdeaStatus.IN_WORK
    assert IdeaStep.objects.last().words == "It does not work."


def test_three_distinct_people_confirm_and_may_think_again(idea: Topic, clerk: User, neighbours: list[User]) -> None:
    lead(idea, clerk, "review", "start", "finish")
    for _ in range(4):
        judge(idea, by=neighbours[0], is_done=True)
    judge(idea, by=neighbours[1], is_done=True)
    judge(idea, by=neighbours[1], is_done=False, words="No.")
    judge(idea, by=neighbours[2], is_done=True)
    found = Idea.objects.get()
    assert (found.status, found.yes_count, found.no_count) == (IdeaStatus.SAID_DONE, 2, 1)
    judge(idea, by=neighbours[1], is_done=True)
    assert state(idea) == IdeaStatus.CONFIRMED
    with pytest.raises(WrongStateError):
        judge(idea, by=neighbours[3], is_done=True)


def test_neither_the_office_nor_strangers_nor_children_judge(
    idea: Topic, clerk: User, stranger: User, commune: Commune
) -> None:
    lead(idea, clerk, "review", "start", "finish")
    User.objects.filter(pk=clerk.pk).update(home_commune=commune)
    child = UserFactory.create(home_commune=commune, birth_year=2015)
    for person in (User.objects.get(pk=clerk.pk), stranger, child):
        with pytest.raises(PermissionDenied):
            judge(idea, by=person, is_done=True)
    assert not Verdict.objects.exists()


def test_support_is_one_voice_each_and_is_taken_back(idea: Topic, learner: User, stranger: User) -> None:
    support(idea, by=stranger)
    assert support(idea, by=stranger).support_count == 1
    events = idea.events.filter(part=Part.IDEA).count()
    assert support(idea, by=stranger, is_on=False).support_count == 0
    assert (events, idea.events.filter(part=Part.IDEA).count()) == (1, 2)
    for person in (learner, UserFactory.create(birth_year=2015)):
        with pytest.raises(PermissionDenied):
            support(idea, by=person)


def test_a_photo_comes_without_its_place_and_only_through_the_door(
    client: Client, idea: Topic, clerk: User, judge: User
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of the clerk"
    client.force_login(clerk)
    address = f"/en/forum/topics/{idea.public_id}/step/"
    assert client.post(address, {"verb": "review", "words": "Seen.", "photo": photo(exif=exif)}).status_code == 302
    client.logout()
    answer = client.get(f"/en/forum/topics/{idea.public_id}/steps/2/photo/")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "image/webp"
    assert b"Camera" not in content
    assert content[8:12] == b"WEBP"
    Topic.objects.update(is_hidden=True)
    assert client.get(f"/en/forum/topics/{idea.public_id}/steps/2/photo/").status_code == 404


@pytest.mark.parametrize("bad", [b"MZ\x90", b"<svg onload=alert(1)>", b""])
def test_what_is_no_photo_is_refused_and_the_words_stay(client: Client, idea: Topic, clerk: User, bad: bytes) -> None:
    client.force_login(clerk)
    upload = SimpleUploadedFile("road.jpg", bad, "image/jpeg")
    answer = client.post(
        f"/en/forum/topics/{idea.public_id}/step/", {"verb": "review", "words": "We look.", "photo": upload}
    )
    assert answer.status_code == 422
    assert "We look." in answer.content.decode()
    assert state(idea) == IdeaStatus.RECEIVED


def test_the_list_shows_the_most_supported_first_by_state(
    client: Client, board: Board, idea: Topic, clerk: User, stranger: User, django_assert_num_queries: Any
) -> None:
    other = make_topic(board, kind=TopicKind.IDEA, title="A bridge")
    support(other, by=stranger)
    lead(other, clerk, "review")
    address = f"/en/forum/boards/{board.slug}/ideas/"
    html = client.get(address).content.decode()
    assert html.index("A bridge") < html.index("Lamps at the market")
    assert "Lamps" not in client.get(f"{address}?status=under_review").content.decode()
    for _ in range(2):
        with django_assert_num_queries(3):
            client.get(address)
        make_topic(board, kind=TopicKind.IDEA)


def test_a_person_takes_their_voice_along_and_away(idea: Topic, clerk: User, neighbours: list[User]) -> None:
    lead(idea, clerk, "review", "start", "finish")
    support(idea, by=neighbours[0])
    judge_with = {"is_done": True, "photo": redraw(photo().read())}
    judge(idea, by=neighbours[0], **judge_with)  # type: ignore[arg-type]
    parts: dict[str, Any] = {}
    exporting.send(sender=None, user=neighbours[0], parts=parts)
    assert [len(parts["forum_ideas"][name]) for name in ("supports", "verdicts")] == [1, 1]
    deleting_account.send(sender=None, user=neighbours[0])
    found = Idea.objects.get()
    assert (found.support_count, found.yes_count, Verdict.objects.count()) == (0, 0, 0)


def test_the_words_of_a_step_are_read_in_both_languages(
    idea: Topic, clerk: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        lead(idea, clerk, "review")
    row = Notification.objects.get(kind="forums.idea_moved")
    words = put_into_words(row.kind, row.data)
    assert idea.title in words.title
    assert WORDS in words.body


def test_facts_of_another_commune_are_not_kept(board: Board, learner: User) -> None:
    from tests.factories.places import VillageFactory

    far, near = VillageFactory.create(), VillageFactory.create(commune=board.commune)
    for village, kept in ((far, None), (near, near)):
        topic = make_topic(board, by=learner, kind=TopicKind.IDEA, idea=IdeaFacts(village=village))
        assert topic.idea.village == kept
