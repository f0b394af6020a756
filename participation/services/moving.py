"""A commune became part of another: whoever follows it follows the other, and meetings to come are held there.

Meetings that were held, papers, surveys and the dates of its planning years stay its own; the successor's office keeps
the papers from then on.
"""

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from participation.models import CommuneDocument, Follow, Meeting, Survey
from places.models import Commune


@transaction.atomic
def move_follows(commune: Commune, *, successor: Commune) -> dict[str, int]:
    """Who follows both already keeps one."""
    rows = Follow.objects.filter(commune=commune)
    rows.filter(user__in=list(Follow.objects.filter(commune=successor).values_list("user", flat=True))).delete()
    return {"followers": rows.update(commune=successor)}


def move_meetings(office: Organisation, *, successor: Organisation) -> dict[str, int]:
    """Those that have not begun, with whoever said that they come."""
    now = timezone.now()
    Survey.objects.filter(office=office, closes_at__gt=now).update(closes_at=now)  # they ask about what is over
    CommuneDocument.objects.filter(office=office).update(office=successor)
    coming = Meeting.objects.filter(office=office, starts_at__gt=now)
    return {"meetings": coming.update(office=successor, commune=successor.commune)}
