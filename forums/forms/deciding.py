"""What those who decide fill in, and what an author writes who appeals."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums import rendering
from forums.enums import HideReason, ModerationKind
from forums.models import ReplyTemplate
from forums.services.cases.deciding import APPEAL_RULINGS, RULINGS


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note for the others who decide"),
        help_text=_("Its author never reads it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write a few words first.")},
    )


class AppealForm(forms.Form):
    words = forms.CharField(
        label=_("Why should somebody look again?"),
        help_text=_("Say what was misunderstood. Whoever decided before does not decide this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write a few words first.")},
    )

    def clean_words(self) -> str:
        words = rendering.clean(self.cleaned_data["words"])
        if not rendering.has_letters(words):
            raise forms.ValidationError(_("Write a few words first."), code="required")
        return words


class DecisionForm(forms.Form):
    """What one button, or the form of a case, sends: a ruling of this kind of case; a reason and words are optional."""

    ruling = forms.ChoiceField(
        choices=[(ruling.value, ruling.label) for ruling in (*RULINGS, *APPEAL_RULINGS)], widget=forms.HiddenInput
    )
    reason = forms.ChoiceField(label=_("Reason that its author reads"), choices=HideReason.choices, required=False)
    template = forms.ModelChoiceField(
        label=_("Words to its author"),
        queryset=ReplyTemplate.objects.all(),
        required=False,
        empty_label=_("Only the reason"),
        error_messages={"invalid_choice": _("These words are gone. Choose others.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        reason = cleaned.get("reason")
        ruling = ModerationKind(cleaned["ruling"]) if cleaned.get("ruling") else None
        return {**cleaned, "ruling": ruling, "reason": HideReason(reason) if reason else None}


class ReplyTemplateForm(forms.ModelForm[ReplyTemplate]):
    class Meta:
        model = ReplyTemplate
        fields = ("name", "text_km", "text_en")
        labels = {
            "name": _("Name in the list"),
            "text_km": _("Words in Khmer"),
            "text_en": _("Words in English"),
        }
        widgets = {"text_km": forms.Textarea(attrs={"rows": 3}), "text_en": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"name": {"unique": _("Words with this name exist already.")}}
