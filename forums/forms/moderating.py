"""Reporting and hiding: a reason from the list, a note beside it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums import rendering
from forums.enums import HideReason


class HideForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why is it hidden?"),
        choices=HideReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason: its author will read it.")},
    )
    note = forms.CharField(
        label=_("Note for the other moderators"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_note(self) -> str:
        return rendering.clean(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("reason") == HideReason.OTHER and not cleaned.get("note", "").strip():
            self.add_error("note", _("Another reason needs a few words."))
        return cleaned


class ReportForm(HideForm):
    """A member's word to the moderators, from the list they decide by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason, note = self.fields["reason"], self.fields["note"]
        reason.label, note.label = _("What is wrong with it?"), _("Note for the moderators")
        reason.error_messages["required"] = _("Choose what is wrong with it.")
