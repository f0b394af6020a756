"""Asking: an office in its commune or about its meeting, the programme anywhere; tickets; closing."""

import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import Organisation, User
from participation import rules
from participation.enums import LeftOut, SurveyAccess
from participation.errors import RefusedError
from participation.models import Meeting, Survey, SurveyAnswer, SurveyTicket
from participation.services.notices.surveys import SURVEY_OPEN
from participation.services.planning import tell_followers
from participation.services.surveys.tokens import digest_ticket, make_ticket
from places.models import Commune

USUAL_AT_ONCE, MOST_AT_ONCE_OF_OFFICE = 20, 100
MOST_OPEN = 5  # surveys of one office at a time
LONGEST = timedelta(days=120)
SHEET = 12  # tickets on a sheet of paper
MOST_TICKETS = 1200


@dataclass(frozen=True)
class Question:
    """What whoever asks says of a survey."""

    year: int
    title_km: str
    title_en: str
    access: SurveyAccess
    closes_at: datetime
    at_once: int = USUAL_AT_ONCE
    client_id: uuid.UUID = field(default_factory=uuid.uuid4)  # makes a repeated sending one


@transaction.atomic
def begin_survey(
    question: Question,
    *,
    by: User,
    office: Organisation | None = None,
    commune: Commune | None = None,
    meeting: Meeting | None = None,
) -> Survey:
    """`office` None: the programme asks, in a commune or the whole country. Raises `PermissionDenied`, `RefusedError`.

    Followers of a commune hear of a survey by a link. The same `client_id` again returns what it made.
    """
    if not rules.can_survey(by, office):
        raise PermissionDenied
    place = meeting.commune if meeting else office.commune if office else commune
    if office is not None and place != office.commune:
        raise PermissionDenied
    User.objects.select_for_update().filter(pk=by.pk).values("pk").get()  # a double tap waits here
    known = Survey.objects.filter(client_id=question.client_id).first()
    if known is not None and known.created_by_id == by.pk:
        return known
    if known is not None:  # an id that somebody else made up says nothing here
        question = replace(question, client_id=uuid.uuid4())
    now = timezone.now()
    if question.closes_at <= now or question.closes_at - now > LONGEST:
        raise RefusedError(_("A survey ends within four months, and not before it begins."))
    if office is not None:
        if question.at_once > MOST_AT_ONCE_OF_OFFICE:
            raise RefusedError(_("More than 100 people at once: ask the programme to begin this survey."))
        if Survey.objects.open().filter(office=office).count() >= MOST_OPEN:
            raise RefusedError(_("Five surveys of your office are open. Close one first: people tire of being asked."))
    survey = Survey.objects.create(
        office=office, commune=place, meeting=meeting, created_by=by, created_at=now, opens_at=now, **vars(question)
    )
    if survey.commune_id and not survey.meeting_id and not survey.needs_ticket:
        transaction.on_commit(partial(tell_of_survey_task.enqueue, survey.pk))
    return survey


@transaction.atomic
def close_survey(survey: Survey, *, by: User) -> Survey:
    """No more answers from now on; twice is the same as once."""
    _check(by, survey)
    row = Survey.objects.select_for_update().get(pk=survey.pk)
    if row.is_open:
        row.closes_at = timezone.now()
        row.save(update_fields=["closes_at"])
    return row


@transaction.atomic
def make_tickets(survey: Survey, *, sheets: int, after: int, by: User) -> int:
    """Print so many more sheets, after the `after` tickets there are; answers how many tickets there are then.

    A repeated sending says an old number and makes no more.
    """
    _check(by, survey)
    row = Survey.objects.select_for_update().get(pk=survey.pk)
    count = row.tickets.count()
    if not row.needs_ticket or count != after:
        return count
    last = count + sheets * SHEET
    if last > MOST_TICKETS:
        raise RefusedError(_("A survey has at most 1200 tickets. Begin another one for more people."))
    digests = [digest_ticket(make_ticket(row, number)) for number in range(count + 1, last + 1)]
    SurveyTicket.objects.bulk_create([SurveyTicket(survey=row, digest=digest) for digest in digests])
    return last


def list_tickets(survey: Survey, *, sheet: int) -> list[str]:
    """The secrets on one sheet (from 1 on), made anew; none beyond the last ticket."""
    count = survey.tickets.count()
    first = (sheet - 1) * SHEET + 1
    return [make_ticket(survey, number) for number in range(first, min(first + SHEET, count + 1)) if number > 0]


def tell_of_survey(survey: Survey) -> int:
    """Tell the followers of the commune; answers how many."""
    assert survey.commune is not None  # noqa: S101 only a commune has followers
    return tell_followers(
        survey.commune,
        kind=SURVEY_OPEN,
        dedupe_key=f"survey:{survey.pk}",
        data={"title": {"km": survey.title_km, "en": survey.title_en}},
        url=survey.get_absolute_url(),
    )


def _check(user: User, survey: Survey) -> None:
    if not rules.can_survey(user, survey.office):
        raise PermissionDenied


@dataclass(frozen=True)
class Tally:
    """How many answers there are, and why some are left out. Numbers only: what they say waits for the night.

    `checked` of them came in a burst and count after a check; `open_burst` of those left out nobody has looked at.
    """

    given: int
    told: int
    left_out: list[tuple[str, int]]
    checked: int = 0
    open_burst: int = 0

    @property
    def waiting(self) -> int:
        """Good ones that wait until there are ten."""
        return self.given - self.told - sum(count for _label, count in self.left_out)


def tally(answers: QuerySet[SurveyAnswer]) -> Tally:
    """One query."""
    rows = list(answers.order_by().values_list("left_out", "is_told", "is_checked").annotate(n=Count("pk")))
    out = [(str(kind.label), sum(count for mark, *_marks, count in rows if mark == kind)) for kind in LeftOut]
    return Tally(
        given=sum(count for *_marks, count in rows),
        told=sum(count for _mark, is_told, _checked, count in rows if is_told),
        left_out=[pair for pair in out if pair[1]],
        checked=sum(count for mark, _told, is_checked, count in rows if is_checked and not mark),
        open_burst=sum(count for mark, _told, is_checked, count in rows if mark == LeftOut.BURST and not is_checked),
    )


@task()
def tell_of_survey_task(pk: int) -> None:
    survey = Survey.objects.open().select_related("commune").filter(pk=pk).first()
    if survey is not None:
        tell_of_survey(survey)
