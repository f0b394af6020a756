"""Tables of a cohort for XLSX and CSV. Only who is in it now; of minors the given name alone, of nobody a phone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from courses.enums import Presence
from courses.models import Attendance, Cohort, CohortMember
from courses.services.cohort_report import DONE, READ, CohortReport, LearnerLine, read_pieces
from ui.dates import to_local_date


@dataclass(frozen=True)
class Table:
    """A name for the file, one header row, and rows that are read while they are sent."""

    name: str
    header: list[str]
    rows: Iterable[list[object]]


def table_progress(cohort: Cohort) -> Table:
    """One row a learner: figures first, then each lesson."""
    report = CohortReport(cohort)
    header = [
        _("Username"),
        _("Name"),
        _("Joined on"),
        _("Last active on"),
        _("Finished on"),
        _("Lessons done"),
        _("Lessons in all"),
        _("Quizzes passed"),
        _("Tasks accepted"),
        _("Sessions attended"),
        *(f"{number}. {lesson.title}" for number, lesson in enumerate(report.lessons, start=1)),
    ]
    words = {DONE: pgettext("lesson", "Done"), READ: _("Quiz to do"), "": ""}
    rows = (_progress_row(line, words) for line in report.read_all())
    return Table(f"{cohort.title} - " + _("progress"), header, rows)


def table_attendance(cohort: Cohort) -> Table:
    """One row a learner, one column a session that was not cancelled."""
    sessions = list(cohort.sessions.filter(cancelled_at=None).order_by("date", "starts_at", "pk"))
    header = [_("Username"), _("Name"), *(f"{session.date.isoformat()} {session.title}" for session in sessions)]
    rows = _attendance_rows(cohort, [session.pk for session in sessions])
    return Table(f"{cohort.title} - " + _("attendance"), header, rows)


def _progress_row(line: LearnerLine, words: dict[str, str]) -> list[object]:
    return [
        *_name(line.member.user),
        to_local_date(line.member.joined_at),
        line.touched_at and to_local_date(line.touched_at),
        line.finished_at and to_local_date(line.finished_at),
        line.done,
        line.total,
        line.passed,
        line.accepted,
        line.present,
        *(words[cell] for cell in line.cells),
    ]


def _attendance_rows(cohort: Cohort, sessions: list[int]) -> Iterator[list[object]]:
    for piece in read_pieces(cohort):
        marks = _marks_of(piece, sessions)
        for member in piece:
            yield [*_name(member.user), *(marks.get((member.pk, session), "") for session in sessions)]


def _marks_of(members: list[CohortMember], sessions: list[int]) -> dict[tuple[int, int], str]:
    """By member and session, in the reader's words."""
    words = {presence.value: str(presence.label) for presence in Presence}
    rows = Attendance.objects.filter(member__in=[member.pk for member in members], session__in=sessions)
    found = rows.values_list("member_id", "session_id", "presence")
    return {(member, session): words[presence] for member, session, presence in found}


def _name(user: User) -> list[object]:
    return [user.username, user.public_name]
