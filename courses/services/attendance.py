"""Face-to-face sessions, and who was there."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from courses.enums import Presence
from courses.models import Attendance, CohortMember, CohortSession


@dataclass(frozen=True)
class Mark:
    """What the form showed when it was opened ("" for nothing yet), and what it says now."""

    was: str
    now: str


def list_attendees(session: CohortSession) -> QuerySet[CohortMember]:
    """Who is in the cohort, and who left it but was marked at this session."""
    marked = Q(pk__in=Attendance.objects.filter(session=session).values("member"))
    members = CohortMember.objects.filter(cohort=session.cohort_id).filter(Q(left_at=None) | marked)
    return members.select_related("user").order_by("pk")


@transaction.atomic
def mark_attendance(session: CohortSession, *, by: User, marks: Mapping[int, Mark]) -> set[int]:
    """Write what this form changed, by member key, and nothing else: two facilitators at once lose nothing.

    Where both changed the same learner differently the first stays; those keys are returned for a second look.
    """
    CohortSession.objects.select_for_update().get(pk=session.pk)
    changed = {key: mark for key, mark in marks.items() if mark.now != mark.was and mark.now in Presence.values}
    known = set(list_attendees(session).filter(pk__in=changed).values_list("pk", flat=True))
    rows = {row.member_id: row for row in Attendance.objects.filter(session=session, member__in=changed)}
    conflicts, new, old = set(), [], []
    now = timezone.now()
    for key in sorted(known):
        mark, row = changed[key], rows.get(key)
        stored = row.presence if row else ""
        if stored not in (mark.was, mark.now):
            conflicts.add(key)
        elif row is None:
            new.append(Attendance(session=session, member_id=key, presence=mark.now, marked_by=by, marked_at=now))
        elif stored != mark.now:
            row.presence, row.marked_by, row.marked_at = mark.now, by, now
            old.append(row)
    Attendance.objects.bulk_create(new, batch_size=500)
    Attendance.objects.bulk_update(old, ["presence", "marked_by", "marked_at"], batch_size=200)
    return conflicts
