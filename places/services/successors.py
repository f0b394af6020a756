"""A commune becomes part of another, or gets another code. The old row keeps its code and name for history.

Communes merge, and pass to another district or province with a new code, by decision of the government. One that is
split keeps its code; the new one is simply added by the gazetteer.
"""

from datetime import date
from typing import cast

from django.db import transaction
from django.utils import timezone

from places.models import Commune
from places.signals import commune_ended

Moved = dict[str, int]


class CannotEndError(Exception):
    """The commune cannot end so; the message tells the operator why."""


@transaction.atomic
def end_commune(commune: Commune, *, into: Commune, on: date) -> Moved:
    """The commune became part of `into` on that day; what is alive of it moves there. Answers what moved, by name.

    Doing it again moves what has come in meanwhile. Raises `CannotEndError`, and then nothing has changed.
    """
    rows = Commune.objects.select_for_update().filter(pk__in=(commune.pk, into.pk)).order_by("pk")
    locked = {row.pk: row for row in rows}
    old, new = locked[commune.pk], locked[into.pk]
    _check(old, new, on)
    old.successor, old.ended_date = new, on
    old.save(update_fields=["successor", "ended_date"])
    moved: Moved = {}
    for _receiver, counts in commune_ended.send(Commune, commune=old, successor=new):
        moved |= cast("Moved", counts)
    return moved


def _check(old: Commune, new: Commune, on: date) -> None:
    if old.pk == new.pk:
        raise CannotEndError(f"{old.code} cannot become part of itself.")
    if new.successor_id is not None:
        raise CannotEndError(f"{new.code} has ended itself: name the commune that is there today.")
    if old.successor_id not in (None, new.pk):
        raise CannotEndError(f"{old.code} has ended already, into another commune.")
    if on > timezone.localdate():
        raise CannotEndError(f"{on} has not come yet: run this on the day.")


def find_current(commune: Commune) -> Commune:
    """The commune that stands for this one today, with its parents; itself and no query while it has not ended."""
    while commune.successor_id is not None:
        commune = Commune.objects.with_parents().get(pk=commune.successor_id)
    return commune


def find_former(code: str, *, of: Commune) -> Commune | None:
    """The commune of this code, if it ended and `of` stands for it today."""
    if not (code.isascii() and code.isdecimal()):
        return None
    former = Commune.objects.filter(code=code, successor__isnull=False).first()
    return former if former and find_current(former).pk == of.pk else None


def read_successors() -> dict[str, str]:
    """By the code of each commune that ended the code of the one that stands for it today. One query."""
    steps = dict(Commune.objects.filter(successor__isnull=False).values_list("code", "successor__code"))
    return {code: _last(code, steps) for code in steps}


def _last(code: str, steps: dict[str, str]) -> str:
    while code in steps:
        code = steps[code]
    return code
