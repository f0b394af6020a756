"""A burst looked at: whoever leads the survey says what happened, and the programme decides whether it counts.

An office does not decide on its own figures, nor does the person who began a survey of the programme.
"""

from datetime import datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import Membership, User
from accounts.rules import STAFF, is_programme_staff
from notifications.services import notify
from notifications.services.kinds import Kind
from participation import rules
from participation.enums import LeftOut
from participation.errors import RefusedError
from participation.models import BurstCheck, Survey, SurveyAnswer
from participation.services.notices import surveys as notices


def find_bursts(survey: Survey) -> dict[datetime, int]:
    """Ten minutes that nobody has looked at, and how many answers came in each. One query."""
    rows = _set_aside(survey).order_by("received_at").values_list("received_at")
    return dict(rows.annotate(count=Count("pk")))


def _set_aside(survey: Survey) -> QuerySet[SurveyAnswer]:
    return survey.answers.filter(left_out=LeftOut.BURST, is_checked=False)


@transaction.atomic
def ask_for_check(survey: Survey, *, reason: str, by: User) -> BurstCheck:
    """Tell the programme what happened, such as a meeting at which everybody answered. Asked twice it is once.

    Raises `PermissionDenied`, `RefusedError` where nothing is set aside.
    """
    row = Survey.objects.select_for_update(of=("self",)).select_related("office").get(pk=survey.pk)
    if not rules.can_survey(by, row.office):
        raise PermissionDenied
    waiting = row.burst_checks.filter(decided_at=None).first()
    if waiting is not None:
        return waiting
    bursts = find_bursts(row)
    if not bursts:
        raise RefusedError(_("No answers of this survey are set aside."))
    check = BurstCheck.objects.create(
        survey=row,
        windows=[[moment.isoformat(), count] for moment, count in bursts.items()],
        answers=sum(bursts.values()),
        asked_by=by,
        ask_reason=reason,
    )
    transaction.on_commit(partial(tell_programme_task.enqueue, check.pk))
    return check


@transaction.atomic
def decide_check(check: BurstCheck, *, is_counted: bool, reason: str, by: User) -> BurstCheck:
    """Once: a second word changes nothing. What is counted enters the figures by night, like any other answer.

    Raises `PermissionDenied` for the office's own people and whoever began the survey.
    """
    survey = Survey.objects.select_for_update(of=("self",)).select_related("office").get(pk=check.survey_id)
    if not rules.can_check_bursts(by, survey):
        raise PermissionDenied
    row = BurstCheck.objects.get(pk=check.pk)
    if row.decided_at is not None:
        return row
    moments = [datetime.fromisoformat(moment) for moment, _count in row.windows]
    answers = _set_aside(survey).filter(received_at__in=moments)
    if is_counted:
        answers.update(left_out="", is_checked=True)
    else:
        answers.update(is_checked=True)
    row.is_counted, row.reason, row.decided_by, row.decided_at = is_counted, reason, by, timezone.now()
    row.save()
    transaction.on_commit(partial(tell_asker_task.enqueue, row.pk))
    return row


def list_waiting(user: User) -> list[BurstCheck]:
    """Those that this person may decide, the oldest first; none for others. One query for staff, else none."""
    if not is_programme_staff(user):
        return []
    rows = BurstCheck.objects.filter(decided_at=None).select_related("survey__office", "survey__commune")
    return [row for row in rows.order_by("asked_at", "pk") if rules.can_check_bursts(user, row.survey)]


@task()
def tell_programme_task(pk: int) -> None:
    """The staff who may decide."""
    row = BurstCheck.objects.select_related("survey").filter(pk=pk, decided_at=None).first()
    if row is None:
        return
    staff = User.objects.filter(Q(groups__name=STAFF) | Q(is_superuser=True), is_active=True).distinct()
    clerks = Membership.objects.active().filter(organisation=row.survey.office_id).values("user")
    staff = staff.exclude(pk__in=clerks).exclude(pk=row.survey.created_by_id or 0)
    _tell(list(staff), row, notices.BURST_ASKED)


@task()
def tell_asker_task(pk: int) -> None:
    row = BurstCheck.objects.select_related("survey", "asked_by").get(pk=pk)
    if row.asked_by is not None:
        _tell([row.asked_by], row, notices.BURST_COUNTED if row.is_counted else notices.BURST_LEFT_OUT)


def _tell(people: list[User], row: BurstCheck, kind: Kind) -> None:
    data = {
        "title": {"km": row.survey.title_km, "en": row.survey.title_en},
        "answers": row.answers,
        "reason": row.reason or row.ask_reason,
    }
    url = f"{reverse('survey-lead', args=[row.survey.code])}#checks"
    notify(people, kind=kind, data=data, dedupe_key=f"{kind.code}:{row.pk}", url=url)
