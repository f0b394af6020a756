"""What can be done with every kind of paper; and the one door where people type a code, whatever it stands on."""

import re
from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.enums import RevocationReason
from courses.models.papers import ALPHABET, CODE_LENGTH, Paper

AnyPaper = TypeVar("AnyPaper", bound=Paper)
Finder = Callable[[str], str]

_FINDERS: list[Finder] = []


KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")


def read_code(typed: str) -> str:
    """The code somebody typed, with or without dash, in any case, with Khmer digits; "" for what can be none."""
    code = re.sub(r"[\s\-\u2010-\u2015\u200b.]", "", typed.translate(KHMER_DIGITS)).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else ""


def add_finder(finder: Finder) -> Finder:
    """For apps above with papers of their own: by a code, the address of the page that verifies it, or ""."""
    if finder not in _FINDERS:
        _FINDERS.append(finder)
    return finder


def find_elsewhere(code: str) -> str:
    """Where a code that is no certificate's is verified; "" where nobody knows it."""
    return next((address for finder in _FINDERS if (address := finder(code))), "")


@transaction.atomic
def revoke(paper: AnyPaper, *, by: User, reason: RevocationReason) -> AnyPaper:
    """Withdraw it for good, with a reason that the verify page shows. Revoking again changes nothing."""
    locked: AnyPaper = type(paper)._default_manager.select_for_update().get(pk=paper.pk)
    if locked.revoked_at is None:
        locked.revoked_at, locked.revoked_by, locked.revocation_reason = timezone.now(), by, reason
        locked.save(update_fields=["revoked_at", "revoked_by", "revocation_reason"])
    return locked
