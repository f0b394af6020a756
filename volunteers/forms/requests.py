"""What a clerk types: a new request, a draft, and the terms of an open one."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.enums import Language
from accounts.models import Membership, User
from courses.models import CoursePage, Skill
from ui.words import to_digits
from volunteers.enums import Cost, StipendPer, TimeOfDay
from volunteers.models import VolunteerRequest
from volunteers.models.request import LONGEST_OPEN_DAYS, MOST_SEATS, MOST_WEEKLY_HOURS, YOUNGEST
from volunteers.models.terms import ADULT, MOST_RIEL
from volunteers.models.texts import MOST_QUESTIONS
from volunteers.services.amending import count_promised_seats, say_fewest_seats
from volunteers.services.completeness import find_problems
from volunteers.services.requests import ChangedMeanwhileError
from volunteers.services.writing.advice import advise, to_text

LONGEST_QUESTION = 200
SHARES = (0, 25, 50, 75, 100)  # percent done from home


class LinesField(forms.CharField):
    """A list of sentences, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return [line.strip(" -•\t") for line in text.splitlines() if line.strip(" -•\t")]


class QuestionsField(LinesField):
    """None to three questions, one a line."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_QUESTIONS:
            raise forms.ValidationError(_("Ask at most three questions."))
        if any(len(question) > LONGEST_QUESTION for question in value):
            raise forms.ValidationError(_("A question is too long. Ask it in one short sentence."))


class RequestForm(forms.ModelForm[VolunteerRequest]):
    """A request. A draft may lack all but a title; to publish, whatever `find_problems` names is an error.

    `version` is the one the writer saw; `form_id` makes a form that was sent twice one request.
    """

    ALWAYS_NEEDED = ("supervisor", "start_date", "end_date", "times", "costs_covered")
    TEXTS: tuple[str, ...] = ("title", "summary", "tasks", "questions", "place")
    OPTIONAL = ("questions",)

    form_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    tasks_km = LinesField(label=gettext_lazy("Tasks in Khmer"), required=False)
    tasks_en = LinesField(label=gettext_lazy("Tasks in English"), required=False)
    questions_km = QuestionsField(label=gettext_lazy("Questions to applicants, in Khmer"), required=False)
    questions_en = QuestionsField(label=gettext_lazy("Questions to applicants, in English"), required=False)
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
    remote_share = forms.TypedChoiceField(label=gettext_lazy("How much can be done from home"), coerce=int)
    costs_covered = forms.MultipleChoiceField(
        label=gettext_lazy("The commune pays"),
        choices=Cost.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    stipend_riel = forms.IntegerField(
        label=gettext_lazy("Stipend in riel"), required=False, min_value=0, max_value=MOST_RIEL
    )
    stipend_per = forms.ChoiceField(label=gettext_lazy("The stipend is"), choices=StipendPer.choices, required=False)
    declares_trained = forms.BooleanField(
        label=gettext_lazy("The guide has finished the safeguarding guide"), required=False
    )
    guide_trained_date = forms.DateField(label=gettext_lazy("On which day"), required=False)
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
            "title_km", "title_en", "summary_km", "summary_en", "tasks_km", "tasks_en", "questions_km", "questions_en",
            "place_km", "place_en", "costs_km", "costs_en", "stipend_riel", "stipend_per", "seats", "weekly_hours",
            "start_date", "end_date", "remote_share", "supervisor", "supervisor_name", "supervisor_title",
            "guide_trained_date", "touches_records", "is_guide_present", "minimum_age", "open_days",
        )  # fmt: skip
        labels = {
            "title_km": gettext_lazy("Title in Khmer"),
            "title_en": gettext_lazy("Title in English"),
            "summary_km": gettext_lazy("What it is about, in Khmer"),
            "summary_en": gettext_lazy("What it is about, in English"),
            "place_km": gettext_lazy("Where, in Khmer"),
            "place_en": gettext_lazy("Where, in English"),
            "costs_km": gettext_lazy("More about costs, in Khmer"),
            "costs_en": gettext_lazy("More about costs, in English"),
            "seats": gettext_lazy("People needed"),
            "weekly_hours": gettext_lazy("Hours a week"),
            "supervisor": gettext_lazy("Guide from the office"),
            "supervisor_name": gettext_lazy("Or another guide: name"),
            "supervisor_title": gettext_lazy("Their post"),
            "touches_records": gettext_lazy("The work touches civil registry, ID Poor or voter data"),
            "is_guide_present": gettext_lazy("The guide is always present"),
        }

    def __init__(self, *args: Any, by: User, course_keys: list[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.is_final = self.data.get("do") == "publish"
        self._fill_choices()
        self._fill_initial(course_keys)
        dress(self.fields)
        self.needed = [
            *(f"{name}_{_reader()}" for name in self.TEXTS if name not in self.OPTIONAL),
            *(name for name in self.ALWAYS_NEEDED if name in self.fields),
        ]
        for name in self.needed:
            self.fields[name].required = True

    @property
    def main_texts(self) -> list[tuple[forms.BoundField, list[str]]]:
        """The texts in the reader's language, each with what could be said more plainly."""
        return self._with_hints(_reader())

    @property
    def other_texts(self) -> list[tuple[forms.BoundField, list[str]]]:
        other = Language.KHMER if _reader() == Language.ENGLISH else Language.ENGLISH
        return self._with_hints(other.value)

    @property
    def other_has_errors(self) -> bool:
        return any(field.errors for field, hints in self.other_texts)

    @property
    def cost_texts(self) -> list[forms.BoundField]:
        """The commune's own words on costs, the reader's language first."""
        return [self[f"costs_{language}"] for language in sorted(Language.values, key=lambda code: code != _reader())]

    @property
    def chosen(self) -> dict[str, list[Any]]:
        """The valid skills and courses, which stand in tables of their own."""
        return {"skills": list(self.cleaned_data["skills"]), "course_keys": self.cleaned_data["courses"]}

    def show_conflict(self, conflict: ChangedMeanwhileError) -> None:
        """Say that another window was faster; the next press of the button saves over it."""
        data: QueryDict = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(conflict.version)
        self.data = data
        self.add_error(None, str(conflict))

    def full_clean(self) -> None:
        """What must be there to publish is marked as such on the page, yet a draft may lack it."""
        for name in self.needed:
            self.fields[name].required = False
        super().full_clean()
        for name in self.needed:
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "title_km" in self.fields and not data.get("title_km") and not data.get("title_en"):
            self.add_error(f"title_{_reader()}", _("Give the request a title."))
        start, end = data.get("start_date"), data.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", _("The last day comes after the first."))
        self._clean_times(data)
        self._clean_costs(data)
        self._clean_records(data)
        self._clean_declaration(data)
        return data

    def _clean_times(self, data: dict[str, Any]) -> None:
        if "times" not in self.fields:
            return
        times = data.get("times") or ()
        for time in TimeOfDay:
            setattr(self.instance, f"is_{time.value}", time.value in times)
        if (data.get("minimum_age") or ADULT) < ADULT and TimeOfDay.EVENING in times:
            self.add_error("times", _("People under 18 help by day only: untick evenings or raise the youngest age."))

    def _clean_costs(self, data: dict[str, Any]) -> None:
        data["stipend_riel"] = data.get("stipend_riel") or 0
        data["stipend_per"] = data.get("stipend_per") or StipendPer.DAY
        covered = data.get("costs_covered") or []
        for cost in Cost:
            setattr(self.instance, f"covers_{cost.value}", cost.value in covered)
        if Cost.NOTHING in covered and (len(covered) > 1 or data["stipend_riel"]):
            self.add_error("costs_covered", _("Either the commune pays nothing, or it pays something: untick one."))

    def _clean_records(self, data: dict[str, Any]) -> None:
        """What the database refuses too: residents' papers are for adults, at the office."""
        if not data.get("touches_records"):
            return
        if (data.get("minimum_age") or ADULT) < ADULT:
            self.add_error("minimum_age", _("These papers are not for people under 18."))
        if data.get("remote_share"):
            self.add_error("remote_share", _("These papers stay at the office."))

    def _clean_declaration(self, data: dict[str, Any]) -> None:
        """A tick without a day means today; without a tick the day means nothing."""
        today = timezone.localdate()
        day = data.get("guide_trained_date") or today
        if data.get("declares_trained") and day > today:
            self.add_error("guide_trained_date", _("This day is still to come."))
        data["guide_trained_date"] = day if data.get("declares_trained") else None
        if not data.get("declares_trained"):
            self.instance.guide_declared_by = self.instance.guide_declared_at = None
        elif self.instance.guide_declared_at is None or self._has_other_guide(data):
            self.instance.guide_declared_by, self.instance.guide_declared_at = self.by, timezone.now()

    def _has_other_guide(self, data: dict[str, Any]) -> bool:
        names = ("supervisor", "supervisor_name", "supervisor_title", "guide_trained_date")
        return any(data.get(name) != getattr(self.instance, name) for name in names if name in data)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.cleaned_data.get("version") is not None and self.instance.pk:
            self.instance.version = self.cleaned_data["version"]
        if self.cleaned_data.get("form_id") and not self.instance.pk:
            self.instance.public_id = self.cleaned_data["form_id"]
        if not self.is_final:
            return
        for name, sentence in find_problems(self.instance).items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, sentence)

    def _with_hints(self, language: str) -> list[tuple[forms.BoundField, list[str]]]:
        names = [f"{name}_{language}" for name in self.TEXTS]
        hints = advise({name: to_text(self[name].value()) for name in names})
        return [(self[name], hints.get(name, [])) for name in names]

    def _fill_choices(self) -> None:
        colleagues = Membership.objects.active().filter(organisation=self.instance.office).select_related("user")
        self.fields["supervisor"].queryset = colleagues  # type: ignore[attr-defined]
        self.fields["supervisor"].label_from_instance = lambda member: f"{member.user.public_name}, {member.title}"  # type: ignore[attr-defined]
        self.fields["supervisor"].required = False
        courses = CoursePage.objects.live().filter(locale__language_code=get_language() or "km")
        self.fields["courses"].choices = [(str(page.translation_key), page.title) for page in courses]  # type: ignore[attr-defined]
        self.fields["remote_share"].choices = [(share, _say_share(share)) for share in _shares(self.instance)]  # type: ignore[attr-defined]

    def _fill_initial(self, course_keys: list[Any] | None) -> None:
        self.initial.setdefault("times", [time.value for time in self.instance.times])
        self.initial.setdefault("costs_covered", [cost.value for cost in self.instance.costs_covered])
        self.initial.setdefault("declares_trained", self.instance.guide_declared_at is not None)
        self.initial["version"] = self.instance.version
        self.initial["form_id"] = self.instance.public_id if self.instance.pk else uuid.uuid4()
        if not self.instance.stipend_riel:
            self.initial["stipend_riel"] = None
        if course_keys is not None:
            self.initial["courses"] = [str(key) for key in course_keys]


class AmendForm(RequestForm):
    """The terms of an open request that may change without breaking what people applied to."""

    TEXTS = ("summary", "place")
    FIXED = ("title", "tasks", "questions")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_final = True
        fixed = [f"{name}_{language}" for name in self.FIXED for language in Language.values]
        for name in (*fixed, "times", "weekly_hours", "open_days", "form_id"):
            del self.fields[name]
            self.needed = [each for each in self.needed if each != name]

    def clean_seats(self) -> int:
        seats: int = self.cleaned_data["seats"]
        if seats < count_promised_seats(self.instance):
            raise forms.ValidationError(say_fewest_seats(self.instance))
        return seats

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.instance.is_evening and (data.get("minimum_age") or ADULT) < ADULT:
            self.add_error("minimum_age", _("The work is in the evening too: not for people under 18."))
        return data


def dress(fields: dict[str, forms.Field]) -> None:
    """Limits and hints that phones can use."""
    for name in ("start_date", "end_date", "guide_trained_date"):
        fields[name].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        fields[name].input_formats = ["%Y-%m-%d", "%d/%m/%Y"]  # type: ignore[attr-defined]
    for name, most in (("seats", MOST_SEATS), ("weekly_hours", MOST_WEEKLY_HOURS)):
        fields[name] = forms.IntegerField(
            label=fields[name].label, min_value=1, max_value=most, initial=fields[name].initial
        )
        fields[name].widget.attrs["class"] = "short"
    for name, rows in (("summary", 4), ("tasks", 4), ("questions", 3)):
        for language in Language.values:
            fields[f"{name}_{language}"].widget.attrs["rows"] = rows
    for language in Language.values:
        fields[f"tasks_{language}"].help_text = _("One task a line.")
        fields[f"questions_{language}"].help_text = _("None to three, one a line. Applicants answer them blind.")
        fields[f"costs_{language}"].help_text = _("Such as: paid each Friday, up to 20 km.")
    fields["minimum_age"].help_text = _("Below 18: by day only, with a trained guide and a guardian's consent.")
    fields["open_days"].help_text = _("Days, at most 60. You can renew in one tap.")
    fields["stipend_riel"].help_text = _("Leave it empty if there is none.")
    fields["declares_trained"].help_text = _("Needed where people under 18 are welcome. Your name is kept with it.")
    fields["touches_records"].help_text = _("Then: 18 and over, at the office, and never alone.")


def _say_share(share: int) -> str:
    known = {0: _("None of it: at the office"), 100: _("All of it")}
    return known.get(share) or to_digits(_("About %(share)s%%") % {"share": share})


def _shares(request: VolunteerRequest) -> Iterable[int]:
    return sorted({*SHARES, request.remote_share})


def _reader() -> str:
    return Language.ENGLISH.value if get_language() == "en" else Language.KHMER.value
