"""Codes that people without e-mail write down and come back with.

Only keyed hashes are stored. Fresh codes are derived from a random seed that stays in the person's session until they
say they have written the codes down, so the page can be shown again without keeping a code anywhere.
"""

import secrets

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from rest_framework.authtoken.models import Token

from accounts.models import RecoveryCode, User
from accounts.services.people import find_people_by_login
from places.khmer import normalise

COUNT = 8
DIGITS = 12
SALT = "accounts.recovery"


def codes_from(seed: str) -> list[str]:
    """The codes of a seed, as "1234 5678 9012"."""
    codes = []
    for number in range(COUNT):
        key = salted_hmac(f"{SALT}.seed", f"{seed}:{number}", algorithm="sha256").hexdigest()
        digits = f"{int(key, 16) % 10**DIGITS:0{DIGITS}d}"
        codes.append(" ".join(digits[start : start + 4] for start in range(0, DIGITS, 4)))
    return codes


@transaction.atomic
def make_recovery_codes(user: User) -> str:
    """Replace all codes of the person by new ones; returns their seed for `codes_from`."""
    seed = secrets.token_urlsafe(24)
    user.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, code_hash=hash_code(user, code)) for code in codes_from(seed)
    )
    return seed


def recover(*, login: str, code: str, password: str) -> User | None:
    """Set a new password for whoever this name or phone and unused code belong to; None when they do not fit.

    The code is spent in the same step, so two tries at once cannot both use it.
    """
    people, _by_phone = find_people_by_login(login)
    for person in people or [User()]:
        if spend_code(person, code):
            with transaction.atomic():
                person.set_password(password)
                person.save(update_fields=["password"])
                end_tokens(person)
            return person
    return None


def end_tokens(user: User) -> None:
    """A new password shuts out the programs too that came in by the old one."""
    Token.objects.filter(user=user).delete()


def spend_code(user: User, code: str) -> bool:
    """Mark the code as used; whether there was one. An unsaved user stands for nobody and costs the same query."""
    hashes = [hash_code(user, code, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    unused = RecoveryCode.objects.filter(user_id=user.pk or 0, code_hash__in=hashes, used_at=None)
    return bool(unused.update(used_at=timezone.now()))


def hash_code(user: User, code: str, secret: str | bytes | None = None) -> str:
    """A keyed hash: without the site's secret the stored form cannot be tried out."""
    digits = "".join(letter for letter in normalise(code) if letter.isdecimal())
    return salted_hmac(SALT, f"{user.public_id}:{digits}", secret=secret, algorithm="sha256").hexdigest()
