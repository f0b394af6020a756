"""What people type while an office chooses: points, messages, times to talk, a reviewer."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from ui.words import to_digits
from volunteers.enums import InterviewWay
from volunteers.models import Criterion
from volunteers.models.interview import MOST_SLOTS
from volunteers.models.message import LONGEST_MESSAGE
from volunteers.models.reviewer import LONGEST_APPOINTMENT_DAYS
from volunteers.models.scoring import FEWEST_CRITERIA, MOST_CRITERIA

DAYS = (3, 7, LONGEST_APPOINTMENT_DAYS)
LENGTHS = (15, 20, 30, 45, 60)  # minutes of a talk


def say_numbers(numbers: Sequence[int]) -> list[tuple[int, str]]:
    """Choices in the reader's digits: written anew for each form."""
    return [(number, to_digits(number)) for number in numbers]


class MessageForm(forms.Form):
    """`client_id` comes with the page, so that a form sent twice is one message."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("Your message"), max_length=LONGEST_MESSAGE, widget=forms.Textarea)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"client_id": uuid.uuid4()})


class TalkForm(forms.Form):
    """One to five times; empty ones are left out."""

    way = forms.ChoiceField(label=_("How you talk"), choices=InterviewWay.choices, widget=forms.RadioSelect)
    where = forms.CharField(
        label=_("Room, link, or the number that the applicant calls"),
        help_text=_("You do not see the applicant's number: the applicant comes to you, opens the link or calls you."),
        max_length=200,
    )
    minutes = forms.TypedChoiceField(label=_("How long, in minutes"), choices=partial(say_numbers, LENGTHS), coerce=int)
    has_supervisor = forms.BooleanField(label=_("The guide of this work is present"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"minutes": 20, "way": InterviewWay.OFFICE})
        for number in range(1, MOST_SLOTS + 1):
            self.fields[f"time_{number}"] = forms.DateTimeField(
                label=to_digits(_("Day and time %(number)s") % {"number": number}),
                required=number == 1,
                widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            )

    @property
    def starts(self) -> list[datetime]:
        times = (self.cleaned_data.get(f"time_{number}") for number in range(1, MOST_SLOTS + 1))
        return [time for time in times if time]

    @property
    def times(self) -> list[forms.BoundField]:
        return [self[f"time_{number}"] for number in range(1, MOST_SLOTS + 1)]


class ReviewerForm(forms.Form):
    """Somebody of the list, for some days, and why."""

    reviewer = forms.ModelChoiceField(label=_("Who decides"), queryset=User.objects.none(), widget=forms.RadioSelect)
    days = forms.TypedChoiceField(label=_("For how many days"), choices=partial(say_numbers, DAYS), coerce=int)
    note = forms.CharField(label=_("Why"), max_length=300, help_text=_("The reviewer and the office read this."))

    def __init__(self, data: Any, candidates: Any) -> None:
        super().__init__(data, initial={"days": 7})
        field = self.fields["reviewer"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 declared above
        field.queryset = candidates
        field.empty_label = None


class CriterionForm(forms.Form):
    """One thing that is looked at; empty in Khmer, it is left out."""

    name_km = forms.CharField(label=_("What is looked at"), max_length=80, required=False)
    name_en = forms.CharField(label=_("The same in English"), max_length=80, required=False)
    low_km = forms.CharField(label=_("What 1 point means"), max_length=160, required=False)
    low_en = forms.CharField(label=_("1 point, in English"), max_length=160, required=False)
    middle_km = forms.CharField(label=_("What 3 points mean"), max_length=160, required=False)
    middle_en = forms.CharField(label=_("3 points, in English"), max_length=160, required=False)
    high_km = forms.CharField(label=_("What 5 points mean"), max_length=160, required=False)
    high_en = forms.CharField(label=_("5 points, in English"), max_length=160, required=False)
    weight = forms.TypedChoiceField(
        label=_("How much it counts"), choices=[(1, _("once")), (2, _("twice")), (3, _("three times"))], coerce=int
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("name_km"):
            for name in ("low_km", "middle_km", "high_km"):
                if not data.get(name):
                    self.add_error(name, _("Say it in a few words."))
        return data


class CriteriaForms:
    """Five forms, one below the other."""

    def __init__(self, data: Any, criteria: Sequence[Criterion]) -> None:
        names = tuple(CriterionForm.base_fields)
        initials = [{name: getattr(row, name) for name in names} for row in criteria]
        initials += [{} for _ in range(MOST_CRITERIA - len(initials))]
        self.forms = [CriterionForm(data, prefix=f"c{place}", initial=each) for place, each in enumerate(initials, 1)]

    def is_valid(self) -> bool:
        wrong = [form for form in self.forms if not form.is_valid()]  # all of them, so that each shows its errors
        return not wrong

    @property
    def rows(self) -> list[dict[str, object]]:
        """Those with a name; `services.scoring.change_criteria` says when they are too few."""
        return [dict(form.cleaned_data) for form in self.forms if form.cleaned_data.get("name_km")]

    @property
    def fewest(self) -> int:
        return FEWEST_CRITERIA
