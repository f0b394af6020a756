"""People in the editors' admin: four name fields, a password, groups; deleting leaves a nameless row."""

from typing import Any

from django import forms
from wagtail.log_actions import log
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import DeleteView, UserViewSet

from accounts.models import User
from accounts.services import delete_account, end_tokens
from accounts.usernames import clean_username

NAMES = ("family_name_km", "given_name_km", "family_name_latin", "given_name_latin")
FIELDS = ("username", *NAMES, "email", "birth_year", "is_superuser", "groups")
WIDGETS = {"groups": forms.CheckboxSelectMultiple}


class PersonFields(forms.BaseModelForm):  # type: ignore[type-arg]
    """What both forms change of Wagtail's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False
        self.fields["username"].help_text = User._meta.get_field("username").help_text

    def clean_username(self) -> str:
        return clean_username(self.cleaned_data["username"])

    @property
    def name_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in (*NAMES, "birth_year")]


class PersonCreationForm(PersonFields, UserCreationForm):
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    class Meta:
        model = User
        fields = FIELDS
        widgets = WIDGETS


class PersonEditForm(PersonFields, UserEditForm):
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    class Meta:
        model = User
        fields = (*FIELDS, "is_active")
        widgets = WIDGETS

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit=commit)  # type: ignore[no-untyped-call]
        if self.cleaned_data.get("password1"):
            end_tokens(user)
        return user


class PersonDeleteView(DeleteView):
    """The person's data goes; the row stays, because posts and records point to it."""

    def delete_action(self) -> None:
        log(instance=self.object, action="wagtail.delete")
        delete_account(self.object)


class PeopleViewSet(UserViewSet):
    delete_view_class = PersonDeleteView

    def get_form_class(self, for_update: bool = False) -> type[forms.BaseForm]:
        return PersonEditForm if for_update else PersonCreationForm
