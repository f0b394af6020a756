"""One answer to a survey. Every answer that arrives is kept; what looks made by a machine is marked and left out."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.enums import AgeBand, InvitedBy, LeftOut, Satisfaction, Sex, WhyNot
from participation.errors import RefusedError
from participation.models import Survey, SurveyAnswer, SurveyTicket
from participation.services.surveys.crowding import is_crowded
from participation.services.surveys.tokens import FormToken, digest_ticket
from places.models import Province

LEAST_PACE = timedelta(seconds=10)  # ten questions: whoever needs less has not read them
MOST_OF_PHONE = 5  # a household that shares one
MOST_IN_WINDOW = 300  # of one survey: above it nobody is answering any more
WINDOW = timedelta(minutes=10)


@dataclass(frozen=True)
class Answers:
    """As answered; what does not follow from the answer before (who invited, when nobody did) is dropped."""

    heard: bool
    invited: bool
    joined: bool
    gave_input: bool
    satisfaction: Satisfaction
    invited_by: InvitedBy | str = ""
    why_not: WhyNot | str = ""
    age: AgeBand | str = ""
    sex: Sex | str = ""
    has_disability: bool = False
    has_migrant: bool = False
    is_minority: bool = False
    province: Province | None = None


NAMES = [field.name for field in fields(Answers)]


@transaction.atomic
def answer_survey(
    survey: Survey, answers: Answers, *, token: FormToken, ticket: str = "", phone_count: int = 0, address: str = ""
) -> SurveyAnswer:
    """Keep it. The same token again returns what it made; a ticket counts once.

    `phone_count` is how many the phone has given before; `address`, where it came from, is counted and not kept. Raises
    `RefusedError` once the survey is closed, without a ticket that is still good, or when more arrive than could be
    people.
    """
    sent = SurveyAnswer.objects.filter(client_id=token.client_id, survey=survey)
    if (known := sent.first()) is not None:
        return known
    now = timezone.now()
    if not survey.is_open:
        raise RefusedError(_("This survey is closed."))
    if survey.answers.filter(received_at=floor_to_window(now)).count() >= MOST_IN_WINDOW:
        raise RefusedError(_("Very many answers arrive at this moment. Please send yours again in ten minutes."))
    if survey.needs_ticket and not _use_ticket(survey, ticket):
        if (known := sent.first()) is not None:  # a double tap, whose twin used it a moment ago
            return known
        raise RefusedError(_("This ticket was used before. Each ticket is for one person."))
    row, _is_new = SurveyAnswer.objects.get_or_create(
        client_id=token.client_id,
        defaults=_clean(survey, answers)
        | {
            "survey": survey,
            "received_at": floor_to_window(now),
            "nth_of_phone": phone_count + 1,
            "left_out": find_fault(survey, pace=now - token.given_at, phone_count=phone_count, address=address),
        },
    )
    return row


def _clean(survey: Survey, answers: Answers) -> dict[str, object]:
    found = {name: getattr(answers, name) for name in NAMES}
    if not answers.invited:
        found["invited_by"] = ""
    if answers.joined:
        found["why_not"] = ""
    if survey.commune is not None:
        found["province"] = None  # the survey knows its place
    return found


def _use_ticket(survey: Survey, ticket: str) -> bool:
    """One conditional update: of two phones with the same paper one is too late."""
    rows = SurveyTicket.objects.filter(survey=survey, digest=digest_ticket(ticket), is_used=False)
    return bool(rows.update(is_used=True))


def has_good_ticket(survey: Survey, ticket: str) -> bool:
    return SurveyTicket.objects.filter(survey=survey, digest=digest_ticket(ticket), is_used=False).exists()


def find_fault(survey: Survey, *, pace: timedelta, phone_count: int, address: str) -> str:
    """Why the figures leave it out, "" where they do not. Bursts are found once their ten minutes are over."""
    if pace < LEAST_PACE:
        return LeftOut.FAST.value
    if survey.needs_ticket:
        return ""
    if phone_count >= MOST_OF_PHONE:
        return LeftOut.PHONE.value
    return LeftOut.CROWD.value if address and is_crowded(survey, address) else ""


def floor_to_window(moment: datetime) -> datetime:
    """The beginning of its ten minutes."""
    seconds = int(moment.timestamp())
    return datetime.fromtimestamp(seconds - seconds % int(WINDOW.total_seconds()), moment.tzinfo)
