"""Coming to a meeting: the code, and what people say of themselves; the numbers of the door."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.enums import AgeBand, Channel, CountedGroup, DoorMeans, Sex
from participation.services.attendance.check_in import Coming, Moment
from participation.services.attendance.counting import CELLS, MOST_AT_ONCE, Cell
from participation.services.attendance.self_counting import Door
from participation.services.groups import About
from participation.services.surveys.tokens import FormToken, make_form_token, read_form_token
from ui.kept import KeptForm

NOT_SAID = ("", gettext_lazy("I would rather not say"))


class AboutMeForm(forms.Form):
    """What people may say of themselves, for sums: all of it is free."""

    sex = forms.ChoiceField(label=gettext_lazy("Sex"), choices=[NOT_SAID, *Sex.choices], required=False)
    age = forms.ChoiceField(label=gettext_lazy("Age"), choices=[NOT_SAID, *AgeBand.choices], required=False)
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("What is true for you?"), choices=CountedGroup.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    never_waits = ("sex", "age", "groups")

    def read_about(self) -> About:
        data = self.cleaned_data
        return About(data.get("sex", ""), data.get("age", ""), tuple(data.get("groups", ())))


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code on the office's screen"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "code"}),
        error_messages={"required": gettext_lazy("Type the code first.")},
    )


class CountMeForm(CodeForm, AboutMeForm):
    """Without an account. `form_token` is there once the form is valid."""

    form_token: FormToken

    token = forms.CharField(widget=forms.HiddenInput, max_length=300)

    def __init__(self, data: Any = None, *, door: Door, code: str = "") -> None:
        self.door = door
        super().__init__(data, initial={"token": make_form_token(door), "code": code})

    def clean_token(self) -> str:
        text: str = self.cleaned_data["token"]
        token = read_form_token(self.door, text)
        if token is None:
            raise forms.ValidationError(_("This page lay open for too long. Open it once more."))
        self.form_token = token
        return text


class CheckInForm(CodeForm, AboutMeForm, KeptForm):
    """The code on the office's screen. `at` is the meeting, where the QR code or its page named it.

    `was_counted` is asked where the phone counted somebody without an account.
    """

    at = forms.UUIDField(required=False, widget=forms.HiddenInput)
    hides_name = forms.BooleanField(label=gettext_lazy("Count me without my name"), required=False)
    was_counted = forms.BooleanField(
        label=gettext_lazy("I counted myself here before, without my account"), required=False,
        help_text=gettext_lazy("Then you are not counted a second time."),
    )  # fmt: skip
    channel = forms.ChoiceField(
        label=gettext_lazy("How did you hear of it?"), choices=[NOT_SAID, *Channel.choices], required=False
    )

    sometimes = ("groups",)

    def __init__(self, *args: Any, asks_again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_again:
            del self.fields["was_counted"]

    def read_coming(self) -> Coming:
        data = self.cleaned_data
        was_counted = data.get("was_counted", False)
        return Coming(data["hides_name"], data["sex"], data["age"], data["channel"], data["groups"], was_counted)

    def read_arrival(self) -> Moment:
        return Moment(self.read_moment(), self.read_id(), self.is_kept)


class DoorForm(forms.Form):
    """All numbers of the door at once, as written on paper. `people` and `groups` once it is valid."""

    def __init__(self, data: Any = None, *, people: dict[Cell, int], groups: dict[str, int]) -> None:
        initial = {f"{sex}_{age}": count or None for (sex, age), count in people.items()} | groups
        super().__init__(data, initial=initial)
        for sex, age in CELLS:
            self.fields[f"{sex}_{age}"] = self._make_number(find_label(Sex, sex))
        for group in CountedGroup:
            self.fields[group] = self._make_number(group.label)
        self.fields["seen"] = forms.IntegerField(required=False)  # the latest tap as the page was shown

    @staticmethod
    def _make_number(label: Any) -> forms.IntegerField:
        widget = forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"})
        return forms.IntegerField(label=label, min_value=0, max_value=MOST_AT_ONCE, required=False, widget=widget)

    def rows(self) -> list[tuple[str, list[BoundField]]]:
        """Age and its fields by sex, for the template."""
        ages = [*AgeBand.values, ""]
        return [(find_label(AgeBand, age), [self[f"{sex}_{age}"] for sex in (*Sex.values, "")]) for age in ages]

    def group_fields(self) -> list[BoundField]:
        return [self[group] for group in CountedGroup]

    @property
    def people(self) -> dict[Cell, int]:
        return {(sex, age): self.cleaned_data[f"{sex}_{age}"] or 0 for sex, age in CELLS}

    @property
    def groups(self) -> dict[CountedGroup, int]:
        return {group: self.cleaned_data[group] or 0 for group in CountedGroup}


def find_label(choices: type[Sex] | type[AgeBand], value: str) -> str:
    return str(choices(value).label) if value else _("Not said")


class DoorMeansForm(forms.Form):
    means = forms.ChoiceField(
        label=gettext_lazy("Whom did you count at the door?"), choices=DoorMeans.choices, widget=forms.RadioSelect
    )


class TapForm(KeptForm):
    """One tap: which cell, one more or one fewer."""

    cell = forms.ChoiceField(choices=[(f"{sex}_{age}", "") for sex, age in CELLS])
    takes_away = forms.BooleanField(required=False)
