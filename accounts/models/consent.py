"""A guardian's consent, inclusion data kept apart from the person, codes to come back with."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import ConsentChannel


class GuardianConsent(models.Model):
    """A guardian agreed that this minor may volunteer; who recorded it and how. Withdrawn, never deleted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="guardian_consents")
    guardian_name = models.CharField(_("guardian's name"), max_length=160)
    guardian_phone = models.CharField(_("guardian's phone"), max_length=16, blank=True, default="")
    channel = models.CharField(max_length=10, choices=ConsentChannel)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="consents_recorded")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="consents_withdrawn"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-given_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("user",),
                condition=Q(withdrawn_at__isnull=True),
                name="accounts_guardianconsent_one_valid",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class InclusionProfile(models.Model):
    """Optional, for fair places and honest counts only: read in aggregates or as a yes/no reserve flag.

    Each answer is yes, no, or null for "not said". Every other read is logged in `InclusionRead`.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="inclusion")
    is_female = models.BooleanField(_("I am a woman or a girl"), null=True, blank=True)
    has_disability = models.BooleanField(_("I live with a disability"), null=True, blank=True)
    has_id_poor = models.BooleanField(_("my household has an ID Poor card"), null=True, blank=True)
    is_minority = models.BooleanField(_("I belong to a minority or indigenous group"), null=True, blank=True)
    has_migrant_household = models.BooleanField(_("someone of my household lives away for work"), null=True, blank=True)
    consented_at = models.DateTimeField()
    purpose = models.CharField(max_length=200)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.pk}"


class InclusionRead(models.Model):
    """Somebody other than the person read one inclusion profile."""

    profile_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="inclusion_reads")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-read_at",)

    def __str__(self) -> str:
        return f"{self.pk}"


class InclusionCount(models.Model):
    """Inclusion answers were counted in groups; by whom (empty: the programme's own clock) and over how many people."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=200)
    people = models.PositiveIntegerField()
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-read_at",)

    def __str__(self) -> str:
        return f"{self.pk}"


class RecoveryCode(models.Model):
    """A code written down to come back without e-mail. Only a keyed hash is kept; each works once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("user", "code_hash"), name="accounts_recoverycode_once_per_person"),
        )

    def __str__(self) -> str:
        return f"{self.pk}"
