"""What people type about their service: hours, the code, an appeal."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ui.kept import KeptForm
from ui.words import to_digits, to_western
from volunteers.models import HoursEntry, Placement
from volunteers.models.serving import MOST_MINUTES_A_DAY
from volunteers.services.serving.mine import choose_placement

MOST_HOURS, MINUTE = MOST_MINUTES_A_DAY // 60, 60
LONGEST_NOTE = 600


class CodeForm(KeptForm):
    """The code on the office's screen."""

    code = forms.CharField(
        label=gettext_lazy("Code on the office's screen"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "code"}),
        error_messages={"required": gettext_lazy("Type the code first.")},
    )


class CountField(forms.IntegerField):
    """A whole number, typed in either script."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        return super().to_python(to_western(str(value or "")).strip())


class MinutesForm(forms.Form):
    """A length of time as hours and minutes; `total` in minutes."""

    hours = CountField(
        label=gettext_lazy("Hours"),
        min_value=0,
        max_value=MOST_HOURS,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    minutes = forms.TypedChoiceField(label=gettext_lazy("Minutes"), coerce=int, required=False, empty_value="0")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least = 1
        typed = str(self.initial.get("minutes") or 0)
        steps = sorted({*range(0, MINUTE, 15), int(typed) % MINUTE if typed.isdecimal() else 0})
        self.fields["minutes"].choices = [(step, to_digits(step)) for step in steps]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "hours" in cleaned and "minutes" in cleaned:
            total = cleaned["hours"] * MINUTE + int(cleaned["minutes"])
            if not self.least <= total <= MOST_MINUTES_A_DAY:
                self.add_error("hours", _("Between 1 minute and 12 hours a day."))
            cleaned["total"] = total
        return cleaned


class HoursForm(MinutesForm, KeptForm):
    """Time worked on one day. Where the form knows one place only, or none yet, it does not ask which."""

    placement = forms.ChoiceField(label=gettext_lazy("Which work"), required=False)
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    what = forms.CharField(
        label=gettext_lazy("What you did"),
        help_text=gettext_lazy("A few words, for the office and for your service record."),
        max_length=200,
        required=False,
    )
    TYPED = ("placement", "day", "hours", "minutes", "what")
    field_order = ("placement", "day", "hours", "minutes", "what", "client_id", "happened_at", "sent_at")

    def __init__(self, placements: list[Placement], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placements = {str(placement.public_id): placement for placement in placements}
        field = self.fields["placement"]
        field.choices = [(key, place.application.request.title) for key, place in self.placements.items()]  # type: ignore[attr-defined]
        if len(placements) < 2:
            field.widget = forms.HiddenInput()

    def read_typed(self) -> dict[str, str]:
        """As it was typed, right or wrong."""
        return {name: str(self.data.get(name, "")) for name in self.TYPED}

    def say_why(self) -> str:
        """Everything that is wrong, as one text."""
        return " ".join(str(sentence) for sentences in self.errors.values() for sentence in sentences)

    def find_placement(self) -> Placement | None:
        """The chosen one, else the one that the day belongs to."""
        chosen = self.placements.get(self.cleaned_data.get("placement", ""))
        return chosen or choose_placement(list(self.placements.values()), self.cleaned_data["day"])


class ChangeHoursForm(MinutesForm):
    """The owner's change of a claim."""

    what = forms.CharField(label=gettext_lazy("What you did"), max_length=200, required=False)


class CorrectHoursForm(MinutesForm):
    """The office's or the programme's number, 0 included, and why."""

    note = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("The volunteer reads this."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why in one or two sentences.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least = 0


def split_minutes(minutes: int) -> dict[str, int]:
    """As the form's two fields begin."""
    hours, rest = divmod(minutes, MINUTE)
    return {"hours": hours, "minutes": rest}


def describe_claim(entry: HoursEntry) -> dict[str, Any]:
    return {**split_minutes(entry.minutes), "what": entry.what}
