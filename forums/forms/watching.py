"""The word list and the quiet time."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.enums import HideReason
from forums.models import QuietPeriod, WatchedWord
from places.khmer import normalise


class WordForm(forms.ModelForm[WatchedWord]):
    class Meta:
        model = WatchedWord
        fields = ("word", "friends", "effect", "reason")
        labels = {
            "word": _("Word"),
            "friends": _("Not inside these words"),
            "effect": _("What happens"),
            "reason": _("Reason"),
        }
        help_texts = {"friends": _("Longer words that hold it and mean something else, one a line.")}
        widgets = {"friends": forms.Textarea(attrs={"rows": 3}), "effect": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", "—"), *HideReason.choices]  # type: ignore[attr-defined]

    def clean_word(self) -> str:
        word = " ".join(self.cleaned_data["word"].split())
        form = normalise(word)
        if len(form) < 2:
            raise forms.ValidationError(_("One letter stands in every text. Write the whole word."))
        if WatchedWord.objects.filter(form=form).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This word is on the list already."))
        return word


class TryForm(forms.Form):
    text = forms.CharField(label=_("Try a sentence"), required=False, max_length=2000)


class EndForm(forms.Form):
    """Which quiet time ends before its day."""

    end = forms.ModelChoiceField(
        QuietPeriod.objects.all(), error_messages={"invalid_choice": _("There is no such quiet time.")}
    )


class QuietForm(forms.ModelForm[QuietPeriod]):
    class Meta:
        model = QuietPeriod
        fields = ("start_date", "end_date", "why_km", "why_en")
        labels = {
            "start_date": _("First day"),
            "end_date": _("Last day"),
            "why_km": _("Why, in Khmer"),
            "why_en": _("Why, in English"),
        }
        widgets = {name: forms.DateInput(attrs={"type": "date"}) for name in ("start_date", "end_date")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", _("The last day is before the first."))
        return cleaned
