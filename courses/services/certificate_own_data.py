"""A person's own copy of their certificates, with the signed badges; and what stays when they leave."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from courses.models import Certificate, Confirmation
from courses.services.badges import sign_badge


def collect_certificates(user: User) -> dict[str, Any]:
    """JSON-ready. With the badge in hand a certificate can be proved after the account is gone."""
    certificates = Certificate.objects.of(user).select_related("user", "organisation")
    confirmations = Confirmation.objects.of(user).select_related("office")
    return {
        "certificates": [_describe_certificate(certificate) for certificate in certificates],
        "confirmations": [_describe_confirmation(confirmation) for confirmation in confirmations],
    }


def forget_certificates(user: User) -> None:
    """The owner leaves for good: codes, courses and dates stay, whoever they were for does not."""
    now = timezone.now()
    for certificate in Certificate.objects.of(user):
        certificate.facts = {**certificate.facts, "name": {}, "given_name": {}, "confirmer": {}}
        certificate.user, certificate.evidence, certificate.erased_at = None, [], now
        certificate.save(update_fields=["facts", "user", "evidence", "erased_at"])
    Confirmation.objects.of(user).delete()


def _describe_certificate(certificate: Certificate) -> dict[str, Any]:
    return {
        "code": certificate.shown_code,
        "course": str(certificate.course_key),
        "state": certificate.state.value,
        "issued_at": certificate.issued_at.isoformat(),
        "facts": certificate.facts,
        "evidence": certificate.evidence,
        "badge": sign_badge(certificate),
    }


def _describe_confirmation(confirmation: Confirmation) -> dict[str, Any]:
    decided_at = confirmation.decided_at
    return {
        "course": str(confirmation.course_key),
        "office": confirmation.office.name_en,
        "status": confirmation.status,
        "asked_at": confirmation.asked_at.isoformat(),
        "decided_at": decided_at.isoformat() if decided_at else None,
        "reason": confirmation.reason,
    }
