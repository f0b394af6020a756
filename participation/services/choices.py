"""A meeting's questions with answers to choose from: asked by the office, answered beforehand, told in the minutes."""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import may_post
from forums.querysets import Reader
from participation.errors import RefusedError
from participation.models import Choice, ChoiceOption, ChoiceQuestion, Meeting
from participation.services.agenda import ITS_OWN
from participation.services.meetings import check_open, check_organiser
from ui.charts import Bar
from ui.small_groups import STAFF_LEAST
from ui.words import to_number
from volunteers.services.serving.check_in import LONGEST_WAY

MOST_QUESTIONS = 5


@dataclass(frozen=True)
class Asked:
    """A question as typed; options as pairs of Khmer and English ("")."""

    text_km: str
    options: Sequence[tuple[str, str]]
    text_en: str = ""
    takes_several: bool = False
    under: int = ITS_OWN  # the number of the agenda's point it belongs to


@dataclass(frozen=True)
class Chosen:
    """The ids of options, with the phone's id of the sending and its clock."""

    options: Collection[int]
    client_id: uuid.UUID | None = None
    happened_at: datetime | None = None


@transaction.atomic
def ask(meeting: Meeting, questions: Sequence[Asked], *, by: User) -> None:
    """The meeting's questions as a whole. Once somebody has answered, only their places on the agenda can change:
    nobody's choice may come to mean something else. Raises `PermissionDenied`, `RefusedError`.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("office").get(pk=meeting.pk)
    check_organiser(by, meeting.office)
    check_open(meeting)
    kept = list(meeting.choice_questions.prefetch_related("options"))
    if [_read(row) for row in kept] == [_read_typed(asked) for asked in questions]:
        for row, asked in zip(kept, questions, strict=True):
            meeting.choice_questions.filter(pk=row.pk).update(under=asked.under)
        return
    if Choice.objects.filter(question__meeting=meeting).exists():
        raise RefusedError(_("People have answered already. The questions stay as they are."))
    meeting.choice_questions.all().delete()
    for number, asked in enumerate(questions[:MOST_QUESTIONS], 1):
        row = ChoiceQuestion.objects.create(
            meeting=meeting,
            position=number,
            text_km=asked.text_km,
            text_en=asked.text_en,
            takes_several=asked.takes_several,
            under=asked.under,
        )
        ChoiceOption.objects.bulk_create(
            ChoiceOption(question=row, position=place, text_km=km, text_en=en)
            for place, (km, en) in enumerate(asked.options, 1)
        )


def _read(row: ChoiceQuestion) -> Asked:
    """Without its place."""
    options = [(option.text_km, option.text_en) for option in row.options.all()]
    return Asked(row.text_km, options, row.text_en, row.takes_several)


def _read_typed(asked: Asked) -> Asked:
    return replace(asked, options=list(asked.options), under=ITS_OWN)


@transaction.atomic
def choose(question: ChoiceQuestion, chosen: Chosen, *, by: User) -> Choice:
    """Keep what the person chose; another choice replaces it until the meeting begins. Sent twice it is one.

    What was chosen in time and waited on a phone counts as late, unless it was sent too late to be believed.
    Raises `RefusedError` once it has begun, or for options of another question; `PermissionDenied` under 15.
    """
    if not may_post(by):
        raise PermissionDenied
    User.objects.select_for_update().filter(pk=by.pk).values("pk").get()  # a double tap waits here
    meeting = Meeting.objects.select_for_update().get(pk=question.meeting_id)
    now = timezone.now()
    happened_at = min(chosen.happened_at or now, now)
    is_late = happened_at < meeting.starts_at <= now and now - happened_at <= LONGEST_WAY
    if meeting.is_cancelled or not is_late:
        check_open(meeting)
    if meeting.is_draft or (meeting.has_begun and not is_late):
        raise RefusedError(_("The meeting has begun. Its minutes will say what was decided."))
    known = sorted(set(question.options.filter(pk__in=chosen.options).values_list("pk", flat=True)))
    if not known or len(known) != len(set(chosen.options)) or (len(known) > 1 and not question.takes_several):
        raise RefusedError(_("Choose one of the answers."))
    row = Choice.objects.filter(question=question, user=by).first()
    if row is not None and is_late and row.happened_at >= happened_at:
        return row
    row = row or Choice(question=question, user=by, client_id=_find_free_id(chosen.client_id))
    row.options, row.happened_at, row.received_at = known, happened_at, now
    row.save()
    return row


def _find_free_id(client_id: uuid.UUID | None) -> uuid.UUID:
    """An id that another sending used says nothing here."""
    taken = client_id is None or Choice.objects.filter(client_id=client_id).exists()
    return uuid.uuid4() if taken or client_id is None else client_id


@dataclass(frozen=True)
class Tally:
    """A question as it is read: its options, what the reader chose, how many answered, and bars once they are told."""

    question: ChoiceQuestion
    options: list[ChoiceOption]
    own: list[int]
    people: int
    bars: list[Bar]

    @property
    def sums(self) -> str:
        """In one line, most chosen first; "" where they are not told."""
        return ", ".join(f"{bar.label} {bar.shown}" for bar in sorted(self.bars, key=lambda bar: -bar.share))


def read_tallies(meeting: Meeting, user: Reader, *, is_office: bool = False) -> list[Tally]:
    """Three queries at most, one where the meeting asks nothing. The sums of at least five answers are told to the
    office at once, to others once the meeting has begun or they have chosen themselves.
    """
    questions = list(meeting.choice_questions.prefetch_related("options"))
    if not questions:
        return []
    counts: dict[int, Counter[int]] = {question.pk: Counter() for question in questions}
    people: Counter[int] = Counter()
    own: dict[int, list[int]] = {}
    rows = Choice.objects.filter(question__meeting=meeting).values_list("question_id", "user_id", "options")
    for question, person, options in rows:
        counts[question].update(options)
        people[question] += 1
        if person == user.pk:
            own[question] = options
    return [
        _tally(row, own.get(row.pk, []), people[row.pk], counts[row.pk], is_office or meeting.has_begun)
        for row in questions
    ]


def _tally(row: ChoiceQuestion, own: list[int], people: int, counts: Counter[int], is_open: bool) -> Tally:
    options = list(row.options.all())
    is_told = people >= STAFF_LEAST and (is_open or bool(own))
    bars = [
        Bar(option.text, counts[option.pk] * 100 / people, to_number(counts[option.pk]))
        for option in options
        if is_told
    ]
    return Tally(row, options, own, people, bars)


@transaction.atomic
def answer_questions(meeting: Meeting, answers: Mapping[int, str], *, by: User) -> None:
    """What the meeting made of each question (by its id), for the minutes. The caller may write them."""
    check_organiser(by, meeting.office)
    for pk, text in answers.items():
        meeting.choice_questions.filter(pk=pk).update(answer=text)


def list_choosers(meeting: Meeting) -> list[User]:
    return list(User.objects.filter(meeting_choices__question__meeting=meeting).distinct())


def describe_choices(user: User) -> list[dict[str, Any]]:
    """For the person's own copy of their data."""
    rows = Choice.objects.filter(user=user).select_related("question__meeting").order_by("pk")
    texts = dict(ChoiceOption.objects.filter(question__choices__user=user).values_list("pk", "text_km"))
    return [
        {
            "meeting": row.question.meeting.title_km,
            "question": row.question.text_km,
            "is_late": row.is_late,
            "chosen": [texts[pk] for pk in row.options if pk in texts],
        }
        for row in rows
    ]


def forget_choices(user: User) -> None:
    Choice.objects.filter(user=user).delete()
