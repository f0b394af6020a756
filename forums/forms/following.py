"""What a person hears of a topic or a board, and what they follow by themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.enums import FollowLevel


class FollowForm(forms.Form):
    level = forms.ChoiceField(
        label=_("What do you want to hear?"),
        choices=[*FollowLevel.choices, ("", _("As it is without a word of mine"))],
        widget=forms.RadioSelect,
        required=False,
    )


class HabitForm(forms.Form):
    follows_begun = forms.BooleanField(label=_("Follow the topics that I begin"), required=False)
    follows_answered = forms.BooleanField(label=_("Follow the topics in which I reply"), required=False)
