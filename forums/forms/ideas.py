"""Ideas: what their authors say beside the words, what the office says at each step, what residents say of the end."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums import rendering
from forums.enums import Refusal, StepBack
from forums.forms.fields import check_text
from forums.forms.photo import PhotoField
from forums.models.idea import WORDS_LENGTH
from forums.services.ideas.path import PATH, list_changes

REASONS = [
    ("", "—"),
    (gettext_lazy("Why we cannot do it"), Refusal.choices),
    (gettext_lazy("Why it goes back"), StepBack.choices),
]


class WordsField(forms.CharField):
    """A few sentences that everybody reads."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=WORDS_LENGTH, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)

    def clean(self, value: Any) -> str:
        words = rendering.clean(str(super().clean(value)))
        if self.required and not rendering.has_letters(words):
            raise forms.ValidationError(self.error_messages["required"], code="required")
        check_text(words, WORDS_LENGTH)
        return words


class MoveForm(forms.Form):
    """The next step, in the office's words."""

    verb = forms.ChoiceField(
        label=gettext_lazy("What is the next step?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the next step.")},
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Only when you cannot do it, or when it goes back."),
        choices=REASONS,
        required=False,
    )
    words = WordsField(
        label=gettext_lazy("Say it to the residents"),
        help_text=gettext_lazy("One or two sentences that everybody reads: what, when, who."),
        error_messages={"required": gettext_lazy("Say it in a sentence: the residents read it.")},
    )
    photo = PhotoField(label=gettext_lazy("A photo of it"))

    sometimes = ("reason",)

    def __init__(self, data: Any = None, files: Any = None, *, status: str) -> None:
        super().__init__(data, files)
        choices = [(change.verb, change.label) for change in list_changes(status)]
        self.fields["verb"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        change = PATH.get(cleaned.get("verb", ""))
        if change is None:
            return cleaned
        if change.reasons is None:
            cleaned["reason"] = ""
        elif cleaned.get("reason") not in change.reasons.values:
            self.add_error("reason", _("Choose a reason of this step: the residents read it."))
        return cleaned


class VerdictForm(forms.Form):
    """Is it done? A "no" says what is missing."""

    is_done = forms.TypedChoiceField(
        label=gettext_lazy("Is it really done?"),
        choices=[("yes", gettext_lazy("Yes, it is done")), ("no", gettext_lazy("No, something is missing"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say yes or no.")},
    )
    words = WordsField(
        label=gettext_lazy("What did you see?"),
        help_text=gettext_lazy("If it is not done: what is missing? Everybody may read it, without your name."),
        required=False,
    )
    photo = PhotoField(label=gettext_lazy("A photo of it"))

    sometimes = ("words",)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("is_done") is False and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", _("Say what is missing, so that the office can mend it."))
        return cleaned
