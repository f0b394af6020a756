"""Another number of hours and why, written by the office or by whoever settles."""

from collections.abc import Callable

from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.serving_forms import CorrectHoursForm


def write_minutes(form: CorrectHoursForm, act: Callable[..., object]) -> bool:
    """`act` with what was typed, if it can be read. Answers whether it was done; else the form says why not."""
    if not form.is_valid():
        return False
    try:
        act(minutes=form.cleaned_data["total"], note=form.cleaned_data["note"])
    except (NotReadyError, WrongStateError) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
