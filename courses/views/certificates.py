"""A learner's certificates: the page, the PDF, what is attached, a new one after a correction."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from courses.certificate_forms import EvidenceForm, ReissueForm
from courses.enums import ReissueReason
from courses.models import Certificate
from courses.services import issue_when_due
from courses.services.badge_keys import find_signing_key
from courses.services.certificate_pdf import draw_certificate
from courses.services.certificates import NotReissuableError, attach_evidence, is_renamed, reissue
from courses.services.evidence import list_works
from courses.services.qr import draw_qr
from courses.services.sheet import weigh_sheet
from courses.services.wording import list_criteria
from ui.papers import answer_pdf


@require_GET
@login_required
def list_certificates(request: HttpRequest) -> HttpResponse:
    """All of one's own that count."""
    certificates = Certificate.objects.of(request.user).current()  # type: ignore[arg-type]
    return render(request, "courses/certificates.html", {"tab": "me", "certificates": certificates})


@require_POST
@login_required
def get_certificate(request: HttpRequest, course_key: uuid.UUID) -> HttpResponse:
    """Ask for the certificate of a course whose terms are met; it is issued by itself otherwise."""
    certificate = issue_when_due(request.user, course_key=course_key)  # type: ignore[arg-type]
    if certificate is None:
        messages.warning(request, _("Something is still missing for the certificate."))
        return redirect("course-finished", course_key)
    return redirect("certificate", certificate.code)


@require_GET
@never_cache
@login_required
def show_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The certificate as it looks, the PDF, the link to share."""
    certificate = find_own(request, code)
    works = list_works(certificate.user, certificate.course_key) if certificate.user else []
    context = {
        "tab": "me",
        "certificate": certificate,
        "criteria": list_criteria(certificate),
        "address": verify_address(request, certificate),
        "qr": draw_qr(verify_address(request, certificate)),
        "evidence_form": EvidenceForm(works, initial={"works": [work["id"] for work in certificate.evidence]}),
        "works": works,
        "size": weigh_sheet(certificate),
        "has_badge": find_signing_key() is not None,
        "reissue_form": ReissueForm() if certificate.is_valid and is_renamed(certificate) else None,
    }
    return render(request, "courses/certificate.html", context)


@require_GET
@never_cache
@login_required
def download_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The PDF in the language of the page; of one that does not hold any more there is no new paper."""
    certificate = find_own(request, code)
    if not certificate.is_valid:
        return redirect("certificate", certificate.code)
    pdf = draw_certificate(certificate, address=verify_address(request, certificate))
    return answer_pdf(pdf, f"certificate-{certificate.shown_code}.pdf")


@require_POST
@login_required
def choose_evidence(request: HttpRequest, code: str) -> HttpResponse:
    """The owner says which of their works the certificate names."""
    certificate = find_own(request, code)
    works = list_works(certificate.user, certificate.course_key) if certificate.user else []
    form = EvidenceForm(works, request.POST)
    if form.is_valid() and certificate.is_valid:
        attach_evidence(certificate, ids=form.cleaned_data["works"])
        messages.success(request, _("Saved."))
    return redirect("certificate", certificate.code)


@require_POST
@login_required
def correct_name(request: HttpRequest, code: str) -> HttpResponse:
    """A new certificate with the name as it stands in the settings now."""
    certificate = find_own(request, code)
    form = ReissueForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a reason."))
        return redirect("certificate", certificate.code)
    try:
        new = reissue(certificate, reason=ReissueReason(form.cleaned_data["reason"]))
    except NotReissuableError:
        messages.error(request, _("This certificate cannot be issued again."))
        return redirect("certificate", certificate.code)
    messages.success(request, _("Here is the new certificate. The code of the old one now leads to it."))
    return redirect("certificate", new.code)


def find_own(request: HttpRequest, code: str) -> Certificate:
    """404 for everybody but its owner."""
    mine = Certificate.objects.of(request.user).select_related("user", "organisation", "superseded_by")  # type: ignore[arg-type]
    return get_object_or_404(mine, code=code)


def verify_address(request: HttpRequest, certificate: Certificate) -> str:
    """Short, and without a language: whoever opens it reads in their own."""
    address = reverse("verify", args=[certificate.code])
    return request.build_absolute_uri(address[address.index("/verify/") :])
