"""What the planning year hears from accounts and from the desk of a commune office."""

from typing import Any

from django.db.models import OuterRef
from django.dispatch import receiver

from accounts.models import Organisation, User
from accounts.signals import deleting_account, exporting, office_succeeded
from forums.querysets import Reader
from forums.signals import counting_trust, finding_followers
from participation.services.attendance.check_in import describe_check_ins, find_attended, forget_check_ins
from participation.services.choices import describe_choices, forget_choices
from participation.services.feedback.answering import describe_feedback, forget_feedback
from participation.services.following import describe_follows, forget_follows, list_followers
from participation.services.inputs import describe_inputs, forget_inputs
from participation.services.inviting.links import forget_links
from participation.services.inviting.untold import describe_untold, forget_untold
from participation.services.meeting_reading import read_desk_meetings
from participation.services.moving import move_follows, move_meetings
from participation.services.room.reading import describe_words
from participation.services.rsvp import describe_answers, forget_answers
from participation.services.timeline import read_own_timeline
from participation.services.traces import describe_duties, describe_traces, forget_voices
from places.models import Commune
from places.signals import commune_ended
from ui.signals import Part, showing_plan
from volunteers.services.desk import DeskPart
from volunteers.signals import filling_desk


@receiver(exporting)
def add_participation(sender: object, user: User, parts: dict[str, Any], **_: Any) -> None:
    parts["participation"] = {
        "follows": describe_follows(user),
        "meetings": describe_answers(user),
        "inputs": describe_inputs(user),
        "check_ins": describe_check_ins(user),
        "questions": describe_words(user),
        "feedback": describe_feedback(user),
        "choices": describe_choices(user),
        "untold": describe_untold(user),
        "traces": describe_traces(user),
        "duties": describe_duties(user),
    }


@receiver(deleting_account)
def forget_participation(sender: object, user: User, **_: Any) -> None:
    forget_follows(user)
    forget_answers(user)
    forget_inputs(user)
    forget_check_ins(user)
    forget_links(user)
    forget_feedback(user)
    forget_choices(user)
    forget_untold(user)
    forget_voices(user)


@receiver(finding_followers)
def add_followers(sender: object, commune: Commune, among: set[int] | None, found: set[int], **_: Any) -> None:
    found |= list_followers(commune, among=among)


@receiver(filling_desk)
def add_meetings(sender: object, user: User, parts: list[DeskPart], **_: Any) -> None:
    parts.append(DeskPart("participation/desk_meetings.html", read_desk_meetings(user)))


@receiver(showing_plan)
def add_plan(sender: object, user: Reader | None, parts: list[Part], **_: Any) -> None:
    parts.append(Part("participation/own_timeline.html", read_own_timeline(user)))


@receiver(commune_ended)
def follow_commune(sender: object, commune: Commune, successor: Commune, **_: Any) -> dict[str, int]:
    return move_follows(commune, successor=successor)


@receiver(office_succeeded)
def hand_on_meetings(sender: object, office: Organisation, successor: Organisation, **_: Any) -> dict[str, int]:
    return move_meetings(office, successor=successor)


@receiver(counting_trust)
def add_attended(sender: object, parts: dict[str, Any], **_: Any) -> None:
    parts["meetings"] = find_attended(OuterRef("pk"))
