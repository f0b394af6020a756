"""An office in the middle of choosing, with everything that can be between it and those who applied."""

import uuid
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from home.services.cast.clock import days_ago
from home.services.cast.deeds import apply, open_request
from home.services.cast.past_round import give_points
from home.services.cast.people import Cast
from volunteers.enums import InterviewWay, OverrideReason
from volunteers.models import Application, VolunteerRequest
from volunteers.services.applications import decide
from volunteers.services.choosing.interviews import propose
from volunteers.services.choosing.messages import send_message

POSTED = 9  # days ago
SILENT = 13  # longer than an office may be silent unnoticed
ASKED = "តើប្អូនមកបានថ្ងៃណាខ្លះ ក្នុងសប្ដាហ៍ក្រោយ? (គំរូ)"
ANSWERED = "ខ្ញុំមកបានព្រឹកថ្ងៃពុធ និងព្រឹកថ្ងៃសុក្រ។ (គំរូ)"
TO_MINOR = "សូមមកជាមួយឪពុកម្ដាយ ដើម្បីមើលកន្លែងធ្វើការ។ (គំរូ)"


def make_choosing(cast: Cast) -> None:
    """Seven applied: two wait, one stands by, one has an offer, with two the office talks, one is under 18."""
    with days_ago(POSTED):
        request = open_request("minutes", office=cast.office, clerk=cast.clerk)
    people = [*cast.crowd[:5], cast.learner, cast.minor]
    sent = {}
    for number, person in enumerate(people):
        with days_ago(max(POSTED - 1 - number, 1)):
            sent[person] = apply(request, person, words=number)
    with days_ago(3):
        for person, points in zip(people, (3, 4, 5, 4, 3, 4, 3), strict=True):
            give_points(sent[person], points, by=cast.clerk)
    decide_some(cast, sent)
    talk(cast, sent[cast.learner], sent[cast.minor])


def decide_some(cast: Cast, sent: dict[User, Application]) -> None:
    _first, second, third, fourth, fifth = (sent[person] for person in cast.crowd[:5])
    with days_ago(2):
        for application in (second, third, fourth):
            decide(application, "shortlist", by=cast.clerk)
        decide(fifth, "refuse", by=cast.clerk, reason="times")
    with days_ago(1):
        decide(third, "offer", by=cast.clerk)
        decide(second, "stand_by", by=cast.clerk)
        propose_talk(fourth, by=cast.clerk)


def talk(cast: Cast, mine: Application, minors: Application) -> None:
    """Questions and answers, a talk, and a message to somebody under 18 that waits for a moderator."""
    with days_ago(2):
        write(mine, ASKED, by=cast.clerk)
        write(minors, TO_MINOR, by=cast.clerk)
    with days_ago(1):
        write(mine, ANSWERED, by=mine.applicant)
        propose_talk(mine, by=cast.clerk)


def write(application: Application, text: str, *, by: User) -> None:
    send_message(application, text=text, client_id=uuid.uuid4(), by=by)


def propose_talk(application: Application, *, by: User) -> None:
    """Three times of the days to come."""
    now = timezone.localtime().replace(minute=0)
    starts = [now + timedelta(days=days, hours=hours) for days, hours in ((3, 0), (4, 0), (4, 5))]
    propose(
        application,
        way=InterviewWay.OFFICE,
        where="បន្ទប់ប្រជុំសាលាឃុំ (គំរូ)",
        minutes=20,
        starts=starts,
        has_supervisor=True,
        by=by,
    )


def make_offer(cast: Cast) -> None:
    """The neighbour's office offers the learner a place, and leaves somebody else without an answer for long."""
    with days_ago(SILENT + 1):
        request: VolunteerRequest = open_request("cash-book", office=cast.neighbour_office, clerk=cast.neighbour)
    with days_ago(SILENT):
        apply(request, cast.crowd[5])
    with days_ago(3):
        application = apply(request, cast.learner, words=2)
    with days_ago(1):
        application = decide(application, "shortlist", by=cast.neighbour)
        decide(application, "offer", by=cast.neighbour, reason=OverrideReason.UNSCORED)
