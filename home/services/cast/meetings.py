"""A meeting that was, with its minutes and answers; one to come; dates of the plan; people who follow."""

from datetime import timedelta

from django.utils import timezone

from home.services.cast.attending import ask_first, count_people, invite, think
from home.services.cast.clock import days_ago, morning_of
from home.services.cast.drawing import draw_road
from home.services.cast.people import Cast
from home.services.cast.room import hold_room
from participation.enums import InputKind, Outcome, StepKind
from participation.models import Meeting
from participation.services.agenda import AgendaPoint
from participation.services.following import follow
from participation.services.inputs import Attachment, Word, answer_input, carry, send_input
from participation.services.meetings import announce, save_meeting
from participation.services.minutes import Line, Text, save_minutes
from participation.services.planning import PlannedStep, set_dates
from participation.services.rsvp import answer
from participation.services.usual import plan_year_on

CALLED, HELD, WRITTEN = 40, 25, 22  # days ago
AHEAD = 14  # days from today
LENGTH = timedelta(hours=3)


def make_meetings(cast: Cast) -> None:
    commune = cast.office.commune
    assert commune is not None  # noqa: S101 the database holds that an office has one
    with days_ago(CALLED):
        for person in (cast.learner, *cast.crowd[:4]):
            follow(commune, by=person)
        past = call_meeting(cast, CALLED - HELD, StepKind.VILLAGE, "ប្រជុំភូមិ៖ សំណើគម្រោង", "Village meetings: proposals")
        word = send_input(past, Word("ផ្លូវទៅសាលាលិចទឹករាល់រដូវវស្សា។ (គំរូ)"), by=cast.learner)
        carry(word, by=cast.clerk)
        for person in cast.crowd[:5]:
            answer(past, by=person, is_coming=True)
        question = ask_first(past, cast)
        invite(past, cast, villages=12)
    with days_ago(HELD):
        count_people(past, cast)
    hold_room(past, cast)
    with days_ago(WRITTEN):
        answer_input(word, by=cast.clerk, outcome=Outcome.ACCEPTED, answer="ដាក់ជាគម្រោងទី ១។ សូមអរគុណ។ (គំរូ)")
        write_minutes(past, cast, {question.pk: "អណ្ដូងជាគម្រោងទី ២ ក្នុងផែនការ។ (គំរូ)"})
    with days_ago(HELD - 8):
        think(past, cast)
    coming = call_meeting(cast, AHEAD, StepKind.COMMUNE, "CIP៖ ជ្រើសអាទិភាព", "CIP: choose the priorities")
    for person in cast.crowd[:3]:
        answer(coming, by=person, is_coming=True)
    send_input(coming, Word("សូមបើកថ្នាក់កុំព្យូទ័រថ្ងៃសៅរ៍។ (គំរូ)", hides_name=True), by=cast.crowd[5])
    photo = Attachment(InputKind.PHOTO, draw_road().content, "webp")
    send_input(coming, Word("ផ្លូវភូមិយើងក្រោយភ្លៀង។ (គំរូ)", photo), by=cast.crowd[4])
    invite(coming, cast, villages=7)
    ask_first(coming, cast)
    set_own_dates(cast)


def call_meeting(cast: Cast, days: int, step: StepKind, title_km: str, title_en: str) -> Meeting:
    """Announced; on a morning so many days from the clock's today."""
    starts_at = morning_of(days, hour=8)
    meeting = Meeting(
        commune=cast.office.commune,
        office=cast.office,
        step=step,
        title_km=f"{title_km} (គំរូ)",
        title_en=f"{title_en} (demo)",
        about_km="យើងរៀបសំណើរបស់ភូមិទាំងអស់តាមលំដាប់។ អ្នកណាក៏មកនិយាយបានដែរ។",
        about_en="We put the proposals of all villages in order. Anyone may come and speak.",
        place_km="សាលាឃុំ",
        place_en="Commune office",
        access=["step_free", "children"],
        languages=["khmer"],
        starts_at=starts_at,
        ends_at=starts_at + LENGTH,
        input_until_at=morning_of(days - 1, hour=17),
    )
    agenda = [
        AgendaPoint(title_km, title_en, (starts_at + timedelta(minutes=minutes)).time())
        for minutes, title_km, title_en in (
            (0, "ស្វាគមន៍ និងរបាយការណ៍ឆ្នាំមុន", "Welcome and last year's report"),
            (30, "សំណើពីភូមិ", "Proposals from the villages"),
            (90, "មតិតាមអ៊ីនធឺណិត អានឱ្យស្ដាប់", "Online inputs, read aloud"),
            (120, "ឱ្យពិន្ទុ និងរៀបលំដាប់", "Score and rank"),
        )
    ]
    save_meeting(meeting, agenda=agenda, by=cast.clerk)
    return announce(meeting, by=cast.clerk)


def write_minutes(meeting: Meeting, cast: Cast, choices: dict[int, str]) -> None:
    lines = [
        Line("ផ្លូវក្រួស ១,៨ គ.ម.", Outcome.ACCEPTED, "Gravel road, 1.8 km", 42_000_000),
        Line("អណ្ដូងពីរនៅសាលាបឋម", Outcome.ACCEPTED, "Two wells, primary school", 16_500_000),
        Line("ថ្នាក់កុំព្យូទ័រសម្រាប់យុវជន", Outcome.PARTNER, "Computer class for youth", 6_000_000),
        Line("ភ្លើងបំភ្លឺផ្សារ", Outcome.REFUSED, "Market lights", None, "ថវិកាមិនគ្រប់ក្នុងឆ្នាំនេះ។"),
    ]
    summary = "ភូមិនីមួយៗបានប្រាប់សេចក្ដីត្រូវការ។ មតិតាមអ៊ីនធឺណិតត្រូវបានអានឱ្យស្ដាប់។ (គំរូ)"
    text = Text(summary, "Each village said what it needs. Online inputs were read aloud. (demo)", 57)
    save_minutes(meeting, text, lines=lines, by=cast.clerk, publishes=True, choices=choices)


def set_own_dates(cast: Cast) -> None:
    """The office has said when it works on the plan."""
    today = timezone.localdate()
    year = plan_year_on(today)
    steps = [
        PlannedStep(StepKind.VILLAGE, today - timedelta(days=HELD), today - timedelta(days=HELD - 6)),
        PlannedStep(StepKind.COMMUNE, today + timedelta(days=AHEAD), today + timedelta(days=AHEAD)),
        PlannedStep(StepKind.ADOPT, today + timedelta(days=AHEAD + 10), today + timedelta(days=AHEAD + 20)),
    ]
    set_dates(cast.office.commune, year, steps=steps, source="ឃុំ (គំរូ)", by=cast.clerk)
