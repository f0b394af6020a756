"""Forms that a phone kept while it had no network, or that waited for a sign-in."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

CLOCK_SLACK = timedelta(minutes=5)  # a phone's clock this near to ours counts as right
OLDEST = timedelta(days=366)  # beyond it a date without a clock to compare it with is not believed
LONGEST = 300  # characters of one field that waits for the sign-in, where the page does not say more


@dataclass(frozen=True)
class Clock:
    """Our clock and the phone's at the moment of sending (None: it did not say)."""

    received_at: datetime
    sent_at: datetime | None = None

    @property
    def offset(self) -> timedelta:
        """What to add to the phone's times: nothing while its clock is right within the slack."""
        off = self.received_at - self.sent_at if self.sent_at else timedelta()
        return off if abs(off) > CLOCK_SLACK else timedelta()

    def correct(self, happened_at: datetime) -> datetime:
        """The moment by our clock; one that cannot be, in the future or over a year ago, is the moment of arrival."""
        try:
            moment = happened_at + self.offset
        except OverflowError:  # beyond the calendar's ends
            return self.received_at
        return moment if self.received_at - OLDEST <= moment <= self.received_at + CLOCK_SLACK else self.received_at


class KeptForm(forms.Form):
    """What a phone adds to a form that it kept while it had no network: an id, its clock then, and as it sends."""

    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    happened_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    sent_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    @property
    def is_kept(self) -> bool:
        """It waited on the phone."""
        return bool(self.data.get("sent_at"))

    def read_id(self) -> uuid.UUID | None:
        found: uuid.UUID | None = self._read("client_id")
        return found

    def read_moment(self) -> datetime | None:
        """When it happened by our clock; None for a form sent at once, or for nonsense."""
        happened_at = self._read("happened_at")
        return Clock(timezone.now(), self._read("sent_at")).correct(happened_at) if happened_at else None

    def _read(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name) or None


def ask_to_sign_in(
    request: HttpRequest, form: forms.Form, key: str, *, back: str = "", longest: int = LONGEST
) -> HttpResponse:
    """What was typed waits in the session for the page `back`, or this one. A form that a phone kept is refused so that
    the phone keeps it on (403). What a form names in `never_waits` is asked again: it tells too much of a person.
    """
    if KeptForm(request.POST).is_kept:
        raise PermissionDenied
    names = set(form.fields) - set(getattr(form, "never_waits", ()))
    request.session[key] = {name: str(request.POST.get(name, ""))[:longest] for name in names}
    return redirect_to_login(back or request.get_full_path())


def find_typed(request: HttpRequest, key: str) -> dict[str, Any]:
    """What waited, once."""
    typed: dict[str, Any] = request.session.pop(key, {})
    return typed
