"""Protected posting: a name for one topic, the person sealed. Each test of a leak looks for the person in one place."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core import serializers
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.translation import override

from accounts.models import User
from accounts.rules import MODERATORS, STAFF
from accounts.services import collect_export, delete_account
from forums import rules, seals
from forums.enums import HideReason, TopicKind, TrustLevel
from forums.errors import CaseError, NotAllowedError
from forums.models import Board, BoardMarker, HeldPost, Mask, ModerationAction, Post, ReadMarker, SealOpening, Topic
from forums.models.mask import NAMES
from forums.services import delete, hide, read_after, reply, report
from forums.services.cases.opening import appeal
from forums.services.following import name_author
from forums.services.holding import release
from forums.services.masking import wear_mask, write_reply
from forums.services.protecting import list_masks, reply_protected, start_protected
from forums.services.quotes import make_quote
from forums.services.trust import gather_facts
from forums.services.unread import mark_all_read
from forums.services.unsealing import answer, ask_to_open, find_person, list_openings
from notifications.models import Notification
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.forums import BoardFactory, make_reply, make_topic

WORDS = "គេសុំលុយពីខ្ញុំ ពេលខ្ញុំយកសំបុត្រកំណើត"


@pytest.fixture
def writer(db: None) -> User:
    """Somebody whose every name can be looked for."""
    return UserFactory.create(
        username="whistle",
        family_name_km="លាក់",
        given_name_km="មេស្រីៗ",
        family_name_latin="HID",
        given_name_latin="Namely",
    )


@pytest.fixture
def post(question: Topic, writer: User) -> Post:
    return write_reply(question, wear_mask(writer, question.public_id), source=WORDS, client_id=uuid.uuid4())


def make_one(username: str, group: str) -> User:
    user = UserFactory.create(username=username)
    user.groups.add(Group.objects.get_or_create(name=group)[0])
    return user


def traces(user: User) -> list[str]:
    """What would give the person away in a text."""
    hidden = [user.username, user.given_name_km, user.given_name_latin, str(user.public_id), user.public_id.hex]
    return [*hidden, user.family_name_km, user.family_name_latin]


def found_in(text: str, user: User) -> list[str]:
    return [trace for trace in traces(user) if trace in text]


def test_no_row_of_the_database_leads_to_the_person(
    client: Client, question: Topic, writer: User, django_capture_on_commit_callbacks: Any
) -> None:
    """All rows of all tables, before and after: nothing new names the person, by key or by name."""

    def rows() -> set[str]:
        return {
            serializers.serialize("json", [row])
            for model in apps.get_models()
            if model._meta.app_label in {"forums", "notifications", "accounts"} and model is not User
            for row in model._default_manager.all()
        }

    client.force_login(writer)
    address = f"/en/forum/topics/{question.public_id}/protected/"
    client.get(address)
    User.objects.filter(pk=writer.pk).update(birth_year=1990)
    Mask.objects.all().delete()
    before = rows()
    with django_capture_on_commit_callbacks(execute=True):
        reply_protected(question, by=writer, source=WORDS, client_id=uuid.uuid4())
    client.get(f"/en/forum/topics/{question.public_id}/")
    new = [row for row in rows() - before if '"forums.topic"' not in row]
    assert any("forums.mask" in row for row in new)
    for row in new:
        assert found_in(row, writer) == []
        fields = json.loads(row)[0]["fields"]
        people = {name: value for name, value in fields.items() if name in {"author", "user", "recipient", "by"}}
        assert writer.pk not in people.values(), row
    assert not ReadMarker.objects.filter(user=writer).exists()


def test_times_are_kept_by_the_hour(question: Topic, post: Post) -> None:
    event = post.events.get()
    assert [moment.strftime("%M:%S") for moment in (post.created_at, event.created_at)] == ["00:00", "00:00"]


@pytest.mark.parametrize("who", ["visitor", "stranger", "judge", "clerk"])
def test_no_page_shows_the_person(
    client: Client, post: Post, writer: User, stranger: User, judge: User, clerk: User, who: str
) -> None:
    users = {"stranger": stranger, "judge": judge, "clerk": clerk}
    if who in users:
        client.force_login(users[who])
    report(post, by=UserFactory.create(), reason=HideReason.INSULT)
    at = f"/forum/topics/{post.topic.public_id}/"
    api = f"/api/v1/topics/{post.topic.public_id}/posts/"
    pages = [
        f"/en{at}",
        f"/km{at}",
        f"/en{at}posts/{post.number}/",
        f"/en{at}after/?after=0",
        api,
    ]
    pages += [
        "/en/forum/reports/",
        "/en/forum/",
        f"/en/forum/find/?q={WORDS[:8]}",
        f"/en{at}posts/{post.number}/history/",
    ]
    html = [client.get(page).content.decode() for page in pages]
    assert WORDS in html[0]
    with override("km"):
        assert post.writer in html[1]
    assert [found_in(text, writer) for text in html] == [[]] * len(pages)


def test_live_fragments_quotes_and_the_feed_of_changes_carry_the_mask(post: Post, writer: User) -> None:
    text = json.dumps(read_after(post.topic, seq=0), ensure_ascii=False) + make_quote(post)
    assert (found_in(text, writer), post.writer in text) == ([], True)


def test_followers_hear_of_it_without_a_name(
    question: Topic, writer: User, learner: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write_reply(question, wear_mask(writer, question.public_id), source=WORDS, client_id=uuid.uuid4())
    rows = list(Notification.objects.values_list("recipient", "data"))
    assert writer.pk not in [person for person, _ in rows]
    assert found_in(json.dumps(rows, default=str, ensure_ascii=False), writer) == []


def test_one_mask_in_a_topic_another_in_the_next(question: Topic, board: Board, writer: User, learner: User) -> None:
    mine = [wear_mask(writer, question.public_id) for _ in range(2)]
    theirs, other = wear_mask(learner, question.public_id), wear_mask(writer, uuid.uuid4())
    assert mine[0] == mine[1]
    assert len({mine[0].tag, theirs.tag, other.tag}) == 3
    assert mine[0].name != theirs.name
    assert {mask.pk for mask in list_masks(writer)} == {mine[0].pk, other.pk}


def test_without_the_key_nothing_opens(question: Topic, writer: User, settings: Any) -> None:
    mask = wear_mask(writer, question.public_id)
    sealed: dict[str, Any] = {"topic": question.public_id, "tag": mask.tag}
    assert seals.unseal(mask.sealed, **sealed) == writer.public_id
    with pytest.raises(seals.SealError):
        seals.unseal(mask.sealed, topic=uuid.uuid4(), tag=mask.tag)  # moved to another row it opens no more
    old = settings.SEAL_KEYS
    settings.SEAL_KEYS = [b"another key of thirty two bytes!", *old]  # a new key before the old one
    assert (seals.unseal(mask.sealed, **sealed), rules.wears(writer, mask)) == (writer.public_id, True)
    settings.SEAL_KEYS = [b"another key of thirty two bytes!"]
    with pytest.raises(seals.SealError):
        seals.unseal(mask.sealed, **sealed)
    assert not rules.wears(writer, mask)
    settings.SEAL_KEYS = []
    assert not rules.can_protect(writer, question.board)


def test_the_database_refuses_a_mask_with_a_name_beside_it(post: Post, writer: User, office: Any) -> None:
    for values in ({"author": writer}, {"office": office}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Post.objects.filter(pk=post.pk).update(**values)


def test_who_may_write_protected(question: Topic, writer: User, clerk: User, judge: User) -> None:
    """The truth table: nobody of the office concerned, where everybody reads, from 15."""
    child = UserFactory.create(birth_year=2016)
    other = MembershipFactory.create().user
    board = question.board
    people = (writer, clerk, judge, child, other)
    assert [rules.can_protect(user, board) for user in people] == [True, False, True, False, True]
    private = BoardFactory.build(kind="office")
    assert not rules.can_protect(writer, private)
    with pytest.raises(NotAllowedError):
        reply_protected(question, by=clerk, source=WORDS, client_id=uuid.uuid4())


@pytest.fixture
def holds(settings: Any) -> None:
    settings.FIRST_POSTS_HELD = 1


@pytest.mark.usefixtures("holds")
def test_writing_on_the_page_explains_first(client: Client, question: Topic, writer: User, judge: User) -> None:
    client.force_login(writer)
    address = f"/en/forum/topics/{question.public_id}/protected/"
    html = client.get(address).content.decode()
    assert all(words in html for words in ("Who sees what", "What this cannot hide", "only by the hour"))
    assert "data-draft" not in html
    sent = {"source": WORDS, "client_id": str(uuid.uuid4())}
    assert client.post(address, sent).status_code == 422  # not read
    answers = [client.post(address, {**sent, "understood": "on"})["Location"] for _ in range(2)]
    held = HeldPost.objects.get()  # somebody new waits under the mask too
    assert (answers[0] == answers[1], held.author, held.writer != "") == (True, None, True)
    assert WORDS in client.get(answers[0]).content.decode()
    post = release(held, by=judge)
    assert (post.number, post.author, post.writer) == (2, None, held.writer)
    assert WORDS not in client.get("/en/forum/protected/").content.decode()
    assert question.title in client.get("/en/forum/protected/").content.decode()


@pytest.mark.usefixtures("holds")
def test_a_topic_can_begin_protected(board: Board, writer: User, judge: User) -> None:
    words: dict[str, Any] = {"kind": TopicKind.QUESTION, "title": "ថ្លៃសេវា", "source": WORDS, "client_id": uuid.uuid4()}
    held = start_protected(board, by=writer, **words)
    assert start_protected(board, by=writer, **words) == held
    assert isinstance(held, HeldPost)
    topic = release(held, by=judge).topic
    assert (topic.author, topic.posts.get().mask, topic.title) == (None, held.mask, "ថ្លៃសេវា")
    assert list_masks(writer) == [held.mask]
    assert hasattr(topic, "asked")  # the office's clock runs for it as for every question


def test_its_author_deletes_it_and_nobody_edits_it(post: Post, writer: User, learner: User) -> None:
    rules_of = [(rules.can_delete(user, post), rules.can_edit(user, post)) for user in (writer, learner)]
    assert rules_of == [(True, False), (False, False)]
    assert (rules.can_report(writer, post), rules.can_react(writer, post)) == (False, False)
    assert not delete(post, by=writer).is_visible


def test_moderation_reaches_the_author_and_counts_without_a_name(
    client: Client, post: Post, writer: User, judge: User, learner: User
) -> None:
    hide(post, by=judge, reason=HideReason.INSULT)
    act = ModerationAction.objects.get()
    assert (gather_facts(writer).strikes, gather_facts(learner).strikes) == (1, 0)
    client.force_login(writer)
    assert act.get_absolute_url().replace("/km/", "/en/") in client.get("/en/forum/protected/").content.decode()
    assert appeal(act, by=writer, words="ពិត").is_appeal
    with pytest.raises(NotAllowedError):
        appeal(act, by=learner, words="x")
    client.force_login(learner)
    assert client.get(act.get_absolute_url()).status_code == 404


def test_a_mask_is_no_way_around_a_moderators_conflict(post: Post, writer: User) -> None:
    writer.groups.add(Group.objects.get_or_create(name=MODERATORS)[0])
    with pytest.raises(NotAllowedError):
        hide(post, by=User.objects.get(pk=writer.pk), reason=HideReason.INSULT)


def test_two_people_open_a_seal_and_its_author_reads_why(
    client: Client, post: Post, writer: User, judge: User, clerk: User
) -> None:
    officer, other = make_one("officer", STAFF), make_one("other", STAFF)
    row = ask_to_open(post, by=judge, reason="A child may be hurt tonight.")
    with pytest.raises(NotAllowedError):
        find_person(row, by=judge)
    for user in (judge, clerk, writer):
        with pytest.raises(NotAllowedError):
            answer(row, by=user, agrees=True)
    row = answer(row, by=officer, agrees=True)
    assert [find_person(row, by=user) for user in (judge, officer)] == [writer, writer]
    with pytest.raises(NotAllowedError):
        find_person(row, by=other)
    with pytest.raises(CaseError):
        answer(row, by=other, agrees=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        SealOpening.objects.filter(pk=row.pk).update(decided_by=judge)
    client.force_login(writer)
    html = client.get("/en/forum/protected/").content.decode()
    assert ("The seal was opened" in html, "A child may be hurt tonight." in html) == (True, True)
    client.force_login(judge)
    assert writer.username in client.get(f"/en/forum/seals/{row.public_id}/").content.decode()
    client.force_login(other)
    assert found_in(client.get(f"/en/forum/seals/{row.public_id}/").content.decode(), writer) == []
    SealOpening.objects.update(decided_at=row.decided_at.replace(year=2020))  # type: ignore[union-attr]
    with pytest.raises(NotAllowedError):
        find_person(SealOpening.objects.select_related("mask").get(), by=judge)


def test_one_person_with_both_roles_opens_nothing(post: Post) -> None:
    both = UserFactory.create(is_superuser=True)
    row = ask_to_open(post, by=both, reason="A child may be hurt tonight.")
    with pytest.raises(NotAllowedError):
        answer(row, by=both, agrees=True)
    assert list(list_openings(both)) == [row]


def test_export_and_leaving(post: Post, writer: User) -> None:
    assert [row["text"] for row in collect_export(writer)["parts"]["forum_protected"]] == [WORDS]
    delete_account(writer)
    post.refresh_from_db()
    assert post.mask is not None
    assert (post.mask.sealed, post.is_visible, list_masks(writer)) == ("", True, [])


def test_brakes_count_across_masks(client: Client, question: Topic, writer: User) -> None:
    for number in range(4):
        key = uuid.uuid4()
        topic = make_reply(question).topic
        write_reply(topic, wear_mask(writer, key), source=f"{WORDS} {number}", client_id=uuid.uuid4())
    client.force_login(writer)
    sent = {"source": "ផ្សេងទៀត", "client_id": str(uuid.uuid4()), "understood": "on"}
    answers = [client.post(f"/en/forum/topics/{question.public_id}/protected/", sent).status_code]
    client.force_login(UserFactory.create())
    answers.append(client.post(f"/en/forum/topics/{question.public_id}/protected/", sent).status_code)
    assert (answers, gather_facts(writer).level) == ([429, 302], TrustLevel.NEW)


def test_where_one_wears_a_mask_nothing_stays_unread_and_no_marker_has_a_name(
    client: Client, question: Topic, board: Board, writer: User, learner: User
) -> None:
    other = make_topic(board)
    BoardMarker.objects.create(user=writer, board=board, begun=0, since=question.created_at - timedelta(days=1))

    def unread() -> int:
        return int(Topic.objects.for_reader(writer).get(pk=question.pk).unread)

    client.force_login(writer)
    for topic in (question, other):
        client.get(topic.get_absolute_url())
    write_reply(question, wear_mask(writer, question.public_id), source=WORDS, client_id=uuid.uuid4())
    reply(question, by=learner, source="អរគុណ")
    reply(other, by=learner, source="អរគុណ")
    assert unread() == 2
    mark_all_read(writer)
    assert unread() == 0
    assert list(ReadMarker.objects.filter(user=writer).values_list("topic", "last_number")) == [(other.pk, 2)]
    ReadMarker.objects.create(user=writer, topic=question, last_number=1)
    client.get(question.get_absolute_url())
    assert not ReadMarker.objects.filter(user=writer, topic=question).exists()
    assert Mask.objects.get().seen == 3


def test_who_wrote_it_under_a_mask_never_opens_its_case(client: Client, post: Post, writer: User, judge: User) -> None:
    case = report(post, by=UserFactory.create(), reason=HideReason.INSULT).case
    writer.groups.add(judge.groups.get())
    found = []
    for user in (writer, judge):
        client.force_login(user)
        found.append(client.get(f"/en/forum/reports/{case.public_id}/").status_code)
    assert found == [404, 200]


def test_followers_hear_the_whole_name_of_a_mask(post: Post) -> None:
    assert post.mask is not None
    post.mask.name += len(NAMES)
    assert name_author(post)["name"] == post.mask.names
    assert post.mask.names["en"].endswith(" 2")


def test_a_question_answered_by_a_mask_keeps_the_hour_alone(writer: User) -> None:
    topic = make_topic(BoardFactory.create())
    write_reply(topic, wear_mask(writer, topic.public_id), source=WORDS, client_id=uuid.uuid4())
    topic.refresh_from_db()
    assert topic.answered_at is not None
    assert topic.answered_at.strftime("%M:%S.%f") == "00:00.000000"
