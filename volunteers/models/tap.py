"""What a phone sent about a shift, so that a call repeated later changes nothing."""

from django.db import models
from django.utils import timezone

from volunteers.enums import SignupVerb
from volunteers.models.serving import ShiftSignup


class ShiftTap(models.Model):
    """One answer to a shift, acted on once. `client_id` is made by the phone, `happened_at` by its clock."""

    client_id = models.UUIDField(unique=True, editable=False)
    signup = models.ForeignKey(ShiftSignup, models.PROTECT, related_name="taps")
    verb = models.CharField(max_length=12, choices=SignupVerb)
    happened_at = models.DateTimeField(default=timezone.now, editable=False)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("received_at", "pk")

    def __str__(self) -> str:
        return f"{self.signup_id} · {self.verb}"
