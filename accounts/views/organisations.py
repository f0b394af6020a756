"""A person's office, and what members of known organisations may record."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.enums import ConsentChannel, MembershipRole, OrganisationKind
from accounts.forms.organisations import ConsentForm, MemberForm, OfficeForm
from accounts.models import GuardianConsent, Membership, Organisation, User
from accounts.models.organisation import ADULTS_ONLY
from accounts.rules import is_clerk_of, may_record_consent
from accounts.services import (
    MinorError,
    OfficeTakenError,
    accept_membership,
    add_member,
    apply_for_office,
    end_membership,
    find_office_of,
    record_consent,
    withdraw_consent,
)


@login_required
def office(request: HttpRequest) -> HttpResponse:
    """The person's office and its members; without one, the form to register it."""
    own = find_office_of(request.user)  # type: ignore[arg-type]
    if own:
        return show_office(request, own, MemberForm())
    is_adult = not request.user.is_minor  # type: ignore[union-attr]
    form = OfficeForm(request.POST or None) if is_adult else None
    if request.method == "POST" and form and form.is_valid():
        try:
            apply_for_office(request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except OfficeTakenError:
            form.add_error("commune", _("This office is registered already. Ask a colleague there to add you."))
        else:
            messages.success(
                request, _("Your office is registered. We check it with the commune before it is official.")
            )
            return redirect("office")
    context = {"tab": "me", "form": form, "invitations": list_invitations(request.user)}  # type: ignore[arg-type]
    return render(request, "accounts/office_apply.html", context)


def show_office(request: HttpRequest, own: Organisation, form: MemberForm) -> HttpResponse:
    """Who works there, and who is invited: by username only, until they accept."""
    context = {
        "tab": "me",
        "office": own,
        "members": own.memberships.current().select_related("user"),
        "form": form,
        "invitations": list_invitations(request.user),  # type: ignore[arg-type]
    }
    return render(request, "accounts/office.html", context)


def list_invitations(user: User) -> QuerySet[Membership]:
    return Membership.objects.invited().filter(user=user).select_related("organisation")


@require_POST
@login_required
def invitation_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The person accepts an office's invitation, or declines it."""
    invitation = get_object_or_404(list_invitations(request.user), pk=pk)  # type: ignore[arg-type]
    if "accept" not in request.POST:
        end_membership(invitation)
        messages.success(request, _("You declined the invitation."))
        return redirect("office")
    try:
        accept_membership(invitation)
        messages.success(request, _("Welcome. You now act for %s.") % invitation.organisation)
    except MinorError:
        messages.error(request, _(ADULTS_ONLY))
    return redirect("ngo" if invitation.organisation.kind == OrganisationKind.NGO else "office")


@require_POST
@login_required
def member_add(request: HttpRequest) -> HttpResponse:
    """A member of a verified office invites a colleague."""
    own = find_office_of(request.user)  # type: ignore[arg-type]
    if own is None or not own.is_verified or not is_clerk_of(request.user, own):
        raise PermissionDenied
    form = MemberForm(request.POST)
    if form.is_valid():
        role = MembershipRole(form.cleaned_data["role"])
        try:
            if add_member(own, username=form.cleaned_data["username"], role=role):
                messages.success(request, _("Your colleague is invited. They accept on their own office page."))
                return redirect("office")
            form.add_error("username", _("We know nobody by this username."))
        except MinorError:
            form.add_error("username", _(ADULTS_ONLY))
    return show_office(request, own, form)


@require_POST
@login_required
def member_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a colleague, or oneself, out of the office."""
    own = find_office_of(request.user)  # type: ignore[arg-type]
    if own is None or not (own.is_refused or is_clerk_of(request.user, own)):  # anybody may leave
        raise PermissionDenied
    membership = get_object_or_404(Membership.objects.current().filter(organisation=own), pk=pk)
    if membership.user_id != request.user.pk and not own.is_verified:
        raise PermissionDenied
    end_membership(membership)
    messages.success(request, _("The membership is ended."))
    return redirect("office" if membership.user_id != request.user.pk else "settings")


def find_recorded(recorded: QuerySet[GuardianConsent], typed: str) -> GuardianConsent:
    """The consent of this number; whatever is no number finds none."""
    try:
        return get_object_or_404(recorded, pk=int(typed))
    except ValueError:
        raise Http404 from None


@login_required
def consent(request: HttpRequest) -> HttpResponse:
    """Record or withdraw a guardian's consent; the list shows only what this person recorded."""
    if not may_record_consent(request.user):
        raise PermissionDenied
    recorded = GuardianConsent.objects.filter(recorded_by=request.user.pk, withdrawn_at=None).select_related("user")
    if "withdraw" in request.POST:
        withdraw_consent(find_recorded(recorded, request.POST["withdraw"]).user, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The consent is withdrawn."))
        return redirect("guardian-consent")
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("guardian_name", "guardian_phone")}
        channel = ConsentChannel(form.cleaned_data["channel"])
        record_consent(form.person, by=request.user, channel=channel, **data)  # type: ignore[arg-type]
        messages.success(request, _("The consent is recorded."))
        return redirect("guardian-consent")
    return render(request, "accounts/consent.html", {"tab": "me", "form": form, "recorded": recorded[:50]})
