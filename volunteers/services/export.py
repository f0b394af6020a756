"""The person's own copy of their volunteering."""

from typing import Any

from accounts.models import User
from volunteers.models import (
    Agreement,
    Application,
    Concern,
    GuideTraining,
    Interview,
    Placement,
    RoundEntry,
    SkillClaim,
    Transition,
)
from volunteers.services.choosing.thread import describe_messages
from volunteers.services.profile import describe_profile, describe_searches
from volunteers.services.rounds.wording import list_outcomes


def describe_volunteering(user: User) -> dict[str, Any]:
    """Applications with their answers, talks, history and placement, oldest first; lists in rounds with what came of
    them; concerns the person raised. JSON-ready.
    """
    rows = (
        Application.objects.of(user)
        .with_request()
        .select_related("placement__agreement")
        .prefetch_related("transitions", "messages", "interviews", "placement__transitions", "placement__signups")
    )
    claims = SkillClaim.objects.filter(user=user).values_list("skill__code", flat=True)
    training = GuideTraining.objects.filter(user=user).first()
    return {
        "profile": describe_profile(user),
        "searches": describe_searches(user),
        "claimed_skills": list(claims),
        "safeguarding_guide_finished_at": training and training.finished_at.isoformat(),
        "applications": [_describe(application) for application in rows.order_by("created_at", "pk")],
        "rounds": [_describe_round(entry) for entry in RoundEntry.objects.of(user).select_related("round")],
        "concerns": [
            {"raised_at": concern.raised_at.isoformat(), "words": concern.words}
            for concern in Concern.objects.filter(raised_by=user)
        ],
    }


def _describe(application: Application) -> dict[str, Any]:
    placement = getattr(application, "placement", None)
    return {
        "request": application.request.title,
        "office": application.request.office.name,
        "code_name": application.code_name,
        "status": application.shown_status,
        "times": [time.value for time in application.times],
        "questions": application.request.questions,
        "history": [_describe_change(line) for line in application.transitions.all() if line.is_heard],
        "answers": application.answers,
        "messages": describe_messages(application, application.messages.all()),
        "talks": [_describe_talk(talk) for talk in application.interviews.all()],
        "placement": None
        if placement is None
        else {
            "status": placement.status,
            "start_date": placement.start_date and placement.start_date.isoformat(),
            "end_date": placement.end_date and placement.end_date.isoformat(),
            "history": [_describe_change(line) for line in placement.transitions.all()],
            "agreement": _describe_agreement(placement),
            "shifts": [
                {"starts_at": row.starts_at.isoformat(), "ends_at": row.ends_at.isoformat(), "status": row.status}
                for row in sorted(placement.signups.all(), key=lambda row: row.starts_at)
            ],
        },
    }


def _describe_talk(talk: Interview) -> dict[str, Any]:
    return {
        "proposed_at": talk.created_at.isoformat(),
        "way": talk.way,
        "where": talk.where,
        "starts_at": talk.starts_at and talk.starts_at.isoformat(),
        "wish": talk.wish,
        "cancel_reason": talk.cancel_reason,
    }


def _describe_round(entry: RoundEntry) -> dict[str, Any]:
    """The list with what was taken off it, and every outcome as the person reads it."""
    choices = entry.choices.select_related("round_request__request").order_by("is_struck", "rank")
    return {
        "round": entry.round.name,
        "name_in_draw": str(entry.public_id),
        "choices": [
            {"rank": row.rank, "request": row.round_request.request.title, "is_struck": row.is_struck}
            for row in choices
        ],
        "outcomes": [
            {
                "stage": outcome.code,
                "placed": outcome.placed and outcome.placed.round_request.request.title,
                "reasons": [{"rank": line.rank, "answer": line.answer, "text": line.text} for line in outcome.lines],
            }
            for outcome in list_outcomes(entry)
        ],
    }


def _describe_agreement(placement: Placement) -> dict[str, Any] | None:
    agreement: Agreement | None = getattr(placement, "agreement", None)
    if agreement is None:
        return None
    confirmed = {"volunteer": agreement.volunteer_at, "office": agreement.office_at, "guardian": agreement.guardian_at}
    return {"terms": agreement.terms, **{side: moment and moment.isoformat() for side, moment in confirmed.items()}}


def _describe_change(line: Transition) -> dict[str, str]:
    return {"at": line.at.isoformat(), "verb": line.verb, "status": line.target, "reason": line.reason}
