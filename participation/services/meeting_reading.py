"""Meetings as a commune's page, a desk and a calendar read them."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import offices_of
from forums.querysets import Reader
from participation import rules
from participation.models import Meeting
from places.models import Commune
from volunteers.services.serving.ics import Event, write_calendar

SHOWN = 4
MOST_READ = 20


@dataclass(frozen=True)
class CommuneMeetings:
    """`coming` are announced, the next first; `past` the latest first."""

    coming: list[Meeting]
    past: list[Meeting]


def read_meetings(commune: Commune, *, user: Reader) -> CommuneMeetings:
    """Some of each, for the commune's page. One query."""
    rows = list(Meeting.objects.visible_to(user).filter(commune=commune).order_by("-starts_at", "-pk")[: 4 * SHOWN])
    coming = sorted((row for row in rows if row.is_ahead), key=lambda row: (row.starts_at, row.pk))
    past = [row for row in rows if row.is_over and not row.is_draft]
    return CommuneMeetings(coming[:SHOWN], past[:SHOWN])


@dataclass(frozen=True)
class DeskMeetings:
    """For the desk: the next meeting of the person's offices, drafts that nobody else sees yet, where to call one."""

    next: Meeting | None
    drafts: list[Meeting]
    commune: Commune | None
    may_survey: bool


def read_desk_meetings(user: User) -> DeskMeetings:
    """One query."""
    rows = list(Meeting.objects.of_offices_of(user).not_over().select_related("commune")[:MOST_READ])
    offices = offices_of(user)
    return DeskMeetings(
        next=next((row for row in rows if row.is_ahead), None),
        drafts=[row for row in rows if row.is_draft][:SHOWN],
        commune=offices[0].commune if offices else None,
        may_survey=any(rules.can_survey(user, office) for office in offices),
    )


def write_ics(meeting: Meeting) -> bytes:
    """One meeting as a calendar file, in the reader's language."""
    title = _("Called off: %(title)s") % {"title": meeting.title} if meeting.is_cancelled else meeting.title
    event = Event(
        uid=f"meeting-{meeting.public_id}@chuoykhum",
        title=title,
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        made_at=meeting.created_at,
        changed_at=max(moment for moment in (meeting.changed_at, meeting.cancelled_at) if moment),
        status="CANCELLED" if meeting.is_cancelled else "CONFIRMED",
        place=f"{meeting.place}, {meeting.commune.full_name}",
        notes=meeting.about,
        url=f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{meeting.get_absolute_url()}",
    )
    return write_calendar([event], name=title, language=get_language() or "km")
