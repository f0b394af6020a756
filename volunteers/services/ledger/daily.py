"""The days that are over are written into the ledger, each once and in order, by whoever comes first."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from volunteers.enums import LedgerKind
from volunteers.models import LedgerChain, LedgerEntry, Transition
from volunteers.services.ledger.closing import close_periods
from volunteers.services.ledger.events import Tally, count_day, digest_log
from volunteers.services.ledger.periods import ONE_DAY, days_between, last_full_day
from volunteers.services.ledger.writing import Pen, lock_programme


def write_due() -> int:
    """Every day that is over and not written yet; how many. Doing it again, or twice at once, writes nothing new."""
    last = last_full_day(timezone.now())
    first = _find_first()
    if first is None or first > last:
        return 0
    return sum(write_day(day) for day in days_between(first, last))


@transaction.atomic
def write_day(day: date) -> bool:
    """The lines of the day in all chains, and the day's line in the programme's own. False where it is written."""
    programme = lock_programme()
    written = find_last_day(programme)
    if written and written >= day:
        return False
    pen = Pen()
    tallies = count_day(day)
    offices = Organisation.objects.select_related("commune").in_bulk({office for office, _, _ in tallies})
    pen.load((offices[office], period) for office, period, _ in tallies)
    for office, period, kind in sorted(tallies):
        chain = pen.find_chain(offices[office], period)
        pen.write(chain, kind, describe(day, tallies[office, period, kind]))
    close_periods(pen, day)
    lines, log = digest_log(day)
    heads = digest_heads((line.chain.public_id.hex, line.number, line.hash) for line in pen.lines)
    body = {"day": day.isoformat(), "heads": heads, "lines": len(pen.lines), "log": log, "log_lines": lines}
    pen.write(programme, LedgerKind.DAY, body)
    pen.close()
    return True


def describe(day: date, tally: Tally) -> dict[str, Any]:
    reasons = {"reasons": dict(sorted(tally.reasons.items()))} if tally.reasons else {}
    return {"count": tally.count, "day": day.isoformat(), **reasons}


def digest_heads(lines: Iterable[tuple[str, int, str]]) -> str:
    """Of where each chain stood after the day: chain, number, hash. A chain whose end is cut off no longer fits."""
    heads: dict[str, tuple[int, str]] = {}
    for chain, number, head in lines:
        heads[chain] = max(heads.get(chain, (0, "")), (number, head))
    text = "".join(f"{chain} {number} {head}\n" for chain, (number, head) in sorted(heads.items()))
    return hashlib.sha256(text.encode()).hexdigest()


def find_last_day(programme: LedgerChain) -> date | None:
    """The latest day that is in the ledger."""
    last: LedgerEntry | None = programme.entries.filter(kind=LedgerKind.DAY).order_by("-number").first()
    return date.fromisoformat(json.loads(last.body)["day"]) if last else None


def _find_first() -> date | None:
    """The day after the last one written; of an empty ledger the first in the log."""
    programme = LedgerChain.objects.filter(office=None).first()
    last = find_last_day(programme) if programme else None
    if last:
        return last + ONE_DAY
    oldest = Transition.objects.order_by("at").values_list("at", flat=True).first()
    return timezone.localdate(oldest) if oldest else None
