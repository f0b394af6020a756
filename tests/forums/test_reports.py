"""From a member's "Report" to the decision that everybody concerned is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.rules import MODERATORS, STAFF
from forums.enums import Desk, HideReason, ModerationKind, PostState, ReportOutcome
from forums.errors import CaseError, NotAllowedError
from forums.models import Case, ModerationAction, Post, ReplyTemplate, Report, Topic
from forums.services import collect_reports, hide, report, restore
from forums.services.cases.deciding import decide, give_back, take, undo
from forums.services.cases.telling import remind_of_overdue, tell_decisions
from notifications.models import Notification
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.forums import make_reply

QUEUE = "/en/forum/reports/"
HIDE, WARN, DISMISS = ModerationKind.HIDE, ModerationKind.WARN, ModerationKind.DISMISS


@pytest.fixture
def post(question: Topic) -> Post:
    return make_reply(question, source="ប្រមាថ")


@pytest.fixture
def officer(db: None) -> User:
    """One of the programme's staff."""
    return make_one("officer", STAFF)


def make_one(username: str, group: str, **values: Any) -> User:
    user = UserFactory.create(username=username, **values)
    user.groups.add(Group.objects.get_or_create(name=group)[0])
    return user


def address_of(post: Post) -> str:
    return f"/en/forum/topics/{post.topic.public_id}/posts/{post.number}/report/"


def case_of(post: Post, **wanted: Any) -> Case:
    return Case.objects.with_parts().get(post=post, **wanted)


def outcome(row: Report) -> tuple[str, User | None, bool]:
    row.refresh_from_db()
    return row.outcome, row.closed_by, row.closed_at is not None


def told(user: User) -> list[str]:
    return [row.kind.removeprefix("forums.") for row in Notification.objects.filter(recipient=user).order_by("pk")]


@pytest.fixture
def let_it_settle(django_capture_on_commit_callbacks: Any) -> Callable[[], int]:
    """The minutes in which a decision can be taken back are over."""

    def pass_time() -> int:
        Case.objects.filter(closed_at__isnull=False).update(closed_at=timezone.now() - timedelta(minutes=11))
        with django_capture_on_commit_callbacks(execute=True):
            return tell_decisions()

    return pass_time


def test_a_member_reports_a_post_once(client: Client, post: Post, stranger: User) -> None:
    client.force_login(stranger)
    assert address_of(post) in client.get(address_of(post).removesuffix("report/")).content.decode()
    for _ in range(2):
        response = client.post(address_of(post), {"reason": "insult", "note": "Line 1"}, follow=True)
        assert "A moderator will read your report" in response.content.decode()
    rows = list(Report.objects.values_list("post", "reporter", "reason", "note", "outcome"))
    assert rows == [(post.pk, stranger.pk, "insult", "Line 1", "")]
    assert [row["note"] for row in collect_reports(stranger)] == ["Line 1"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Choose what is wrong with it."),
        ({"reason": "made up"}, "Select a valid choice"),
        ({"reason": "other", "note": "\u202e"}, "Another reason needs a few words."),
    ],
)
def test_a_report_says_what_is_wrong(
    client: Client, post: Post, stranger: User, data: dict[str, str], words: str
) -> None:
    client.force_login(stranger)
    response = client.post(address_of(post), data)
    assert (response.status_code, words in response.content.decode()) == (422, True)
    assert Report.objects.count() == 0


def test_the_database_keeps_one_open_report_of_a_member(post: Post, stranger: User) -> None:
    report(post, by=stranger, reason=HideReason.PARTY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(post=post, reporter=stranger, reason=HideReason.PARTY)


def test_visitors_sign_in_first_and_nobody_reports_their_own(client: Client, question: Topic, learner: User) -> None:
    own = question.posts.get()
    response = client.get(address_of(own))
    assert (response.status_code, "next=" in response["Location"]) == (302, True)
    client.force_login(learner)
    assert client.get(address_of(own)).status_code == 403
    with pytest.raises(NotAllowedError):
        report(own, by=learner, reason=HideReason.OTHER, note="x")
    assert "/report/" not in client.get(question.get_absolute_url()).content.decode()


def test_one_tap_hides_the_post_and_closes_every_report_of_it(
    client: Client, post: Post, judge: User, stranger: User, clerk: User
) -> None:
    rows = [report(post, by=user, reason=HideReason.OTHER, note="Look") for user in (stranger, clerk)]
    case = case_of(post, report_count=2)
    client.force_login(judge)
    assert "Reported posts (1)" in client.get("/en/forum/").content.decode()
    assert "Another reason × 2" in client.get(QUEUE).content.decode()
    client.post(f"{QUEUE}{case.public_id}/decide/", {"ruling": "hide"})
    post.refresh_from_db()
    assert post.state == PostState.HIDDEN
    acts = list(ModerationAction.objects.values_list("moderator", "kind", "reason", "note"))
    assert acts == [(judge.pk, HIDE, HideReason.OTHER, "Look")]
    assert [outcome(row) for row in rows] == [(ReportOutcome.HIDDEN, judge, True)] * 2
    assert "No report and no appeal is waiting." in client.get(QUEUE).content.decode()
    assert "Undo" in client.get(f"{QUEUE}?show=done").content.decode()


def test_reporters_and_author_are_told_the_decision_and_its_reason(
    post: Post, judge: User, stranger: User, let_it_settle: Callable[[], int]
) -> None:
    words = ReplyTemplate.objects.create(name="Facts", text_km="សូមនិយាយពីរឿង", text_en="Say what happened.")
    report(post, by=stranger, reason=HideReason.SPAM)
    decide(case_of(post), by=judge, ruling=HIDE, reason=HideReason.INSULT, template=words)
    assert (tell_decisions(), told(stranger), told(post.author)) == (0, [], [])  # it could still be undone
    assert (let_it_settle(), tell_decisions()) == (1, 0)
    assert (told(stranger), told(post.author)) == (["report_decided"], ["post_hidden"])
    row = Notification.objects.get(recipient=post.author)
    assert (row.data["reason"], row.data["answer"]["en"]) == ("insult", "Say what happened.")
    assert row.url == ModerationAction.objects.get().get_absolute_url().removeprefix("/km")


@pytest.mark.parametrize(
    ("ruling", "result", "hears"),
    [(WARN, ReportOutcome.WARNED, ["post_warned"]), (DISMISS, ReportOutcome.NOTHING, [])],
)
def test_a_post_that_stays(
    post: Post,
    judge: User,
    stranger: User,
    let_it_settle: Callable[[], int],
    ruling: ModerationKind,
    result: str,
    hears: list[str],
) -> None:
    row = report(post, by=stranger, reason=HideReason.DANGER)
    decide(case_of(post), by=judge, ruling=ruling)
    let_it_settle()
    post.refresh_from_db()
    assert (post.is_visible, outcome(row), told(post.author)) == (True, (result, judge, True), hears)
    assert report(post, by=stranger, reason=HideReason.DANGER).pk != row.pk


def test_what_is_undone_was_never_done(
    post: Post, judge: User, stranger: User, let_it_settle: Callable[[], int]
) -> None:
    row = report(post, by=stranger, reason=HideReason.SPAM)
    case = case_of(post)
    decide(case, by=judge, ruling=HIDE)
    other = make_one("other", MODERATORS)
    with pytest.raises(CaseError):
        undo(Case.objects.with_parts().get(), by=other)
    undo(Case.objects.with_parts().get(), by=judge)
    post.refresh_from_db()
    assert (post.is_visible, outcome(row)) == (True, ("", None, False))
    assert not ModerationAction.objects.standing().exists()
    assert (let_it_settle(), told(stranger), told(post.author)) == (0, [], [])
    decide(case_of(post), by=other, ruling=HIDE)
    let_it_settle()
    with pytest.raises(CaseError):
        undo(Case.objects.with_parts().get(), by=other)


def test_undoing_keeps_what_another_desk_hid(post: Post, judge: User, officer: User, stranger: User) -> None:
    report(post, by=stranger, reason=HideReason.EXCLUSION)
    report(post, by=UserFactory.create(), reason=HideReason.INSULT)
    decide(case_of(post, desk=Desk.PROGRAMME), by=officer, ruling=HIDE)
    decide(case_of(post, desk=Desk.MODERATORS), by=judge, ruling=HIDE)
    undo(case_of(post, desk=Desk.MODERATORS), by=judge)
    post.refresh_from_db()
    assert post.state == PostState.HIDDEN
    undo(case_of(post, desk=Desk.PROGRAMME), by=officer)
    post.refresh_from_db()
    assert post.is_visible


def test_hiding_from_the_topic_decides_the_case(
    post: Post, judge: User, stranger: User, let_it_settle: Callable[[], int]
) -> None:
    row = report(post, by=stranger, reason=HideReason.SPAM)
    hide(post, by=judge, reason=HideReason.PARTY)
    assert outcome(row) == (ReportOutcome.HIDDEN, judge, True)
    hide(fresh := make_reply(post.topic), by=judge, reason=HideReason.PARTY)
    assert (case_of(fresh).ruling, let_it_settle(), told(fresh.author)) == (HIDE, 2, ["post_hidden"])
    restore(fresh, by=judge)
    assert list(ModerationAction.objects.standing().filter(post=fresh).values_list("kind", flat=True)) == ["restore"]


def test_taking_a_case_keeps_others_away(post: Post, judge: User, stranger: User) -> None:
    other = make_one("other", MODERATORS)
    report(post, by=stranger, reason=HideReason.SPAM)
    take(case_of(post), by=judge)
    for act in (lambda: take(case_of(post), by=other), lambda: decide(case_of(post), by=other, ruling=HIDE)):
        with pytest.raises(CaseError, match=judge.public_name):
            act()
    give_back(case_of(post), by=judge)
    assert take(case_of(post), by=other).assignee == other
    Case.objects.update(taken_at=timezone.now() - timedelta(hours=5))
    assert take(case_of(post), by=judge).assignee == judge
    decide(case_of(post), by=judge, ruling=DISMISS)
    with pytest.raises(CaseError):
        decide(case_of(post), by=judge, ruling=HIDE)


@pytest.mark.parametrize(("name", "status"), [("visitor", 302), ("stranger", 403), ("clerk", 403), ("judge", 200)])
def test_only_who_sits_at_a_desk_sees_the_queue(
    client: Client, post: Post, stranger: User, clerk: User, judge: User, name: str, status: int
) -> None:
    report(post, by=clerk, reason=HideReason.SPAM)
    case = case_of(post)
    people = {"stranger": stranger, "clerk": clerk, "judge": judge}
    if name in people:
        client.force_login(people[name])
    assert client.get(QUEUE).status_code == status
    assert (QUEUE in client.get("/en/forum/").content.decode()) == (name == "judge")
    if name != "judge":
        answer = client.post(f"{QUEUE}{case.public_id}/decide/", {"ruling": "hide"}).status_code
        assert answer == (302 if name == "visitor" else 404)
        post.refresh_from_db()
        assert post.is_visible


CAST = ("judge", "officer", "clerk_judge", "clerk_officer", "author_judge", "reporter_judge", "admin", "stranger")


@pytest.mark.parametrize(
    ("reason", "deciders"),
    [
        (HideReason.SPAM, {"judge", "admin"}),
        (HideReason.EXCLUSION, {"officer", "admin"}),
        (HideReason.DANGER, {"judge", "officer", "admin"}),
    ],
)
def test_who_decides_what(
    client: Client,
    question: Topic,
    judge: User,
    officer: User,
    django_capture_on_commit_callbacks: Any,
    reason: HideReason,
    deciders: set[str],
) -> None:
    """The truth table: never a party, never the office concerned, exclusion never a moderator."""
    office = question.board.commune.office  # type: ignore[union-attr]
    people = {"judge": judge, "officer": officer, "stranger": UserFactory.create()}
    people["admin"] = UserFactory.create(is_superuser=True)
    for name, group in (("clerk_judge", MODERATORS), ("clerk_officer", STAFF)):
        people[name] = make_one(name, group)
        MembershipFactory.create(user=people[name], organisation=office)
    for name in ("author_judge", "reporter_judge"):
        people[name] = make_one(name, MODERATORS if reason != HideReason.EXCLUSION else STAFF)
    post = make_reply(question, by=people["author_judge"])
    with django_capture_on_commit_callbacks(execute=True):
        report(post, by=people["reporter_judge"], reason=reason)
    case, seen = case_of(post), set()
    for name in CAST:
        user = User.objects.get(pk=people[name].pk)
        client.force_login(user)
        if client.get(f"{QUEUE}{case.public_id}/").status_code == 200:
            seen.add(name)
        elif not user.is_superuser:
            with pytest.raises(NotAllowedError):
                decide(case, by=user, ruling=HIDE)
    assert seen == deciders
    alarm = {HideReason.DANGER: "case_alarm", HideReason.EXCLUSION: "case_excluded"}.get(reason, "case_arrived")
    assert {name for name in CAST if told(people[name]) == [alarm]} == deciders


def test_a_heavier_reason_makes_the_case_urgent(
    post: Post, judge: User, officer: User, stranger: User, django_capture_on_commit_callbacks: Any
) -> None:
    report(post, by=stranger, reason=HideReason.SPAM)
    before = case_of(post)
    with django_capture_on_commit_callbacks(execute=True):
        report(post, by=UserFactory.create(), reason=HideReason.DANGER)
    case = case_of(post)
    assert (case.pk, case.reason, case.is_urgent) == (before.pk, HideReason.DANGER, True)
    assert case.due_at < before.due_at
    Case.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    assert (remind_of_overdue(), remind_of_overdue()) == (1, 0)
    assert told(officer) == ["case_alarm", "case_overdue"]


def test_the_queue_comes_in_pages_at_a_flat_cost(client: Client, question: Topic, judge: User) -> None:
    client.force_login(judge)
    counts = []
    for number in (1, 24):
        for _ in range(number):
            report(make_reply(question), by=UserFactory.create(), reason=HideReason.SPAM)
        with CaptureQueriesContext(connection) as queries:
            html = client.get(QUEUE).content.decode()
        counts.append((len(queries), html.count('id="case-')))
    assert counts == [(counts[0][0], 1), (counts[0][0], 20)]
    assert "cursor=" in html
