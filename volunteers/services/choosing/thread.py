"""A thread as one reader sees it: their own messages with what became of each, the other side's that may be read."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.models import Application, Message
from volunteers.rules import is_applicant, moderates
from volunteers.services.choosing.messages import is_shown


@dataclass(frozen=True)
class Line:
    """`text` is empty where the reader may not read it; `note` says why or what it waits for."""

    public_id: uuid.UUID
    text: str
    who: str
    at: datetime
    is_mine: bool
    note: str
    may_report: bool


def read_thread(application: Application, *, by: User) -> list[Line]:
    """Oldest first. Moderators read all of a thread they look after, unless they are of one side of it."""
    messages = application.messages.all()
    office, everything = not is_applicant(by, application), moderates(by, application)
    lines = []
    for message in messages:
        mine = message.is_from_office == office
        shown = is_shown(message, application)
        if mine or shown or message.hidden_at or everything:
            note = say_state(message, application, everything=everything)
            lines.append(_line(message, application, note, mine=mine, readable=mine or shown or everything))
    return lines


def _line(message: Message, application: Application, note: str, *, mine: bool, readable: bool) -> Line:
    return Line(
        public_id=message.public_id,
        text=message.text if readable else "",
        who=say_writer(message, application),
        at=message.created_at,
        is_mine=mine,
        note=note,
        may_report=readable and not mine and not message.hidden_at,
    )


def say_writer(message: Message, application: Application) -> str:
    """The office speaks as the office; the applicant by code name until the offer was accepted."""
    if message.is_from_office:
        return str(application.request.office.name)
    return application.applicant.public_name if application.is_named else application.code_name


def say_state(message: Message, application: Application, *, everything: bool) -> str:
    """What became of it, in a sentence; "" where it was simply delivered.

    An office reads the same of every applicant until it knows them: who is under 18 is not told before.
    """
    if message.hidden_at or message.returned_at:
        return _("Not passed on by a moderator: %(reason)s.") % {"reason": message.get_reason_display()}
    if message.needs_moderator and not message.passed_at and (everything or application.is_named):
        return _("Waits for the programme: it reads what adults write to people under 18 before they do.")
    if message.has_contact and not application.is_named:
        return _("Held back: it has a phone number, an address or a link. It is shown once a place is accepted.")
    return ""


def describe_messages(application: Application, messages: Iterable[Message]) -> list[dict[str, Any]]:
    """For the applicant's own copy: what they wrote, and what they may read. JSON-ready."""
    return [
        {
            "at": message.created_at.isoformat(),
            "from": "office" if message.is_from_office else "me",
            "text": message.text,
        }
        for message in messages
        if not message.is_from_office or is_shown(message, application)
    ]
