"""A small state machine: a list of changes, and one function that makes a change whole or not at all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.services import Kind
from volunteers.models import Transition
from volunteers.services.audiences import Audience

Who = Callable[[Any, Any], bool]
Need = Callable[[Any], str]
Stamp = Callable[[Any, datetime], dict[str, Any]]
Effect = Callable[[Any, User | None], None]


class WrongStateError(Exception):
    """The row is not, or no longer, in a state from which this change starts."""


class NotReadyError(Exception):
    """A condition is not met; the message says which, for the person."""


@dataclass(frozen=True)
class Tell:
    """Who hears of a change, and in which words."""

    who: Audience
    kind: Kind


@dataclass(frozen=True)
class Excuse:
    """A reason that a change needs only at times: where `asks` answers a sentence, one of `reasons` must be given."""

    asks: Need
    reasons: type[models.TextChoices]


@dataclass(frozen=True)
class Change:
    """One arrow. `who` is empty where only a clock or another change may do it.

    `needs` each answer "" or a sentence that says what is missing. `stamps` gives columns written together with the
    state. `effects` run after it in the same transaction. `reasons` lists the codes to choose from, `asks_note`
    wants words, `words_for` only with these reasons, `excuse` a reason where it applies, and keeps none where it
    does not. `tells` names who hears of it (never the one who did it); where nobody does, `silence` says why.
    `holds` is how long the news waits, so that the change can be taken back unheard.
    """

    verb: str
    sources: tuple[str, ...]
    target: str
    who: tuple[Who, ...] = ()
    needs: tuple[Need, ...] = ()
    stamps: Stamp | None = None
    effects: tuple[Effect, ...] = ()
    reasons: type[models.TextChoices] | None = None
    asks_note: bool = False
    words_for: tuple[str, ...] = ()
    excuse: Excuse | None = None
    tells: tuple[Tell, ...] = ()
    silence: str = ""
    holds: timedelta | None = None


class Machine:
    """The changes of one model; `log` names the column of `Transition` that points at its rows.

    `announce` is called with the log line's key once a change that tells somebody is committed; `announce_later` also
    with the moment until which the news is held. `always` are effects of every change, after its own.
    """

    def __init__(
        self,
        log: str,
        states: type[models.TextChoices],
        changes: Iterable[Change],
        *,
        announce: Callable[[int], object],
        announce_later: Callable[[int, datetime], object] | None = None,
        always: tuple[Effect, ...] = (),
    ) -> None:
        self.log = log
        self.announce = announce
        self.announce_later = announce_later
        self.always = always
        self.states = states
        self.changes = {change.verb: change for change in changes}
        MACHINES[log] = self

    def can(self, verb: str, row: Any, user: User | AnonymousUser) -> bool:
        """Whether this person could make this change now: state, permission and conditions."""
        change = self.changes[verb]
        return (
            row.status in change.sources
            and any(allowed(user, row) for allowed in change.who)
            and not any(need(row) for need in change.needs)
        )

    def reads_reason(self, verb: str) -> bool:
        """Whether this change chooses among reasons; a form may send one with any button."""
        change = self.changes[verb]
        return change.reasons is not None or change.excuse is not None

    def move(self, verb: str, row: Any, *, by: User | None, reason: str = "", note: str = "") -> None:
        """Make the change and log it. `by=None` is a clock.

        Raises `WrongStateError`, `PermissionDenied` or `NotReadyError`; then nothing at all has changed.
        """
        change = self.changes[verb]
        if row.status not in change.sources:
            raise WrongStateError(_("This was already changed. Please look at it again."))
        if (by is None) != (not change.who) or (by and not any(allowed(by, row) for allowed in change.who)):
            raise PermissionDenied
        _check_words(change, by, reason, note)
        for need in change.needs:
            if missing := need(row):
                raise NotReadyError(missing)
        if change.excuse is not None:
            reason = _read_excuse(change.excuse, row, reason)
        with transaction.atomic():
            self._write(change, row, by, reason, note)

    def _write(self, change: Change, row: Any, by: User | None, reason: str, note: str) -> None:
        now = timezone.now()
        columns = {"status": change.target, **(change.stamps(row, now) if change.stamps else {})}
        source = row.status
        rows = type(row)._default_manager.filter(pk=row.pk, status=source)
        if not rows.update(**columns, updated_at=now):
            raise WrongStateError(_("This was already changed. Please look at it again."))
        for name, value in columns.items():
            setattr(row, name, value)
        line = Transition.objects.create(
            **{self.log: row},
            verb=change.verb,
            source=source,
            target=change.target,
            by=by,
            reason=reason,
            note=note,
            announced_at=None if change.tells else now,
            held_until=now + change.holds if change.holds else None,
        )
        if change.tells:
            self._announce(line)
        for effect in (*change.effects, *self.always):
            effect(row, by)

    def _announce(self, line: Transition) -> None:
        """Once it is committed. Robust: the change stands even if the queue is away; the clocks find the line."""
        tell = partial(self.announce, line.pk)
        if line.held_until is not None and self.announce_later is not None:
            tell = partial(self.announce_later, line.pk, line.held_until)
        transaction.on_commit(tell, robust=True)


MACHINES: dict[str, Machine] = {}


def move(row: models.Model, verb: str, *, by: User | None, reason: str = "", note: str = "") -> None:
    """`Machine.move` by the row's own machine: for a change that follows from another machine's."""
    MACHINES[Transition.column_of(row)].move(verb, row, by=by, reason=reason, note=note)


def _read_excuse(excuse: Excuse, row: Any, reason: str) -> str:
    asked = excuse.asks(row)
    if asked and reason not in excuse.reasons.values:
        raise NotReadyError(asked)
    return reason if asked else ""


def _check_words(change: Change, by: User | None, reason: str, note: str) -> None:
    """A person's change that needs a reason has one from its list."""
    if by is None:
        return
    if change.reasons is not None and reason not in change.reasons.values:
        raise NotReadyError(_("Choose a reason."))
    if (change.asks_note or reason in change.words_for) and not note.strip():
        raise NotReadyError(_("Say why in one or two sentences."))
