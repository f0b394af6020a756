"""What is searched for, and where."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forums.enums import TopicKind

EVERYTHING = ("", pgettext_lazy("kind of topic", "Everything"))


class FindForm(forms.Form):
    """All of it is optional: an address that somebody typed shows what it can."""

    q = forms.CharField(label=_("Search the forum"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(label=_("What"), required=False, choices=[EVERYTHING, *TopicKind.choices])
    waits = forms.BooleanField(label=_("Only questions without an answer"), required=False)
