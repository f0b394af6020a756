"""Brakes count per person and loosen with trust; a first post waits, keeps its author informed, and takes no number."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from accounts.rules import STAFF
from courses.models import Enrolment
from forums.enums import HideReason, ModerationKind, PostState, TrustLevel
from forums.errors import CaseError, NotAllowedError
from forums.models import Board, HeldPost, ModerationAction, Post, ReadMarker, Topic
from forums.services import hide, read_after
from forums.services.brakes import find_refusal, is_alike, strip
from forums.services.held_clock import release_due
from forums.services.holding import refuse, release, submit_reply, take_back
from forums.services.trust import Facts, find_level, gather_facts
from notifications.models import Notification
from participation.models import CheckIn
from places.models import Commune
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.forums import make_reply, make_topic
from tests.factories.participation import MeetingFactory

NEW, KNOWN, TRUSTED, OFFICE = TrustLevel
LONG = "ផ្លូវពីភូមិទៅសាលា ខូចតាំងពីខែកញ្ញា ហើយសិស្សទៅរៀនមិនបានពេលភ្លៀង។"
INVISIBLE = "\u200b"


@pytest.fixture
def holds(settings: Any) -> None:
    settings.FIRST_POSTS_HELD = 1


def send(client: Client, topic: Topic, text: str, name: uuid.UUID | None = None) -> HttpResponse:
    address = f"/en/forum/topics/{topic.public_id}/reply/"
    return client.post(address, {"source": text, "client_id": str(name or uuid.uuid4())})  # type: ignore[return-value]


def held_of(topic: Topic, by: User, source: str = LONG) -> HeldPost:
    held = submit_reply(topic, by=by, source=source, client_id=uuid.uuid4())
    assert isinstance(held, HeldPost)
    return held


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        (Facts(), NEW),
        (Facts(read=30, days=2), NEW),
        (Facts(read=29, days=9), NEW),
        (Facts(read=30, days=3), KNOWN),
        (Facts(courses=1), KNOWN),
        (Facts(attended=1), KNOWN),
        (Facts(read=150, days=10, written=10), KNOWN),
        (Facts(read=150, days=10, written=10, attended=1), TRUSTED),
        (Facts(read=150, days=10, written=9, courses=1), KNOWN),
        (Facts(read=150, days=10, written=10, attended=1, strikes=1), KNOWN),
        (Facts(attended=1, strikes=1), NEW),
        (Facts(strikes=3), NEW),
        (Facts(is_office=True, strikes=3), OFFICE),
    ],
)
def test_how_trust_is_earned_and_falls(facts: Facts, level: TrustLevel) -> None:
    assert facts.level == level


def test_facts_come_from_what_a_person_did(question: Topic, stranger: User) -> None:
    for days in range(3):
        topic = make_topic(question.board)
        marker = ReadMarker.objects.create(user=stranger, topic=topic, last_number=500)
        ReadMarker.objects.filter(pk=marker.pk).update(updated_at=timezone.now() - timedelta(days=days))
    assert gather_facts(stranger) == Facts(read=60, days=3)  # the end of a long topic is not all of it


def test_the_apps_above_add_courses_meetings_and_shifts(stranger: User, commune: Commune) -> None:
    now = timezone.now()
    times = {"started_at": now, "touched_at": now}
    Enrolment.objects.create(user=stranger, course_key=uuid.uuid4(), finished_at=now, **times)
    Enrolment.objects.create(user=stranger, course_key=uuid.uuid4(), **times)
    for is_counted in (True, False):
        came = {"meeting": MeetingFactory.create(), "user": stranger, "is_counted": is_counted, "arrival": "code"}
        CheckIn.objects.create(client_id=uuid.uuid4(), happened_at=now, **came)
    facts = gather_facts(stranger)
    assert (facts.courses, facts.attended, facts.level) == (1, 1, KNOWN)


def test_what_a_moderator_decides_counts_until_it_is_taken_back(question: Topic, judge: User, stranger: User) -> None:
    post = make_reply(question, by=stranger)
    hide(post, by=judge, reason=HideReason.SPAM)
    assert gather_facts(stranger).strikes == 1
    ModerationAction.objects.update(overturned_at=timezone.now())
    assert gather_facts(stranger).strikes == 0


def test_whom_the_programme_knows_climbs_no_ladder(board: Board, judge: User, clerk: User, stranger: User) -> None:
    officer = UserFactory.create()
    officer.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    elsewhere = MembershipFactory.create().user
    levels = [find_level(user, board) for user in (judge, officer, clerk, elsewhere, stranger)]
    assert levels == [OFFICE, OFFICE, OFFICE, NEW, NEW]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("https://a.example/1 https://a.example/2", "1 link"),
        ("www.shop.example និង cheap-phones.com", "1 link"),
        ("ទិញ" + " លក់" * 30, "again and again"),
        ("ហ" * 40, "again and again"),
        (INVISIBLE.join("ទិញទូរសព្ទថោកៗនៅទីនេះសូមមកឥឡូវនេះ"), "nobody sees"),
        ("សូមមើល https://a.example/1", ""),
        ("ខ្ញុំ" + INVISIBLE + "ទៅ" + INVISIBLE + "សាលា" + INVISIBLE + "ឃុំ", ""),
        ("------------------------------------\nឈ្មោះ | ថ្ងៃ", ""),
    ],
)
def test_what_somebody_new_cannot_post(source: str, words: str) -> None:
    with override("en"):
        refusal = find_refusal(source, level=NEW, recent=[])
    assert (words in refusal, bool(refusal)) == (True, bool(words))


def test_links_loosen_with_trust() -> None:
    source = " ".join(f"https://a.example/{number}" for number in range(5))
    assert [bool(find_refusal(source, level=level, recent=[])) for level in (NEW, KNOWN, TRUSTED, OFFICE)] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (LONG, True),
        (LONG.replace(" ", INVISIBLE) + " ១២៣!!!", True),
        (LONG.replace("កញ្ញា", "តុលា"), True),
        ("តើសាលាឃុំបើកម៉ោងប៉ុន្មាន ហើយត្រូវយកឯកសារអ្វីខ្លះ?", False),
    ],
)
def test_nearly_the_same_is_the_same(other: str, alike: bool) -> None:
    assert is_alike(strip(LONG), strip(other)) == alike


def test_the_same_again_is_refused_per_person_and_keeps_its_words(
    client: Client, question: Topic, stranger: User, learner: User
) -> None:
    client.force_login(stranger)
    name = uuid.uuid4()
    assert [send(client, question, LONG, name).status_code for _ in range(2)] == [302, 302]
    answer = send(client, question, f"{LONG} !")
    assert (answer.status_code, "nearly the same today" in answer.content.decode()) == (422, True)
    assert f"{LONG} !</textarea>" in answer.content.decode()
    for _ in range(2):
        assert send(client, question, "អរគុណ").status_code == 302  # short words may be said twice
    client.force_login(learner)
    assert send(client, question, LONG).status_code == 302  # another person, the same phone
    post = question.posts.get(author=stranger, source=LONG)
    client.force_login(stranger)
    edited = client.post(f"/en/forum/topics/{question.public_id}/posts/{post.number}/edit/", {"source": "ហ" * 40})
    assert edited.status_code == 422


@pytest.mark.usefixtures("holds")
def test_a_first_post_waits_and_only_its_author_sees_it(
    client: Client, question: Topic, stranger: User, judge: User, learner: User
) -> None:
    client.force_login(stranger)
    name = uuid.uuid4()
    answers = [send(client, question, LONG, name) for _ in range(2)]
    held = HeldPost.objects.get()
    assert [answer["Location"] for answer in answers] == [held.get_absolute_url().replace("/km/", "/en/")] * 2
    html = client.get(f"/en/forum/waiting/{held.public_id}/").content.decode()
    assert all(words in html for words in (LONG, "It is the first post of somebody new here.", "Take it back"))
    topic_page = f"/en/forum/topics/{question.public_id}/"
    assert "A post of yours waits" in client.get(topic_page).content.decode()
    for user in (learner, None):
        client.force_login(user) if user else client.logout()
        html = client.get(topic_page).content.decode()
        assert (LONG in html, "A post of yours waits" in html) == (False, False)
        assert client.get(f"/en/forum/waiting/{held.public_id}/").status_code == (404 if user else 302)
    question.refresh_from_db()
    assert (question.last_number, question.last_seq, read_after(question, seq=1)["patches"]) == (1, 1, [])
    client.force_login(judge)
    assert LONG in client.get("/en/forum/reports/held/").content.decode()


@pytest.mark.usefixtures("holds")
def test_what_is_let_through_takes_the_next_number(
    question: Topic, stranger: User, judge: User, django_capture_on_commit_callbacks: Any
) -> None:
    held = held_of(question, stranger)
    make_reply(question)
    with django_capture_on_commit_callbacks(execute=True):
        post = release(held, by=judge)
    assert (post.number, post.author, post.source, HeldPost.objects.count()) == (3, stranger, LONG, 0)
    question.refresh_from_db()
    assert [patch["number"] for patch in read_after(question, seq=2)["patches"]] == [3]
    assert list(question.events.values_list("seq", flat=True)) == [1, 2, 3]
    assert Notification.objects.get(recipient=stranger).kind == "forums.post_released"
    again = submit_reply(question, by=stranger, source=LONG, client_id=post.client_id)  # the phone sends it once more
    assert again == post
    assert isinstance(submit_reply(question, by=stranger, source="ទីពីរ", client_id=uuid.uuid4()), Post)
    with pytest.raises(CaseError):
        release(held, by=judge)


@pytest.mark.usefixtures("holds")
def test_what_is_refused_says_why_and_can_be_appealed(
    client: Client, question: Topic, stranger: User, judge: User
) -> None:
    post = refuse(held_of(question, stranger), by=judge, reason=HideReason.SPAM)
    assert (post.state, post.number, post.removal_words != "") == (PostState.HIDDEN, 2, True)
    act = ModerationAction.objects.get()
    client.force_login(stranger)
    assert client.get(f"/en/forum/moderation/{act.public_id}/").status_code == 200
    assert LONG not in client.get(f"/en/forum/topics/{question.public_id}/").content.decode()


@pytest.mark.usefixtures("holds")
def test_a_held_topic_begins_when_it_is_let_through(client: Client, board: Board, stranger: User, judge: User) -> None:
    client.force_login(stranger)
    sent = {"kind": "idea", "title": "ដាំដើមឈើ", "source": "នៅមុខសាលា", "client_id": str(uuid.uuid4())}
    sent["category"] = "environment"
    client.post(f"/en/forum/boards/{board.slug}/new/", sent)
    assert (Topic.objects.count(), HeldPost.objects.get().title) == (0, "ដាំដើមឈើ")
    client.force_login(judge)
    held = HeldPost.objects.get()
    client.post(f"/en/forum/reports/held/{held.public_id}/", {"act": "release"})
    topic = Topic.objects.get()
    assert (topic.title, topic.author, topic.idea.category) == ("ដាំដើមឈើ", stranger, "environment")
    assert ModerationAction.objects.get().kind == ModerationKind.RELEASE


@pytest.mark.usefixtures("holds")
def test_nobody_waits_longer_than_was_said(question: Topic, stranger: User) -> None:
    held_of(question, stranger)
    assert release_due() == 0
    HeldPost.objects.update(release_at=timezone.now() - timedelta(seconds=1))
    assert (release_due(), question.posts.count()) == (1, 2)


@pytest.mark.usefixtures("holds")
def test_words_for_a_topic_that_closed_meanwhile_are_not_lost(question: Topic, stranger: User) -> None:
    held_of(question, stranger)
    Topic.objects.update(locked_at=timezone.now())
    HeldPost.objects.update(release_at=timezone.now() - timedelta(seconds=1))
    assert (release_due(), HeldPost.objects.get().release_at) == (0, None)


@pytest.mark.usefixtures("holds")
def test_who_lets_through(question: Topic, stranger: User, judge: User, learner: User, clerk: User) -> None:
    """The truth table: a moderator, not the author, not of the office concerned."""
    clerk.groups.add(judge.groups.get())
    own = held_of(question, stranger)
    stranger.groups.add(judge.groups.get())
    able = set()
    for user in (judge, learner, clerk, stranger):
        try:
            release(own, by=User.objects.get(pk=user.pk))
        except NotAllowedError:
            continue
        except CaseError:
            pass
        able.add(user.username)
    assert able == {"judge"}


@pytest.mark.usefixtures("holds")
def test_its_author_takes_it_back_and_nobody_else(question: Topic, stranger: User, learner: User) -> None:
    held = held_of(question, stranger)
    with pytest.raises(NotAllowedError):
        take_back(held, by=learner)
    assert (take_back(held, by=stranger), HeldPost.objects.count()) == (LONG, 0)


@pytest.mark.usefixtures("holds")
def test_whom_the_forum_knows_does_not_wait(question: Topic, clerk: User, learner: User) -> None:
    assert isinstance(submit_reply(question, by=clerk, source="ចម្លើយ", client_id=uuid.uuid4()), Post)
    assert isinstance(submit_reply(question, by=learner, source="អរគុណ", client_id=uuid.uuid4()), Post)  # asked before


def test_the_page_of_trust_says_what_is_missing(client: Client, stranger: User, clerk: User) -> None:
    client.force_login(stranger)
    html = client.get("/en/forum/trust/").content.decode()
    assert all(words in html for words in ("New here", "4 posts in 5 minutes", "finish a course", "read 30 posts"))
    client.force_login(clerk)
    html = client.get("/en/forum/trust/").content.decode()
    assert ("Answers for an office" in html, "finish a course" in html) == (True, False)
