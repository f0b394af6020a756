"""A question that insults, told to the programme: the office alone might not see it, or not mind."""

from collections import Counter
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import Membership, User
from accounts.rules import STAFF
from accounts.services import offices_of
from notifications.services import notify
from participation import rules
from participation.enums import AsideReason, QuestionState
from participation.errors import RefusedError
from participation.models import Question, QuestionReport
from participation.services.notices import room as notices
from participation.services.planning import name_both_ways
from participation.services.room.ledger import writing_in
from participation.services.room.moderating import set_aside
from participation.services.room.voices import Voice

MOST_SHOWN = 100  # questions on the programme's page; the oldest first


@dataclass(frozen=True)
class Reported:
    """A question that waits, with how often each reason was given."""

    question: Question
    reasons: list[tuple[str, int]]


@transaction.atomic
def report(question: Question, *, voice: Voice, reason: str) -> None:
    """Twice is once. Raises `RefusedError` for a reason that is none, and where the words are out already."""
    row = Question.objects.select_for_update().get(pk=question.pk)
    if not row.is_readable:
        raise RefusedError(_("The words of this question are out already."))
    if reason not in AsideReason.unreadable():
        raise RefusedError(_("Choose what is wrong with the question."))
    _report, is_new = QuestionReport.objects.get_or_create(question=row, **voice.fields, defaults={"reason": reason})
    if is_new:
        transaction.on_commit(partial(tell_programme_task.enqueue, row.pk))


def list_reported(user: User) -> list[Reported]:
    """What waits, but for rooms of offices that this member of staff acts for. Two queries."""
    rows = QuestionReport.objects.filter(settled_at=None).exclude(question__room__meeting__office__in=offices_of(user))
    found: dict[int, Counter[str]] = {}
    for question, reason in rows.order_by("created_at", "pk").values_list("question", "reason"):
        found.setdefault(question, Counter())[str(AsideReason(reason).label)] += 1
    wanted = list(found)[:MOST_SHOWN]
    questions = Question.objects.select_related("user", "room__meeting__commune__district__province").in_bulk(wanted)
    return [Reported(questions[pk], found[pk].most_common()) for pk in wanted]


def settle(question: Question, *, by: User, takes_out: bool) -> None:
    """Its words come out for good, or it stands. Twice is once.

    Raises `PermissionDenied` for whoever acts for the meeting's office.
    """
    if not rules.can_judge_questions(by, question.room.meeting.office):
        raise PermissionDenied
    with writing_in(question.room) as ledger:
        waiting = QuestionReport.objects.filter(question=question, settled_at=None)
        reasons = Counter(waiting.values_list("reason", flat=True)).most_common(1)
        if not reasons:
            return
        waiting.update(settled_at=timezone.now(), settled_by=by, is_upheld=takes_out)
        if takes_out:
            set_aside(ledger, ledger.read(question), reason=reasons[0][0], by=by)


@task()
def tell_programme_task(pk: int) -> None:
    question = Question.objects.select_related("room__meeting__commune").get(pk=pk)
    if question.state == QuestionState.ASIDE and not question.is_readable:
        return
    meeting = question.room.meeting
    staff = User.objects.filter(Q(groups__name=STAFF) | Q(is_superuser=True), is_active=True).distinct()
    clerks = Membership.objects.active().filter(organisation=meeting.office_id).values("user")
    notify(
        list(staff.exclude(pk__in=clerks)),
        kind=notices.QUESTION_REPORTED,
        data={
            "meeting": {"km": meeting.title_km, "en": meeting.title_en},
            "commune": name_both_ways(meeting.commune),
        },
        dedupe_key=f"question-reported:{question.pk}",
        group_key=f"question-reported:{meeting.public_id}",
        url=reverse("room-reports"),
    )
