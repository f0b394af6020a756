"""Guides who left the office, or whose safeguarding training is too long ago: the office names or trains another."""

from django.db.models import Q
from django.utils import timezone

from volunteers.enums import RequestStatus
from volunteers.models import VolunteerRequest
from volunteers.services.announcing import tell_all
from volunteers.services.audiences import to_writers
from volunteers.services.conditions import guide_is_there
from volunteers.services.notices import editing as news

NEEDED = (RequestStatus.OPEN, RequestStatus.REVIEW, RequestStatus.EXPIRED, RequestStatus.FILLED)


def remind_of_guides() -> int:
    """For the clocks: one line to the office for each guide who is missing. Answers how many people were told."""
    rows = VolunteerRequest.objects.filter(status__in=NEEDED, end_date__gte=timezone.localdate())
    rows = rows.filter(Q(supervisor__ended_at__isnull=False) | Q(minimum_age__lt=18))
    told = 0
    for request in rows.select_related("office", "supervisor__user__guide_training").order_by("pk"):
        if guide_is_there(request):
            key = f"guide:{request.pk}:{request.supervisor_id}:{request.guide_trained_date}"
            told += tell_all(to_writers, news.GUIDE_MISSING, request, key=key)
    return told
