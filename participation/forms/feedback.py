"""The one tap after a meeting, and the office's sentence."""

from django import forms
from django.utils.translation import gettext_lazy

from participation.enums import MissedBecause, Opinion
from participation.models.feedback import REPLY_LENGTH


class SayForm(forms.Form):
    """Which button was tapped."""

    say = forms.ChoiceField(choices=[*Opinion.choices, *MissedBecause.choices])

    @property
    def word(self) -> Opinion | MissedBecause:
        said = self.cleaned_data["say"]
        return Opinion(said) if said in Opinion.values else MissedBecause(said)


class ReplyForm(forms.Form):
    text_km = forms.CharField(
        label=gettext_lazy("One sentence in Khmer: what you change"), max_length=REPLY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It stands on the page of the next meeting, beside what people said."),
    )  # fmt: skip
    text_en = forms.CharField(
        label=gettext_lazy("In English"), max_length=REPLY_LENGTH, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
