"""A decision is taken back within two minutes: as a change of its own, and before anybody was told."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.enums import ApplicationStatus
from volunteers.models import Application, Transition
from volunteers.querysets import NO_NEWS
from volunteers.services.locks import lock
from volunteers.services.machine import WrongStateError
from volunteers.services.states import APPLICATION

BACK = {
    ("shortlist", ApplicationStatus.SUBMITTED): "undo_shortlist",
    ("offer", ApplicationStatus.SHORTLISTED): "undo_offer",
    ("stand_by", ApplicationStatus.SHORTLISTED): "undo_stand_by",
    ("refuse", ApplicationStatus.SUBMITTED): "undo_refuse",
    ("refuse", ApplicationStatus.SHORTLISTED): "undo_late_refuse",
}


@transaction.atomic
def take_back(application: Application, *, by: User) -> Application:
    """Undo the office's last decision; what it did is never announced.

    Raises `WrongStateError` where there is nothing to undo, `NotReadyError` where it is too late, `PermissionDenied`.
    """
    request = lock(application.applicant, application.request_id)
    row = Application.objects.select_for_update().select_related("applicant").get(pk=application.pk)
    row.request = request
    line = row.transitions.exclude(verb__in=NO_NEWS).last()
    verb = BACK.get((line.verb, ApplicationStatus(line.source))) if line is not None else None
    if line is None or verb is None:
        raise WrongStateError(_("This was already changed. Please look at it again."))
    APPLICATION.move(verb, row, by=by)
    Transition.objects.filter(pk=line.pk, announced_at=None).update(announced_at=timezone.now())
    return row
