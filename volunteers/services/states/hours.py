"""Hours: claimed by the volunteer, confirmed by the office, or corrected and then settled. Never deleted."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from volunteers.enums import HoursStatus as H
from volunteers.models import HoursEntry
from volunteers.services.after.ending import renew_record
from volunteers.services.announcing import announce_task
from volunteers.services.machine import Change, Machine, Tell
from volunteers.services.notices import hours as news
from volunteers.services.serving import conditions as need
from volunteers.services.serving.audiences import to_confirmers, to_settlers, to_volunteer
from volunteers.services.states.shared import APPLICANT, JUDGE, KEEPERS, OFFICE

UNDO = timedelta(hours=24)
SAME_HAND = "It undoes within a day what the office did a moment ago; the page shows it."
BY_ATTENDANCE = "Follows from the attendance, and the person hears of that."


def claimed_words(entry: HoursEntry, now: datetime) -> dict[str, Any]:
    return {"minutes": entry.minutes, "what": entry.what}


def as_claimed(entry: HoursEntry, now: datetime) -> dict[str, Any]:
    return {"settled_minutes": entry.minutes}


def as_office_says(entry: HoursEntry, now: datetime) -> dict[str, Any]:
    return {"settled_minutes": entry.office_minutes}


def as_settled(entry: HoursEntry, now: datetime) -> dict[str, Any]:
    return {"settled_minutes": entry.settled_minutes}


def corrected(entry: HoursEntry, now: datetime) -> dict[str, Any]:
    return {"office_minutes": entry.office_minutes, "escalated_at": None}


def nothing(entry: HoursEntry, now: datetime) -> dict[str, Any]:
    return {"settled_minutes": 0}


def open_again(entry: HoursEntry, now: datetime) -> dict[str, Any]:
    return {"settled_minutes": None}


def claimed_again(entry: HoursEntry, now: datetime) -> dict[str, Any]:
    return {"settled_minutes": None, "minutes": entry.minutes}


def asked_staff(entry: HoursEntry, now: datetime) -> dict[str, Any]:
    return {"escalated_at": now}


def correction_differs(entry: HoursEntry) -> str:
    return _("This is what was claimed. Confirm it instead.") if entry.office_minutes == entry.minutes else ""


def correction_has_room(entry: HoursEntry) -> str:
    return need.check_room(entry, entry.office_minutes or 0)


def settling_has_room(entry: HoursEntry) -> str:
    return need.check_room(entry, entry.settled_minutes or 0)


def was_confirmed_lately(entry: HoursEntry) -> str:
    if entry.updated_at > timezone.now() - UNDO:
        return ""
    return _("A day has passed: what was confirmed stays confirmed.")


def staff_was_asked(entry: HoursEntry) -> str:
    return "" if entry.escalated_at else _("The volunteer has not asked the programme.")


def staff_was_not_asked(entry: HoursEntry) -> str:
    return _("The programme looks at it already.") if entry.escalated_at else ""


CLAIM_NEEDS = (need.day_is_past, need.day_is_in_placement, need.day_has_room)

HOURS = Machine(
    "hours",
    H,
    (
        # First claimed, or corrected by its owner while the office has not answered.
        Change(
            "claim",
            (H.CLAIMED,),
            H.CLAIMED,
            APPLICANT,
            needs=CLAIM_NEEDS,
            stamps=claimed_words,
            tells=(Tell(to_confirmers, news.HOURS_CLAIMED),),
        ),
        Change("note", (H.CLAIMED,), H.CLAIMED, (*KEEPERS, *JUDGE), needs=CLAIM_NEEDS, silence=BY_ATTENDANCE),
        Change(
            "take_back",
            (H.CLAIMED,),
            H.SETTLED,
            APPLICANT,
            stamps=nothing,
            silence="Nothing is left for the office to do.",
        ),
        Change(
            "confirm",
            (H.CLAIMED,),
            H.CONFIRMED,
            OFFICE,
            stamps=as_claimed,
            effects=(renew_record,),
            tells=(Tell(to_volunteer, news.HOURS_CONFIRMED),),
        ),
        Change(
            "unconfirm",
            (H.CONFIRMED,),
            H.CLAIMED,
            OFFICE,
            needs=(was_confirmed_lately,),
            stamps=open_again,
            effects=(renew_record,),
            silence=SAME_HAND,
        ),
        Change(
            "dispute",
            (H.CLAIMED,),
            H.DISPUTED,
            OFFICE,
            needs=(correction_differs, correction_has_room),
            stamps=corrected,
            asks_note=True,
            tells=(Tell(to_volunteer, news.HOURS_CORRECTED),),
        ),
        Change(
            "agree",
            (H.DISPUTED,),
            H.SETTLED,
            APPLICANT,
            needs=(staff_was_not_asked, correction_has_room),
            stamps=as_office_says,
            effects=(renew_record,),
            tells=(Tell(to_confirmers, news.HOURS_AGREED),),
        ),
        Change(
            "escalate",
            (H.DISPUTED,),
            H.DISPUTED,
            APPLICANT,
            needs=(staff_was_not_asked,),
            stamps=asked_staff,
            asks_note=True,
            tells=(Tell(to_settlers, news.HOURS_ESCALATED),),
        ),
        Change(
            "settle",
            (H.DISPUTED,),
            H.SETTLED,
            JUDGE,
            needs=(staff_was_asked, settling_has_room),
            stamps=as_settled,
            effects=(renew_record,),
            asks_note=True,
            tells=(Tell(to_volunteer, news.HOURS_SETTLED), Tell(to_confirmers, news.HOURS_SETTLED_DESK)),
        ),
        # Nobody's decision: the clock, or the attendance that the hours came from.
        Change(
            "stand",
            (H.DISPUTED,),
            H.SETTLED,
            needs=(staff_was_not_asked,),
            stamps=as_office_says,
            effects=(renew_record,),
            tells=(Tell(to_volunteer, news.HOURS_STAND),),
        ),
        Change("void", (H.CLAIMED,), H.SETTLED, stamps=nothing, silence=BY_ATTENDANCE),
        Change("revive", (H.SETTLED,), H.CLAIMED, stamps=claimed_again, effects=(renew_record,), silence=BY_ATTENDANCE),
    ),
    announce=announce_task.enqueue,
)
