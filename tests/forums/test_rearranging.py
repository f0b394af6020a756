"""What else goes along when topics move, join and part."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from courses.models import LessonTopic
from forums import rules
from forums.enums import HoldReason, IdeaStatus, ModerationKind, PinScope, PollWay, TopicKind
from forums.errors import CannotRearrangeError, NotAllowedError
from forums.models import Asked, Board, Draft, HeldPost, Idea, ModerationAction, Subscription, Topic
from forums.services import edit, get_board_of, open_board_of_office, remove_version, reply
from forums.services.drafts import Words, save_draft
from forums.services.following import follow
from forums.services.holding import hold, release
from forums.services.ideas.judging import judge as say
from forums.services.ideas.moving import move
from forums.services.ideas.supporting import support
from forums.services.masking import wear_mask, write_reply
from forums.services.moving import move_topics
from forums.services.order import lock, pin
from forums.services.polls.making import PollFacts, add_poll
from forums.services.questions.clock import remind_of_questions
from forums.services.rearranging import merge, move_topic, split
from home.services.officials import count_waiting
from notifications.models import Notification
from places.models import Commune
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.forums import BoardFactory, make_topic


def test_what_waits_and_what_is_unsent_goes_where_the_topic_goes(
    board: Board, office: Organisation, judge: User, learner: User, stranger: User
) -> None:
    one, two = make_topic(board), make_topic(board)
    held = hold(board, by=learner, why=HoldReason.FIRST, topic=two, source="រង់ចាំ", client_id=uuid.uuid4())
    for topic, person, words in ((two, learner, "ក"), (one, stranger, "ខ"), (two, stranger, "គ")):
        save_draft(f"topic-{topic.public_id}", Words(words), by=person)
    merge(two, by=judge, into=one, reason="ដូចគ្នា")
    two.refresh_from_db()
    assert not rules.can_reply(learner, two)
    with pytest.raises(NotAllowedError):
        reply(two, by=learner, source="យឺត")
    kept = Draft.objects.order_by("user").values_list("user", "topic", "key", "source")
    key = f"topic-{one.public_id}"
    assert set(kept) == {(learner.pk, one.pk, key, "ក"), (stranger.pk, one.pk, key, "ខ\n\nគ")}
    hall = open_board_of_office(office)
    move_topic(one, by=judge, board=hall, reason="r")
    held.refresh_from_db()
    assert (held.topic, held.board) == (one, hall)


def test_what_waited_for_a_joined_topic_is_let_through_in_the_other(board: Board, judge: User, learner: User) -> None:
    one, two = make_topic(board), make_topic(board)
    held = hold(board, by=learner, why=HoldReason.FIRST, topic=two, source="រង់ចាំ", client_id=uuid.uuid4())
    merge(two, by=judge, into=one, reason="ដូចគ្នា")
    post = release(HeldPost.objects.get(pk=held.pk), by=judge)
    assert (post.topic, post.number, post.source) == (one, 3, "រង់ចាំ")


def test_a_reply_to_a_joined_topic_waits_in_the_form_of_the_other(
    client: Client, board: Board, judge: User, learner: User
) -> None:
    one, two = make_topic(board), make_topic(board)
    merge(two, by=judge, into=one, reason="ដូចគ្នា")
    client.force_login(learner)
    data = {"source": "ពាក្យដែលវាយយូរ", "client_id": str(uuid.uuid4())}
    answer = client.post(f"/km/forum/topics/{two.public_id}/reply/", data)
    assert (answer.status_code, answer["Location"]) == (302, f"{one.get_absolute_url()}#reply")
    assert "ពាក្យដែលវាយយូរ" in client.get(one.get_absolute_url()).content.decode()
    assert Topic.objects.get(pk=one.pk).last_number == 2
    assert client.post(f"/km/forum/topics/{uuid.uuid4()}/reply/", data).status_code == 404


def test_what_a_poll_a_lesson_or_a_mask_hangs_on_is_not_joined(
    client: Client, board: Board, judge: User, learner: User
) -> None:
    polled, lesson, masked, one = (make_topic(board, by=learner) for _ in range(4))
    add_poll(polled, PollFacts("ពណ៌?", ["ក", "ខ"], PollWay.SINGLE, days=3), by=learner)
    LessonTopic.objects.create(topic=lesson, lesson_key=uuid.uuid4())
    write_reply(masked, wear_mask(learner, masked.public_id), source="ស្ងាត់", client_id=uuid.uuid4())
    client.force_login(judge)
    for topic, why in ((polled, "has a poll"), (lesson, "belongs to a lesson"), (masked, "protected posts")):
        data = {"act": "merge", "merge-into": one.get_absolute_url(), "merge-reason": "r"}
        page = client.post(f"/en/forum/topics/{topic.public_id}/order/", data)
        assert (page.status_code, why in page.content.decode()) == (422, True), why
        assert Topic.objects.get(pk=topic.pk).moved_to is None
    with pytest.raises(CannotRearrangeError, match="protected posts"):
        split(masked, by=judge, numbers=[2], title="t", reason="r")
    assert merge(one, by=judge, into=polled, reason="r").poll.question == "ពណ៌?"


def test_a_masked_post_that_waits_keeps_its_topic_too(board: Board, judge: User, learner: User) -> None:
    one, two = make_topic(board), make_topic(board)
    mask = wear_mask(learner, two.public_id)
    hold(board, mask=mask, why=HoldReason.FIRST, topic=two, source="រង់ចាំ", client_id=uuid.uuid4())
    with pytest.raises(CannotRearrangeError):
        merge(two, by=judge, into=one, reason="r")


def test_a_question_that_moves_is_asked_anew(board: Board, judge: User, learner: User, clerk: User) -> None:
    topic, general = make_topic(board, by=learner), BoardFactory.create()
    other = get_board_of(OfficeFactory.create().commune)
    reply(topic, by=clerk, source="ឆ្លើយ", as_answer=True)
    topic = move_topic(Topic.objects.get(pk=topic.pk), by=judge, board=other, reason="r")
    assert (topic.answer, topic.is_answered, topic.answered_at) == (None, False, None)
    assert Asked.objects.get(topic=topic).due_at is not None
    topic = move_topic(topic, by=judge, board=general, reason="r")
    assert not Asked.objects.filter(topic=topic).exists()
    move_topic(topic, by=judge, board=board, reason="r")
    assert Asked.objects.get(topic=topic).due_at is not None


def test_nobody_waits_for_an_answer_to_a_joined_question(
    board: Board, judge: User, learner: User, commune: Commune
) -> None:
    one, two = make_topic(board, kind=TopicKind.DISCUSSION), make_topic(board, by=learner)
    assert count_waiting(board).count == 1
    merge(two, by=judge, into=one, reason="r")
    past = timezone.now() - timedelta(days=4)
    Asked.objects.update(since=past, due_at=past + timedelta(days=7))
    assert (count_waiting(board).count, remind_of_questions()) == (0, 0)


def test_a_moderator_of_the_office_keeps_out(
    client: Client, board: Board, office: Organisation, judge: User, clerk: User, stranger: User
) -> None:
    one, two = make_topic(board, replies=1), make_topic(board)
    post = reply(one, by=stranger, source="ចាស់")
    edit(post, by=stranger, source="ថ្មី")
    clerk.groups.add(judge.groups.get())
    clerk = User.objects.get(pk=clerk.pk)
    until = timezone.now() + timedelta(days=1)
    for act in (
        lambda: move_topic(one, by=clerk, board=BoardFactory.create(), reason="r"),
        lambda: merge(one, by=clerk, into=two, reason="r"),
        lambda: split(one, by=clerk, numbers=[2], title="t", reason="r"),
        lambda: lock(one, by=clerk, reason="r"),
        lambda: pin(one, by=clerk, scope=PinScope.SITE, until=until, reason="r"),
        lambda: remove_version(post, number=1, by=clerk),
    ):
        with pytest.raises(NotAllowedError):
            act()
    client.force_login(clerk)
    at = f"/en/forum/topics/{one.public_id}/posts/{post.number}/history/"
    assert "for good" not in client.get(at).content.decode()
    client.force_login(judge)
    assert "for good" in client.get(at).content.decode()
    for _ in range(2):
        remove_version(post, number=1, by=judge)
    assert [act.kind for act in ModerationAction.objects.filter(post=post)] == [ModerationKind.ERASE]


def test_a_protected_topic_stays_where_its_writer_reads_it(
    board: Board, office: Organisation, judge: User, learner: User
) -> None:
    topic = make_topic(board)
    write_reply(topic, wear_mask(learner, topic.public_id), source="ការពារ", client_id=uuid.uuid4())
    with pytest.raises(CannotRearrangeError):
        move_topic(topic, by=judge, board=open_board_of_office(office), reason="r")
    assert move_topic(topic, by=judge, board=BoardFactory.create(), reason="r").has_protected


def test_an_idea_begins_anew_before_another_commune(
    board: Board, judge: User, learner: User, clerk: User, django_capture_on_commit_callbacks: Any
) -> None:
    idea = make_topic(board, by=learner, kind=TopicKind.IDEA)
    for verb in ("review", "start", "finish"):
        move(idea, verb, by=clerk, words="យើងធ្វើហើយ។")
    say(idea, by=learner, is_done=True)
    support(idea, by=UserFactory.create())
    elsewhere = OfficeFactory.create()
    there = MembershipFactory.create(organisation=elsewhere).user
    with pytest.raises(CannotRearrangeError):
        move_topic(idea, by=judge, board=BoardFactory.create(), reason="r")
    assert elsewhere.commune is not None
    with django_capture_on_commit_callbacks(execute=True):
        move_topic(idea, by=judge, board=get_board_of(elsewhere.commune), reason="r")
    found = Idea.objects.get()
    counts = (found.step_count, found.turn, found.yes_count, found.support_count)
    assert (found.status, counts, found.steps.get().number) == (IdeaStatus.RECEIVED, (1, 0, 0, 1), 1)
    assert not found.verdicts.exists()
    assert Notification.objects.get(kind="forums.idea_sent").recipient == there


def test_ideas_are_begun_before_a_commune_only(client: Client, board: Board, learner: User) -> None:
    client.force_login(learner)
    for place, offered in ((board, True), (BoardFactory.create(), False)):
        html = client.get(f"/km/forum/boards/{place.slug}/new/").content.decode()
        assert ("?kind=idea" in html) is offered
    assert (
        client.post(f"/km/forum/boards/{place.slug}/new/?kind=idea", {"kind": "idea", "title": "ក"}).status_code == 422
    )


def test_what_waits_and_who_follows_goes_where_a_commune_goes(board: Board, learner: User, stranger: User) -> None:
    make_topic(board)
    successor = OfficeFactory.create().commune
    new = get_board_of(successor)
    held = hold(board, by=learner, why=HoldReason.FIRST, kind="question", title="ក", source="ខ", client_id=uuid.uuid4())
    follow(board, by=learner, level="watch")
    follow(board, by=stranger, level="watch")
    follow(new, by=stranger, level="mute")
    assert board.commune is not None
    move_topics(board.commune, successor=successor)
    held.refresh_from_db()
    new.refresh_from_db()
    assert (held.board, new.begun_count, release(held).topic.board) == (new, 1, new)
    assert set(Subscription.objects.filter(board=new).values_list("user", "level")) == {
        (learner.pk, "watch"),
        (stranger.pk, "mute"),
    }
    assert not Subscription.objects.filter(board=board).exists()
