"""What a facilitator types: a cohort, a session, a nudge, a colleague; and the marks of an attendance form."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.enums import NudgeSentence
from courses.models import Cohort, CohortMember, CohortSession
from courses.models.cohorts import LONGEST_NUDGE
from courses.services.attendance import Mark
from courses.services.cohorts import Led
from places.forms import CommuneField, PickingMixin

DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
MOST_MEMBERS = 10_000
CHOSEN, QUIET = "chosen", "quiet"
QUIET_CHOICES = (7, 14, 30)


def date_input() -> forms.DateInput:
    """The phone's own calendar."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class CohortForm(PickingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A new cohort (`led` are the courses to choose from) or one that is changed: its course stays."""

    course = forms.ChoiceField(label=_("Which course?"))
    start_date = forms.DateField(label=_("First day"), widget=date_input(), input_formats=DATE_FORMATS)
    end_date = forms.DateField(
        label=_("Last day"),
        help_text=_("On the evening of this day the invitation closes."),
        widget=date_input(),
        input_formats=DATE_FORMATS,
    )
    most_members = forms.IntegerField(
        label=_("Most learners"),
        help_text=_("Leave it empty where there is room for all."),
        required=False,
        min_value=1,
        max_value=MOST_MEMBERS,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    commune = CommuneField(
        label=_("Commune where you meet"), help_text=_("Only if you meet face to face."), required=False
    )

    class Meta:
        model = Cohort
        fields = ("title_km", "title_en", "start_date", "end_date", "most_members")

    def __init__(self, *args: Any, led: Mapping[uuid.UUID, Led] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.led = led or {}
        self.initial["commune"] = self.instance.commune
        self.fields["title_en"].help_text = _("One of the two is enough.")
        if self.instance.pk:
            del self.fields["course"]
        else:
            self.fields["course"].choices = [  # type: ignore[attr-defined]
                (str(key), each.course.title) for key, each in self.led.items()
            ]

    @property
    def chosen(self) -> Led:
        """The course of a valid form."""
        return self.led[uuid.UUID(self.cleaned_data["course"])]

    @property
    def facts(self) -> dict[str, Any]:
        """All but the course, for the service."""
        names = ("title_km", "title_en", "start_date", "end_date", "most_members", "commune")
        return {name: self.cleaned_data[name] for name in names}

    def clean_end_date(self) -> Any:
        end = self.cleaned_data["end_date"]
        if "end_date" in self.changed_data and end < timezone.localdate():
            raise ValidationError(_("This day is over already."), code="over")
        return end

    def clean_most_members(self) -> int | None:
        most: int | None = self.cleaned_data["most_members"]
        if most is not None and most < self.instance.member_count:
            raise ValidationError(_("More learners than that are in the cohort already."), code="overfilled")
        return most

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "title_km" in cleaned and "title_en" in cleaned and not (cleaned["title_km"] or cleaned["title_en"]):
            self.add_error("title_km", ValidationError(_("Give the cohort a name in one language."), code="untitled"))
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", ValidationError(_("The last day lies before the first."), code="order"))
        return cleaned

    def _post_clean(self) -> None:
        if not self.is_picking:
            super()._post_clean()  # type: ignore[misc]

    def validate_constraints(self) -> None:
        """`clean` said it in friendly words already, at the field."""


class SessionForm(forms.ModelForm):  # type: ignore[type-arg]
    """The cohort meets."""

    date = forms.DateField(label=_("Day"), widget=date_input(), input_formats=DATE_FORMATS)
    starts_at = forms.TimeField(
        label=_("Begins at"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    class Meta:
        model = CohortSession
        fields = ("title", "date", "starts_at", "place")


class NudgeForm(forms.Form):
    """To the learners ticked in the list, or to all that are quiet."""

    to = forms.ChoiceField(
        label=_("To whom?"),
        choices=[(CHOSEN, _("The learners I ticked in the list")), (QUIET, _("All who have been quiet"))],
        initial=CHOSEN,
        widget=forms.RadioSelect,
    )
    days = forms.TypedChoiceField(
        label=_("How long quiet?"),
        choices=[(7, _("a week")), (14, _("two weeks")), (30, _("a month"))],
        coerce=int,
        initial=QUIET_CHOICES[0],
    )
    sentence = forms.ChoiceField(label=_("What shall we say?"), choices=NudgeSentence, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Your own words"),
        help_text=_("People under 18 get only the sentence above."),
        required=False,
        max_length=LONGEST_NUDGE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def members(self) -> list[int]:
        """The ticked learners; what is no number is left out."""
        ticked = self.data.getlist("member") if hasattr(self.data, "getlist") else []
        return [int(key) for key in ticked if key.isascii() and key.isdigit() and len(key) < 18]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("to") == CHOSEN and not self.members:
            self.add_error("to", ValidationError(_("Tick at least one learner in the list."), code="nobody"))
        return cleaned


class FacilitatorForm(forms.Form):
    """A colleague, by username."""

    username = forms.CharField(
        label=_("Username of the other facilitator"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )


def read_marks(data: Mapping[str, str], members: Iterable[CohortMember]) -> dict[int, Mark]:
    """Fields `now-<key>` and `was-<key>` of each member; `rest` is for all that nobody has marked yet."""
    marks = {}
    for member in members:
        was, now = data.get(f"was-{member.pk}", ""), data.get(f"now-{member.pk}", "")
        marks[member.pk] = Mark(was, now or ("" if was else data.get("rest", "")))
    return marks
