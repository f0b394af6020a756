"""Form fields for days and times: the browser's own pickers, and what people type where there is none."""

from typing import Any

from django import forms

DATES = ["%Y-%m-%d", "%d/%m/%Y"]


def day_field(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "mid"})
    return forms.DateField(label=label, input_formats=DATES, widget=widget, **more)


def time_field(label: Any, **more: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "mid"})
    return forms.TimeField(label=label, widget=widget, **more)
