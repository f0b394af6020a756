"""The order of those who stand by, as the office sets it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.models import Application, VolunteerRequest
from volunteers.rules import may_choose
from volunteers.services.machine import WrongStateError
from volunteers.services.states import APPLICATION


@transaction.atomic
def move_up(application: Application, *, by: User, reason: str = "") -> None:
    """Change places with the one before; the first stays first. Past somebody with more points it needs a reason.

    Raises `WrongStateError`, `NotReadyError`, `PermissionDenied`.
    """
    request = VolunteerRequest.objects.select_for_update().select_related("office").get(pk=application.request_id)
    if not may_choose(by, request):
        raise PermissionDenied
    line = list(request.applications.standing_by())
    places = {row.pk: place for place, row in enumerate(line)}
    if application.pk not in places:
        raise WrongStateError(_("This was already changed. Please look at it again."))
    place = places[application.pk]
    if place == 0:
        return
    before, row = line[place - 1], line[place]
    left, row.standby_rank, row.request = row.standby_rank, before.standby_rank, request
    APPLICATION.move("move_up", row, by=by, reason=reason)
    Application.objects.filter(pk=before.pk).update(standby_rank=left)
