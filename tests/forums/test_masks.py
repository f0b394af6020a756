"""What only the session of whoever wears a mask can tell: their own cases, their news, what of theirs was dropped."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules import MODERATORS, STAFF
from accounts.services import delete_account
from forums.enums import HideReason, HoldReason, SealReason, TopicKind
from forums.errors import NotAllowedError
from forums.models import Board, BoardMarker, Case, HeldPost, MaskRefusal, Post, SealOpening, Topic
from forums.services import reply, report
from forums.services.cases.deciding import decide
from forums.services.cases.reading import count_waiting, list_cases
from forums.services.holding import hold as keep_held
from forums.services.holding import list_held, refuse, release
from forums.services.masking import forget_refusals, wear_mask, write_reply, write_topic
from forums.services.order import lock
from forums.services.protecting import drop_refusal, reply_protected
from forums.services.unsealing import answer, ask_to_open
from notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.forums import make_topic

WORDS = "គេសុំលុយពីខ្ញុំ ពេលខ្ញុំយកសំបុត្រកំណើត"


@pytest.fixture(autouse=True)
def holds(settings: Any) -> None:
    settings.FIRST_POSTS_HELD = 1


@pytest.fixture
def masked_judge(judge: User) -> User:
    """A moderator who also writes protected."""
    user = UserFactory.create(username="masked-judge")
    user.groups.add(*judge.groups.all())
    return user


def write(topic: Topic, by: User, words: str = WORDS) -> Post:
    return write_reply(topic, wear_mask(by, topic.public_id), source=words, client_id=uuid.uuid4())


def hold(topic: Topic, by: User) -> HeldPost:
    held = reply_protected(topic, by=by, source=WORDS, client_id=uuid.uuid4())
    assert isinstance(held, HeldPost)
    return held


def test_a_masked_moderator_meets_their_own_case_nowhere(
    client: Client,
    question: Topic,
    masked_judge: User,
    judge: User,
    stranger: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """Neither in the list nor in the count; but who is told of it is the same for both, or the gap would be a name."""
    with django_capture_on_commit_callbacks(execute=True):
        case = report(write(question, masked_judge), by=stranger, reason=HideReason.INSULT).case
    assert case is not None
    found = []
    for user in (masked_judge, judge):
        client.force_login(user)
        html = client.get("/en/forum/reports/").content.decode()
        found.append((WORDS in html, count_waiting(user), str(case.public_id) in html))
    assert found == [(False, 0, False), (True, 1, True)]
    told = Notification.objects.filter(kind="forums.case_arrived").values_list("recipient", flat=True)
    assert set(told) == {masked_judge.pk, judge.pk}
    decide(case, by=judge, ruling="dismiss")  # type: ignore[arg-type]
    assert [list_cases(user, "done").count() for user in (masked_judge, judge)] == [0, 1]


def test_a_masked_moderator_does_not_let_themselves_through(
    client: Client, question: Topic, masked_judge: User, judge: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        mask = wear_mask(masked_judge, question.public_id)
        waits: Any = {"topic": question, "source": WORDS, "client_id": uuid.uuid4()}
        held = keep_held(question.board, mask=mask, why=HoldReason.WORDS, **waits)
    assert [list(list_held(user)) for user in (masked_judge, judge)] == [[], [held]]
    told = Notification.objects.filter(kind="forums.post_held").values_list("recipient", flat=True)
    assert set(told) == {masked_judge.pk, judge.pk}
    client.force_login(masked_judge)
    assert client.post(f"/en/forum/reports/held/{held.public_id}/").status_code == 404


def test_the_queue_costs_the_same_with_more_masks(
    client: Client, question: Topic, judge: User, django_assert_num_queries: Any
) -> None:
    client.force_login(judge)
    for rows in (1, 3):
        for _ in range(rows):
            report(write(question, UserFactory.create()), by=UserFactory.create(), reason=HideReason.SPAM)
        with django_assert_num_queries(9):
            client.get("/en/forum/reports/")


def test_what_is_dropped_waits_for_its_author_alone(
    client: Client, question: Topic, stranger: User, judge: User, learner: User, django_capture_on_commit_callbacks: Any
) -> None:
    held = hold(question, stranger)
    lock(question, by=judge, reason="ok")
    held.refresh_from_db()
    before = Notification.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        assert refuse(held, by=judge, reason=HideReason.SPAM) is None
    assert Notification.objects.count() == before
    row = MaskRefusal.objects.get()
    assert (row.source, row.told_at.strftime("%M:%S"), HeldPost.objects.count()) == (WORDS, "00:00", 0)
    pages = []
    for user in (learner, judge, stranger):
        client.force_login(user)
        pages.append(WORDS in client.get("/en/forum/protected/").content.decode())
    assert pages == [False, False, True]
    with pytest.raises(NotAllowedError):
        drop_refusal(row, by=learner)
    client.force_login(learner)
    client.post("/en/forum/protected/", {"read": str(row.public_id)})
    assert MaskRefusal.objects.exists()
    client.force_login(stranger)
    client.post("/en/forum/protected/", {"read": str(row.public_id)})
    assert not MaskRefusal.objects.exists()


def test_what_is_dropped_goes_in_time_and_with_the_account(question: Topic, stranger: User, judge: User) -> None:
    for days, left in ((89, 1), (91, 0)):
        held = hold(question, stranger)
        Topic.objects.filter(pk=question.pk).update(locked_at=timezone.now())
        refuse(HeldPost.objects.get(pk=held.pk), by=judge, reason=HideReason.SPAM)
        Topic.objects.filter(pk=question.pk).update(locked_at=None)
        MaskRefusal.objects.update(told_at=timezone.now() - timedelta(days=days))
        forget_refusals()
        assert MaskRefusal.objects.count() == left
        MaskRefusal.objects.all().delete()
    held = hold(question, stranger)
    Topic.objects.filter(pk=question.pk).update(locked_at=timezone.now())
    refuse(HeldPost.objects.get(pk=held.pk), by=judge, reason=HideReason.SPAM)
    delete_account(stranger)
    assert not MaskRefusal.objects.exists()


def test_ones_own_protected_topic_is_not_new_and_its_answers_are(
    client: Client, board: Board, stranger: User, learner: User
) -> None:
    for user in (stranger, learner):
        since = timezone.now() - timedelta(days=1)
        BoardMarker.objects.create(user=user, board=board, begun=0, since=since)
    key = uuid.uuid4()
    words: Any = {"kind": TopicKind.QUESTION, "title": "ថ្លៃសេវា", "source": WORDS, "client_id": uuid.uuid4()}
    topic = write_topic(board, wear_mask(stranger, key), **words)

    def news(user: User) -> list[bool]:
        client.force_login(user)
        return ["1 new" in client.get(at).content.decode() for at in (board_at, "/en/forum/", "/en/forum/unread/")]

    board_at = board.get_absolute_url().replace("/km/", "/en/")
    assert [news(user) for user in (stranger, learner)] == [[False] * 3, [True] * 3]
    reply(topic, by=learner, source="អរគុណ")
    assert news(stranger) == [True] * 3
    client.get(topic.get_absolute_url())
    assert news(stranger) == [False] * 3


def test_what_a_moderator_lets_through_later_is_not_new_to_its_author(
    question: Topic, stranger: User, judge: User
) -> None:
    held = hold(question, stranger)
    mask = held.mask
    assert mask is not None
    type(mask).objects.filter(pk=mask.pk).update(seen=1)  # the question
    post = release(held, by=judge)
    mask.refresh_from_db()
    assert (post.number, mask.seen) == (2, 2)


def test_everybody_reads_when_seals_were_opened_and_never_whose(
    client: Client, question: Topic, stranger: User, judge: User
) -> None:
    staff = UserFactory.create(username="officer")
    staff.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    posts = [write(make_topic(question.board), stranger), write(question, stranger)]
    client.force_login(judge)
    at = f"/en/forum/topics/{question.public_id}/posts/2/seal/"
    sent = {"reason": "A child may be hurt tonight.", "kind": ""}
    assert client.post(at, sent).status_code == 422
    assert client.post(at, {**sent, "kind": "young"}).status_code == 302
    ask_to_open(posts[0], by=judge, reason="Somebody said they would kill her.", kind=SealReason.VIOLENCE)
    client.logout()
    assert "No seal was ever asked for" in client.get("/en/forum/moderation/seals/").content.decode()
    for row in SealOpening.objects.all():
        answer(row, by=staff, agrees=row.post == posts[1])
    html = client.get("/en/forum/moderation/seals/").content.decode()
    told = ("A danger to a young person", "agreed: two people", "Somebody may be hurt or killed", "refused: nobody")
    assert [words in html for words in told] == [True] * 4
    hidden = (judge.public_name, staff.public_name, stranger.username, question.title, "tonight", posts[0].writer)
    whole = {words: rf"\b{re.escape(words)}\b" for words in (*hidden, question.board.title_en)}  # "Sea" is in "Search"
    assert [words for words, pattern in whole.items() if re.search(pattern, html)] == []
    client.force_login(stranger)
    assert "A child may be hurt tonight." in client.get("/en/forum/protected/").content.decode()


def test_a_case_of_an_unmasked_post_costs_no_tag(question: Topic, judge: User, stranger: User) -> None:
    report(question.posts.get(), by=stranger, reason=HideReason.SPAM)
    assert Case.objects.visible_to(judge).count() == count_waiting(judge) == 1
    assert judge.groups.filter(name=MODERATORS).exists()
