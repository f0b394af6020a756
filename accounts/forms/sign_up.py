"""Making an account: a phone number or a username, a password, the birth year, and where home is."""

from typing import Any

from allauth.account.forms import SignupForm
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.phones import parse_phone
from accounts.services import register
from accounts.usernames import clean_username
from places.forms import CommuneField, HomePlace, HomePlaceField, PickingMixin
from places.khmer import normalise
from ui.words import to_digits

YOUNGEST, OLDEST = 6, 100
PHONE, USERNAME = "phone", "username"


class BirthYearField(forms.CharField):
    """Cleans to a year. Takes Khmer digits."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "bday-year", "class": "short", "maxlength": "8"}
        )
        super().__init__(max_length=8, widget=widget, **kwargs)

    def clean(self, value: Any) -> int | None:
        typed = normalise(super().clean(value))
        if not typed:
            return None
        if not (typed.isdecimal() and typed.isascii() and len(typed) == 4):
            raise ValidationError(_("Type the year with 4 digits, such as %s.") % to_digits(2006), code="year_digits")
        first, last = timezone.localdate().year - OLDEST, timezone.localdate().year - YOUNGEST
        if not first <= int(typed) <= last:
            words = {"first": to_digits(first), "last": to_digits(last)}
            raise ValidationError(_("The year must be between %(first)s and %(last)s.") % words, code="year_range")
        return int(typed)


class SignUpForm(PickingMixin, SignupForm):  # type: ignore[misc]
    """allauth's, with our questions. A taken phone number is accepted in silence; see `services.register`."""

    way = forms.ChoiceField(
        label=_("Sign in with"),
        choices=((PHONE, _("Phone number")), (USERNAME, _("Username"))),
        initial=PHONE,
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("We never show this number to anyone."),
        error_messages={"required": _("Type your phone number, or choose a username above.")},
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    given_name = forms.CharField(
        label=_("Given name"),
        help_text=_("What people call you. Others may see it."),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    birth_year = BirthYearField(
        label=_("Year of birth"),
        help_text=_(
            "We ask because of the rules: under 15 you can read and learn; from 15 to 17 a guardian must agree "
            "before you volunteer."
        ),
    )
    home = HomePlaceField(
        label=_("Which commune is your home?"),
        help_text=_(
            "So we can show work and meetings near you. If you moved away for work or study, choose the commune you "
            "come from: your voice there stays yours."
        ),
    )
    now = CommuneField(label=_("Where do you live now?"), help_text=_("Only if it is another commune."), required=False)

    use_required_attribute = False  # the box of the other way may stay empty
    field_order = ("way", "phone", "username", "password1", "given_name", "birth_year", "home", "now")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        username, password = self.fields["username"], self.fields["password1"]
        username.required = self.fields["phone"].required = True
        username.error_messages["required"] = _("Choose a name to sign in with.")
        username.label, username.help_text = (
            _("Username"),
            _("Letters, digits and . _ - without spaces. Not your real name."),
        )
        username.widget.attrs = {"autocomplete": "username", "autocapitalize": "none", "maxlength": "60"}
        password.help_text = _("8 characters or more. A short sentence is easier to remember.")
        # Pressing "Find" brings the page again: the password must not be lost on the way. The page is never stored.
        password.widget = forms.PasswordInput(render_value=True, attrs={"autocomplete": "new-password"})

    def _clean_fields(self) -> None:
        """Only the chosen way needs its box; on the page both look needed, since either may be chosen there."""
        way = self.data.get("way")
        for name in (PHONE, USERNAME):
            self.fields[name].required = way == name
        super()._clean_fields()
        for name in (PHONE, USERNAME):
            self.fields[name].required = True

    def clean_phone(self) -> str:
        return parse_phone(self.cleaned_data["phone"]) if self.data.get("way") == PHONE else ""

    def clean_username(self) -> str:
        if self.data.get("way") != USERNAME:
            return ""
        self.cleaned_data["username"] = clean_username(self.cleaned_data["username"])
        name: str = super().clean_username()
        return name

    def save(self, request: HttpRequest) -> User:
        data = self.cleaned_data
        home: HomePlace = data["home"]
        return register(
            User(),
            password=data["password1"],
            username=data["username"],
            phone=data["phone"],
            given_name=data["given_name"].strip(),
            birth_year=data["birth_year"],
            home_commune=home.commune,
            home_village=home.village,
            current_commune=data["now"],
            language=get_language() or "km",
        )
