"""The log of every change of state."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteers.enums import (
    ApplicationStatus,
    CancelReason,
    Clock,
    EndReason,
    HoursStatus,
    InterviewCancel,
    LeaveReason,
    MessageReason,
    NoPlaceReason,
    OverrideReason,
    PartnershipStatus,
    PartReason,
    PlacementStatus,
    RequestStatus,
    ReworkReason,
    RoundReason,
    RoundStatus,
    SignupStatus,
)
from volunteers.models.application import Application, Placement
from volunteers.models.partnership import Partnership
from volunteers.models.request import VolunteerRequest
from volunteers.models.round import Round
from volunteers.models.serving import HoursEntry, ShiftSignup
from volunteers.querysets import NO_NEWS, UNDO, TransitionQuerySet

# Each column that points at a row is also the name of the row's machine.
STATES: dict[str, type[models.TextChoices]] = {
    "request": RequestStatus,
    "application": ApplicationStatus,
    "placement": PlacementStatus,
    "signup": SignupStatus,
    "hours": HoursStatus,
    "round": RoundStatus,
    "partnership": PartnershipStatus,
}
COLUMNS = tuple(STATES)
LISTS = (
    NoPlaceReason,
    LeaveReason,
    EndReason,
    CancelReason,
    OverrideReason,
    PartReason,
    ReworkReason,
    Clock,
    RoundReason,
    MessageReason,
    InterviewCancel,
)
REASONS = {str(code): label for reasons in LISTS for code, label in reasons.choices}
NO_PLACE = {str(code): label for code, label in NoPlaceReason.choices}


def label_reason(code: str, target: str) -> str:
    """The reason in words. An office's "times" and a volunteer's are two sentences; the new state tells."""
    refused = target == ApplicationStatus.NOT_PLACED
    return str((NO_PLACE if refused and code in NO_PLACE else REASONS).get(code, ""))


def of_one_row() -> Q:
    """Exactly one of the columns points at a row."""
    condition = Q()
    for name in COLUMNS:
        condition |= Q(**{f"{other}__isnull": other != name for other in COLUMNS})
    return condition


class Transition(models.Model):
    """One row changed its state: who (empty for a clock), when, what and why.

    Never deleted, and nothing of it is written later except `announced_at`.
    """

    request = models.ForeignKey(VolunteerRequest, models.CASCADE, null=True, blank=True, related_name="transitions")
    application = models.ForeignKey(Application, models.CASCADE, null=True, blank=True, related_name="transitions")
    placement = models.ForeignKey(Placement, models.CASCADE, null=True, blank=True, related_name="transitions")
    signup = models.ForeignKey(ShiftSignup, models.CASCADE, null=True, blank=True, related_name="transitions")
    hours = models.ForeignKey(HoursEntry, models.CASCADE, null=True, blank=True, related_name="transitions")
    round = models.ForeignKey(Round, models.CASCADE, null=True, blank=True, related_name="transitions")
    partnership = models.ForeignKey(Partnership, models.CASCADE, null=True, blank=True, related_name="transitions")
    verb = models.CharField(max_length=20)
    source = models.CharField(max_length=12)
    target = models.CharField(max_length=12)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=20, blank=True, default="")
    note = models.TextField(_("reason in words"), max_length=600, blank=True, default="")
    at = models.DateTimeField(auto_now_add=True)
    # Empty while somebody still has to be told of it: what a crash left behind is found by this.
    # It may be taken back until then, so nobody is told before.
    held_until = models.DateTimeField(null=True, blank=True, editable=False)
    announced_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TransitionQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("at",), condition=Q(announced_at=None), name="volunteers_transition_untold"),)
        constraints = (models.CheckConstraint(condition=of_one_row(), name="volunteers_transition_of_one_row"),)

    def __str__(self) -> str:
        return f"{self.verb}: {self.source} > {self.target}"

    @staticmethod
    def column_of(row: models.Model) -> str:
        """The column that points at rows of this kind; it is also the name of their machine."""
        return next(name for name in COLUMNS if Transition._meta.get_field(name).related_model is type(row))

    @property
    def machine(self) -> str:
        """Whose change it was, by the name of the column."""
        return next(name for name in COLUMNS if getattr(self, f"{name}_id") is not None)

    @property
    def row(self) -> models.Model:
        """What changed."""
        row: models.Model = getattr(self, self.machine)
        return row

    @property
    def stands(self) -> bool:
        """No later change of the row stands: those taken back, and the taking back itself, do not count."""
        later = Transition.objects.filter(**{self.machine: self.row}, pk__gt=self.pk)
        later = later.exclude(verb__in=NO_NEWS)
        return not later.exclude(verb__startswith=UNDO).exclude(announced_at__lt=F("held_until")).exists()

    @property
    def is_heard(self) -> bool:
        """As `TransitionQuerySet.heard`, of one row."""
        if self.verb.startswith(UNDO):
            return False
        if self.held_until is None:
            return True
        is_undone = self.announced_at is not None and self.announced_at < self.held_until
        return self.held_until <= timezone.now() and not is_undone

    @property
    def reason_label(self) -> str:
        return label_reason(self.reason, self.target)

    @property
    def source_label(self) -> str:
        return self._label_of(self.source)

    @property
    def target_label(self) -> str:
        return self._label_of(self.target)

    def _label_of(self, state: str) -> str:
        """The state in words people read; each kind of row has its own."""
        return str(STATES[self.machine](state).label)
