"""Who hears of a case: those who decide when it comes, reporters and author when a decision can no longer be undone."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from accounts.models import User
from accounts.rules import MODERATORS, STAFF
from forums.enums import CaseKind, Desk, ModerationKind
from forums.models import Case, ModerationAction
from forums.services.deciders import find_deciders
from forums.services.following import name_board
from forums.services.notices import moderating as news
from notifications.services import Kind, notify

SETTLED = timedelta(minutes=10)
MOST_AT_ONCE = 200


def tell_arrival(case: Case) -> None:
    """Alarm for a danger; the programme for exclusion; moderators for the rest; for an appeal whoever is elsewhere."""
    kind, groups = news.ARRIVED, [MODERATORS]
    if case.is_urgent:
        kind, groups = news.ALARM, [MODERATORS, STAFF]
    elif case.kind == CaseKind.APPEAL:
        kind, groups = news.APPEALED, [MODERATORS, STAFF]
    elif case.desk == Desk.PROGRAMME:
        kind, groups = news.EXCLUDED, [STAFF]
    data = {"reason": case.reason, "board": name_board(case.post.topic.board)}
    key = f"case:{case.pk}:{kind.code}"
    people, url = find_deciders(groups, Case.objects.visible_to, case), case.get_absolute_url()
    notify(people, kind=kind, url=url, dedupe_key=key, data=data, group_key="cases")


def tell_decision(case: Case) -> None:
    """Each reporter, and the author where something was decided about the post."""
    data = {"reason": case.reason, "ruling": case.ruling, "title": case.post.topic.title}
    data["answer"] = {"km": case.answer_km, "en": case.answer_en}  # type: ignore[assignment]
    key = f"case:{case.pk}:decided:{case.closed_at:%FT%T}"
    reporters = [report.reporter for report in case.reports.all() if report.reporter]
    url = case.post.topic.board.get_absolute_url() if case.post.topic.is_hidden else case.post.get_absolute_url()
    _tell(reporters, news.REPORT_DECIDED, url, key, data)
    act = ModerationAction.objects.filter(case=case, kind=case.ruling, undone_at=None).order_by("-pk").first()
    author, shown = case.post.author, case.against or act
    if author is None or shown is None:
        return
    if case.is_appeal:
        _tell([author], news.APPEAL_DECIDED, shown.get_absolute_url(), key, data)
    elif case.ruling in {ModerationKind.HIDE, ModerationKind.WARN}:
        kind = news.HIDDEN if case.ruling == ModerationKind.HIDE else news.WARNED
        _tell([author], kind, shown.get_absolute_url(), key, data | {"reason": shown.reason})


def tell_decisions() -> int:
    """For the clocks: what was decided some minutes ago; each once, however many clocks run."""
    due = Case.objects.filter(closed_at__lt=timezone.now() - SETTLED, told_at=None).order_by("closed_at", "pk")
    return sum(_queue(pk) for pk in due.values_list("pk", flat=True)[:MOST_AT_ONCE])


@transaction.atomic
def _queue(pk: int) -> int:
    settled = Case.objects.filter(pk=pk, told_at=None, closed_at__lt=timezone.now() - SETTLED)
    changed = settled.update(told_at=timezone.now())
    if changed:
        transaction.on_commit(partial(tell_decision_task.enqueue, pk))
    return changed


def remind_of_overdue() -> int:
    """For the clocks: what nobody decided in time goes to the programme's staff, once."""
    due = Case.objects.open().filter(due_at__lt=timezone.now(), reminded_at=None)
    told = 0
    for case in due.with_parts().order_by("due_at", "pk")[:MOST_AT_ONCE]:
        if not Case.objects.filter(pk=case.pk, reminded_at=None).update(reminded_at=timezone.now()):
            continue
        people = User.objects.filter(Q(groups__name=STAFF) | Q(is_superuser=True), is_active=True).distinct()
        data = {"reason": case.reason, "board": name_board(case.post.topic.board)}
        told += _tell(people, news.OVERDUE, case.get_absolute_url(), f"case:{case.pk}:overdue", data)
    return told


def _tell(people: Iterable[User], kind: Kind, url: str, key: str, data: dict[str, Any]) -> int:
    return notify(list(people), kind=kind, url=url, dedupe_key=key, data=data)


@task()
def tell_arrival_task(pk: int) -> None:
    case = Case.objects.with_parts().filter(pk=pk, closed_at=None).first()
    if case is not None:
        tell_arrival(case)


@task()
def tell_decision_task(pk: int) -> None:
    case = Case.objects.with_parts().filter(pk=pk, closed_at__isnull=False).first()
    if case is not None:
        tell_decision(case)
