"""The clerk's long form outlives a session: what was typed waits in the new one until it is saved."""

from typing import Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from volunteers.forms.requests import RequestForm

TYPED = "request_typed"  # of the session: which form, and its fields
LONGEST = 3000  # characters of a text that sets no limit itself
MOST_CHOICES, LONGEST_CHOICE = 50, 40


def send_to_sign_in(request: HttpRequest, key: str) -> HttpResponse:
    """To the sign-in page and back to this very address; the last form that was sent is kept for its `key`."""
    if request.method == "POST":
        typed = {name: read_field(request, name, field) for name, field in RequestForm.base_fields.items()}
        request.session[TYPED] = {"key": key, "typed": typed}
    return redirect_to_login(request.get_full_path())


def read_field(request: HttpRequest, name: str, field: forms.Field) -> Any:
    """As an initial value, cut: anybody may send anything here."""
    if isinstance(field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)):
        return [value[:LONGEST_CHOICE] for value in request.POST.getlist(name)[:MOST_CHOICES]]
    if isinstance(field, forms.BooleanField):
        return name in request.POST
    return request.POST.get(name, "")[: getattr(field, "max_length", None) or LONGEST]


def find_typed(request: HttpRequest, key: str) -> dict[str, Any]:
    """What waits for this form; {} without."""
    kept: dict[str, Any] = request.session.get(TYPED, {})
    return kept["typed"] if kept.get("key") == key else {}


def forget_typed(request: HttpRequest) -> None:
    request.session.pop(TYPED, None)
