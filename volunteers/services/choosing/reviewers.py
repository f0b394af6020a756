"""An office is silent: the programme's staff appoint somebody who decides in its place, for one request and a time."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import OrganisationKind, Verification
from accounts.models import User
from accounts.rules import CLERK_ROLES, STAFF
from volunteers.enums import ReviewerEnd
from volunteers.models import ReviewerAppointment, VolunteerRequest
from volunteers.models.reviewer import LONGEST_APPOINTMENT_DAYS
from volunteers.rules import is_third_party
from volunteers.services.announcing import tell_all
from volunteers.services.audiences import Hearer, to_office, to_reviewer
from volunteers.services.conditions import CHOOSING
from volunteers.services.machine import NotReadyError
from volunteers.services.notices import choosing as news


def list_candidates(request: VolunteerRequest) -> QuerySet[User]:
    """Clerks of the office, of the district's other verified offices, and the programme's staff; no applicant."""
    commune = request.office.commune
    district = commune.district_id if commune is not None else None
    offices = Q(memberships__organisation=request.office) | Q(
        memberships__organisation__commune__district=district,
        memberships__organisation__verification=Verification.VERIFIED,
    )
    clerks = offices & Q(
        memberships__organisation__kind=OrganisationKind.COMMUNE_OFFICE,
        memberships__role__in=CLERK_ROLES,
        memberships__ended_at=None,
        memberships__accepted_at__isnull=False,
    )
    people = User.objects.filter(clerks | Q(groups__name=STAFF), is_active=True)
    return people.exclude(applications__request=request).distinct().order_by("pk")


@transaction.atomic
def appoint(request: VolunteerRequest, reviewer: User, *, days: int, note: str, by: User) -> ReviewerAppointment:
    """One reviewer at a time: a new one ends the one before. Raises `PermissionDenied`, `NotReadyError`."""
    request = VolunteerRequest.objects.select_for_update().select_related("office").get(pk=request.pk)
    if not is_third_party(by, request):
        raise PermissionDenied
    if request.status not in CHOOSING:
        raise NotReadyError(_("This request is no longer choosing people."))
    if not 1 <= days <= LONGEST_APPOINTMENT_DAYS or not note.strip():
        raise NotReadyError(_("Say why, and for how many days (at most 14)."))
    if not list_candidates(request).filter(pk=reviewer.pk).exists():
        raise NotReadyError(_("Choose somebody from the list."))
    end_appointments(request.pk, ReviewerEnd.STOPPED)
    until_at = timezone.now() + timedelta(days=days)
    row = ReviewerAppointment.objects.create(
        request=request, reviewer=reviewer, by=by, note=note.strip()[:300], until_at=until_at
    )
    transaction.on_commit(lambda: tell_appointment(row), robust=True)
    return row


def stop(request: VolunteerRequest, *, by: User) -> int:
    """Staff end it before its time. Raises `PermissionDenied`."""
    if not is_third_party(by, request):
        raise PermissionDenied
    return end_appointments(request.pk, ReviewerEnd.STOPPED)


def end_appointments(request_pk: int, reason: ReviewerEnd) -> int:
    """Answers how many ended now."""
    rows = ReviewerAppointment.objects.filter(request=request_pk, ended_at=None)
    return rows.update(ended_at=timezone.now(), end_reason=reason)


def end_overdue() -> int:
    """For the clocks: the right ends by itself at its time, and this writes so."""
    return ReviewerAppointment.objects.overdue().update(ended_at=timezone.now(), end_reason=ReviewerEnd.TIME)


def tell_appointment(row: ReviewerAppointment) -> int:
    """The reviewer, with the way to the shortlist; and the office, that it may still answer itself."""

    def to_appointed(request: VolunteerRequest) -> list[Hearer]:
        return to_reviewer(request, row.reviewer)

    key = f"reviewer:{row.pk}"
    facts = {"note": row.note, "until_at": row.until_at.isoformat()}
    return tell_all(to_appointed, news.APPOINTED, row.request, key=key, facts=facts) + tell_all(
        to_office, news.REVIEWER_NAMED, row.request, key=key, but=row.reviewer_id, facts=facts
    )
