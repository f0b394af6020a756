"""A meeting as an office writes it."""

import re
import uuid
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.enums import Access, Channel, StepKind
from participation.forms.versions import VersionForm
from participation.models import Meeting
from participation.models.meeting import ABOUT_LENGTH, PLACE_LENGTH, TITLE_LENGTH
from participation.services.agenda import AgendaPoint
from participation.services.meetings import read_version
from ui.time_fields import day_field, time_field
from ui.words import to_number, to_western
from volunteers.enums import SpokenLanguage

POINT = re.compile(r"(-?\d{1,3}\.\d+)\s*[,/ ]\s*(-?\d{1,3}\.\d+)")
SOUTH, NORTH, WEST, EAST = Decimal(9), Decimal(15), Decimal(102), Decimal(108)  # around Cambodia, in degrees
DIGIT = "[0-9០-៩]"
# "8:00", "8.30", "8h" or "8 ម៉ោង" before the words; "1." only numbers a point
CLOCK = re.compile(rf"^({DIGIT}{{1,2}})(?:[:.h]({DIGIT}{{2}})|h|\s*ម៉ោង)\s*[-–:.]?\s+(.+)$")
# A phone shares a place by a short link, which says no numbers: kept as it is, and whoever comes opens it.
MAP_LINK = re.compile(
    r"(?<!\S)https://(?:maps\.app\.goo\.gl|goo\.gl/maps|(?:www\.)?google\.com/maps|maps\.google\.com|maps\.apple\.com|osm\.org"
    r"|(?:www\.)?openstreetmap\.org)(?:[/?#][!-~]*)?(?!\S)"
)
MOST_POINTS = 20
USUAL_END_OF_INPUT = time(17)
STEPS = [(kind.value, kind.label) for kind in StepKind]
INTO_ROW = ("title_km", "title_en", "about_km", "about_en", "place_km", "place_en", "access", "languages", "capacity")


def text_field(label: Any, longest: int, *, rows: int = 0, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=longest, widget=widget, **more)


class MeetingForm(VersionForm):
    """`agenda` is there once the form is valid; `fill` puts the rest into a row. `form_id` makes a form that was sent
    twice one meeting.
    """

    agenda: list[AgendaPoint]

    form_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    step = forms.ChoiceField(label=gettext_lazy("Which step of the plan?"), choices=STEPS, initial=StepKind.VILLAGE)
    title_km = text_field(gettext_lazy("Title in Khmer"), TITLE_LENGTH)
    about_km = text_field(
        gettext_lazy("What is decided there, in Khmer"), ABOUT_LENGTH, rows=4,
        help_text=gettext_lazy("Say why it is worth coming: what can still change, and what came of the last meeting."),
    )  # fmt: skip
    day = day_field(gettext_lazy("Day"))
    begins = time_field(gettext_lazy("From"))
    ends = time_field(gettext_lazy("To"))
    place_km = text_field(gettext_lazy("Place in Khmer"), PLACE_LENGTH)
    point = forms.CharField(
        label=gettext_lazy("Place on the map"), max_length=300, required=False,
        help_text=gettext_lazy("Paste a map link or the two numbers, such as 10.99123, 104.78456."),
    )  # fmt: skip
    agenda_km = text_field(
        gettext_lazy("Agenda in Khmer"), 3000, rows=6, required=False,
        help_text=gettext_lazy("One point a line, with its time first: 8:00 Welcome."),
    )  # fmt: skip
    capacity = forms.IntegerField(
        label=gettext_lazy("Most people the room holds"), min_value=1, max_value=5000, required=False,
        help_text=gettext_lazy("Leave empty if anybody fits. With a number, a waiting list forms by itself."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    access = forms.MultipleChoiceField(
        label=gettext_lazy("What helps people to take part"), choices=Access.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages people may speak there"), choices=SpokenLanguage.choices, required=False,
        widget=forms.CheckboxSelectMultiple, initial=[SpokenLanguage.KHMER],
    )  # fmt: skip
    input_day = day_field(gettext_lazy("Input can be sent until"), required=False)
    title_en = text_field(gettext_lazy("Title in English"), TITLE_LENGTH, required=False)
    about_en = text_field(gettext_lazy("What is decided there, in English"), ABOUT_LENGTH, rows=4, required=False)
    place_en = text_field(gettext_lazy("Place in English"), PLACE_LENGTH, required=False)
    agenda_en = text_field(gettext_lazy("Agenda in English, the same lines"), 3000, rows=6, required=False)

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        self.meeting = meeting
        super().__init__(data, initial=self._read(meeting) if meeting.pk else {"form_id": uuid.uuid4()})
        self.fields["input_day"].help_text = _("Until 17:00 of that day. Empty: the day before the meeting.")

    @staticmethod
    def _read(meeting: Meeting) -> dict[str, Any]:
        """The row as it stands in the fields."""
        begins, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
        points = list(meeting.agenda.all())
        found: dict[str, Any] = {name: getattr(meeting, name) for name in (*INTO_ROW, "step")}
        return found | {
            "changed_at": read_version(meeting),
            "day": begins.date(),
            "begins": begins.time(),
            "ends": ends.time(),
            "input_day": timezone.localdate(meeting.input_until_at),
            "point": f"{meeting.latitude}, {meeting.longitude}" if meeting.latitude is not None else meeting.map_link,
            "agenda_km": "\n".join(_write_line(point.starts_at, point.title_km) for point in points),
            "agenda_en": "\n".join(point.title_en for point in points).strip(),
        }

    def clean_point(self) -> tuple[Decimal | None, Decimal | None, str]:
        text = to_western(self.cleaned_data["point"]).strip()
        if not text:
            return None, None, ""
        found = POINT.search(text)
        if found is None and (link := MAP_LINK.search(text)):
            return None, None, link[0]
        if found is None:
            raise forms.ValidationError(_("We found no place in this. Paste two numbers, such as 10.99123, 104.78456."))
        latitude, longitude = (round(Decimal(number), 5) for number in found.groups())
        if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
            raise forms.ValidationError(_("This place is not in Cambodia. Are the two numbers the wrong way round?"))
        return latitude, longitude, ""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.agenda = self._read_agenda(data)
        if {"day", "begins", "ends"} <= data.keys():
            self._clean_times(data)
        return data

    def _clean_times(self, data: dict[str, Any]) -> None:
        self.starts_at = timezone.make_aware(datetime.combine(data["day"], data["begins"]))
        self.ends_at = timezone.make_aware(datetime.combine(data["day"], data["ends"]))
        input_day = data.get("input_day") or data["day"] - timedelta(days=1)
        self.input_until_at = timezone.make_aware(datetime.combine(input_day, USUAL_END_OF_INPUT))
        if self.ends_at <= self.starts_at:
            self.add_error("ends", _("The meeting ends before it begins."))
        elif self.starts_at <= timezone.now():
            self.add_error("day", _("This time is past."))
        if self.input_until_at > self.starts_at:
            self.input_until_at = self.starts_at
            if input_day > data["day"]:
                self.add_error("input_day", _("Input must come before the meeting."))

    def _read_agenda(self, data: dict[str, Any]) -> list[AgendaPoint]:
        lines = [line.strip() for line in data.get("agenda_km", "").splitlines() if line.strip()]
        english = [line.strip() for line in data.get("agenda_en", "").splitlines() if line.strip()]
        if len(lines) > MOST_POINTS:
            self.add_error("agenda_km", _("At most %(count)s points.") % {"count": to_number(MOST_POINTS)})
        if any(len(line) > TITLE_LENGTH for line in [*lines, *english]):
            self.add_error("agenda_km", _("A line is too long. Say it in one short sentence."))
        if english and len(english) != len(lines):
            self.add_error("agenda_en", _("Write as many lines as in Khmer, or leave it empty."))
            english = []
        texts = english or [""] * len(lines)
        points = [read_line(line) for line in lines]
        return [AgendaPoint(title, read_line(text)[1], at) for (at, title), text in zip(points, texts, strict=True)]

    def fill(self) -> Meeting:
        """The meeting with what was typed, not saved."""
        meeting, data = self.meeting, self.cleaned_data
        if data["form_id"] and not meeting.pk:
            meeting.public_id = data["form_id"]
        for name in INTO_ROW:
            setattr(meeting, name, data[name])
        meeting.step = data["step"]
        meeting.starts_at, meeting.ends_at, meeting.input_until_at = self.starts_at, self.ends_at, self.input_until_at
        meeting.latitude, meeting.longitude, meeting.map_link = data["point"]
        return meeting


def read_line(line: str) -> tuple[time | None, str]:
    """`8:00 Welcome` -> (08:00, "Welcome"); a line without a time keeps none. Either script's digits."""
    found = CLOCK.match(line)
    if found is None:
        return None, line
    hour, minute = (int(to_western(part or "0")) for part in found.groups()[:2])
    if hour > 23 or minute > 59:
        return None, line
    return time(hour, minute), found[3].strip()


def _write_line(at: time | None, title: str) -> str:
    return f"{at:%H:%M} {title}" if at else title


class RsvpForm(forms.Form):
    """Coming or not, and how they heard."""

    is_coming = forms.TypedChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[("yes", gettext_lazy("I will come")), ("no", gettext_lazy("I cannot come"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("How did you hear of it?"),
        choices=[("", gettext_lazy("I would rather not say")), *Channel.choices],
        required=False,
        help_text=gettext_lazy("It shows which invitations reach people. Only sums are ever shown."),
    )


class CallOffForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why? Everybody who comes or follows reads this."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
