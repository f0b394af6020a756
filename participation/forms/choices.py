"""Questions of a meeting as an office writes them, and as people answer them."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.models import Meeting
from participation.models.choice import ASKED_LENGTH, OPTION_LENGTH
from participation.models.input import LONGEST_ANSWER
from participation.services.agenda import ITS_OWN
from participation.services.choices import MOST_QUESTIONS, Asked, Tally
from ui.kept import KeptForm
from ui.words import to_digits, to_number

MOST_OPTIONS = 8
BETWEEN = "|"  # Khmer before it, English after it


def list_places(meeting: Meeting) -> list[tuple[int, Any]]:
    """Where on the agenda something may stand: by itself, or under a point. One query."""
    points = [(item.position, f"{to_digits(item.position)}. {item.title}") for item in meeting.agenda.all()]
    return [(ITS_OWN, gettext_lazy("A point of its own")), *points]


class QuestionsForm(forms.Form):
    """Up to `MOST_QUESTIONS`; empty ones are left out. `questions` is there once the form is valid."""

    questions: list[Asked]

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        initial: dict[str, Any] = {}
        for number, row in enumerate(meeting.choice_questions.prefetch_related("options"), 1):
            lines = [f"{each.text_km} {BETWEEN} {each.text_en}".rstrip(f" {BETWEEN}") for each in row.options.all()]
            initial |= {f"text_km_{number}": row.text_km, f"text_en_{number}": row.text_en}
            initial |= {f"options_{number}": "\n".join(lines), f"several_{number}": row.takes_several}
            initial[f"under_{number}"] = row.under
        super().__init__(data, initial=initial)
        self.places = list_places(meeting)
        for number in range(1, MOST_QUESTIONS + 1):
            self._add(number)

    def _add(self, number: int) -> None:
        self.fields[f"text_km_{number}"] = forms.CharField(
            label=gettext_lazy("Question in Khmer"), max_length=ASKED_LENGTH, required=False
        )
        self.fields[f"options_{number}"] = forms.CharField(
            label=gettext_lazy("Answers to choose from, one a line"),
            help_text=gettext_lazy("English after an upright stroke ( | ), if you like."),
            max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        )  # fmt: skip
        self.fields[f"several_{number}"] = forms.BooleanField(
            label=gettext_lazy("People may choose several"), required=False
        )
        self.fields[f"text_en_{number}"] = forms.CharField(
            label=gettext_lazy("Question in English"), max_length=ASKED_LENGTH, required=False
        )
        if len(self.places) > 1:
            self.fields[f"under_{number}"] = forms.TypedChoiceField(
                label=gettext_lazy("Under which point of the agenda?"), choices=self.places, coerce=int, required=False,
            )  # fmt: skip

    def rows(self) -> list[tuple[int, list[BoundField]]]:
        names = ["text_km", "options", "several", "text_en", *(["under"] if len(self.places) > 1 else [])]
        return [(number, [self[f"{name}_{number}"] for name in names]) for number in range(1, MOST_QUESTIONS + 1)]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        found = [self._clean_one(number, data) for number in range(1, MOST_QUESTIONS + 1)]
        self.questions = [asked for asked in found if asked]
        return data

    def _clean_one(self, number: int, data: dict[str, Any]) -> Asked | None:
        text, english = data.get(f"text_km_{number}", ""), data.get(f"text_en_{number}", "")
        options = [self._split(line) for line in data.get(f"options_{number}", "").splitlines() if line.strip()]
        if not text and not options:
            return None
        if not text:
            self.add_error(f"text_km_{number}", _("Write the question."))
        if not 2 <= len(options) <= MOST_OPTIONS:
            self.add_error(
                f"options_{number}", _("Give two to %(count)s answers.") % {"count": to_number(MOST_OPTIONS)}
            )
        if any(len(word) > OPTION_LENGTH for pair in options for word in pair):
            self.add_error(f"options_{number}", _("A line is too long. Say it in one short sentence."))
        under = data.get(f"under_{number}") or ITS_OWN
        return Asked(text, options, english, data.get(f"several_{number}", False), under)

    @staticmethod
    def _split(line: str) -> tuple[str, str]:
        khmer, _stroke, english = (part.strip() for part in line.partition(BETWEEN))
        return khmer, english


class ChoiceForm(KeptForm):
    """One question; the ids of what was chosen."""

    def __init__(self, data: Any = None, *, tally: Tally) -> None:
        super().__init__(data)
        self.fields["options"] = forms.TypedMultipleChoiceField(
            label=tally.question.text,
            choices=[(option.pk, option.text) for option in tally.options],
            coerce=int,
            error_messages={"required": _("Choose one of the answers.")},
        )


class ChoiceAnswersForm(forms.Form):
    """What the meeting made of each question, in the form of the minutes."""

    def __init__(self, data: Any = None, *, tallies: list[Tally]) -> None:
        super().__init__(data, initial={f"choice_{each.question.pk}": each.question.answer for each in tallies})
        self.tallies = tallies
        for each in tallies:
            self.fields[f"choice_{each.question.pk}"] = forms.CharField(
                label=gettext_lazy("What the meeting made of it"), max_length=LONGEST_ANSWER, required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    def rows(self) -> list[tuple[Tally, BoundField]]:
        return [(each, self[f"choice_{each.question.pk}"]) for each in self.tallies]

    @property
    def answers(self) -> dict[int, str]:
        return {each.question.pk: self.cleaned_data[f"choice_{each.question.pk}"] for each in self.tallies}
