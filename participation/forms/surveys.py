"""The study's questions as people answer them in two minutes, and a survey as an office or the programme begins it."""

import uuid
from datetime import datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.enums import AgeBand, InvitedBy, MeetingStatus, Satisfaction, Sex, SurveyAccess, WhyNot
from participation.models import Meeting, Survey
from participation.models.meeting import TITLE_LENGTH
from participation.services.surveys.answering import Answers
from participation.services.surveys.asking import LONGEST, MOST_AT_ONCE_OF_OFFICE, USUAL_AT_ONCE, Question
from participation.services.surveys.tokens import FormToken, read_form_token
from participation.services.usual import plan_year_on
from places.forms import CommuneField, PickingMixin
from places.models import Commune, Province
from ui.time_fields import day_field

YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
GROUPS = [
    ("has_disability", gettext_lazy("I have a disability")),
    ("has_migrant", gettext_lazy("Somebody of our household works far away")),
    ("is_minority", gettext_lazy("I belong to a minority or an indigenous people")),
]
USUAL_LENGTH = timedelta(days=60)
# What each step is called, when a survey asks about the plan of a place and when it asks about one meeting.
ABOUT_PLAN: dict[str, Promise] = {
    "heard": gettext_lazy("Have you heard of the commune's investment programme (CIP), its plan for each year?"),
    "invited": gettext_lazy("In the last 12 months, did anybody invite you to a meeting about it?"),
    "joined": gettext_lazy("In the last 12 months, did you take part in such a meeting?"),
    "gave_input": gettext_lazy("Did you say or send something: a need, an idea, a question?"),
    "satisfaction": gettext_lazy("How satisfied are you with how the plan is made here?"),
}
ABOUT_MEETING: dict[str, Promise] = {
    "heard": gettext_lazy("Had you heard of this meeting before it was held?"),
    "invited": gettext_lazy("Did anybody invite you to it?"),
    "joined": gettext_lazy("Did you come?"),
    "gave_input": gettext_lazy("Did you say something there, or send something: a need, an idea, a question?"),
    "satisfaction": gettext_lazy("How satisfied are you with how the meeting went?"),
}


def yes_no() -> forms.ChoiceField:
    return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect)


def one_of(label: Any, choices: Any, *, help_text: Any = "") -> forms.ChoiceField:
    """One radio answer that nobody has to give."""
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, required=False, help_text=help_text
    )


class AnswerSurveyForm(forms.Form):
    """`answers` and `form_token` are there once the form is valid."""

    form_token: FormToken

    token = forms.CharField(widget=forms.HiddenInput, max_length=300)
    ticket = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    heard = yes_no()
    invited = yes_no()
    invited_by = one_of(gettext_lazy("If yes: who invited you?"), InvitedBy.choices)
    joined = yes_no()
    why_not = one_of(gettext_lazy("If no: why not?"), WhyNot.choices)
    gave_input = yes_no()
    satisfaction = forms.ChoiceField(choices=Satisfaction.choices, widget=forms.RadioSelect)
    age = one_of(gettext_lazy("Your age"), AgeBand.choices)
    sex = one_of(gettext_lazy("Sex"), Sex.choices)
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Is any of this true for you?"), choices=GROUPS, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only to see whether some are left out. Groups under 10 people are never shown."),
    )  # fmt: skip
    province = forms.ModelChoiceField(
        queryset=Province.objects.none(), to_field_name="code", required=False,
        label=gettext_lazy("Where do you live?"), empty_label=gettext_lazy("I would rather not say"),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, survey: Survey, initial: Any = None) -> None:
        self.survey = survey
        super().__init__(data, initial=initial)
        for name, label in (ABOUT_MEETING if survey.meeting_id else ABOUT_PLAN).items():
            self.fields[name].label = str(label)
        if survey.commune_id:
            del self.fields["province"]
        else:
            self.fields["province"].queryset = Province.objects.order_by("code")  # type: ignore[attr-defined]

    def clean_token(self) -> str:
        text: str = self.cleaned_data["token"]
        token = read_form_token(self.survey, text)
        if token is None:
            raise forms.ValidationError(_("This page lay open for more than a day. Press Send once more."))
        self.form_token = token
        return text

    def renew_token(self, token: str) -> None:
        """What was typed stays."""
        data = cast(QueryDict, self.data).copy()
        data["token"] = token
        self.data = data

    @property
    def answers(self) -> Answers:
        data = self.cleaned_data
        return Answers(
            heard=data["heard"] == "yes",
            invited=data["invited"] == "yes",
            joined=data["joined"] == "yes",
            gave_input=data["gave_input"] == "yes",
            satisfaction=Satisfaction(data["satisfaction"]),
            invited_by=data["invited_by"],
            why_not=data["why_not"],
            age=data["age"],
            sex=data["sex"],
            has_disability="has_disability" in data["groups"],
            has_migrant="has_migrant" in data["groups"],
            is_minority="is_minority" in data["groups"],
            province=data.get("province"),
        )


class SurveyForm(PickingMixin, forms.Form):
    """A new survey of an office in its `commune`, or of the programme (None), which may choose one.

    `about` is the meeting it was begun from. `question` is there once the form is valid.
    """

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    place = CommuneField(
        label=gettext_lazy("Where?"), required=False, help_text=gettext_lazy("Leave it empty for the whole country.")
    )

    title_km = forms.CharField(
        label=gettext_lazy("Title in Khmer"), max_length=TITLE_LENGTH,
        help_text=gettext_lazy("Say where and what about, such as: the plan of our commune for 2027."),
    )  # fmt: skip
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=TITLE_LENGTH, required=False)
    meeting = forms.ModelChoiceField(
        queryset=Meeting.objects.none(), required=False, to_field_name="public_id",
        label=gettext_lazy("About what?"), empty_label=gettext_lazy("The plan of the year"),
    )  # fmt: skip
    access = forms.ChoiceField(
        label=gettext_lazy("Who may answer?"), choices=SurveyAccess.choices, initial=SurveyAccess.LINK,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "A link reaches more people, and one person can use it more than once. A ticket counts once: hand them out"
            " one by one, without writing down who got which."
        ),
    )  # fmt: skip
    at_once = forms.IntegerField(
        label=gettext_lazy("How many people may answer within ten minutes?"), min_value=1, max_value=2000,
        initial=USUAL_AT_ONCE, widget=forms.NumberInput(attrs={"class": "short"}),
        help_text=gettext_lazy("At a meeting: as many as there are chairs. If more arrive, none of them is counted."),
    )  # fmt: skip
    last_day = day_field(gettext_lazy("Last day"))

    def __init__(self, data: Any = None, *, commune: Commune | None, about: Meeting | None = None) -> None:
        last_day = timezone.localdate() + USUAL_LENGTH
        begin = {"client_id": uuid.uuid4(), "last_day": last_day, "meeting": about.public_id if about else None}
        super().__init__(data, initial=begin)
        held = Meeting.objects.filter(status=MeetingStatus.ANNOUNCED).order_by("-starts_at")
        if commune is None:
            del self.fields["place" if about else "meeting"]
            held = held.filter(pk=about.pk) if about else held.none()
        else:
            del self.fields["place"]
            self.fields["at_once"].widget.attrs["max"] = MOST_AT_ONCE_OF_OFFICE
            held = held.filter(commune=commune)
        if "meeting" in self.fields:
            self.fields["meeting"].queryset = held  # type: ignore[attr-defined]

    def clean_last_day(self) -> datetime:
        day = self.cleaned_data["last_day"]
        if not timezone.localdate() <= day < timezone.localdate() + LONGEST:
            raise forms.ValidationError(_("A survey ends within four months, and not before it begins."))
        return timezone.make_aware(datetime.combine(day, time(23, 59)))

    @property
    def question(self) -> Question:
        data = self.cleaned_data
        return Question(
            year=plan_year_on(timezone.localdate()),
            title_km=data["title_km"],
            title_en=data["title_en"],
            access=SurveyAccess(data["access"]),
            closes_at=data["last_day"],
            at_once=data["at_once"],
            client_id=data["client_id"] or uuid.uuid4(),
        )


class TicketsForm(forms.Form):
    """More sheets; `after` is how many tickets there were when the page was shown."""

    sheets = forms.IntegerField(
        label=gettext_lazy("How many sheets of 12?"), min_value=1, max_value=20, initial=2,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
