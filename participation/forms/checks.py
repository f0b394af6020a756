"""A burst of answers: what whoever leads the survey says of it, and what the programme decides."""

from django import forms
from django.utils.translation import gettext_lazy

from participation.models.survey import CHECK_LENGTH


class AskForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("What happened?"), max_length=CHECK_LENGTH, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Such as: at the meeting on Friday 60 people answered together. No names."),
    )  # fmt: skip


class DecideForm(forms.Form):
    is_counted = forms.TypedChoiceField(
        label=gettext_lazy("Do these answers count?"),
        choices=[
            ("yes", gettext_lazy("Yes: they came from people, each once")),
            ("no", gettext_lazy("No: nobody can tell the real ones")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("How do you know? The office reads this."), max_length=CHECK_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
