"""From a member's "Report" to a moderator's decision."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from forums.enums import HideReason, ModerationKind, PostState, ReportOutcome
from forums.errors import NotAllowedError
from forums.models import ModerationAction, Post, Report, Topic
from forums.services import collect_reports, hide, report, settle
from tests.factories.accounts import UserFactory
from tests.factories.forums import make_reply

QUEUE = "/en/forum/reports/"


@pytest.fixture
def post(question: Topic) -> Post:
    return make_reply(question, source="ប្រមាថ")


def address_of(post: Post) -> str:
    return f"/en/forum/topics/{post.topic.public_id}/posts/{post.number}/report/"


def outcome(row: Report) -> tuple[str, User | None, bool]:
    row.refresh_from_db()
    return row.outcome, row.closed_by, row.closed_at is not None


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


def test_a_moderator_hides_the_post_and_every_report_of_it_is_closed(
    client: Client, post: Post, judge: User, stranger: User, clerk: User
) -> None:
    rows = [report(post, by=user, reason=HideReason.OTHER, note="Look") for user in (stranger, clerk)]
    client.force_login(judge)
    assert "Reported posts (2)" in client.get("/en/forum/").content.decode()
    assert "Another reason" in client.get(QUEUE).content.decode()
    client.post(f"{QUEUE}{rows[0].pk}/", {"act": "hide"})
    post.refresh_from_db()
    assert post.state == PostState.HIDDEN
    acts = list(ModerationAction.objects.values_list("moderator", "kind", "reason", "note"))
    assert acts == [(judge.pk, ModerationKind.HIDE, HideReason.OTHER, "Look")]
    assert [outcome(row) for row in rows] == [(ReportOutcome.HIDDEN, judge, True)] * 2
    assert "No report is waiting." in client.get(QUEUE).content.decode()


def test_nothing_to_do_closes_one_report_and_leaves_the_post(
    client: Client, post: Post, judge: User, stranger: User
) -> None:
    row = report(post, by=stranger, reason=HideReason.DANGER)
    client.force_login(judge)
    client.post(f"{QUEUE}{row.pk}/", {"act": "close"})
    assert outcome(row) == (ReportOutcome.NOTHING, judge, True)
    post.refresh_from_db()
    assert post.is_visible
    again = report(post, by=stranger, reason=HideReason.DANGER)
    assert again.pk != row.pk
    settle(row, by=judge, hides=False)
    assert outcome(again) == ("", None, False)


def test_hiding_from_the_topic_closes_reports_too(post: Post, judge: User, stranger: User) -> None:
    row = report(post, by=stranger, reason=HideReason.SPAM)
    hide(post, by=judge, reason=HideReason.SPAM)
    assert outcome(row) == (ReportOutcome.HIDDEN, judge, True)


@pytest.mark.parametrize(("name", "status"), [("visitor", 302), ("stranger", 403), ("clerk", 403), ("judge", 200)])
def test_only_moderators_see_the_queue(
    client: Client, post: Post, stranger: User, clerk: User, judge: User, name: str, status: int
) -> None:
    row = report(post, by=clerk, reason=HideReason.SPAM)
    people = {"stranger": stranger, "clerk": clerk, "judge": judge}
    if name in people:
        client.force_login(people[name])
    assert client.get(QUEUE).status_code == status
    assert (QUEUE in client.get("/en/forum/").content.decode()) == (name == "judge")
    if name != "judge":
        assert client.post(f"{QUEUE}{row.pk}/", {"act": "hide"}).status_code == status
        assert outcome(row) == ("", None, False)
        return
    assert client.post(f"{QUEUE}{row.pk + 99}/", {"act": "hide"}).status_code == 404


def test_the_queue_comes_in_pages_at_a_flat_cost(client: Client, question: Topic, judge: User) -> None:
    client.force_login(judge)
    counts = []
    for number in (1, 24):
        for _ in range(number):
            report(make_reply(question), by=UserFactory.create(), reason=HideReason.SPAM)
        with CaptureQueriesContext(connection) as queries:
            html = client.get(QUEUE).content.decode()
        counts.append((len(queries), html.count('id="report-')))
    assert counts == [(counts[0][0], 1), (counts[0][0], 20)]
    assert "cursor=" in html
