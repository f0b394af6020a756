"""What carries a notification to a person outside the site. The bell needs no carrier: the row itself is there.

A new way is a new `Carrier` in `CARRIERS` and a new word in `enums.Channel`; no feature hears of it.
"""

import smtplib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

from accounts.models import User
from notifications.enums import Channel, DeliveryReason

NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"
PERMANENT = 500  # SMTP answers from here on are final


class TryAgainError(Exception):
    """It did not go out; it may later."""

    def __init__(self, reason: DeliveryReason) -> None:
        super().__init__(reason)
        self.reason = reason


class GiveUpError(TryAgainError):
    """It did not go out and never will; or, with the reason INTERRUPTED, nobody knows."""


class NotMineError(Exception):
    """Another worker has taken the delivery over: this one leaves it alone."""


@dataclass(frozen=True)
class Letter:
    """What goes out, in the reader's language. `key` is the same at every attempt."""

    key: str
    address: str
    title: str
    text: str
    stop_url: str


class Carrier(ABC):
    @abstractmethod
    def is_available(self) -> bool:
        """Whether this site can use this way at all."""

    @abstractmethod
    def find_address(self, user: User) -> str:
        """Where the person is reached, "" where they are not."""

    @abstractmethod
    def send(self, letter: Letter, *, begin: Callable[[], None]) -> None:
        """Hand it over. Raises `TryAgainError` or `GiveUpError`.

        Calls `begin` once, when the way is clear and before anything of the letter leaves, and lets through what that
        raises. Whatever fails after it with no answer from the other side may have arrived: INTERRUPTED.
        """


class Email(Carrier):
    def is_available(self) -> bool:
        return bool(settings.EMAIL_BACKEND != NO_MAIL)

    def find_address(self, user: User) -> str:
        """A confirmed one only: what somebody else typed gets no mail."""
        row = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "pk").first()
        return row.email if row else ""

    def send(self, letter: Letter, *, begin: Callable[[], None]) -> None:
        server = get_connection()
        try:
            with read_answers(TryAgainError(DeliveryReason.NO_CONNECTION)):
                server.open()
                if isinstance(server, EmailBackend) and server.connection:
                    server.connection.ehlo_or_helo_if_needed()
            begin()
            with read_answers(GiveUpError(DeliveryReason.INTERRUPTED)):
                server.send_messages([write_mail(letter)])
        finally:
            with suppress(smtplib.SMTPException, OSError):  # a farewell that fails unsends nothing
                server.close()


def write_mail(letter: Letter) -> EmailMessage:
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    return EmailMessage(
        subject=" ".join(letter.title.split()),
        body=letter.text,
        to=[letter.address],
        headers={
            "Message-ID": f"<{letter.key}@{host}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{letter.stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


@contextmanager
def read_answers(silence: TryAgainError) -> Iterator[None]:
    """What the server said, as our errors; `silence` is what it means when it says nothing more. `from None`: its own
    sentences name the address, and no log of ours shall.
    """
    try:
        yield
    except smtplib.SMTPRecipientsRefused as refusal:
        raise _judge(max(code for code, _ in refusal.recipients.values())) from None
    except smtplib.SMTPAuthenticationError:
        raise TryAgainError(DeliveryReason.NO_CONNECTION) from None  # the operator's to mend, not the person's
    except smtplib.SMTPResponseException as refusal:
        raise _judge(refusal.smtp_code) from None
    except (smtplib.SMTPException, OSError):
        raise silence from None


def _judge(code: int) -> TryAgainError:
    return GiveUpError(DeliveryReason.REFUSED) if code >= PERMANENT else TryAgainError(DeliveryReason.BUSY)


CARRIERS: dict[Channel, Carrier] = {Channel.EMAIL: Email()}
