"""Every row of forum and planning year that leads to a person has a fate: when they leave, and in their copy of it all.

Found by looking at the models, so that a new one is asked about its fate: what neither list below names must be asked
for by the person's id.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.services import collect_export, delete_account
from forums.enums import HideReason
from forums.models import Case, Mention, Post, Report, Topic
from forums.services import hide, report
from forums.services.cases.opening import appeal
from forums.services.masking import wear_mask, write_reply
from participation.models import Hand, Question, Support

DUTY = "done in an office or as a moderator: it stays with a row that names nobody any more"
STAYS = {
    **dict.fromkeys(
        (
            "participation.BurstCheck.asked_by",
            "participation.BurstCheck.decided_by",
            "participation.Meeting.created_by",
            "participation.DoorTap.by",
            "participation.Input.answered_by",
            "participation.DocumentVersion.created_by",
            "participation.FeedbackReply.by",
            "participation.Invitation.by",
            "participation.Minutes.changed_by",
            "participation.Question.decided_by",
            "participation.QuestionReport.settled_by",
            "participation.Survey.created_by",
            "participation.PlanningYear.changed_by",
            "forums.Seat.given_by",
            "forums.SealOpening.asked_by",
            "forums.SealOpening.decided_by",
            "forums.ModerationAction.moderator",
            "forums.Case.assignee",
            "forums.Case.closed_by",
            "forums.CaseNote.author",
            "forums.ReplyTemplate.changed_by",
            "forums.IdeaStep.by",
            "forums.Report.closed_by",
            "forums.PostVersion.removed_by",
            "forums.WatchedWord.changed_by",
            "forums.QuietPeriod.set_by",
            "forums.QuietPeriod.ended_by",
        ),
        DUTY,
    ),
}
NO_COPY = {
    "forums.Ballot.voter": "found by the seals of the person's ballots, open and closed alike",
    "forums.Quieted.person": "that somebody folds one's posts is theirs to know alone",
}


def list_ties() -> Iterator[tuple[str, str, str]]:
    for label in ("forums", "participation"):
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.concrete_fields:
                if field.remote_field and field.related_model is User:
                    yield f"{model._meta.label}.{field.name}", model._meta.db_table, field.column
            assert not [field for field in model._meta.many_to_many if field.related_model is User]


def find_asked(queries: Any, pk: int) -> set[str]:
    """The ties that these queries asked for by the person's id."""
    texts = [query["sql"] for query in queries]
    return {
        name
        for name, table, column in list_ties()
        if any(f'"{table}"' in sql and re.search(rf'"{column}" (= {pk}\b|IN \({pk}\))', sql) for sql in texts)
    }


@pytest.mark.parametrize(("act", "left"), [(delete_account, STAYS), (collect_export, NO_COPY)])
def test_every_tie_has_a_fate(stranger: User, act: Any, left: dict[str, str]) -> None:
    with CaptureQueriesContext(connection) as queries:
        act(stranger)
    ties = {name for name, *_ in list_ties()}
    assert ties - find_asked(queries, stranger.pk) == set(left) & ties == set(left)


def test_leaving_takes_the_name_off_reports_and_the_words_off_appeals(
    question: Topic, stranger: User, learner: User, judge: User
) -> None:
    report(question.posts.get(), by=stranger, reason=HideReason.INSULT, note="secret words")
    mask = wear_mask(stranger, question.public_id)
    masked = write_reply(question, mask, source="ពាក្យ", client_id=mask.public_id)
    hide(masked, by=judge, reason=HideReason.SPAM)
    appeal(masked.moderation_actions.get(), by=stranger, words="my own words")
    parts = collect_export(stranger)["parts"]
    assert [row["words"] for row in parts["forum_appeals"]] == ["my own words"]
    delete_account(stranger)
    assert (Report.objects.get().reporter, Case.objects.get(against__isnull=False).words) == (None, "")


def test_the_copy_holds_what_one_did_and_what_was_decided(question: Topic, learner: User, judge: User) -> None:
    Mention.objects.create(post=question.posts.get(), user=judge, text="@judge")
    hide(question.posts.get(), by=judge, reason=HideReason.SPAM, note="why")
    theirs, own = collect_export(judge)["parts"], collect_export(learner)["parts"]
    assert theirs["forum_duties"]["decisions"][0]["note"] == "why"
    assert theirs["forum_traces"]["named_by_others"][0]["post__number"] == 1
    assert own["forum_traces"]["decisions_about_me"][0]["reason"] == "spam"
    assert "note" not in own["forum_traces"]["decisions_about_me"][0]
    assert Post.objects.get().author == learner


def test_voices_of_live_rooms_are_nobodys_afterwards(stranger: User) -> None:
    with CaptureQueriesContext(connection) as queries:
        delete_account(stranger)
    updates = [query["sql"] for query in queries if query["sql"].startswith("UPDATE")]
    for model in (Question, Support, Hand):
        assert any(f'"{model._meta.db_table}" SET "user_id" = NULL' in sql for sql in updates)
