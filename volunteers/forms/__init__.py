"""What people type to find work and to apply: the filters of the list, an application."""

import re
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from places.khmer import normalise
from places.models import Commune, District, Province
from volunteers.enums import TimeOfDay
from volunteers.models import VolunteerRequest
from volunteers.models.texts import MOST_QUESTIONS
from volunteers.services.finding import Filters

PHONE = re.compile(r"(?:\d[\s.\-]?){8,}")
BY_CLOSING = "closing"
LONGEST = 600  # characters of one answer
ANSWERS = tuple(f"answer_{number}" for number in range(1, MOST_QUESTIONS + 1))


class FilterForm(forms.Form):
    """Place, times and skills, all kept in the address. A district of another province and the like is ignored."""

    province = forms.ChoiceField(label=gettext_lazy("Province"), required=False)
    district = forms.ChoiceField(label=gettext_lazy("District"), required=False)
    commune = forms.ChoiceField(label=gettext_lazy("Commune or sangkat"), required=False)
    time = forms.MultipleChoiceField(
        label=gettext_lazy("When you are free"),
        choices=TimeOfDay.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    remote = forms.BooleanField(label=gettext_lazy("Can be done from home"), required=False)
    skills = forms.BooleanField(label=gettext_lazy("Fits my skills"), required=False)
    order = forms.ChoiceField(choices=[("", ""), (BY_CLOSING, "")], required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, user: User | AnonymousUser) -> None:
        super().__init__(data, auto_id="f_%s")
        everywhere = ("", _("All"))
        provinces = [(place.code, place.name) for place in Province.objects.all()]
        self._fill("province", [everywhere, *provinces])
        province = self._chosen("province")
        districts = District.objects.filter(province__code=province) if province else []
        self._fill("district", [everywhere, *((place.code, place.name) for place in districts)])
        district = self._chosen("district")
        communes = Commune.objects.filter(district__code=district) if district else []
        self._fill("commune", [everywhere, *((place.code, place.name) for place in communes)])
        if not isinstance(user, User):
            del self.fields["skills"]
        self.is_valid()

    @property
    def filters(self) -> Filters:
        """The valid choices."""
        chosen = self.cleaned_data
        return Filters(
            place=chosen.get("commune") or chosen.get("district") or chosen.get("province") or "",
            times=tuple(TimeOfDay(time) for time in chosen.get("time") or ()),
            is_remote=bool(chosen.get("remote")),
            fits_skills=bool(chosen.get("skills")),
            by_closing=chosen.get("order") == BY_CLOSING,
        )

    @property
    def chips(self) -> list[tuple[str, str]]:
        """What is filtered, each with the address that takes it away."""
        chips: list[tuple[str, str]] = []
        below = ["commune", "district", "province"]
        for index, name in enumerate(below):
            if code := self.cleaned_data.get(name):
                chips.insert(0, (str(dict(self.fields[name].choices)[code]), self._without(*below[: index + 1])))  # type: ignore[attr-defined]
        times = self.cleaned_data.get("time") or ()
        chips += [(str(TimeOfDay(time).label), self._without(time=time)) for time in times]
        chips += [
            (str(self.fields[name].label), self._without(name))
            for name in ("remote", "skills")
            if self.cleaned_data.get(name)
        ]
        return chips

    @property
    def other_order(self) -> str:
        """The address with the other order."""
        query = self._query()
        if query.pop("order", None) is None:
            query["order"] = BY_CLOSING
        return f"{reverse('requests')}?{query.urlencode()}"

    def _fill(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields[name].widget = forms.HiddenInput()

    def _chosen(self, name: str) -> str:
        code = self.data.get(name, "")
        return code if code in dict(self.fields[name].choices) else ""  # type: ignore[attr-defined]

    def _query(self) -> QueryDict:
        query: QueryDict = self.data.copy()  # type: ignore[attr-defined]
        query.pop("cursor", None)
        return query

    def _without(self, *names: str, time: str = "") -> str:
        query = self._query()
        for name in names:
            query.pop(name, None)
        if time:
            query.setlist("time", [other for other in query.getlist("time") if other != time])
        return f"{reverse('requests')}?{query.urlencode()}"


class AnswerField(forms.CharField):
    """The answer to one question of a request."""

    widget = forms.Textarea(attrs={"rows": 3})
    default_error_messages = {"required": gettext_lazy("Two or three short sentences are enough.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, **kwargs)


class ApplyForm(forms.Form):
    """A short answer to each question and the free times. Nothing that tells who the person is may be in them."""

    times = forms.MultipleChoiceField(
        label=gettext_lazy("When can you come?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    agrees = forms.BooleanField(
        label=gettext_lazy("I keep people's papers and names private, and I tell the office when I cannot come."),
        error_messages={"required": gettext_lazy("Please tick this: the office must be able to rely on it.")},
    )

    def __init__(self, *args: Any, request: VolunteerRequest, user: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "apply_%s", **kwargs})
        self.user = user
        for name, question in zip(ANSWERS, request.questions, strict=False):
            self.fields[name] = AnswerField(label=question)
        if ANSWERS[0] in self.fields:
            self.fields[ANSWERS[0]].help_text = _("Two or three sentences. No name, phone or village, please.")
        if request.times:
            self.fields["times"].choices = [(time.value, time.label) for time in request.times]  # type: ignore[attr-defined]
            self.fields["times"].required = True
            self.fields["times"].error_messages["required"] = _("Tick at least one time at which you can come.")
        else:
            del self.fields["times"]

    @property
    def answer_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ANSWERS if name in self.fields]

    @property
    def answers(self) -> list[str]:
        """As typed and found good, in the order of the questions."""
        return [self.cleaned_data[field.name] for field in self.answer_fields]

    def clean(self) -> dict[str, Any]:
        for field in self.answer_fields:
            if problem := self._find_problem(self.cleaned_data.get(field.name, "")):
                self.add_error(field.name, problem)
        return self.cleaned_data

    def _find_problem(self, text: str) -> str:
        """The first choice is blind, so the answer must not undo it."""
        if PHONE.search(normalise(text)):
            return _("Please take the phone number out: the commune chooses without knowing who you are.")
        if any(part in normalise(text) for part in self._own_names()):
            return _("Please take your name out: the commune chooses without knowing who you are.")
        return ""

    def _own_names(self) -> list[str]:
        """The full name as written with and without a space, in both scripts; single names are everyday words."""
        if not isinstance(self.user, User):
            return []
        pairs = (
            (self.user.family_name_km, self.user.given_name_km),
            (self.user.family_name_latin, self.user.given_name_latin),
        )
        return [normalise(joint.join(pair)) for pair in pairs if all(pair) for joint in (" ", "")]
