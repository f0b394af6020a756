"""What readers see in place of a post, who may say it, and who may change it: each act in the states it can meet."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import Organisation, User
from accounts.rules import MODERATORS, STAFF
from forums.enums import HideReason, ModerationKind, PostState, WordEffect
from forums.errors import CaseError, WatchedWordError
from forums.models import Case, ModerationAction, Post, Subscription, Topic, WatchedWord
from forums.services import delete, edit, hide, report, restore
from forums.services.cases.deciding import decide, take
from forums.services.cases.opening import appeal
from forums.services.order import lock
from forums.services.rearranging import merge, move_topic
from forums.services.watching import save_word
from notifications.models import Notification
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.forums import BoardFactory, make_reply, make_topic

HIDE = ModerationKind.HIDE


def make_one(username: str, group: str, **values: Any) -> User:
    user = UserFactory.create(username=username, **values)
    user.groups.add(Group.objects.get_or_create(name=group)[0])
    return user


def address(post: Post, act: str) -> str:
    return f"/en/forum/topics/{post.topic.public_id}/posts/{post.number}/{act}/"


@pytest.fixture
def post(question: Topic, stranger: User) -> Post:
    return make_reply(question, source="ប្រមាថ", by=stranger)


@pytest.fixture
def officer(db: None) -> User:
    """One of the programme's staff."""
    return make_one("officer", STAFF)


@pytest.mark.parametrize(
    ("reason", "is_taken"),
    [
        ("I found the answer.", True),
        ("I asked it on 12/03/2026, again on 14.", True),
        ("Buy at cheap-phones.shop", False),
        ("Call 012 345 678", False),
        ("ទូរសព្ទ ០១២៣៤៥៦៧៨", False),
        ("ha" * 60, False),
        ("មនុស្សអាក្រក់", False),
    ],
)
def test_the_reason_of_a_deletion_passes_the_brakes(
    client: Client, post: Post, stranger: User, judge: User, reason: str, is_taken: bool
) -> None:
    save_word(WatchedWord(word="អាក្រក់", effect=WordEffect.HOLD, reason=HideReason.INSULT), by=judge)
    client.force_login(stranger)
    answer = client.post(address(post, "delete"), {"reason": reason})
    post.refresh_from_db()
    assert (answer.status_code, post.is_visible) == ((302, False) if is_taken else (422, True))
    if not is_taken:
        assert f'value="{reason}"' in answer.content.decode()


def test_the_service_refuses_a_watched_reason_too(post: Post, stranger: User, judge: User) -> None:
    save_word(WatchedWord(word="អាក្រក់", effect=WordEffect.HOLD, reason=HideReason.INSULT), by=judge)
    with pytest.raises(WatchedWordError):
        delete(post, by=stranger, reason="អាក្រក់")


def test_the_reason_of_a_deletion_can_be_reported_and_taken_out(
    client: Client, post: Post, stranger: User, learner: User, judge: User
) -> None:
    delete(post, by=stranger, reason="ពាក្យរបស់ខ្ញុំ")
    client.force_login(learner)
    assert address(post, "report") in client.get(address(post, "report").replace("report/", "")).content.decode()
    assert client.post(address(post, "report"), {"reason": HideReason.INSULT}).status_code == 302
    case = Case.objects.with_parts().get(post=post)
    client.force_login(judge)
    assert "ពាក្យរបស់ខ្ញុំ" in client.get(case.get_absolute_url()).content.decode()
    decide(case, by=judge, ruling=HIDE)
    post.refresh_from_db()
    assert (post.state, post.removal_reason) == (PostState.DELETED, "")
    post.topic.refresh_from_db()
    assert (post.topic.post_count, post.topic.is_hidden) == (1, False)


def test_a_reason_with_a_word_to_look_at_opens_a_case(post: Post, stranger: User, judge: User) -> None:
    save_word(WatchedWord(word="បក្ស", effect=WordEffect.FLAG, reason=HideReason.PARTY), by=judge)
    delete(post, by=stranger, reason="បក្ស")
    assert Case.objects.get(post=post).reason == HideReason.PARTY


def test_a_first_post_taken_back_with_words_does_not_hide_the_topic(
    question: Topic, learner: User, judge: User
) -> None:
    first = question.posts.get(number=1)
    delete(first, by=learner, reason="ពាក្យ")
    hide(first, by=judge, reason=HideReason.SPAM)
    question.refresh_from_db()
    first.refresh_from_db()
    assert (question.is_hidden, first.removal_reason, question.post_count) == (False, "", 0)


def test_hiding_what_a_colleague_looks_after_says_so(client: Client, post: Post, learner: User, judge: User) -> None:
    colleague = make_one("colleague", MODERATORS)
    report(post, by=learner, reason=HideReason.SPAM)
    take(Case.objects.with_parts().get(), by=colleague)
    client.force_login(judge)
    answer = client.post(address(post, "hide"), {"reason": HideReason.SPAM}, follow=True)
    post.refresh_from_db()
    assert (answer.status_code, post.is_visible) == (200, True)
    assert f"{colleague.public_name} is looking at this" in answer.content.decode()


def test_only_the_programme_shows_what_the_programme_hid(
    client: Client, post: Post, learner: User, judge: User, officer: User
) -> None:
    report(post, by=learner, reason=HideReason.EXCLUSION)
    decide(Case.objects.with_parts().get(), by=officer, ruling=HIDE)
    client.force_login(judge)
    assert "Only the programme can show it again" in client.post(address(post, "restore"), follow=True).content.decode()
    post.refresh_from_db()
    assert (post.state, ModerationAction.objects.standing().filter(kind=HIDE).count()) == (PostState.HIDDEN, 1)
    with pytest.raises(CaseError):
        restore(post, by=judge)
    restore(post, by=UserFactory.create(is_superuser=True))
    post.refresh_from_db()
    assert post.is_visible


def test_what_is_shown_again_leaves_no_appeal_to_decide(post: Post, stranger: User, judge: User) -> None:
    hide(post, by=judge, reason=HideReason.INSULT)
    act = ModerationAction.objects.select_related("post__author", "post__topic", "case").get()
    appeal(act, by=stranger, words="I named nobody.")
    restore(post, by=judge)
    case = Case.objects.with_parts().get(against=act)
    assert (case.ruling, case.closed_by, case.is_open) == (ModerationKind.OVERTURN, judge, False)
    elsewhere = UserFactory.create(is_superuser=True)
    with pytest.raises(CaseError):
        decide(case, by=elsewhere, ruling=ModerationKind.UPHOLD)


def test_a_moderator_of_the_office_reads_nothing_hidden_there(
    client: Client, question: Topic, post: Post, office: Organisation, stranger: User, learner: User, judge: User
) -> None:
    insider = make_one("insider", MODERATORS)
    MembershipFactory.create(user=insider, organisation=office)
    edit(post, by=stranger, source="ពាក្យផ្សេង")
    hide(post, by=judge, reason=HideReason.INSULT)
    seen = {}
    for user in (insider, judge):
        client.force_login(user)
        seen[user.username] = [client.get(address(post, "history")).status_code]
    hide(question.posts.get(number=1), by=judge, reason=HideReason.INSULT)
    for user in (insider, judge):
        client.force_login(user)
        seen[user.username].append(client.get(question.get_absolute_url()).status_code)
        seen[user.username].append(Topic.objects.visible_to(User.objects.get(pk=user.pk)).count())
    assert seen == {"insider": [404, 404, 0], "judge": [200, 200, 1]}


def test_who_reported_a_post_is_not_offered_to_hide_it(client: Client, post: Post, judge: User) -> None:
    report(post, by=judge, reason=HideReason.SPAM)
    other = make_one("other", MODERATORS)
    offered = {}
    for user in (judge, other):
        client.force_login(user)
        html = client.get(address(post, "hide").replace("hide/", "")).content.decode()
        offered[user.username] = (address(post, "hide") in html, "another moderator decides" in html)
    assert offered == {"judge": (False, True), "other": (True, False)}


def test_an_author_finds_the_decisions_about_their_posts(
    client: Client, question: Topic, post: Post, learner: User, stranger: User, judge: User
) -> None:
    client.force_login(learner)
    assert "Decisions about my posts" not in client.get("/en/forum/trust/").content.decode()
    first = question.posts.get(number=1)
    hide(first, by=judge, reason=HideReason.PARTY)
    hide(post, by=judge, reason=HideReason.SPAM)
    acts = {act.post_id: act.get_absolute_url() for act in ModerationAction.objects.all()}
    html = client.get("/en/forum/trust/").content.decode()
    assert (acts[first.pk] in html, acts[post.pk] in html) == (True, False)
    restore(first, by=judge)
    assert "taken back later" in client.get("/en/forum/trust/").content.decode()


@pytest.mark.parametrize("is_hidden", [False, True])
def test_the_programme_reads_around_what_it_decides(
    client: Client, question: Topic, post: Post, officer: User, learner: User, judge: User, is_hidden: bool
) -> None:
    make_reply(question, source="ពាក្យបន្ទាប់")
    report(post, by=learner, reason=HideReason.EXCLUSION)
    if is_hidden:
        hide(question.posts.get(number=1), by=judge, reason=HideReason.PARTY)
    client.force_login(officer)
    html = client.get(f"/en/forum/reports/{Case.objects.get(post=post).public_id}/").content.decode()
    found = ("Read it in its topic" in html, "What stands around it" in html, "ពាក្យបន្ទាប់" in html)
    assert found == ((False, True, True) if is_hidden else (True, False, False))


@pytest.mark.parametrize("act", ["move", "merge", "lock"])
def test_who_began_or_follows_a_topic_hears_what_became_of_it(
    question: Topic, learner: User, stranger: User, judge: User, act: str, django_capture_on_commit_callbacks: Any
) -> None:
    make_reply(question, by=stranger)
    Subscription.objects.get_or_create(topic=question, user=stranger, defaults={"level": "watch"})
    other = make_topic(BoardFactory.create())
    Notification.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        if act == "move":
            move_topic(question, by=judge, board=other.board, reason="It is about roads.")
        elif act == "merge":
            merge(question, by=judge, into=other, reason="It is about roads.")
        else:
            lock(question, by=judge, reason="It is about roads.")
    told = {row.recipient: row for row in Notification.objects.filter(kind__startswith="forums.topic_")}
    assert set(told) == ({learner} if act == "lock" else {learner, stranger})
    assert told[learner].data["reason"] == "It is about roads."
    there = other if act == "merge" else question
    assert str(there.public_id) in told[learner].url
