"""What people type about places and shifts: a pattern of shifts, one shift, the induction, a concern."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import CoursePage
from ui.time_fields import day_field, time_field
from volunteers.models import Shift, VolunteerRequest
from volunteers.models.concern import LONGEST_CONCERN
from volunteers.models.serving import MOST_SHIFT_SEATS
from volunteers.services.induction import save_induction
from volunteers.services.shifts.planning import Plan, find_plan_problems

ONCE, WEEKLY = "once", "weekly"
USUAL_WEEKS = 4
EVERY_DAY = frozenset(range(7))


class OneShiftForm(forms.Form):
    """Day, time, seats and what to bring. `plan` is there once the form is valid, by the rules of the service."""

    plan: Plan

    first = day_field(gettext_lazy("Day"))
    begins = time_field(gettext_lazy("From"))
    ends = time_field(gettext_lazy("To"))
    seats = forms.IntegerField(
        label=gettext_lazy("People needed"), min_value=1, max_value=MOST_SHIFT_SEATS, initial=1,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    note_km = forms.CharField(label=gettext_lazy("What to bring or know, in Khmer"), max_length=160, required=False)
    note_en = forms.CharField(label=gettext_lazy("What to bring or know, in English"), max_length=160, required=False)

    def __init__(self, *args: Any, request: VolunteerRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    @classmethod
    def of(cls, shift: Shift, data: Any) -> "OneShiftForm":
        """Filled with the shift as it is."""
        begins, ends = timezone.localtime(shift.starts_at), timezone.localtime(shift.ends_at)
        texts = {"seats": shift.seats, "note_km": shift.note_km, "note_en": shift.note_en}
        initial = {"first": begins.date(), "begins": begins.time(), "ends": ends.time(), **texts}
        return cls(data, request=shift.request, initial=initial)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        self.plan = self.make_plan(data)
        for name, sentence in find_plan_problems(self.request, self.plan).items():
            self.add_error(name if name in self.fields else "first", sentence)
        return data

    def make_plan(self, data: dict[str, Any]) -> Plan:
        common = {name: data[name] for name in ("begins", "ends", "seats", "note_km", "note_en")}
        return Plan(first=data["first"], last=data["first"], weekdays=EVERY_DAY, **common)


class ShiftsForm(OneShiftForm):
    """One shift, or one on some weekdays for some weeks."""

    repeat = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=[(ONCE, gettext_lazy("Once")), (WEEKLY, gettext_lazy("Every week on the same days"))],
        initial=ONCE,
        widget=forms.RadioSelect,
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On which days, when every week"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    last = day_field(gettext_lazy("Until, when every week"), required=False)
    field_order = ("repeat", "first", "weekdays", "last", "begins", "ends", "seats", "note_km", "note_en")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("repeat") == WEEKLY:
            if not data.get("weekdays") and "weekdays" not in self.errors:
                self.add_error("weekdays", _("Tick the days on which people come."))
            if not data.get("last") and "last" not in self.errors:
                self.add_error("last", _("Say until when, at most 12 weeks."))
        return super().clean()

    def make_plan(self, data: dict[str, Any]) -> Plan:
        if data["repeat"] == ONCE:
            return super().make_plan(data)
        common = {name: data[name] for name in ("first", "last", "begins", "ends", "seats", "note_km", "note_en")}
        return Plan(weekdays=frozenset(data["weekdays"]), **common)


class InductionForm(forms.Form):
    """Courses of the first weeks; a part of the page on which a request is written."""

    induction = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Courses in the first weeks"),
        coerce=uuid.UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Everybody can apply; who gets the place learns this while helping."),
    )
    induction_weeks = forms.TypedChoiceField(
        label=gettext_lazy("To finish within"), coerce=int, choices=[], initial=USUAL_WEEKS, required=False
    )

    def __init__(self, data: Any, *, request: VolunteerRequest) -> None:
        rows = list(request.induction_rows.all()) if request.pk else []
        initial = {"induction": [str(row.course_key) for row in rows]}
        super().__init__(data, initial=initial | ({"induction_weeks": rows[0].weeks} if rows else {}))
        courses = CoursePage.objects.live().filter(locale__language_code=get_language() or "km")
        self.fields["induction"].choices = [(str(page.translation_key), page.title) for page in courses]  # type: ignore[attr-defined]
        weeks = [(number, _("%(count)s weeks") % {"count": number}) for number in (2, 4, 6, 8, 12)]
        self.fields["induction_weeks"].choices = weeks  # type: ignore[attr-defined]

    def save(self, request: VolunteerRequest, *, by: User) -> None:
        """After the request itself is saved."""
        weeks = self.cleaned_data["induction_weeks"] or USUAL_WEEKS
        save_induction(request, keys=self.cleaned_data["induction"], weeks=weeks, by=by)


class ConcernForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("What happened, or what do you fear?"),
        max_length=LONGEST_CONCERN,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Only the programme's staff read this."),
        error_messages={"required": gettext_lazy("Say in a few words what happened or what you fear.")},
    )
