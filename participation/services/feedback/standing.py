"""Sums of feedback stand still until enough people more have answered: else each new one would tell who said what.

They are kept beside the indicators, as those of a meeting and of no plan (`NO_PLAN`), and renewed with each answer.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from participation.enums import FeedbackStage
from participation.models import Meeting, MeetingFeedback, StandingIndicators
from ui.small_groups import PUBLIC_LEAST, STAFF_LEAST

NO_PLAN = 0  # the year of rows that belong to none
SAID, MISSED = "opinion", "reason"  # of people who came, and of those who did not
COUNTS, LATEST = "counts", "latest"  # the sums, and the newest answer in them


def count_latest(rows: Iterable[MeetingFeedback]) -> tuple[Counter[str], Counter[str]]:
    """Opinions and reasons, of each person the latest stage alone."""
    latest: dict[int, MeetingFeedback] = {}
    for row in rows:
        if row.user_id not in latest or row.stage == FeedbackStage.DAYS:
            latest[row.user_id] = row
    opinions = Counter(row.opinion for row in latest.values() if row.opinion)
    return opinions, Counter(row.reason for row in latest.values() if row.reason)


def renew_told(meeting: Meeting) -> None:
    """After an answer, in its transaction. A changed answer waits for the next people like any other."""
    scope: dict[str, Any] = {"scope": f"m:{meeting.public_id}", "year": NO_PLAN}
    StandingIndicators.objects.get_or_create(**scope)
    standing = StandingIndicators.objects.select_for_update().get(**scope)
    rows = list(MeetingFeedback.objects.filter(meeting=meeting))
    sums = dict(zip((SAID, MISSED), count_latest(rows), strict=True))
    told: dict[str, Any] = dict(standing.told)
    for kind, counts in sums.items():
        answers = {row.pk: row.user_id for row in rows if getattr(row, kind)}
        for least in (STAFF_LEAST, PUBLIC_LEAST):
            before = told.get(f"{kind}:{least}", {}).get(LATEST, 0)
            if len({person for pk, person in answers.items() if pk > before}) >= least:
                told[f"{kind}:{least}"] = {COUNTS: counts, LATEST: max(answers)}
    if told != standing.told:
        standing.told = told
        standing.save(update_fields=["told"])


def read_told(meeting: Meeting, *, least: int) -> tuple[Counter[str], Counter[str]]:
    """Opinions and reasons as last told to whoever reads from `least` answers on. One query."""
    standing = StandingIndicators.objects.filter(scope=f"m:{meeting.public_id}", year=NO_PLAN).first()
    told = standing.told if standing else {}
    opinions, reasons = (Counter(told.get(f"{kind}:{least}", {}).get(COUNTS, {})) for kind in (SAID, MISSED))
    return opinions, reasons
