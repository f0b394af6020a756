"""What people type: the filters of the list, an application, a request."""

import re
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.enums import Language
from accounts.models import Membership, User
from courses.models import CoursePage, Skill
from places.khmer import normalise
from places.models import Commune, District, Province
from volunteers.enums import TimeOfDay
from volunteers.models import VolunteerRequest
from volunteers.models.request import ADULT, LONGEST_OPEN_DAYS, MOST_SEATS, MOST_WEEKLY_HOURS, YOUNGEST
from volunteers.services.completeness import find_problems
from volunteers.services.finding import Filters

PHONE = re.compile(r"(?:\d[\s.\-]?){8,}")
BY_CLOSING = "closing"
LONGEST = 600  # characters of one answer


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


class ApplyForm(forms.Form):
    """Two short answers and the free times. Nothing that tells who the person is may be in them."""

    times = forms.MultipleChoiceField(
        label=gettext_lazy("When can you come?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    first_answer = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
    second_answer = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
    agrees = forms.BooleanField(
        label=gettext_lazy("I keep people's papers and names private, and I tell the office when I cannot come."),
        error_messages={"required": gettext_lazy("Please tick this: the office must be able to rely on it.")},
    )

    def __init__(self, *args: Any, request: VolunteerRequest, user: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "apply_%s", **kwargs})
        self.user = user
        for name, question in zip(("first_answer", "second_answer"), request.questions, strict=True):
            self.fields[name].label = question
            self.fields[name].error_messages["required"] = _("Two or three short sentences are enough.")
        self.fields["first_answer"].help_text = _("Two or three sentences. No name, phone or village, please.")
        if request.times:
            self.fields["times"].choices = [(time.value, time.label) for time in request.times]  # type: ignore[attr-defined]
            self.fields["times"].required = True
            self.fields["times"].error_messages["required"] = _("Tick at least one time at which you can come.")
        else:
            del self.fields["times"]

    def clean_first_answer(self) -> str:
        return self._clean_answer("first_answer")

    def clean_second_answer(self) -> str:
        return self._clean_answer("second_answer")

    def _clean_answer(self, name: str) -> str:
        """The first choice is blind, so the answer must not undo it."""
        text: str = self.cleaned_data[name]
        if PHONE.search(normalise(text)):
            raise forms.ValidationError(
                _("Please take the phone number out: the commune chooses without knowing who you are.")
            )
        if any(part in normalise(text) for part in self._own_names()):
            raise forms.ValidationError(
                _("Please take your name out: the commune chooses without knowing who you are.")
            )
        return text

    def _own_names(self) -> list[str]:
        """The full name as written with and without a space, in both scripts; single names are everyday words."""
        if not isinstance(self.user, User):
            return []
        pairs = (
            (self.user.family_name_km, self.user.given_name_km),
            (self.user.family_name_latin, self.user.given_name_latin),
        )
        return [normalise(joint.join(pair)) for pair in pairs if all(pair) for joint in (" ", "")]


class LinesField(forms.CharField):
    """A list of sentences, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return [line.strip(" -•\t") for line in text.splitlines() if line.strip(" -•\t")]


class RequestForm(forms.ModelForm[VolunteerRequest]):
    """A request. A draft may lack all but a title; to publish, whatever `find_problems` names is an error."""

    ALWAYS_NEEDED = ("supervisor", "start_date", "end_date", "times")
    TEXTS = ("title", "summary", "tasks", "first_question", "second_question", "place", "costs")

    tasks_km = LinesField(label=gettext_lazy("Tasks in Khmer"), required=False)
    tasks_en = LinesField(label=gettext_lazy("Tasks in English"), required=False)
    times = forms.MultipleChoiceField(
        label=gettext_lazy("Times of day"),
        choices=TimeOfDay.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    minimum_age = forms.TypedChoiceField(
        label=gettext_lazy("Youngest age"),
        coerce=int,
        choices=[(age, age) for age in (YOUNGEST, 16, 17, ADULT, 21, 25)],
    )
    open_days = forms.TypedChoiceField(
        label=gettext_lazy("Take applications for"),
        coerce=int,
        choices=[(days, days) for days in (14, 30, 45, LONGEST_OPEN_DAYS)],
    )
    start_date = forms.DateField(label=gettext_lazy("First day"), required=False)
    end_date = forms.DateField(label=gettext_lazy("Last day"), required=False)
    skills = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Skills that help"),
        queryset=Skill.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    courses = forms.MultipleChoiceField(
        label=gettext_lazy("Courses to finish first"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = VolunteerRequest
        fields = (
            "title_km", "title_en", "summary_km", "summary_en", "tasks_km", "tasks_en",
            "first_question_km", "first_question_en", "second_question_km", "second_question_en",
            "place_km", "place_en", "costs_km", "costs_en", "seats", "weekly_hours", "start_date", "end_date",
            "is_remote", "supervisor", "supervisor_name", "supervisor_title", "minimum_age", "open_days",
        )  # fmt: skip
        labels = {
            "title_km": gettext_lazy("Title in Khmer"),
            "title_en": gettext_lazy("Title in English"),
            "summary_km": gettext_lazy("What it is about, in Khmer"),
            "summary_en": gettext_lazy("What it is about, in English"),
            "first_question_km": gettext_lazy("First question in Khmer"),
            "first_question_en": gettext_lazy("First question in English"),
            "second_question_km": gettext_lazy("Second question in Khmer"),
            "second_question_en": gettext_lazy("Second question in English"),
            "place_km": gettext_lazy("Where, in Khmer"),
            "place_en": gettext_lazy("Where, in English"),
            "costs_km": gettext_lazy("Travel and other costs, in Khmer"),
            "costs_en": gettext_lazy("Travel and other costs, in English"),
            "seats": gettext_lazy("People needed"),
            "weekly_hours": gettext_lazy("Hours a week"),
            "is_remote": gettext_lazy("Can be done from home"),
            "supervisor": gettext_lazy("Guide from the office"),
            "supervisor_name": gettext_lazy("Or another guide: name"),
            "supervisor_title": gettext_lazy("Their post"),
        }

    def __init__(self, *args: Any, by: User, course_keys: list[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_final = self.data.get("do") == "publish"
        colleagues = Membership.objects.active().filter(organisation=self.instance.office).select_related("user")
        self.fields["supervisor"].queryset = colleagues  # type: ignore[attr-defined]
        self.fields["supervisor"].label_from_instance = lambda member: f"{member.user.public_name}, {member.title}"  # type: ignore[attr-defined]
        self.fields["supervisor"].required = False
        courses = CoursePage.objects.live().filter(locale__language_code=get_language() or "km")
        self.fields["courses"].choices = [(str(page.translation_key), page.title) for page in courses]  # type: ignore[attr-defined]
        self.initial.setdefault("times", [time.value for time in self.instance.times])
        if course_keys is not None:
            self.initial["courses"] = [str(key) for key in course_keys]
        self.needed = [*(f"{name}_{_reader()}" for name in self.TEXTS if name != "costs"), *self.ALWAYS_NEEDED]
        self._dress()
        for name in self.needed:
            self.fields[name].required = True

    @property
    def main_texts(self) -> list[forms.BoundField]:
        """The texts in the reader's language."""
        return [self[f"{name}_{_reader()}"] for name in self.TEXTS]

    @property
    def other_texts(self) -> list[forms.BoundField]:
        other = Language.KHMER if _reader() == Language.ENGLISH else Language.ENGLISH
        return [self[f"{name}_{other.value}"] for name in self.TEXTS]

    @property
    def other_has_errors(self) -> bool:
        return any(field.errors for field in self.other_texts)

    def full_clean(self) -> None:
        """What must be there to publish is marked as such on the page, yet a draft may lack it."""
        for name in self.needed:
            self.fields[name].required = False
        super().full_clean()
        for name in self.needed:
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for time in TimeOfDay:
            setattr(self.instance, f"is_{time.value}", time.value in (data.get("times") or ()))
        if not data.get("title_km") and not data.get("title_en"):
            self.add_error(f"title_{_reader()}", _("Give the request a title."))
        start, end = data.get("start_date"), data.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", _("The last day comes after the first."))
        if (data.get("minimum_age") or ADULT) < ADULT and TimeOfDay.EVENING in (data.get("times") or ()):
            self.add_error("times", _("People under 18 help by day only: untick evenings or raise the youngest age."))
        return data

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.is_final:
            return
        for name, sentence in find_problems(self.instance).items():
            if name not in self.errors:
                self.add_error(name, sentence)

    def _dress(self) -> None:
        """Limits and hints that phones can use."""
        for name in ("start_date", "end_date"):
            self.fields[name].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            self.fields[name].input_formats = ["%Y-%m-%d", "%d/%m/%Y"]  # type: ignore[attr-defined]
        for name, most in (("seats", MOST_SEATS), ("weekly_hours", MOST_WEEKLY_HOURS)):
            self.fields[name] = forms.IntegerField(
                label=self.fields[name].label, min_value=1, max_value=most, initial=self.fields[name].initial
            )
            self.fields[name].widget.attrs["class"] = "short"
        for name in ("summary", "tasks"):
            for language in Language:
                self.fields[f"{name}_{language.value}"].widget.attrs["rows"] = 4
        for language in Language:
            self.fields[f"tasks_{language.value}"].help_text = _("One task a line.")
            self.fields[f"costs_{language.value}"].help_text = _(
                "What the commune pays, such as 5,000 riel a day. Or: none."
            )
        self.fields["minimum_age"].help_text = _("Below 18: by day only, with a guardian's consent.")
        self.fields["open_days"].help_text = _("Days, at most 60. You can renew in one tap.")


def _reader() -> str:
    return Language.ENGLISH.value if get_language() == "en" else Language.KHMER.value
