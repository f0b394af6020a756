"""What an answer to a request's questions may not say: the first choice is blind."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.services.machine import NotReadyError
from volunteers.services.writing.contact import has_contact
from volunteers.services.writing.identity import find_own_words, has_sex


def find_giveaway(text: str, person: User | None) -> str:
    """What to take out, in a sentence; "" where nothing tells who wrote it."""
    if has_contact(text):
        return _("Please take out numbers, addresses and accounts: the commune chooses without knowing who you are.")
    if person is not None and find_own_words(text, person):
        return _("Please take your name and village out: the commune chooses without knowing who you are.")
    if has_sex(text):
        return _("Please take out whether you are a woman or a man: the commune chooses without knowing who you are.")
    return ""


def check_answers(answers: Sequence[str], person: User) -> None:
    """Raises `NotReadyError` with the first thing to take out."""
    for text in answers:
        if sentence := find_giveaway(text, person):
            raise NotReadyError(sentence)
