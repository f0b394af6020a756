"""A personal link, and the one tap behind it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from participation.enums import FeedbackStage, MissedBecause, Opinion, ToldStep
from participation.models import Meeting, MeetingFeedback
from participation.services.feedback.standing import renew_told
from participation.services.groups import About, add_told

SALT = "participation.feedback"
LASTS = timedelta(days=60)
CONTENT = (Opinion.GOOD, Opinion.PARTLY)


@dataclass(frozen=True)
class Asked:
    """Whom a link asks about what. `came`: the person checked in."""

    meeting: Meeting
    person: User
    stage: FeedbackStage
    came: bool


def make_address(meeting: Meeting, person: User, stage: FeedbackStage) -> str:
    """Signed: it answers for this person, this meeting and this stage, and for nothing else."""
    facts = [meeting.public_id.hex, person.public_id.hex, stage.value]
    return reverse("meeting-feedback", args=[signing.dumps(facts, salt=SALT, compress=True)])


def find_asked(token: str) -> Asked | None:
    """None for a made-up or an old link, or where the account is gone."""
    try:
        meeting_id, person_id, stage = signing.loads(token, salt=SALT, max_age=LASTS)
        meeting = Meeting.objects.with_place().filter(public_id=meeting_id).first()
        person = User.objects.filter(public_id=person_id, is_active=True).first()
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if meeting is None or person is None:
        return None
    return Asked(meeting, person, FeedbackStage(stage), meeting.check_ins.filter(user=person).exists())


@transaction.atomic
def say(asked: Asked, word: Opinion | MissedBecause) -> MeetingFeedback:
    """Keep the answer of this stage; another one replaces it."""
    User.objects.select_for_update().filter(pk=asked.person.pk).values("pk").get()  # a double tap waits here
    is_opinion = isinstance(word, Opinion)
    row, _made = MeetingFeedback.objects.update_or_create(
        meeting=asked.meeting,
        user=asked.person,
        stage=asked.stage,
        defaults={
            "opinion": word if is_opinion else "",
            "reason": "" if is_opinion else word,
            "day_date": timezone.localdate(),
        },
    )
    renew_told(asked.meeting)
    return row


@transaction.atomic
def tell_about(asked: Asked, about: About) -> None:
    """What whoever came says of themselves, into the sums beside their opinion: once a meeting, and kept nowhere."""
    User.objects.select_for_update().filter(pk=asked.person.pk).values("pk").get()
    rows = MeetingFeedback.objects.filter(meeting=asked.meeting, user=asked.person)
    said = rows.filter(stage=asked.stage).exclude(opinion="").first()
    if said is None or rows.filter(has_told=True).exists():
        return
    if add_told(asked.meeting, ToldStep.FEEDBACK, about, is_content=said.opinion in CONTENT):
        rows.filter(pk=said.pk).update(has_told=True)


def may_tell_about(asked: Asked) -> bool:
    """Whoever said how it was, and nothing of themselves yet. One query."""
    rows = MeetingFeedback.objects.filter(meeting=asked.meeting, user=asked.person)
    return bool(rows) and any(row.opinion for row in rows) and not any(row.has_told for row in rows)


def find_said(asked: Asked) -> MeetingFeedback | None:
    return MeetingFeedback.objects.filter(meeting=asked.meeting, user=asked.person, stage=asked.stage).first()


def describe_feedback(user: User) -> list[dict[str, Any]]:
    """For the person's own copy of their data."""
    rows = MeetingFeedback.objects.filter(user=user).select_related("meeting").order_by("pk")
    return [
        {"meeting": row.meeting.title_km, "stage": row.stage, "opinion": row.opinion, "reason": row.reason}
        for row in rows
    ]


def forget_feedback(user: User) -> None:
    MeetingFeedback.objects.filter(user=user).delete()
