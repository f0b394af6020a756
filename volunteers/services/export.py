"""The person's own copy of their volunteering."""

from typing import Any

from accounts.models import User
from volunteers.models import Application, Transition


def describe_volunteering(user: User) -> dict[str, Any]:
    """Applications with their answers, history and placement, oldest first. JSON-ready."""
    rows = Application.objects.of(user).with_request().prefetch_related("transitions", "placement__transitions")
    return {"applications": [_describe(application) for application in rows.order_by("created_at", "pk")]}


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
        "placement": None
        if placement is None
        else {
            "status": placement.status,
            "start_date": placement.start_date and placement.start_date.isoformat(),
            "end_date": placement.end_date and placement.end_date.isoformat(),
            "history": [_describe_change(line) for line in placement.transitions.all()],
        },
    }


def _describe_change(line: Transition) -> dict[str, str]:
    return {"at": line.at.isoformat(), "verb": line.verb, "status": line.target, "reason": line.reason}
