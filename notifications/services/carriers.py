"""What carries a notification to a person outside the site. The bell needs no carrier: the row itself is there.

A new way is a new `Carrier` in `CARRIERS` and a new word in `enums.Channel`; no feature hears of it.
"""

import smtplib
from abc import ABC, abstractmethod
from dataclasses import dataclass
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage

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
    """It did not go out and never will."""


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
    def send(self, letter: Letter) -> None:
        """Hand it over. Raises `TryAgainError` or `GiveUpError`."""


class Email(Carrier):
    def is_available(self) -> bool:
        return bool(settings.EMAIL_BACKEND != NO_MAIL)

    def find_address(self, user: User) -> str:
        """A confirmed one only: what somebody else typed gets no mail."""
        row = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "pk").first()
        return row.email if row else ""

    def send(self, letter: Letter) -> None:
        host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
        message = EmailMessage(
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
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as refusal:
            raise _judge(max(code for code, _ in refusal.recipients.values())) from None
        except smtplib.SMTPAuthenticationError:
            raise TryAgainError(DeliveryReason.NO_CONNECTION) from None  # the operator's to mend, not the person's
        except smtplib.SMTPResponseException as refusal:
            raise _judge(refusal.smtp_code) from None
        except (smtplib.SMTPException, OSError):
            raise TryAgainError(DeliveryReason.NO_CONNECTION) from None


def _judge(code: int) -> TryAgainError:
    """`from None` above: the server's own sentence names the address, and no log of ours shall."""
    return GiveUpError(DeliveryReason.REFUSED) if code >= PERMANENT else TryAgainError(DeliveryReason.BUSY)


CARRIERS: dict[Channel, Carrier] = {Channel.EMAIL: Email()}
