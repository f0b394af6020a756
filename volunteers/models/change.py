"""What became different in the words of a request after somebody had read them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from volunteers.enums import Term
from volunteers.models.request import VolunteerRequest


class RequestChange(models.Model):
    """One field of one edit, as readers of each language saw it before and after. Never deleted.

    Edits of an open request are public and told to whoever applied; those of a returned one are for the staff.
    """

    request = models.ForeignKey(VolunteerRequest, models.CASCADE, related_name="changes")
    edit_id = models.UUIDField(default=uuid.uuid4, editable=False)  # shared by all fields of one saving
    term = models.CharField(max_length=12, choices=Term)
    before_km = models.TextField(blank=True, default="")
    before_en = models.TextField(blank=True, default="")
    after_km = models.TextField(blank=True, default="")
    after_en = models.TextField(blank=True, default="")
    is_public = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    # Empty while applicants still have to be told of it: what a crash left behind is found by this.
    announced_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("at", "pk")
        indexes = (
            models.Index(fields=("request", "at"), name="volunteers_change_of_request"),
            models.Index(fields=("at",), condition=Q(announced_at=None), name="volunteers_change_untold"),
        )

    def __str__(self) -> str:
        return f"{self.request_id} · {self.term}"

    @property
    def before(self) -> str:
        return self.before_en if get_language() == "en" else self.before_km

    @property
    def after(self) -> str:
        return self.after_en if get_language() == "en" else self.after_km
