"""Lines are added here, and nowhere else: canonical bytes, numbered, each with the hash of the line before.

The programme's own chain is the lock. Whoever writes holds its row, so no two writers stand at the same place; if
they did, the database would refuse the second (`volunteers_ledger_never_forks`).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from accounts.models import Organisation
from volunteers.enums import LedgerKind
from volunteers.models import LedgerChain, LedgerEntry

PROGRAMME = "programme"


def canonical(value: Mapping[str, Any]) -> str:
    """The one way to write this as JSON: keys in order, no blanks, Khmer as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_line(chain: LedgerChain, number: int, kind: str, at: datetime, body: str, previous: str) -> str:
    line = {
        "at": write_moment(at),
        "body": json.loads(body),
        "chain": str(chain.public_id),
        "kind": str(kind),
        "number": number,
        "previous": previous,
    }
    return hashlib.sha256(canonical(line).encode()).hexdigest()


def write_moment(at: datetime) -> str:
    """UTC to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def lock_programme() -> LedgerChain:
    """The programme's own chain, held until the transaction ends; made where it is missing."""
    LedgerChain.objects.get_or_create(office=None, period=PROGRAMME)
    return LedgerChain.objects.select_for_update().get(office=None, period=PROGRAMME)


class Pen:
    """Writes many lines in one transaction, in two queries for each chain. Make one only after `lock_programme`."""

    def __init__(self, at: datetime | None = None) -> None:
        if not transaction.get_connection().in_atomic_block:
            raise RuntimeError("The ledger is written inside a transaction.")
        self.at = at or timezone.now()
        self.chains: dict[tuple[int | None, str], LedgerChain] = {}
        self.heads: dict[int, tuple[int, str]] = {}
        self.lines: list[LedgerEntry] = []

    def load(self, wanted: Iterable[tuple[Organisation, str]]) -> None:
        """Find the chains of offices and periods with their heads, in a few queries for all. A new one opens with a
        line that says whose it is.
        """
        offices = {(office.pk, period): office for office, period in wanted if (office.pk, period) not in self.chains}
        rows = LedgerChain.objects.filter(
            office__in={office for office, _ in offices}, period__in={period for _, period in offices}
        )
        found = {(chain.office_id, chain.period): chain for chain in rows if (chain.office_id, chain.period) in offices}
        self.chains |= found
        for pk, number, head in find_heads(found.values()):
            self.heads[pk] = (number, head)
        new = [LedgerChain(office=office, period=key[1]) for key, office in offices.items() if key not in found]
        for chain in LedgerChain.objects.bulk_create(new):
            self.chains[chain.office_id, chain.period] = chain
            self.heads[chain.pk] = (0, "")
            place = chain.office.commune.code if chain.office and chain.office.commune else ""
            self.write(chain, LedgerKind.OPENED, {"commune": place, "period": chain.period})

    def find_chain(self, office: Organisation, period: str) -> LedgerChain:
        """The office's chain for the period."""
        if (office.pk, period) not in self.chains:
            self.load([(office, period)])
        return self.chains[office.pk, period]

    def write(self, chain: LedgerChain, kind: LedgerKind, body: Mapping[str, Any]) -> LedgerEntry:
        """The next line of the chain; stored by `close`."""
        number, previous = self.heads.get(chain.pk) or find_head(chain)
        text = canonical(body)
        line = LedgerEntry(
            chain=chain,
            number=number + 1,
            kind=kind,
            at=self.at,
            body=text,
            previous_hash=previous,
            hash=hash_line(chain, number + 1, kind, self.at, text, previous),
        )
        self.heads[chain.pk] = (line.number, line.hash)
        self.lines.append(line)
        return line

    def list_bodies(self, chains: Iterable[LedgerChain], kind: LedgerKind) -> Iterator[tuple[int, dict[str, Any]]]:
        """What lines of this kind say, by chain: those stored and those still to be. One query."""
        wanted = {chain.pk for chain in chains}
        yield from (
            (chain, json.loads(body))
            for chain, body in LedgerEntry.objects.filter(chain__in=wanted, kind=kind).values_list("chain", "body")
        )
        new = [line for line in self.lines if line.kind == kind and line.chain_id in wanted]
        yield from ((line.chain_id, json.loads(line.body)) for line in new)

    def close(self) -> int:
        """Store all lines; how many there were."""
        LedgerEntry.objects.bulk_create(self.lines, batch_size=500)
        count, self.lines = len(self.lines), []
        return count


def find_head(chain: LedgerChain) -> tuple[int, str]:
    """Number and hash of the last line; (0, "") of an empty chain."""
    return chain.entries.order_by("-number").values_list("number", "hash").first() or (0, "")


def find_heads(chains: Iterable[LedgerChain]) -> Iterable[tuple[int, int, str]]:
    """Chain, number and hash of the last line of each that has one. One query."""
    last = LedgerEntry.objects.filter(chain=OuterRef("chain")).order_by("-number").values("number")[:1]
    rows = LedgerEntry.objects.filter(chain__in=list(chains), number=Subquery(last))
    return rows.values_list("chain", "number", "hash")
