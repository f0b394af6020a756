"""The person's own pages: facts, preferences, inclusion answers, export, deletion."""

import json

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.forms.settings import InclusionForm, PasswordCheckForm, PreferencesForm, ProfileForm
from accounts.models import Membership
from accounts.rules import has_consent
from accounts.services import (
    collect_export,
    delete_account,
    read_inclusion,
    save_inclusion,
    withdraw_inclusion,
)
from ui.context import MEDIA_COOKIE


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """What there is to set, and where."""
    user = request.user
    consent_needed = bool(user.is_minor and user.age is not None)  # type: ignore[union-attr]
    context = {
        "tab": "me",
        "left": user.recovery_codes.filter(used_at=None).count(),  # type: ignore[union-attr]
        "consent_needed": consent_needed,
        "invitations": Membership.objects.invited().filter(user=user.pk).select_related("organisation"),
        "has_consent": consent_needed and has_consent(user),  # type: ignore[arg-type]
    }
    return render(request, "accounts/settings.html", context)


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Names, phone, birth year, home and current commune."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("settings")
    return render(request, "accounts/profile.html", {"tab": "me", "form": form})


@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    """Language, light or dark, data saver."""
    form = PreferencesForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        response = redirect("settings")
        response.delete_cookie(MEDIA_COOKIE)  # the setting counts from now on, not an older switch of this phone
        return response
    return render(request, "accounts/preferences.html", {"tab": "me", "form": form})


@never_cache
@login_required
def inclusion(request: HttpRequest) -> HttpResponse:
    """Free answers on a page of their own, with their purpose."""
    user = request.user
    stored = read_inclusion(user, by=user, reason="")  # type: ignore[arg-type]
    form = InclusionForm(request.POST or None, profile=stored)
    if request.method == "POST" and form.is_valid():
        save_inclusion(user, **form.answers)  # type: ignore[arg-type]
        messages.success(request, _("Your answers are kept. You can change or delete them here at any time."))
        return redirect("settings-inclusion")
    return render(request, "accounts/inclusion.html", {"tab": "me", "form": form, "stored": stored})


@require_POST
@login_required
def inclusion_withdraw(request: HttpRequest) -> HttpResponse:
    """Delete the answers at once."""
    withdraw_inclusion(request.user)  # type: ignore[arg-type]
    messages.success(request, _("Your answers are deleted."))
    return redirect("settings-inclusion")


@never_cache
@login_required
def export(request: HttpRequest) -> HttpResponse:
    """The page about it; by POST, the file itself."""
    if request.method != "POST":
        return render(request, "accounts/export.html", {"tab": "me"})
    data = collect_export(request.user)  # type: ignore[arg-type]
    response = HttpResponse(json.dumps(data, ensure_ascii=False, indent=2), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="chuoy-khum-{timezone.localdate():%Y-%m-%d}.json"'
    return response


@never_cache
@sensitive_post_parameters()
@login_required
def delete(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, ask for the password, then delete."""
    form = PasswordCheckForm(request.user, request.POST or None)
    if request.method == "POST":
        if limited := ratelimit.consume_or_429(request, action="reauthenticate", user=request.user):
            return limited
        if form.is_valid():
            delete_account(request.user)  # type: ignore[arg-type]
            logout(request)
            messages.success(request, _("Your account is deleted. Thank you for having been here."))
            return redirect("/")
    return render(request, "accounts/delete.html", {"tab": "me", "form": form})
