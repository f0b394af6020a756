"""Registering an office, adding colleagues, recording a guardian's consent."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import ConsentChannel, MembershipRole
from accounts.models import User
from accounts.models.user import ADULT_AGE, VOLUNTEER_AGE
from accounts.phones import parse_phone
from places.forms import CommuneField, PickingMixin

OFFICE_ROLES = (MembershipRole.CLERK, MembershipRole.CHIEF, MembershipRole.OFFICIAL)
NGO_ROLES = {
    MembershipRole.AUTHOR: _("writes and translates courses, sends them to the review"),
    MembershipRole.REVIEWER: _("approves what others wrote, or returns it with a comment"),
    MembershipRole.PUBLISHER: _("also publishes, sets the time, takes down"),
    MembershipRole.FACILITATOR: _("leads cohorts of learners, writes no pages"),
    MembershipRole.MANAGER: _("everything, and invites members"),
}


class OfficeForm(PickingMixin, forms.Form):
    """A clerk, chief or official registers the office they work in."""

    commune = CommuneField(label=_("Your office is in which commune?"))
    role = forms.ChoiceField(
        label=_("Your work there"),
        choices=[(role.value, role.label) for role in OFFICE_ROLES],
        widget=forms.RadioSelect,
    )
    title_km = forms.CharField(
        label=_("Your title in Khmer"),
        help_text=_("Shown beside your official answers."),
        required=False,
        max_length=120,
    )
    title_en = forms.CharField(label=_("Your title in English"), required=False, max_length=120)


class MemberForm(forms.Form):
    """A colleague, by username."""

    username = forms.CharField(
        label=_("Your colleague's username"),
        help_text=_("They find it on their settings page."),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    role = forms.ChoiceField(
        label=_("Their work in the office"),
        choices=[(role.value, role.label) for role in OFFICE_ROLES],
        widget=forms.RadioSelect,
    )


def list_ngo_roles() -> list[tuple[str, str]]:
    """Each role with what it does."""
    return [(role.value, f"{role.label}: {does}") for role, does in NGO_ROLES.items()]


class NgoMemberForm(MemberForm):
    """A colleague of an NGO, by username."""

    role = forms.ChoiceField(label=_("Their work here"), choices=list_ngo_roles, widget=forms.RadioSelect)


class RoleForm(forms.Form):
    """Another role for a member who is there."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[(role.value, role.label) for role in NGO_ROLES], widget=forms.Select
    )


class ConsentForm(forms.Form):
    """A guardian's consent for somebody of 15 to 17, found by username."""

    username = forms.CharField(
        label=_("Username of the young person"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    guardian_name = forms.CharField(label=_("Name of the parent or guardian"), max_length=160)
    guardian_phone = forms.CharField(
        label=_("Their phone number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )
    channel = forms.ChoiceField(label=_("How did they agree?"), choices=ConsentChannel, widget=forms.RadioSelect)

    person: User

    def clean_username(self) -> str:
        typed: str = self.cleaned_data["username"].strip()
        person = User.objects.filter(username__iexact=typed, is_active=True).first()
        if person is None or person.age is None or not VOLUNTEER_AGE - 1 <= person.age < ADULT_AGE:
            raise ValidationError(_("We know nobody of 15 to 17 by this username."), code="nobody")
        self.person = person
        return typed

    def clean_guardian_phone(self) -> str:
        typed: str = self.cleaned_data["guardian_phone"].strip()
        return parse_phone(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        unphoned = not cleaned.get("guardian_phone") and "guardian_phone" not in self.errors
        if cleaned.get("channel") == ConsentChannel.PHONE and unphoned:
            self.add_error("guardian_phone", _("Write down the number you called."))
        return cleaned
