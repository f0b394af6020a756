"""The agreement of a place: written when the offer is accepted, confirmed by each side, waited for by the start."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.enums import Language
from accounts.models import GuardianConsent, User
from accounts.rules import may_record_consent
from volunteers.models import Agreement, Placement, VolunteerRequest
from volunteers.rules import is_applicant, is_of_office, is_staff
from volunteers.services.announcing import tell_all
from volunteers.services.audiences import to_applicant, to_office
from volunteers.services.machine import NotReadyError
from volunteers.services.notices import serving as news
from volunteers.services.terms import say_costs, say_remote


def write_agreement(placement: Placement) -> Agreement:
    """From the request as it reads now; a later edit of the request changes nothing here."""
    terms = {}
    for language in Language:
        with translation.override(language.value):
            terms[language.value] = _describe(placement, placement.application.request)
    return Agreement.objects.get_or_create(placement=placement, defaults={"terms": terms})[0]


def find_agreement(placement: Placement) -> Agreement:
    """Of this place; written now for one that was accepted before there were agreements."""
    agreement: Agreement | None = getattr(placement, "agreement", None)
    if agreement is None:
        agreement = write_agreement(placement)
    agreement.placement = placement
    return agreement


def say_missing(placement: Placement) -> str:
    """ "" when everybody confirmed, else a sentence that says who has not."""
    agreement: Agreement | None = getattr(placement, "agreement", None)
    if agreement is None or agreement.volunteer_at is None:
        return _("The volunteer has not confirmed the agreement yet.")
    if agreement.office_at is None:
        return _("The office has not confirmed the agreement yet.")
    agreement.placement = placement
    return "" if agreement.is_confirmed else _("The guardian has not confirmed the agreement yet.")


@transaction.atomic
def confirm_as_volunteer(placement: Placement, *, by: User) -> Agreement:
    """The person's own word. Raises `PermissionDenied`, `NotReadyError`."""
    if not is_applicant(by, placement):
        raise PermissionDenied
    agreement = _confirm(placement, "volunteer_at", {})
    tell_all(to_office, news.VOLUNTEER_CONFIRMED, placement, key=f"agreement:{agreement.pk}", but=by.pk)
    return agreement


@transaction.atomic
def confirm_as_office(placement: Placement, *, by: User) -> Agreement:
    """The office's word, given by somebody who acts for it."""
    if not is_of_office(by, placement):
        raise PermissionDenied
    agreement = _confirm(placement, "office_at", {"office_by": by})
    tell_all(to_applicant, news.OFFICE_CONFIRMED, placement, key=f"agreement:{agreement.pk}", but=by.pk)
    return agreement


@transaction.atomic
def record_guardian(placement: Placement, *, by: User) -> Agreement:
    """The guardian of the valid consent has read the agreement and agrees; recorded by who may record consent."""
    if not may_record_guardian(by, placement):
        raise PermissionDenied
    person = placement.application.applicant
    consent = GuardianConsent.objects.filter(user=person, withdrawn_at=None).first()
    if consent is None:
        raise NotReadyError(_("From 15 to 17 a guardian's consent is needed."))
    return _confirm(placement, "guardian_at", {"guardian_by": by, "guardian_name": consent.guardian_name})


def may_record_guardian(user: User, placement: Placement) -> bool:
    """Staff, or this very office where it may record consent; never the person themselves."""
    near = is_staff(user) or is_of_office(user, placement)
    return bool(near and may_record_consent(user) and not is_applicant(user, placement))


def _confirm(placement: Placement, column: str, more: dict[str, Any]) -> Agreement:
    if not placement.is_live:
        raise NotReadyError(_("This place is over."))
    agreement = find_agreement(placement)
    rows = Agreement.objects.filter(pk=agreement.pk, **{column: None})
    rows.update(**{column: timezone.now()}, **more)  # the first word counts; a second tap changes nothing
    agreement.refresh_from_db()
    agreement.placement = placement
    return agreement


def _describe(placement: Placement, request: VolunteerRequest) -> dict[str, Any]:
    """JSON-ready, in the active language."""
    return {
        "title": request.title,
        "language": request.text_language,
        "office": request.office.name,
        "tasks": request.tasks,
        "place": request.place,
        "remote": say_remote(request) if request.is_remote else "",
        "times": [str(label) for label in request.time_labels],
        "weekly_hours": request.weekly_hours,
        "start_date": placement.start_date and placement.start_date.isoformat(),
        "end_date": placement.end_date and placement.end_date.isoformat(),
        "costs": say_costs(request),
        "supervisor": request.supervisor_shown,
        "takes_minors": request.takes_minors,
    }
