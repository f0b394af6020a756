"""The declarations in words, for `docs/states.md`: what is written there is what runs."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils import translation

from volunteers.services.machine import MACHINES, Change, Machine

INTRODUCTION = """# States

Written by `manage.py describe_states` from the declarations in `volunteers/services/states/`; a test holds it to them.
A change is made whole or not at all, and each leaves a line in the log: who, when, from what to what, why.
"""


def describe_machines() -> str:
    """The page, in English whatever the reader's language."""
    with translation.override("en"):
        return "\n".join([INTRODUCTION, *(_describe(MACHINES[name]) for name in sorted(MACHINES))])


def _describe(machine: Machine) -> str:
    rows = "\n".join(_describe_change(machine, change) for change in machine.changes.values())
    states = ", ".join(f"`{state.value}` {state.label}" for state in machine.states)
    head = "| change | from | to | who | waits for | then | reason | told |\n|---|---|---|---|---|---|---|---|"
    return f"## {machine.log.capitalize()}\n\n{states}\n\n{head}\n{rows}\n"


def _describe_change(machine: Machine, change: Change) -> str:
    cells = (
        f"`{change.verb}`",
        ", ".join(change.sources),
        change.target,
        ", ".join(map(_say, change.who)) or "clock or another change",
        ", ".join(map(_say, change.needs)),
        ", ".join(_say(step) for step in (change.stamps, *change.effects) if step),
        ", ".join(_list_reasons(change)),
        _say_told(change),
    )
    return "| " + " | ".join(cells) + " |"


def _say_told(change: Change) -> str:
    told = "; ".join(f"{_say(tell.who)}: {tell.kind.label}" for tell in change.tells) or f"nobody: {change.silence}"
    return f"{told} (after {change.holds.seconds // 60} minutes)" if change.holds else told


def _list_reasons(change: Change) -> Iterator[str]:
    if change.reasons is not None:
        yield change.reasons.__name__
    if change.excuse is not None:
        yield f"{change.excuse.reasons.__name__} where {_say(change.excuse.asks)}"
    if change.asks_note:
        yield "in words"
    if change.words_for:
        yield f"in words with {', '.join(change.words_for)}"


def _say(function: Callable[..., Any]) -> str:
    """A condition is named as what it says: `seat_is_free` is "seat is free"."""
    name: str = getattr(function, "name", None) or function.__name__
    return name.replace("_", " ")
