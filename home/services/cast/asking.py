"""Papers of the demo's commune, and what people answered to two surveys there; all of it made up, and marked so."""

import io
from datetime import timedelta
from random import Random
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook

from home.services.cast.clock import at, days_ago, morning_of
from home.services.cast.people import Cast
from participation.enums import (
    AgeBand,
    DocumentKind,
    InvitedBy,
    Satisfaction,
    Sex,
    SurveyAccess,
    WhyNot,
)
from participation.models import Meeting, Survey
from participation.services.documents import Paper, Upload, check_paper, publish, replace
from participation.services.indicators.standing import renew_indicators
from participation.services.surveys.answering import Answers, answer_survey
from participation.services.surveys.asking import Question, begin_survey
from participation.services.surveys.tokens import make_form_token, read_form_token
from participation.services.usual import plan_year_on

PUBLISHED, CORRECTED, ASKED = 60, 30, 20  # days ago
PACE = timedelta(seconds=90)
PROJECTS = (
    ("ផ្លូវក្រួស ១,៨ គ.ម. (គំរូ)", 42_000_000),
    ("អណ្ដូងពីរនៅសាលាបឋម (គំរូ)", 16_500_000),
    ("ថ្នាក់កុំព្យូទ័រសម្រាប់យុវជន (គំរូ)", 6_000_000),
)


def make_papers(cast: Cast) -> None:
    year = plan_year_on(timezone.localdate())
    with days_ago(PUBLISHED):
        programme = Paper(DocumentKind.CIP, year, "កម្មវិធីវិនិយោគឃុំ (គំរូ)", "Investment programme (demo)")
        publish(cast.office, programme, write_table(PROJECTS, number=1), by=cast.clerk)
        paper = Paper(DocumentKind.BUDGET, year - 1, "ថវិកាឃុំ (គំរូ)", "Commune budget (demo)")
        budget = publish(cast.office, paper, write_table(PROJECTS[:2], number=2), by=cast.clerk)
    with days_ago(CORRECTED):
        replace(budget, write_table(PROJECTS[1:], number=3, note="កែផលបូក (គំរូ)"), by=cast.clerk)


def write_table(rows: tuple[tuple[str, int], ...], *, number: int, note: str = "") -> Upload:
    """A small Excel file. `number` tells one sending from the next."""
    book = Workbook()
    sheet = book.active
    for row in (("គម្រោង", "រៀល"), *rows):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return Upload(check_paper(SimpleUploadedFile("paper.xlsx", file.getvalue())), UUID(int=number), note)


def make_surveys(cast: Cast) -> None:
    """One about the plan, by a link, still open; one about the meeting that was."""
    held = Meeting.objects.filter(office=cast.office).order_by("starts_at").first()
    with days_ago(ASKED):
        plan = begin_survey(
            _ask("ផែនការឃុំរបស់យើង (គំរូ)", "The plan of our commune (demo)"), by=cast.clerk, office=cast.office
        )
        meeting = begin_survey(
            _ask("ការប្រជុំភូមិ (គំរូ)", "The village meetings (demo)"), by=cast.clerk, office=cast.office, meeting=held
        )
    answer_many(plan, 120, seed=54)
    answer_many(meeting, 36, seed=55)
    renew_indicators(timezone.localdate())


def _ask(title_km: str, title_en: str) -> Question:
    return Question(
        year=plan_year_on(timezone.localdate()), title_km=title_km, title_en=title_en, access=SurveyAccess.LINK,
        closes_at=timezone.now() + timedelta(days=60),
    )  # fmt: skip


def answer_many(survey: Survey, count: int, *, seed: int) -> None:
    """Made-up people, one every ninety seconds from the morning on."""
    chance = Random(seed)  # noqa: S311 the same people in every demo
    moment = morning_of(1 - ASKED)
    for number in range(count):
        with at(moment + number * PACE):
            token = read_form_token(survey, make_form_token(survey))
        assert token is not None  # noqa: S101 made the moment before
        with at(moment + (number + 1) * PACE):
            answer_survey(survey, make_up(chance), token=token)


def make_up(chance: Random) -> Answers:
    """Most have heard, fewer are invited and come, the young less often."""
    age = chance.choice([AgeBand.YOUTH, AgeBand.YOUTH, AgeBand.MIDDLE, AgeBand.MIDDLE, AgeBand.ELDERLY])
    heard = chance.random() < 0.72
    invited = heard and chance.random() < (0.8 if age == AgeBand.YOUTH else 0.95)
    joined = invited and chance.random() < 0.78
    return Answers(
        heard=heard,
        invited=invited,
        invited_by=chance.choice([*[InvitedBy.CHIEF] * 6, InvitedBy.ONLINE, InvitedBy.VOLUNTEER]) if invited else "",
        joined=joined,
        why_not="" if joined else chance.choice([WhyNot.UNKNOWN, WhyNot.UNINVITED, WhyNot.AWAY, WhyNot.TIME]),
        gave_input=joined and chance.random() < 0.8,
        satisfaction=chance.choice(list(Satisfaction)),
        age=age,
        sex=Sex.FEMALE if chance.random() < 0.55 else Sex.MALE,
        has_migrant=chance.random() < 0.3,
        has_disability=chance.random() < 0.06,
    )
