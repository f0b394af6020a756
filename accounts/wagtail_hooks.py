"""Organisations and memberships in the editors' admin, and the step that makes an office official."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import account
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import Button

from accounts.models import Membership, Organisation, User
from accounts.rules import is_programme_staff
from accounts.services import refuse_organisation, verify_organisation


class NamesForm(forms.ModelForm):  # type: ignore[type-arg]
    """An editor's own names, in the place of Wagtail's first and last name."""

    class Meta:
        model = User
        fields = ("family_name_km", "given_name_km", "family_name_latin", "given_name_latin")


# The panel is fixed in Wagtail's account page; its form is the only thing that has to differ.
account.NameEmailSettingsPanel.form_class = NamesForm  # type: ignore[assignment]


class OrganisationIndexView(IndexView):
    """Adds a link to the check to every organisation."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("commune")  # type: ignore[no-untyped-call]

    def get_list_more_buttons(self, instance: Organisation) -> list[Button]:
        buttons: list[Button] = super().get_list_more_buttons(instance)  # type: ignore[no-untyped-call]
        url = reverse("organisation-check", args=[instance.pk])
        return [Button(gettext_lazy("Check"), url=url, icon_name="check", priority=5), *buttons]


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    icon = "group"
    menu_label = gettext_lazy("Organisations")
    add_to_admin_menu = False
    index_view_class = OrganisationIndexView
    form_fields = ("kind", "name_km", "name_en", "commune")
    list_display = ("name", "kind", Column("commune", accessor="commune"), "verification", "created_at")
    list_filter = ("verification", "kind")
    search_fields = ("name_km", "name_en", "commune__code")
    search_backend_name = None
    ordering = "-created_at"
    copy_view_enabled = False
    inspect_view_enabled = False

    def formfield_for_dbfield(self, db_field: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, **kwargs)  # type: ignore[no-untyped-call]
        if db_field.name == "commune":
            # 1,652 options are a long list; the code is what staff have on paper.
            return forms.ModelChoiceField(
                queryset=db_field.remote_field.model.objects.all(),
                to_field_name="code",
                required=False,
                widget=forms.TextInput,
                label=_("Commune code"),
                help_text=_("Six digits, such as 210901. Empty for an NGO."),
            )
        return field


class MembershipIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("user", "organisation")  # type: ignore[no-untyped-call]


class MembershipViewSet(ModelViewSet):
    model = Membership
    icon = "user"
    menu_label = gettext_lazy("Memberships")
    add_to_admin_menu = False
    index_view_class = MembershipIndexView
    form_fields = ("user", "organisation", "role", "title_km", "title_en", "ended_at")
    list_display = ("user", "organisation", "role", "started_at", "ended_at")
    list_filter = ("role", "organisation__kind")
    search_fields = ("user__username", "organisation__name_km", "organisation__name_en")
    search_backend_name = None
    ordering = "-started_at"
    copy_view_enabled = False

    def formfield_for_dbfield(self, db_field: Any, **kwargs: Any) -> Any:
        if db_field.name == "user":
            return forms.ModelChoiceField(
                queryset=User.objects.filter(is_active=True),
                to_field_name="username",
                widget=forms.TextInput,
                label=_("Username"),
            )
        return super().formfield_for_dbfield(db_field, **kwargs)  # type: ignore[no-untyped-call]


class PeopleGroup(ModelViewSetGroup):
    menu_label = gettext_lazy("Organisations")
    menu_icon = "group"
    menu_order = 500
    items = (OrganisationViewSet("organisations"), MembershipViewSet("memberships"))  # type: ignore[assignment, no-untyped-call]


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def register_people() -> PeopleGroup:
    return PeopleGroup()  # type: ignore[no-untyped-call]


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def register_check() -> list[URLPattern]:
    return [path("organisations/check/<int:pk>/", check_organisation, name="organisation-check")]


def check_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Programme staff read who applied, then verify or refuse."""
    if not is_programme_staff(request.user):
        raise PermissionDenied
    organisation = get_object_or_404(Organisation.objects.select_related("commune__district__province"), pk=pk)
    if request.method == "POST":
        if "verify" in request.POST:
            verify_organisation(organisation, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("%s is verified.") % organisation)
        else:
            refuse_organisation(organisation, by=request.user)  # type: ignore[arg-type]
            messages.warning(request, _("%s is refused.") % organisation)
        return redirect("organisations:index")
    members = organisation.memberships.active().select_related("user")
    context = {"organisation": organisation, "members": members}
    return render(request, "accounts/admin/check.html", context)
