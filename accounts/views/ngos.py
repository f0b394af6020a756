"""A person's NGO: who works there in which role; its managers invite, change roles, take out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from accounts.enums import MembershipRole, OrganisationKind
from accounts.forms.organisations import NgoMemberForm, RoleForm
from accounts.models import Membership, Organisation
from accounts.models.organisation import ADULTS_ONLY
from accounts.rules import may_manage
from accounts.services import (
    LastManagerError,
    MinorError,
    add_member,
    change_role,
    find_ngo_of,
    leave_ngo,
    organisations_of,
)
from accounts.views.organisations import list_invitations

LAST_MANAGER = gettext_noop("The NGO needs a manager. Make somebody else manager first.")


@login_required
def ngo(request: HttpRequest) -> HttpResponse:
    """The members of the person's NGO; without one, how an NGO comes in."""
    return show_ngo(request, find_ngo_of(request.user), NgoMemberForm())  # type: ignore[arg-type]


def show_ngo(request: HttpRequest, own: Organisation | None, form: NgoMemberForm) -> HttpResponse:
    members = own.memberships.current().select_related("user") if own else []
    rows = [(member, RoleForm(initial={"role": member.role}, auto_id=f"role-{member.pk}-%s")) for member in members]
    context = {
        "tab": "me",
        "ngo": own,
        "rows": rows,
        "form": form,
        "manages": may_manage(request.user, own),
        "invitations": list_invitations(request.user),  # type: ignore[arg-type]
    }
    return render(request, "accounts/ngo.html", context)


def get_managed(request: HttpRequest) -> Organisation:
    """The NGO this person manages. Raises PermissionDenied."""
    for own in organisations_of(request.user, OrganisationKind.NGO):  # type: ignore[arg-type]
        if may_manage(request.user, own):
            return own
    raise PermissionDenied


@require_POST
@login_required
def ngo_member_add(request: HttpRequest) -> HttpResponse:
    """A manager invites somebody by username; they accept on their own page."""
    own = get_managed(request)
    form = NgoMemberForm(request.POST)
    if form.is_valid():
        role = MembershipRole(form.cleaned_data["role"])
        if own.memberships.current().filter(user__username__iexact=form.cleaned_data["username"].strip()).exists():
            form.add_error("username", _("This person is here or invited already. Change the role in the list above."))
            return show_ngo(request, own, form)
        try:
            if add_member(own, username=form.cleaned_data["username"], role=role):
                messages.success(request, _("Your colleague is invited. They accept on their own settings page."))
                return redirect("ngo")
            form.add_error("username", _("We know nobody by this username."))
        except MinorError:
            form.add_error("username", _(ADULTS_ONLY))
    return show_ngo(request, own, form)


@require_POST
@login_required
def ngo_member_role(request: HttpRequest, pk: int) -> HttpResponse:
    """A manager gives a member another role."""
    membership = get_object_or_404(Membership.objects.current().filter(organisation=get_managed(request)), pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return redirect("ngo")
    try:
        change_role(membership, role=MembershipRole(form.cleaned_data["role"]))
        messages.success(request, _("The role is changed."))
    except LastManagerError:
        messages.error(request, _(LAST_MANAGER))
    return redirect("ngo")


@require_POST
@login_required
def ngo_member_end(request: HttpRequest, pk: int) -> HttpResponse:
    """A manager takes a member out; anybody may leave."""
    ngos = organisations_of(request.user, OrganisationKind.NGO)  # type: ignore[arg-type]
    membership = get_object_or_404(Membership.objects.current().filter(organisation__in=ngos), pk=pk)
    if membership.user_id != request.user.pk and not may_manage(request.user, membership.organisation):
        raise PermissionDenied
    try:
        leave_ngo(membership)
        messages.success(request, _("The membership is ended."))
    except LastManagerError:
        messages.error(request, _(LAST_MANAGER))
    return redirect("ngo")
