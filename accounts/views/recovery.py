"""Recovery codes: shown once, and used to come back."""

from typing import Any

from allauth.core import ratelimit
from django.conf import settings as django_settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.adapter import SEED
from accounts.forms.settings import PasswordCheckForm
from accounts.forms.sign_in import RecoverForm
from accounts.services import codes_from, make_recovery_codes, recover
from accounts.services.people import find_login_key

BACKEND = "accounts.backends.LoginBackend"


def find_next(request: HttpRequest, fallback: str) -> str:
    """Where the person was going, if that is a page of ours."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else fallback


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def codes(request: HttpRequest) -> HttpResponse:
    """Show fresh codes until the person says they have written them down; then only how many are left."""
    if request.method == "POST":
        request.session.pop(SEED, None)
        return HttpResponseRedirect(find_next(request, resolve_url(django_settings.LOGIN_REDIRECT_URL)))
    seed = request.session.get(SEED)
    context: dict[str, Any] = {
        "tab": "me",
        "codes": codes_from(seed) if seed else [],
        "left": request.user.recovery_codes.filter(used_at=None).count(),  # type: ignore[union-attr]
        "next": find_next(request, ""),
        "form": PasswordCheckForm(request.user),
    }
    return render(request, "accounts/codes.html", context)


@never_cache
@login_required
@sensitive_post_parameters()
@require_http_methods(["POST"])
def renew(request: HttpRequest) -> HttpResponse:
    """New codes in place of the old ones; asks for the password."""
    if limited := ratelimit.consume_or_429(request, action="reauthenticate", user=request.user):
        return limited
    form = PasswordCheckForm(request.user, request.POST)
    if form.is_valid():
        request.session[SEED] = make_recovery_codes(request.user)  # type: ignore[arg-type]
        return redirect("recovery-codes")
    left = request.user.recovery_codes.filter(used_at=None).count()  # type: ignore[union-attr]
    return render(request, "accounts/codes.html", {"tab": "me", "codes": [], "left": left, "form": form})


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """A new password for whoever holds one of the codes."""
    if request.user.is_authenticated:
        return redirect("settings")
    form = RecoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        key = find_login_key(data["login"])
        if limited := ratelimit.consume_or_429(request, action="recover", key=key):
            return limited
        person = recover(login=data["login"], code=data["code"], password=data["password"])
        if person:
            login(request, person, backend=BACKEND)
            messages.success(request, _("Your new password is set. That code is used up now."))
            return redirect(django_settings.LOGIN_REDIRECT_URL)
        form.refuse()
    return render(request, "accounts/recover.html", {"tab": "me", "form": form})
