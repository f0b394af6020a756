"""What an office's own answer ends."""

from django.utils import timezone

from accounts.models import User
from volunteers.enums import ReviewerEnd
from volunteers.models import Application, ReviewerAppointment
from volunteers.rules import is_of_office


def office_answers(application: Application, by: User | None) -> None:
    """The office decides again by itself: nobody decides in its place any more."""
    if by is None or not is_of_office(by, application):
        return
    rows = ReviewerAppointment.objects.filter(request=application.request_id, ended_at=None).exclude(reviewer=by)
    rows.update(ended_at=timezone.now(), end_reason=ReviewerEnd.ANSWERED)
