"""What a paper that proves something has in common: a code, frozen facts, and what became of it."""

import secrets
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language

from courses.enums import CertificateState, RevocationReason

# No vowels, so that no word arises; nothing that is read as something else (0 O, 1 I L, U V).
ALPHABET = "23456789BCDFGHJKMNPQRSTWXYZ"
CODE_LENGTH = 10


def make_code() -> str:
    """Ten signs of 27, or 2 in 10 to the 14th: with a million certificates a guess hits one in 200 million times."""
    return "".join(secrets.choice(ALPHABET) for _index in range(CODE_LENGTH))


class Paper(models.Model):
    """Frozen at `issued_at`: later changes of name, work or issuer change nothing; a newer paper may supersede it.

    `facts` of every paper: `{name, given_name, issuer, signer, signer_title: {km, en}, skills: [{code, km, en}], logo,
    signature}`; names as they were, `en` in Latin letters. A concrete paper has a column `user`, empty once the owner
    has left, and adds facts of its own.
    """

    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=make_code, editable=False)
    facts = models.JSONField()
    issued_at = models.DateTimeField(default=timezone.now)
    superseded_by = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="supersedes", editable=False
    )
    superseded_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    revocation_reason = models.CharField(max_length=20, choices=RevocationReason, blank=True, default="")
    erased_at = models.DateTimeField(null=True, blank=True)

    user: Any
    organisation: Any

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.shown_code

    @property
    def shown_code(self) -> str:
        """`K7M42Q9PXT` -> "K7M42-Q9PXT", as people read and type it."""
        return f"{self.code[:5]}-{self.code[5:]}"

    @property
    def state(self) -> CertificateState:
        """What holds now; revoked outweighs the rest."""
        if self.revoked_at:
            return CertificateState.REVOKED
        if self.superseded_at:
            return CertificateState.SUPERSEDED
        return CertificateState.ERASED if self.erased_at else CertificateState.VALID

    @property
    def is_valid(self) -> bool:
        return self.state == CertificateState.VALID

    def say(self, name: str) -> str:
        """One of the facts with two languages in the reader's, else in the other."""
        words: dict[str, str] = self.facts.get(name) or {}
        here, there = ("en", "km") if get_language() == "en" else ("km", "en")
        return words.get(here) or words.get(there) or ""

    @property
    def issuer_name(self) -> str:
        return self.say("issuer")

    @property
    def full_name(self) -> str:
        """For the owner's own eyes and paper; everybody else reads `public_name`."""
        return self.say("name")

    @property
    def signer(self) -> str:
        return self.say("signer")

    @property
    def signer_title(self) -> str:
        return self.say("signer_title")

    @property
    def logo_url(self) -> str:
        return self._url("logo")

    @property
    def signature_url(self) -> str:
        return self._url("signature")

    def _url(self, name: str) -> str:
        stored: str = self.facts.get(name) or ""
        return default_storage.url(stored) if stored else ""

    @property
    def public_names(self) -> dict[str, str]:
        """What the verify page and the signed badge call the owner, in both scripts: of a minor, or of unknown age, the
        given name only; nothing once the account is deleted.
        """
        if self.user is None:
            return {}
        names: dict[str, str] = self.facts["given_name" if self.user.is_minor else "name"]
        return names

    @property
    def public_name(self) -> str:
        """The same in the reader's script, else in the other."""
        here, there = ("en", "km") if get_language() == "en" else ("km", "en")
        return self.public_names.get(here) or self.public_names.get(there) or ""

    @property
    def skills(self) -> list[str]:
        """The skills' names in the reader's language."""
        code = "en" if get_language() == "en" else "km"
        return [skill[code] for skill in self.facts.get("skills", [])]
