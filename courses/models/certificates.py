"""Certificates, who stands for them, and the word of a commune office."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from courses.enums import ConfirmationStatus, RefusalReason, ReissueReason
from courses.models.papers import Paper
from courses.querysets import CertificateQuerySet, ConfirmationQuerySet


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


class Certificate(Paper):
    """What a person proved in a course.

    `facts` beside those of every paper: `{course, confirmer: {km, en}, minutes, lessons, quizzes, tasks}`. `lessons`
    and `quizzes` are numbers of required ones, `tasks` that of the practical tasks that had to be accepted.
    `evidence`: what the learner chose to attach, `[{id, km, en, accepted_at}]`.

    One a person and course is current; a reissue supersedes it, so that the old paper says where the new one is. When
    the account is deleted, `facts` loses the names, `user` and `evidence` go (docs/decisions/0018).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="certificates"
    )
    course_key = models.UUIDField()
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="certificates"
    )  # none: the programme itself
    evidence = models.JSONField(default=list, blank=True)
    reissue_reason = models.CharField(max_length=20, choices=ReissueReason, blank=True, default="")

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

    @property
    def title(self) -> str:
        """The course's title."""
        return self.say("course")

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
