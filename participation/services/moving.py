"""A commune became part of another: whoever follows it follows the other, and meetings to come are held there.

Meetings that were held, papers, surveys and the dates of its planning years stay its own; the successor's office keeps
the papers from then on.
"""

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from participation.models import CommuneDocument, Follow, Invitation, Meeting, Survey, Untold
from places.khmer import normalise
from places.models import Commune, Village


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
    pks = list(coming.values_list("pk", flat=True))
    _move_villages(pks, successor.commune)
    coming = Meeting.objects.filter(pk__in=pks)
    return {"meetings": coming.update(office=successor, commune=successor.commune)}


def _move_villages(meetings: list[int], commune: Commune | None) -> None:
    """What was noted of villages is of the successor's village of that name, else of the whole commune."""
    found = {normalise(village.name_km): village for village in Village.objects.filter(commune=commune)}
    for model in (Invitation, Untold):
        rows = model._default_manager.filter(meeting__in=meetings, village__isnull=False)
        for old in Village.objects.filter(pk__in=list(rows.values_list("village", flat=True))).exclude(commune=commune):
            rows.filter(village=old).update(village=found.get(normalise(old.name_km)))
