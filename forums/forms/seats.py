"""Who reads a private board."""

from django import forms
from django.utils.translation import gettext_lazy as _


class GuestForm(forms.Form):
    username = forms.CharField(
        label=_("Username of the guest"),
        max_length=150,
        help_text=_("Guests read and write on this board until you take them out."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def say_unknown(self) -> None:
        self.add_error("username", _("Nobody has this username. Ask them how it is spelled in their settings."))
