"""The person's own copy of their volunteering."""

from typing import Any

from accounts.models import User
from volunteers.models import Agreement, Application, Concern, GuideTraining, Placement, SkillClaim, Transition
from volunteers.services.choosing.thread import describe_messages
from volunteers.services.profile import describe_profile, describe_searches


def describe_volunteering(user: User) -> dict[str, Any]:
    """Applications with their answers, history and placement, oldest first; concerns the person raised. JSON-ready."""
    rows = (
        Application.objects.of(user)
        .with_request()
        .select_related("placement__agreement")
        .prefetch_related("transitions", "messages", "placement__transitions", "placement__signups")
    )
    claims = SkillClaim.objects.filter(user=user).values_list("skill__code", flat=True)
    training = GuideTraining.objects.filter(user=user).first()
    return {
        "profile": describe_profile(user),
        "searches": describe_searches(user),
        "claimed_skills": list(claims),
        "safeguarding_guide_finished_at": training and training.finished_at.isoformat(),
        "applications": [_describe(application) for application in rows.order_by("created_at", "pk")],
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


def _describe_agreement(placement: Placement) -> dict[str, Any] | None:
    agreement: Agreement | None = getattr(placement, "agreement", None)
    if agreement is None:
        return None
    confirmed = {"volunteer": agreement.volunteer_at, "office": agreement.office_at, "guardian": agreement.guardian_at}
    return {"terms": agreement.terms, **{side: moment and moment.isoformat() for side, moment in confirmed.items()}}


def _describe_change(line: Transition) -> dict[str, str]:
    return {"at": line.at.isoformat(), "verb": line.verb, "status": line.target, "reason": line.reason}
