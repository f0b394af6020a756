"""Input to a meeting: sent beforehand, put on the agenda, answered."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import Membership, User
from accounts.rules import CLERK_ROLES, may_post
from notifications.services import notify
from participation import rules
from participation.enums import InputKind, InputStatus, Outcome, ToldStep
from participation.errors import RefusedError
from participation.models import Input, Meeting
from participation.services.groups import About, add_told
from participation.services.meetings import check_open, describe
from participation.services.notices import inputs as notices
from ui.files.checking import FileRefusedError, check_file
from ui.files.kinds import FileKind
from ui.uploads import AUDIO, MEGABYTE, looks_like
from ui.words import to_bytes

MOST_VOICE = 3 * MEGABYTE  # three minutes and more of a phone's recording
VOICES = AUDIO | {"webm"}
MOST_OF_ONE = 5  # inputs of one person to one meeting


@dataclass(frozen=True)
class Attachment:
    """A photo drawn anew, or a voice note as it is, known by its content."""

    kind: InputKind
    content: bytes
    extension: str


def check_attachment(upload: UploadedFile[Any]) -> Attachment:
    """Raises `RefusedError` with the sentence for the person."""
    extension = (upload.name or "").rsplit(".", 1)[-1].lower()
    if extension in VOICES:
        if (upload.size or 0) > MOST_VOICE:
            raise RefusedError(_("The recording is larger than %(most)s.") % {"most": to_bytes(MOST_VOICE)})
        if not looks_like(upload, extension):
            raise RefusedError(_("This is not a recording we can play. Record it once more."))
        return Attachment(InputKind.VOICE, upload.read(), extension)
    try:
        checked = check_file(upload)
    except FileRefusedError as refusal:
        raise RefusedError(str(refusal)) from refusal
    if checked.kind != FileKind.PICTURE:
        raise RefusedError(_("Send a photo or a voice note. Longer papers belong to the office's desk."))
    return Attachment(InputKind.PHOTO, checked.content, "webp")


@dataclass(frozen=True)
class Word:
    """What one person sends. `shows_file`: everybody may see or hear the attachment in the minutes. `happened_at` is
    the phone's clock; `client_id` makes a repeated sending one. `about` goes into sums with the person's first word.
    """

    text: str
    attachment: Attachment | None = None
    hides_name: bool = False
    shows_file: bool = False
    client_id: uuid.UUID | None = None
    happened_at: datetime | None = None
    about: About = field(default_factory=About)


def send_input(meeting: Meeting, word: Word, *, by: User) -> Input:
    """Keep it, and tell the office. The same `client_id` again returns what it made.

    What comes after the beginning is marked as late. Raises `RefusedError` once the meeting is over or called off,
    `PermissionDenied` under 15.
    """
    if not may_post(by):
        raise PermissionDenied
    client_id = word.client_id or uuid.uuid4()
    with transaction.atomic():
        User.objects.select_for_update().filter(pk=by.pk).values("pk").get()  # a double tap waits here
        known = Input.objects.filter(client_id=client_id).first()
        if known is not None and known.user_id == by.pk:
            return known
        if known is not None:  # an id that somebody else's phone made up says nothing about this one
            client_id = uuid.uuid4()
        check_open(meeting)
        if meeting.is_draft:
            raise RefusedError(_("This meeting was never announced."))
        sent = meeting.inputs.filter(user=by).count()
        if sent >= MOST_OF_ONE:
            raise RefusedError(_("You have sent this meeting all that one person can. Come, or ask a neighbour."))
        if not sent:
            add_told(meeting, ToldStep.INPUT, word.about)
        row = _make(meeting, word, by, client_id)
        transaction.on_commit(partial(tell_office_task.enqueue, row.pk))
    return row


def _make(meeting: Meeting, word: Word, by: User, client_id: uuid.UUID) -> Input:
    now = timezone.now()
    row = Input(
        meeting=meeting,
        user=by,
        kind=word.attachment.kind if word.attachment else InputKind.TEXT,
        text=word.text,
        hides_name=word.hides_name,
        shows_file=word.shows_file and word.attachment is not None and not by.is_minor,
        client_id=client_id,
        happened_at=min(word.happened_at or now, now),
    )
    if word.attachment:
        row.size = len(word.attachment.content)
        row.file.save(f"input.{word.attachment.extension}", ContentFile(word.attachment.content), save=False)
    row.save()
    return row


@transaction.atomic
def carry(row: Input, *, by: User, under: int = 0) -> Input:
    """Put it on the agenda, `under` a point by its number or (0) as one of its own; the sender is told, once."""
    row = _lock(row, by)
    is_first = row.status == InputStatus.SENT
    if is_first:
        row.status = InputStatus.CARRIED
        _tell_sender(row)
    row.under = under if row.meeting.agenda.filter(position=under).exists() else 0
    row.save(update_fields=["status", "under"])
    return row


@transaction.atomic
def answer_input(row: Input, *, by: User, outcome: Outcome, answer: str, holds_back: bool = False) -> Input:
    """The council's word on it, from the meeting. A better word later replaces it; the sender is told each time.

    `holds_back`: the photo or recording stays out of the minutes, whatever the sender allows.
    """
    row = _lock(row, by)
    if row.is_held_back != holds_back:
        row.is_held_back = holds_back
        row.save(update_fields=["is_held_back"])
    if (row.outcome, row.answer) == (outcome, answer):
        return row
    row.status, row.outcome, row.answer = InputStatus.ANSWERED, outcome, answer
    row.answered_at, row.answered_by = timezone.now(), by
    row.save()
    _tell_sender(row)
    return row


def _lock(row: Input, by: User) -> Input:
    found = Input.objects.select_for_update(of=("self",)).select_related("meeting__office").get(pk=row.pk)
    if not rules.can_organise(by, found.meeting.office):
        raise PermissionDenied
    return found


def _tell_sender(row: Input) -> None:
    transaction.on_commit(partial(tell_sender_task.enqueue, row.pk))


@task()
def tell_sender_task(pk: int) -> None:
    """What stands now: an answer that came at once is told, not the agenda before it."""
    row = Input.objects.select_related("user", "meeting__commune").get(pk=pk)
    if row.user is None:
        return
    is_answered = row.status == InputStatus.ANSWERED
    notify(
        [row.user],
        kind=notices.ANSWERED if is_answered else notices.CARRIED,
        data=describe(row.meeting) | {"outcome": row.outcome, "answer": row.answer},
        dedupe_key=f"input:{row.public_id}:{row.answered_at.isoformat() if row.answered_at else 'carried'}",
        url=f"{row.meeting.get_absolute_url()}#mine-{row.public_id}",
    )


@task()
def tell_office_task(pk: int) -> None:
    row = Input.objects.select_related("meeting__commune").get(pk=pk)
    tell_organisers(
        row.meeting,
        kind=notices.ARRIVED,
        data=describe(row.meeting),
        dedupe_key=f"input:{row.public_id}",
        group_key=f"inputs:{row.meeting.public_id}",
    )


def tell_organisers(meeting: Meeting, **news: Any) -> int:
    """Everybody who acts for the office. Call it from a task."""
    members = Membership.objects.active().filter(organisation=meeting.office_id, role__in=CLERK_ROLES)
    people = [member.user for member in members.select_related("user")]
    return notify(people, url=f"{meeting.get_absolute_url()}inputs/", **news)


def describe_inputs(user: User) -> list[dict[str, Any]]:
    """What the person sent to meetings, for their own copy of their data; files are named by kind and size."""
    rows = Input.objects.filter(user=user).select_related("meeting")
    return [
        {
            "meeting": row.meeting.title_km,
            "kind": row.kind,
            "text": row.text,
            "size": row.size,
            "hides_name": row.hides_name,
            "shows_file": row.shows_file,
            "sent_at": row.received_at.isoformat(),
            "outcome": row.outcome,
            "answer": row.answer,
        }
        for row in rows
    ]


def forget_inputs(user: User) -> None:
    """Unanswered words go with the account, and every file; what was answered in public stays, without a name."""
    for row in Input.objects.filter(user=user):
        if row.file.name:
            transaction.on_commit(partial(row.file.storage.delete, row.file.name))
        if row.status == InputStatus.ANSWERED and row.text:
            Input.objects.filter(pk=row.pk).update(user=None, kind=InputKind.TEXT, file="", size=0)
        else:
            row.delete()
