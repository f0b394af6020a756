"""Input as residents send it, answers and minutes as an office writes them."""

import uuid
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.enums import Outcome
from participation.errors import RefusedError
from participation.forms.attendance import AboutMeForm
from participation.forms.versions import VersionForm
from participation.models import Input
from participation.models.input import LONGEST_ANSWER, LONGEST_TEXT
from participation.models.meeting import TITLE_LENGTH
from participation.models.minutes import REASON_LENGTH, SUMMARY_LENGTH, Minutes
from participation.services.inputs import Word, check_attachment
from participation.services.minutes import Line, Text, read_version
from ui.words import to_number

MOST_DECISIONS = 15
EMPTY_LINES = 3
ACCEPTED = "image/*,audio/*,.m4a,.mp3,.ogg,.opus,.webm"
OUTCOMES = [("", "—"), *Outcome.choices]


class InputForm(AboutMeForm):
    """`word` is there once the form is valid."""

    word: Word

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Your input"),
        help_text=gettext_lazy(
            "The office puts it on the agenda, where everybody reads it, and reads it out at the meeting. You read the"
            " answer here, and we tell you."
        ),
        max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    attachment = forms.FileField(
        label=gettext_lazy("Or a photo or a voice note"), required=False,
        help_text=gettext_lazy("A photo up to 10 MB, a recording up to 3 MB. It is sent in a small size."),
    )  # fmt: skip
    hides_name = forms.BooleanField(label=gettext_lazy("Do not read my name"), required=False)
    shows_file = forms.BooleanField(
        label=gettext_lazy("Everybody may see the photo or hear the recording in the minutes"), required=False,
        help_text=gettext_lazy("Otherwise only the office gets it. A voice can be recognised, also without a name."),
    )  # fmt: skip

    sometimes = ("text", "attachment", "groups")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"client_id": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        self.fields["attachment"].widget.attrs["accept"] = ACCEPTED

    def keep_as(self, key: str) -> None:
        """The text stays on the phone under this name while it is typed, until it is sent."""
        self.fields["text"].widget.attrs["data-draft"] = key

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        upload, attachment = data.get("attachment"), None
        if upload:
            try:
                attachment = check_attachment(upload)
            except RefusedError as refusal:
                self.add_error("attachment", str(refusal))
        elif not data.get("text") and not self.errors:
            self.add_error("text", _("Write a sentence, or choose a photo or a recording."))
        self.word = Word(
            text=data.get("text", ""),
            attachment=attachment,
            hides_name=bool(data.get("hides_name")),
            shows_file=bool(data.get("shows_file")),
            client_id=data.get("client_id"),
            happened_at=timezone.now(),
            about=self.read_about(),
        )
        return data


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(label=gettext_lazy("What was decided"), choices=Outcome.choices)
    answer = forms.CharField(
        label=gettext_lazy("The answer, in words the sender understands"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    holds_back = forms.BooleanField(
        label=gettext_lazy("Keep the photo or recording out of the minutes: it shows or names other people"),
        required=False,
    )

    def __init__(self, data: Any = None, *, row: Input) -> None:
        super().__init__(data)
        if not (row.file and row.shows_file):
            del self.fields["holds_back"]


class MinutesForm(VersionForm):
    """A summary and up to `MOST_DECISIONS` decisions. `text` and `lines` are there once the form is valid."""

    text: Text
    lines: list[Line]

    summary_km = forms.CharField(
        label=gettext_lazy("What was talked about, in Khmer"), max_length=SUMMARY_LENGTH, required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    summary_en = forms.CharField(
        label=gettext_lazy("What was talked about, in English"), max_length=SUMMARY_LENGTH, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    came_count = forms.IntegerField(
        label=gettext_lazy("How many people came"), min_value=0, max_value=20000, required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, minutes: Minutes | None, came: int = 0) -> None:
        decisions = list(minutes.decisions.all()) if minutes else []
        self.count = min(MOST_DECISIONS, max(len(decisions), self._count_typed(data)) + EMPTY_LINES)
        initial: dict[str, Any] = {"came_count": came or None, "changed_at": read_version(minutes)}
        if minutes:
            initial |= {name: getattr(minutes, name) for name in ("summary_km", "summary_en")}
            initial["came_count"] = minutes.came_count if minutes.came_count is not None else came or None
        for number, decision in enumerate(decisions, 1):
            for name in ("title_km", "title_en", "outcome", "cost", "reason"):
                initial[f"{name}_{number}"] = getattr(decision, name)
        super().__init__(data, initial=initial)
        if came:
            self.fields["came_count"].help_text = _("Counted at the door and by phone: %(count)s.") % {
                "count": to_number(came)
            }
        for number in range(1, self.count + 1):
            self._add_line(number)

    @staticmethod
    def _count_typed(data: Any) -> int:
        numbers = range(1, MOST_DECISIONS + 1)
        return max((number for number in numbers if data and data.get(f"title_km_{number}")), default=0)

    def _add_line(self, number: int) -> None:
        short = {"max_length": TITLE_LENGTH, "required": False}
        self.fields[f"title_km_{number}"] = forms.CharField(label=gettext_lazy("Project or question"), **short)  # type: ignore[arg-type]
        self.fields[f"outcome_{number}"] = forms.ChoiceField(
            label=gettext_lazy("What was decided"), choices=OUTCOMES, required=False
        )
        self.fields[f"cost_{number}"] = forms.IntegerField(
            label=gettext_lazy("Cost in riel"), min_value=0, max_value=10**12, required=False
        )
        self.fields[f"reason_{number}"] = forms.CharField(
            label=gettext_lazy("Reason"), max_length=REASON_LENGTH, required=False
        )
        self.fields[f"title_en_{number}"] = forms.CharField(label=gettext_lazy("In English"), **short)  # type: ignore[arg-type]

    def rows(self) -> list[tuple[int, list[BoundField]]]:
        """Number and fields of each line, for the template."""
        names = ("title_km", "outcome", "cost", "reason", "title_en")
        return [(number, [self[f"{name}_{number}"] for name in names]) for number in range(1, self.count + 1)]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        found = [self._clean_line(number, data) for number in range(1, self.count + 1)]
        self.lines = [line for line in found if line is not None]
        self.text = Text(data.get("summary_km", ""), data.get("summary_en", ""), data.get("came_count"))
        return data

    def _clean_line(self, number: int, data: dict[str, Any]) -> Line | None:
        values = {name: data.get(f"{name}_{number}") for name in ("title_km", "title_en", "cost", "reason")}
        outcome = data.get(f"outcome_{number}")
        if not any([*values.values(), outcome]):
            return None
        if not values["title_km"]:
            self.add_error(f"title_km_{number}", _("Name the project or the question."))
        if not outcome:
            self.add_error(f"outcome_{number}", _("Say what was decided."))
        elif outcome == Outcome.REFUSED and not values["reason"]:
            self.add_error(f"reason_{number}", _("Say why it was not taken in: people read it."))
        if any(name.endswith(f"_{number}") for name in self.errors):
            return None
        return Line(outcome=Outcome(outcome), **values)  # type: ignore[arg-type]
