"""Calendar files as RFC 5545 wants them: lines of 75 octets, escaped text, one time zone without summer time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.utils import timezone

ZONE = "Asia/Phnom_Penh"
LONGEST_LINE = 75  # octets
# Cambodia has been at +7 since before any of these shifts, and keeps no summer time.
TIME_ZONE = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0700",
    "TZOFFSETTO:+0700",
    "TZNAME:+07",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True)
class Event:
    """One entry. `uid` never changes; `changed_at` grows with every change. A day instead of moments is a whole day."""

    uid: str
    title: str
    starts: datetime | date
    ends: datetime | date
    made_at: datetime
    changed_at: datetime
    status: str = "CONFIRMED"
    place: str = ""
    notes: str = ""
    url: str = ""


def write_calendar(events: list[Event], *, name: str, language: str) -> bytes:
    """The whole file; the same events give the same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Chuoy Khum//Volunteering//{language.upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escape(name)}",
        f"X-WR-CALNAME:{escape(name)}",
        f"X-WR-TIMEZONE:{ZONE}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        *TIME_ZONE,
    ]
    for event in events:
        lines += write_event(event)
    return b"".join(fold(line) for line in [*lines, "END:VCALENDAR"])


def write_event(event: Event) -> list[str]:
    found = {
        "LOCATION": escape(event.place),
        "DESCRIPTION": escape(event.notes),
        "URL": event.url,
    }
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{to_utc(event.changed_at)}",
        f"CREATED:{to_utc(event.made_at)}",
        f"LAST-MODIFIED:{to_utc(event.changed_at)}",
        f"SEQUENCE:{max(0, int((event.changed_at - event.made_at).total_seconds()))}",
        f"DTSTART{to_moment(event.starts)}",
        f"DTEND{to_moment(event.ends)}",
        f"SUMMARY:{escape(event.title)}",
        *(f"{name}:{value}" for name, value in found.items() if value),
        f"STATUS:{event.status}",
        f"TRANSP:{'OPAQUE' if event.status == 'CONFIRMED' else 'TRANSPARENT'}",
        "END:VEVENT",
    ]


def to_moment(moment: datetime | date) -> str:
    """With the parameter that says how to read it."""
    if isinstance(moment, datetime):
        return f";TZID={ZONE}:{timezone.localtime(moment):%Y%m%dT%H%M%S}"
    return f";VALUE=DATE:{moment:%Y%m%d}"


def to_utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escape(text: str) -> str:
    """Backslash, comma, semicolon and line end have a meaning there; other control characters have no place."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = ("".join(sign for sign in line if sign >= " ") for line in text.splitlines())
    return "\\n".join(lines)


def fold(line: str) -> bytes:
    """A long line goes on after a line end and a space, and is never cut inside a letter."""
    folded, size = bytearray(), 0
    for sign in line:
        octets = sign.encode()
        if size + len(octets) > LONGEST_LINE:
            folded += b"\r\n "
            size = 1
        folded += octets
        size += len(octets)
    return bytes(folded + b"\r\n")
