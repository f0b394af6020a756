"""Is this certificate real? Without an account, at a short address, never in a search engine, not too often."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from courses.certificate_forms import CodeForm, RevokeForm
from courses.enums import RevocationReason
from courses.models import Certificate
from courses.rules import may_manage_certificates
from courses.services.badge_keys import find_signing_key
from courses.services.papers import find_elsewhere, read_code, revoke
from courses.services.wording import list_criteria
from ui.papers import checked


def find_certificate(code: str) -> Certificate | None:
    """By what somebody typed; None for an unknown one."""
    related = ("user", "organisation", "superseded_by")
    return Certificate.objects.select_related(*related).filter(code=read_code(code) or "-").first()


@require_GET
@checked
def ask_code(request: HttpRequest) -> HttpResponse:
    """The field for the code."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("verify", form.cleaned_data["code"])
    return render(request, "courses/verify_code.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
@checked
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What was proved, by whom, and whether it holds."""
    certificate = find_certificate(code)
    if certificate is None and (elsewhere := find_elsewhere(read_code(code))):
        return redirect(elsewhere)
    if certificate is None:
        form = CodeForm(initial={"code": code[:40]})
        return render(request, "courses/verify_unknown.html", {"form": form}, status=404)
    if code != certificate.code:
        return redirect("verify", certificate.code)
    context = {
        "certificate": certificate,
        "criteria": list_criteria(certificate),
        "has_badge": certificate.is_valid and find_signing_key() is not None,
        "may_revoke": certificate.revoked_at is None
        and may_manage_certificates(request.user, certificate.organisation),
    }
    return render(request, "courses/verify.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def revoke_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The issuer's publisher or manager, or programme staff, withdraws it with a reason."""
    certificate = get_object_or_404(Certificate.objects.select_related("user", "organisation"), code=code)
    if not may_manage_certificates(request.user, certificate.organisation):
        raise PermissionDenied
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        revoke(certificate, by=request.user, reason=RevocationReason(form.cleaned_data["reason"]))  # type: ignore[arg-type]
        return redirect("verify", certificate.code)
    return render(request, "courses/certificate_revoke.html", {"certificate": certificate, "form": form})
