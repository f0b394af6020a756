"""Certificates, who stands for them, and the word of a commune office."""

import secrets
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from courses.enums import CertificateState, ConfirmationStatus, RefusalReason, ReissueReason, RevocationReason
from courses.querysets import CertificateQuerySet, ConfirmationQuerySet

# No vowels, so that no word arises; nothing that is read as something else (0 O, 1 I L, U V).
ALPHABET = "23456789BCDFGHJKMNPQRSTWXYZ"
CODE_LENGTH = 10


def make_code() -> str:
    """Ten signs of 27, or 2 in 10 to the 14th: with a million certificates a guess hits one in 200 million times."""
    return "".join(secrets.choice(ALPHABET) for _index in range(CODE_LENGTH))


class Issuer(models.Model):
    """How an organisation's certificates look: its logo, and who signs them. Without a row: its name alone.

    Pictures are kept as we re-encoded them, under names that are never used again: a certificate points to the file
    that was there when it was issued.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="issuer")
    logo = models.ImageField(_("Logo"), upload_to="issuers", blank=True, default="")
    signature = models.ImageField(_("Signature"), upload_to="issuers", blank=True, default="")
    signer_name_km = models.CharField(_("Name of the signer in Khmer"), max_length=120, blank=True, default="")
    signer_name_en = models.CharField(_("Name of the signer in English"), max_length=120, blank=True, default="")
    signer_title_km = models.CharField(_("Title of the signer in Khmer"), max_length=120, blank=True, default="")
    signer_title_en = models.CharField(_("Title of the signer in English"), max_length=120, blank=True, default="")
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.organisation)


class Certificate(models.Model):
    """What a person proved in a course, frozen at `issued_at`: later changes of name, course or issuer change nothing.

    `facts`: `{name, given_name, course, issuer, confirmer, signer, signer_title: {km, en}, minutes, lessons, quizzes,
    skills: [{code, km, en}], logo, signature, tasks}`; names as they were, `en` in Latin letters. `lessons` and
    `quizzes` are numbers of required ones, `tasks` that of the practical tasks that had to be accepted.
    `evidence`: what the learner chose to attach, `[{id, km, en, accepted_at}]`.

    One a person and course is current; a reissue supersedes it, so that the old paper says where the new one is. When
    the account is deleted, `facts` loses the names, `user` and `evidence` go (docs/decisions/0018).
    """

    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=make_code, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="certificates"
    )
    course_key = models.UUIDField()
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="certificates"
    )  # none: the programme itself
    facts = models.JSONField()
    evidence = models.JSONField(default=list, blank=True)
    issued_at = models.DateTimeField(default=timezone.now)
    superseded_by = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="supersedes", editable=False
    )
    superseded_at = models.DateTimeField(null=True, blank=True)
    reissue_reason = models.CharField(max_length=20, choices=ReissueReason, blank=True, default="")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    revocation_reason = models.CharField(max_length=20, choices=RevocationReason, blank=True, default="")
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ("-issued_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "course_key"),
                condition=Q(superseded_at__isnull=True, user__isnull=False),
                name="courses_certificate_one_current",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revocation_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revocation_reason="")),
                name="courses_certificate_revoked_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True, reissue_reason="")
                | (Q(superseded_at__isnull=False) & ~Q(reissue_reason="")),
                name="courses_certificate_superseded_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(user__isnull=True), name="courses_certificate_erased_is_nobodys"
            ),
        )
        indexes = (
            models.Index(fields=("user", "-issued_at"), name="courses_certificate_of_user"),
            models.Index(fields=("organisation", "-issued_at"), name="courses_certificate_by"),
        )

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
    def title(self) -> str:
        """The course's title."""
        return self.say("course")

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

    @property
    def works(self) -> list[dict[str, Any]]:
        """The evidence with its title in the reader's language: `[{id, km, en, title, accepted_at}]`."""
        here, there = ("en", "km") if get_language() == "en" else ("km", "en")
        return [{**work, "title": work.get(here) or work.get(there)} for work in self.evidence]


class Confirmation(models.Model):
    """A learner asked a verified commune office to confirm their work in a course; a clerk answers."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="course_confirmations")
    course_key = models.UUIDField()
    office = models.ForeignKey(Organisation, models.CASCADE, related_name="course_confirmations")
    status = models.CharField(max_length=10, choices=ConfirmationStatus, default=ConfirmationStatus.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=20, choices=RefusalReason, blank=True, default="")

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "course_key"),
                condition=Q(status__in=("asked", "confirmed")),
                name="courses_confirmation_one_alive",
            ),
            models.CheckConstraint(
                condition=(Q(status="refused") & ~Q(reason="")) | (~Q(status="refused") & Q(reason="")),
                name="courses_confirmation_refused_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(status="asked", decided_at__isnull=True)
                | (~Q(status="asked") & Q(decided_at__isnull=False)),
                name="courses_confirmation_decided_has_time",
            ),
        )
        indexes = (models.Index(fields=("office", "status", "asked_at"), name="courses_confirmation_queue"),)

    def __str__(self) -> str:
        return f"{self.user_id} · {self.course_key}"

    @property
    def is_waiting(self) -> bool:
        return self.status == ConfirmationStatus.ASKED

    @property
    def is_refused(self) -> bool:
        return self.status == ConfirmationStatus.REFUSED
