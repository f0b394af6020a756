"""The asker's word on an answer, and the office's promise."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, ngettext
from django.utils.translation import gettext_lazy as _

from forums import rendering
from forums.enums import Rating
from forums.forms.fields import check_text
from forums.models.asked import PROMISES, USUAL_DAYS, WORDS_LENGTH
from ui.words import to_digits


class RatingForm(forms.Form):
    rating = forms.TypedChoiceField(
        label=_("Did the answer help you?"),
        choices=Rating.choices,
        coerce=Rating,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    words = forms.CharField(
        label=_("A word to the office"),
        help_text=_("Only the office reads it. For example: I still do not know which papers I need."),
        max_length=WORDS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_words(self) -> str:
        words = rendering.clean(self.cleaned_data["words"])
        check_text(words, WORDS_LENGTH)
        return words


class PromiseForm(forms.Form):
    days = forms.TypedChoiceField(
        label=gettext_lazy("Within how many days do you answer?"), coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, days: int | None) -> None:
        super().__init__(data, initial={"days": days or USUAL_DAYS})
        choices = [(each, to_digits(ngettext("%(n)s day", "%(n)s days", each) % {"n": each})) for each in PROMISES]
        self.fields["days"].choices = choices  # type: ignore[attr-defined]
