"""Secrets of a survey: the form's signed token, paper tickets, and the count that a phone keeps of its own answers.

The form and the phone of whoever counts themselves at a meeting without an account have such tokens too.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from django.core import signing
from django.utils import timezone
from django.utils.crypto import salted_hmac

from participation.models import Survey
from participation.models.survey import LETTERS

FORM, TICKET, DIGEST, PHONE = (
    "participation.survey.form", "participation.survey.ticket", "participation.survey.digest",
    "participation.survey.phone",
)  # fmt: skip
KEPT = timedelta(days=1)  # how long a form may lie open
TICKET_LENGTH = 10  # 31 letters to the tenth: nobody guesses one


class Asks(Protocol):
    """What a form and a phone's count belong to, by its code."""

    @property
    def code(self) -> str: ...


@dataclass(frozen=True)
class FormToken:
    """Given out with the form: `client_id` makes the answer one however often it is sent."""

    client_id: uuid.UUID
    given_at: datetime


def make_form_token(asks: Asks) -> str:
    return signing.dumps([uuid.uuid4().hex, asks.code, int(timezone.now().timestamp())], salt=FORM)


def read_form_token(asks: Asks, text: str) -> FormToken | None:
    """None for one of another survey or meeting, a made-up one, or one older than a day."""
    try:
        client_id, code, given = signing.loads(text, salt=FORM)
        token = FormToken(uuid.UUID(client_id), datetime.fromtimestamp(given, UTC))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return token if code == asks.code and timezone.now() - token.given_at <= KEPT else None


def make_ticket(survey: Survey, number: int) -> str:
    """The secret on ticket `number`: made anew from the site's key whenever a sheet is printed, stored nowhere."""
    value = int(salted_hmac(TICKET, f"{survey.code}:{number}", algorithm="sha256").hexdigest(), 16)
    letters = []
    for _place in range(TICKET_LENGTH):
        value, rest = divmod(value, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters)


def digest_ticket(ticket: str) -> str:
    """What is stored of a ticket."""
    return salted_hmac(DIGEST, ticket.strip().lower(), algorithm="sha256").hexdigest()


def write_phone_count(asks: Asks, count: int) -> str:
    """For the phone's cookie: how many answers it has given here. A number, not a name."""
    return signing.dumps([asks.code, count], salt=PHONE)


def read_phone_count(asks: Asks, text: str) -> int:
    """0 for none, or for a made-up one."""
    try:
        code, count = signing.loads(text, salt=PHONE)
    except (signing.BadSignature, ValueError, TypeError):
        return 0
    return count if code == asks.code and isinstance(count, int) else 0
