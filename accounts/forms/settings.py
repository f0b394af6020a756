"""What a person may change about themselves, and the password that protects it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import Contrast, Language
from accounts.forms.sign_up import BirthYearField
from accounts.models import InclusionProfile, User
from accounts.phones import parse_phone
from places.forms import CommuneField, HomePlace, HomePlaceField, PickingMixin
from ui.words import to_phone


class PasswordCheckForm(forms.Form):
    """The person's own password, before something that cannot be undone."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise ValidationError(_("This is not your password. Try again."), code="password")
        return password


class ProfileForm(PickingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """Names, phone, age and places."""

    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("We never show this number to anyone."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    birth_year = BirthYearField(label=_("Year of birth"))
    home = HomePlaceField(
        label=_("Which commune is your home?"), help_text=_("Your voice there stays yours, also when you live away.")
    )
    now = CommuneField(label=_("Where do you live now?"), help_text=_("Only if it is another commune."), required=False)

    class Meta:
        model = User
        fields = ("family_name_km", "given_name_km", "family_name_latin", "given_name_latin", "phone", "birth_year")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: User = self.instance
        if person.home_commune:
            self.initial["home"] = HomePlace(person.home_commune, person.home_village)
        self.initial["now"] = person.current_commune
        self.initial["phone"] = to_phone(person.phone)
        self.fields["home"].required = person.home_commune is not None
        self.fields["birth_year"].required = person.birth_year is not None

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"].strip()
        return parse_phone(typed) if typed else ""

    def _post_clean(self) -> None:
        if not self.is_picking:
            super()._post_clean()  # type: ignore[misc]

    def save(self, commit: bool = True) -> User:
        person: User = self.instance
        home = self.cleaned_data["home"]
        if home:
            person.home_commune, person.home_village = home.commune, home.village
        now = self.cleaned_data["now"]
        person.current_commune = now if now != person.home_commune else None
        saved: User = super().save(commit)
        return saved


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]
    """How the pages look and what they cost."""

    language = forms.ChoiceField(label=_("Language of messages"), choices=Language, widget=forms.RadioSelect)
    contrast = forms.ChoiceField(label=_("Light or dark"), choices=Contrast, widget=forms.RadioSelect)
    saves_data = forms.BooleanField(
        label=_("Save data"), help_text=_("Pictures and videos only when you open them."), required=False
    )

    class Meta:
        model = User
        fields = ("language", "contrast", "saves_data")


YES, NO, UNSAID = "yes", "no", ""
ANSWERS = ((YES, _("Yes")), (NO, _("No")), (UNSAID, _("I would rather not say")))
STORED = {YES: True, NO: False, UNSAID: None}


class InclusionForm(forms.Form):
    """Five free answers, each with a way not to say, and one consent."""

    is_female = forms.ChoiceField(label=_("Are you a woman or a girl?"))
    has_disability = forms.ChoiceField(label=_("Do you live with a disability?"))
    has_id_poor = forms.ChoiceField(label=_("Does your household have an ID Poor card?"))
    is_minority = forms.ChoiceField(label=_("Do you belong to a minority or an indigenous people?"))
    has_migrant_household = forms.ChoiceField(label=_("Does someone of your household live away for work?"))
    consents = forms.BooleanField(
        label=_("I agree that these answers are used for fair places and honest counts, and for nothing else."),
        error_messages={"required": _("Tick this if you want us to keep the answers. You may also leave the page.")},
    )

    def __init__(self, *args: Any, profile: InclusionProfile | None = None, **kwargs: Any) -> None:
        stored = {value: key for key, value in STORED.items()}
        names = ("is_female", "has_disability", "has_id_poor", "is_minority", "has_migrant_household")
        initial = {name: stored[getattr(profile, name)] if profile else UNSAID for name in names}
        super().__init__(*args, initial=initial, **kwargs)  # type: ignore[misc]
        for name in names:
            field = self.fields[name]
            field.required = False
            field.widget = forms.RadioSelect(choices=ANSWERS)
            field.choices = ANSWERS  # type: ignore[attr-defined]

    @property
    def answers(self) -> dict[str, bool | None]:
        """What to store, after validation."""
        return {name: STORED[value] for name, value in self.cleaned_data.items() if name != "consents"}
