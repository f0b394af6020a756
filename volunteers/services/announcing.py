"""From a change of state to the people who wait for it. The log is the outbox: nothing that was written is lost.

A change commits together with its log line; a task then tells whoever the declaration names and marks the line. A line
that a crash left unmarked is found by the clocks. Each notification is known by line and kind, so a second run tells
nobody twice. A line that may still be taken back is held: its task runs when the time for that is over. What was
changed again meanwhile is never told: the later change says how it stands.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django_tasks import task

from accounts.models import User
from notifications.services import Kind, notify
from volunteers.models import HoursEntry, Partnership, Round, ShiftSignup, Transition
from volunteers.rules import Row, find_application, find_request
from volunteers.services.audiences import Audience
from volunteers.services.machine import MACHINES

LOST_AFTER = timedelta(minutes=2)
MOST_AT_ONCE = 200


def announce(pk: int) -> int:
    """Tell everybody concerned of this line of the log, except the one who did it. Answers how many were told."""
    line = Transition.objects.with_rows().ripe().filter(pk=pk, announced_at=None).first()
    if line is None:
        return 0
    row = line.row
    if line.held_until is not None and not line.stands:
        Transition.objects.filter(pk=pk).update(announced_at=timezone.now())
        return 0
    change = MACHINES[line.machine].changes.get(line.verb)
    told = sum(
        tell_all(
            tell.who,
            tell.kind,
            row,
            key=f"change:{pk}",
            but=line.by_id,
            facts={"reason": line.reason, "note": line.note, "target": line.target},
        )
        for tell in (change.tells if change else ())
    )
    Transition.objects.filter(pk=pk).update(announced_at=timezone.now())
    return told


def tell_all(
    who: Audience, kind: Kind, row: Any, *, key: str, but: int | None = None, facts: dict[str, Any] | None = None
) -> int:
    """One kind of news of one row to one audience."""
    by_url: dict[str, list[User]] = defaultdict(list)
    for hearer in who(row):
        if hearer.user.pk != but:
            by_url[hearer.url].append(hearer.user)
    data, due_at = describe(row)
    return sum(
        notify(
            people,
            kind=kind,
            url=url,
            dedupe_key=f"{key}:{kind.code}",
            data=data | (facts or {}),
            group_key=name_thread(row),
            due_at=due_at,
        )
        for url, people in by_url.items()
    )


def describe(row: Row | Partnership) -> tuple[dict[str, Any], datetime | None]:
    """What the sentences need, in both languages and without a name; and the end of the clock, if one runs."""
    if isinstance(row, Round):
        return describe_round(row), None
    if isinstance(row, Partnership):
        sides = {"ngo": row.ngo, "office": row.office}
        return {side: {"km": one.name_km, "en": one.name_en} for side, one in sides.items()}, None
    request, application = find_request(row), find_application(row)
    data: dict[str, Any] = {
        "request": {"km": request.title_km, "en": request.title_en},
        "office": {"km": request.office.name_km, "en": request.office.name_en},
        **_describe_work(row),
    }
    if application is None:
        return data, None
    data["number"] = f"{application.code_number:02d}"
    due_at = application.offer_expires_at if application.status == "offered" else None
    if isinstance(row, ShiftSignup):
        data["starts_at"] = row.starts_at.isoformat()
        due_at = row.call_expires_at if row.status == "called" else None
    if due_at is not None:
        data["until_at"] = due_at.isoformat()
    return data, due_at


def describe_round(row: Round) -> dict[str, Any]:
    return {
        "round": {"km": row.name_km, "en": row.name_en},
        "score_at": row.scoring_closes_at.isoformat(),
        "known_at": row.confirm_by.isoformat(),
    }


def name_thread(row: Row | Partnership) -> str:
    """News of one request belong together, and news of one round or partnership."""
    if isinstance(row, Partnership):
        return f"partnership:{row.pk}"
    return f"round:{row.pk}" if isinstance(row, Round) else f"request:{find_request(row).pk}"


def _describe_work(row: Row) -> dict[str, Any]:
    """The day and the numbers of hours."""
    if not isinstance(row, HoursEntry):
        return {}
    minutes = {"claimed": row.minutes, "corrected": row.office_minutes, "settled": row.settled_minutes}
    return {"day": row.day_date.isoformat(), **minutes}


def announce_missed() -> int:
    """For the clocks: lines whose task never ran."""
    lines = Transition.objects.untold(timezone.now() - LOST_AFTER).order_by("at", "pk")
    return sum(announce(pk) for pk in lines.values_list("pk", flat=True)[:MOST_AT_ONCE])


def announce_later(pk: int, at: datetime) -> None:
    """By a task when the line is no longer held. A queue that cannot wait leaves it to the clocks."""
    if announce_task.get_backend().supports_defer:
        announce_task.using(run_after=at).enqueue(pk)


@task()
def announce_task(pk: int) -> None:
    announce(pk)
