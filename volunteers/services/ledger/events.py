"""What happened on one day, counted by office, period and kind. Read from the log of changes; nobody is named."""

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from volunteers.enums import ApplicationStatus as A
from volunteers.enums import LedgerKind as K
from volunteers.enums import PlacementStatus as P
from volunteers.models import Exposure, RequestInvitation, RoundOverride, ScoreChange, Transition
from volunteers.models.transition import COLUMNS
from volunteers.services.ledger.periods import ONE_DAY, begin_of, month_of, name_round

# By the machine and the state that was left and reached; an empty source is any.
KINDS: dict[tuple[str, str, str], K] = {
    ("application", A.DRAFT, A.SUBMITTED): K.APPLIED,
    ("application", "", A.SHORTLISTED): K.SHORTLISTED,
    ("application", "", A.OFFERED): K.OFFERED,
    ("application", "", A.ACCEPTED): K.ACCEPTED,
    ("application", "", A.DECLINED): K.DECLINED,
    ("application", "", A.LAPSED): K.LAPSED,
    ("application", "", A.NOT_PLACED): K.REFUSED,
    ("application", "", A.WITHDRAWN): K.WITHDRAWN,
    ("placement", "", P.ACTIVE): K.BEGAN,
    ("placement", "", P.COMPLETED): K.SERVED,
    ("placement", "", P.ENDED_EARLY): K.LEFT,
}
UNDO = "undo"  # verbs that begin so take a change back
OVERRIDE = "over_"  # reasons that begin so say why an office passed its own order


@dataclass
class Tally:
    count: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, count: int, reason: str = "") -> None:
        self.count += count
        if reason:
            self.reasons[reason] += count


Key = tuple[int, str, K]  # office, period, kind
Tallies = dict[Key, Tally]


def count_day(day: date) -> Tallies:
    """Everything that a chain gets a line for. The period is the application's round, else the month of its
    sending."""
    found: Tallies = defaultdict(Tally)
    for office, count in Exposure.objects.filter(date=day, seen__gt=0).values_list("office", "seen"):
        found[office, month_of(day), K.SEEN].add(count)
    for office, name, reason in _list_overrides(day):
        found[office, name_round(name), K.OVERRIDE].add(1, reason)
    invited = RequestInvitation.objects.filter(invited_at__gte=begin_of(day), invited_at__lt=begin_of(day + ONE_DAY))
    for office in invited.values_list("request__office", flat=True):
        found[office, month_of(day), K.INVITED].add(1)
    for sheet in _list_rescored(day):
        found[sheet["office"], name_period(sheet), K.RESCORED].add(1)
    for line in _changes(day):
        period = name_period(line)
        if kind := find_kind(line):
            found[line["office"], period, kind].add(1, line["source"] if kind == K.UNDONE else line["reason"])
        if line["reason"].startswith(OVERRIDE):
            found[line["office"], period, K.OVERRIDE].add(1, line["reason"])
    return found


def name_period(line: dict[str, Any]) -> str:
    """The application's round, else the month in which it was sent."""
    return name_round(line["in_round"]) if line["in_round"] else month_of(line["sent"])


def find_kind(line: dict[str, Any]) -> K | None:
    """What a change of state counts as; None for those that the ledger does not count."""
    machine = "application" if line["application"] else "placement"
    if line["verb"].startswith(UNDO):
        return K.UNDONE
    if line["source"] == line["target"]:
        return None  # a place in the line; the override it may be is counted as such
    if line["target"] == P.ACTIVE and line["had_begun"]:
        return None
    return KINDS.get((machine, line["source"], line["target"])) or KINDS.get((machine, "", line["target"]))


def list_changes(day: date) -> QuerySet[Transition]:
    """The log of the day."""
    return Transition.objects.filter(at__gte=begin_of(day), at__lt=begin_of(day + ONE_DAY)).order_by("pk")


def digest_log(day: date) -> tuple[int, str]:
    """How many lines the log of the day has, and their hash: a log that is written anew later no longer fits.

    A line is hashed by its machine and row alone, so that machines that join the log later change nothing.
    """
    digest, count = hashlib.sha256(), 0
    columns = [f"{name}_id" for name in COLUMNS]
    for line in list_changes(day).values("pk", *columns, "verb", "source", "target", "reason", "at").iterator():
        row = "".join(f"{name} {line[name]}" for name in columns if line[name] is not None)
        facts = (line["pk"], row, line["verb"], line["source"], line["target"], line["reason"], line["at"].isoformat())
        digest.update(("|".join(map(str, facts)) + "\n").encode())
        count += 1
    return count, digest.hexdigest()


def _changes(day: date) -> Any:
    """The changes of applications and placements, each with its office and when the application was sent."""
    where = "application__request__office"
    office = Coalesce(F(where), F(f"placement__{where}"))
    sent = Coalesce(F("application__sent_at"), F("placement__application__sent_at"))
    chosen = "application__round_choice__round_request__round__public_id"
    rows = list_changes(day).annotate(office=office, sent=sent, in_round=Coalesce(F(chosen), F(f"placement__{chosen}")))
    # Whoever paused before the first day begins by going on.
    earlier = Transition.objects.filter(placement=OuterRef("placement"), target=P.ACTIVE, pk__lt=OuterRef("pk"))
    rows = rows.exclude(office=None).exclude(sent=None).annotate(had_begun=Exists(earlier))
    return rows.values("application", "office", "sent", "in_round", "verb", "source", "target", "reason", "had_begun")


def _list_rescored(day: date) -> Any:
    """Sheets that were changed after they had been given, each with its application's office and period."""
    rows: Any = ScoreChange.objects.filter(at__gte=begin_of(day), at__lt=begin_of(day + ONE_DAY)).order_by()
    facts = {
        "office": F("application__request__office"),
        "sent": F("application__sent_at"),
        "in_round": F("application__round_choice__round_request__round__public_id"),
    }
    return rows.annotate(**facts).exclude(sent=None).values(*facts, "application", "by", "at").distinct()


def _list_overrides(day: date) -> Any:
    """What people changed by hand of the outcome of a round: office, round and reason of each."""
    confirmed = {"run__confirmed_at__gte": begin_of(day), "run__confirmed_at__lt": begin_of(day + ONE_DAY)}
    names = ("round_request__request__office", "run__round__public_id", "reason")
    return RoundOverride.objects.filter(**confirmed).values_list(*names)
