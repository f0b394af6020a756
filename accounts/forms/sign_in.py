"""Coming in, and coming back without the password."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """One field for the username or the phone number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Username or phone number")
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""


class RecoverForm(forms.Form):
    """A name or number, one of the codes written down, and a new password."""

    login = forms.CharField(
        label=_("Username or phone number"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    code = forms.CharField(
        label=_("One of your recovery codes"),
        help_text=_("12 digits. A code works once."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    password = forms.CharField(
        label=_("New password"),
        help_text=_("8 characters or more. A short sentence is easier to remember."),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def refuse(self) -> None:
        """One sentence for an unknown person, a wrong code and a used one."""
        self.add_error(
            None, _("These do not fit together. Check the name or number and the code, or try another code.")
        )
