"""Forms of people whose sign-in ended while they typed."""

from typing import Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from volunteers.serving_forms import KeptForm

LONGEST = 300  # characters of one field that waits for the sign-in


def ask_to_sign_in(request: HttpRequest, form: forms.Form, key: str) -> HttpResponse:
    """What was typed waits in the session. A form that a phone kept is refused so that the phone keeps it on (403)."""
    if KeptForm(request.POST).is_kept:
        raise PermissionDenied
    request.session[key] = {name: str(request.POST.get(name, ""))[:LONGEST] for name in form.fields}
    return redirect_to_login(request.get_full_path())


def find_typed(request: HttpRequest, key: str) -> dict[str, Any]:
    """What waited, once."""
    typed: dict[str, Any] = request.session.pop(key, {})
    return typed
