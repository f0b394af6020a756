"""Making a poll, and voting in it."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums import rendering
from forums.enums import PollShows, PollWay
from forums.forms.fields import check_text
from forums.models.poll import FEWEST, MOST, OPTION_LENGTH, QUESTION_LENGTH
from forums.services.polls.making import PollFacts
from forums.services.polls.reading import Shown
from places.khmer import normalise
from ui.words import to_digits

DAYS = [(days, gettext_lazy("%(days)s days")) for days in (1, 3, 7, 14, 30)]


class PollForm(forms.Form):
    """`facts` is there once the form is valid."""

    facts: PollFacts

    question = forms.CharField(
        label=gettext_lazy("Question of the poll"),
        help_text=gettext_lazy("For example: Which road should be next?"),
        max_length=QUESTION_LENGTH,
        error_messages={"required": gettext_lazy("Write the question.")},
    )
    options = forms.CharField(
        label=gettext_lazy("Options, each on a line of its own"),
        help_text=gettext_lazy("From 2 to 12 lines."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Write at least two options, each on a line of its own.")},
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How do people choose?"),
        choices=PollWay.choices,
        widget=forms.RadioSelect,
        initial=PollWay.SINGLE,
    )
    is_secret = forms.TypedChoiceField(
        label=gettext_lazy("Who sees how somebody voted?"),
        choices=[
            ("yes", gettext_lazy("Nobody, not even you or a moderator")),
            ("no", gettext_lazy("Everybody: names stand beside the votes")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    shows = forms.ChoiceField(
        label=gettext_lazy("When can the numbers be read?"),
        choices=PollShows.choices,
        widget=forms.RadioSelect,
        initial=PollShows.VOTED,
    )
    days = forms.TypedChoiceField(label=gettext_lazy("How long does it run?"), coerce=int, initial=7)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choices = [(days, to_digits(label % {"days": days})) for days, label in DAYS]
        self.fields["days"].choices = choices  # type: ignore[attr-defined]

    def clean_question(self) -> str:
        question = " ".join(rendering.clean(self.cleaned_data["question"]).split())
        if not rendering.has_letters(question):
            raise forms.ValidationError(_("Write the question."), code="required")
        check_text(question, QUESTION_LENGTH)
        return question

    def clean_options(self) -> list[str]:
        lines = [" ".join(line.split()) for line in rendering.clean(self.cleaned_data["options"]).split("\n")]
        options = [line for line in lines if rendering.has_letters(line)]
        if not FEWEST <= len(options) <= MOST:
            raise forms.ValidationError(_("Write from 2 to 12 options, each on a line of its own."))
        for option in options:
            check_text(option, OPTION_LENGTH)
        if len({normalise(option) for option in options}) < len(options):
            raise forms.ValidationError(_("Two options are the same."))
        return options

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            way, shows = PollWay(cleaned["way"]), PollShows(cleaned["shows"])
            self.facts = PollFacts(**{**cleaned, "way": way, "shows": shows})
        return cleaned


class PollPart(PollForm):
    """The same inside the form of a new topic: nothing is asked of whoever leaves question and options empty."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, draft: str = "") -> None:
        """`draft`: the key of the form's draft; the phone keeps these words beside it (draft.js)."""
        super().__init__(data, prefix="poll")
        self.fields["options"].widget.attrs |= {"data-draft": f"{draft}:poll", "data-title": "poll-question"}

    @property
    def is_wanted(self) -> bool:
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in ("question", "options"))

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_wanted:
            self._errors = ErrorDict()

    def read(self) -> PollFacts | None:
        """What was asked for; None for nothing, and for what is not right yet."""
        return self.facts if self.is_wanted and self.is_valid() else None


class BallotForm(forms.Form):
    """`choices` (numbers of options, the best first) are there once the form is valid. Works without scripts: one
    option and several by ticking, an order by a place for each option.
    """

    choices: list[int]

    def __init__(self, data: Any = None, *, shown: Shown) -> None:
        self.shown, self.poll = shown, shown.poll
        super().__init__(data)
        options = [(option.number, option.text) for option in shown.options]
        if self.poll.is_ranked:
            self._add_places(shown)
        elif self.poll.way == PollWay.SINGLE:
            self.fields["choice"] = forms.TypedChoiceField(
                label=self.poll.question, choices=options, coerce=int, widget=forms.RadioSelect,
                initial=next(iter(shown.own), None), error_messages={"required": _("Choose an option.")},
            )  # fmt: skip
        else:
            self.fields["choice"] = forms.TypedMultipleChoiceField(
                label=self.poll.question, choices=options, coerce=int, widget=forms.CheckboxSelectMultiple,
                initial=shown.own, error_messages={"required": _("Choose an option.")},
            )  # fmt: skip

    def _add_places(self, shown: Shown) -> None:
        count = len(shown.options)
        places = [("", "—"), *((place, to_digits(place)) for place in range(1, count + 1))]
        for option in shown.options:
            own = shown.own.index(option.number) + 1 if option.number in shown.own else ""
            self.fields[f"place_{option.number}"] = forms.TypedChoiceField(
                label=option.text, choices=places, coerce=int, empty_value="", required=False, initial=own
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        self.choices = self._read_places(cleaned) if self.poll.is_ranked else self._read_ticks(cleaned["choice"])
        return cleaned

    def _read_ticks(self, ticked: int | list[int]) -> list[int]:
        chosen = [ticked] if isinstance(ticked, int) else list(ticked)
        if len(chosen) > self.poll.most:
            self.add_error("choice", to_digits(_("Choose at most %(most)s.") % {"most": self.poll.most}))
        return chosen

    def _read_places(self, cleaned: dict[str, Any]) -> list[int]:
        """The order; a place that nobody was given closes up."""
        given = [(cleaned[f"place_{option.number}"], option.number) for option in self.shown.options]
        placed = sorted(pair for pair in given if pair[0])
        if not placed:
            raise forms.ValidationError(_("Give at least one option a place: 1 for the best."))
        if len({place for place, _number in placed}) < len(placed):
            raise forms.ValidationError(_("Two options have the same place. Give each its own."))
        return [number for _place, number in placed]
