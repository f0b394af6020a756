"""What is typed in a live room and at its desk."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.enums import AsideReason
from participation.models.room import CODE_LENGTH, LONGEST_CHOICE, LONGEST_NOTE, LONGEST_QUESTION
from participation.services.room.hands import FEWEST, MOST
from participation.services.room.moderating import Act, Decision
from ui.typed import clean, has_letters, is_overloaded
from ui.words import to_western


def clean_line(text: str) -> str:
    """One line of readable text. Raises what to tell the person."""
    line = " ".join(clean(text).split())
    if line and not has_letters(line):
        raise forms.ValidationError(_("Write a few words first."), code="required")
    if is_overloaded(line):
        raise forms.ValidationError(
            _("Some letters carry too many marks to be readable. Type them again without the extra marks.")
        )
    return line


class QuestionForm(forms.Form):
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=gettext_lazy("Your question"),
        help_text=gettext_lazy("One question, in one or two sentences. Do not write names or phone numbers."),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write your question first.")},
    )
    hides_name = forms.BooleanField(label=gettext_lazy("Do not show my name"), required=False)

    def __init__(self, data: Any = None, *, has_name: bool, draft: str = "") -> None:
        super().__init__(data, initial={"client_id": uuid.uuid4()})
        if draft:
            self.fields["text"].widget.attrs["data-draft"] = draft
        if not has_name:
            del self.fields["hides_name"]

    def clean_text(self) -> str:
        return clean_line(self.cleaned_data["text"])


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code on the screen"),
        help_text=gettext_lazy("Six digits. With it you can ask without an account."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"}),
    )

    def clean_code(self) -> str:
        code = "".join(to_western(self.cleaned_data["code"]).split())
        if len(code) != CODE_LENGTH or not code.isdigit():
            raise forms.ValidationError(_("The code has six digits."))
        return code


class DecisionForm(forms.Form):
    """`decision` is there once the form is valid."""

    decision: Decision

    act = forms.ChoiceField(choices=Act.choices)
    reason = forms.ChoiceField(label=gettext_lazy("Why"), choices=[("", "—"), *AsideReason.choices], required=False)
    note = forms.CharField(label=gettext_lazy("The answer in a sentence"), max_length=LONGEST_NOTE, required=False)

    def clean_note(self) -> str:
        return clean_line(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "act" in data:
            self.decision = Decision(Act(data["act"]), data.get("reason", ""), data.get("note", ""))
        return data


class HandsForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("What do you ask the hall?"),
        max_length=LONGEST_QUESTION,
        error_messages={"required": gettext_lazy("Write your question first.")},
    )
    choices = forms.CharField(
        label=gettext_lazy("Answers to choose from, one on each line"),
        max_length=(LONGEST_CHOICE + 2) * MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"choices": _("Yes\nNo\nNot sure")})

    def clean_title(self) -> str:
        return clean_line(self.cleaned_data["title"])

    def clean_choices(self) -> list[str]:
        lines = [clean_line(line)[:LONGEST_CHOICE] for line in self.cleaned_data["choices"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if not FEWEST <= len(found) <= MOST:
            raise forms.ValidationError(_("Give two to five different answers, one on each line."))
        return found
