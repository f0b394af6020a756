"""The e-mail: plain text, a few hundred bytes, with the way out of it."""

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from notifications.models import Delivery, Notification
from notifications.services.carriers import Letter
from notifications.services.kinds import put_into_words

SALT = "notifications.stop"


def write_letter(row: Delivery, person: User, address: str) -> Letter:
    """In the active language; it speaks for the whole group."""
    notification = row.notification
    count = 1 + notification.followers.count()
    sentences = put_into_words(notification.kind, notification.data, count)
    stop_url = make_absolute(reverse("notifications-stop", args=[make_stop_token(person, notification)]))
    context = {
        "sentences": sentences,
        "url": make_absolute(f"/{translation.get_language()}{notification.url}"),
        "stop_url": stop_url,
        "settings_url": make_absolute(reverse("notifications-settings")),
    }
    text = render_to_string("notifications/letter.txt", context)
    return Letter(str(row.public_id), address, sentences.title, text, stop_url)


def make_absolute(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def make_stop_token(person: User, notification: Notification) -> str:
    """Signed: whose e-mails, of which kind, and when it was written."""
    facts = [person.public_id.hex, notification.kind, int(timezone.now().timestamp())]
    return signing.dumps(facts, salt=SALT, compress=True)
