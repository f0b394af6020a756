"""The registry of kinds. A feature app declares what it tells people; how it reaches them is not its business."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from accounts.models import User
from notifications.enums import Importance
from ui.dates import to_clock, to_day
from ui.words import to_digits

Words = str | Promise


@dataclass(frozen=True)
class Category:
    """What belongs together in the settings. `concerns` says to whom it is shown there."""

    code: str
    label: Words
    help: Words
    concerns: Callable[[User], bool] = bool  # everybody


@dataclass(frozen=True)
class Kind:
    """One thing people can be told. The texts are lazy translations with `%(name)s` from the notification's data.

    `label` stands in the settings. `many` (an `ngettext_lazy` on "count") replaces `title` for a group. `words` turns
    codes in the data into words at reading time. Who declares `importance` urgent has a clock to show for it, or takes
    away what somebody counted on.
    """

    code: str
    category: Category
    label: Words
    title: Words
    body: Words = ""
    many: Words = ""
    importance: Importance = Importance.NORMAL
    words: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None

    @property
    def is_urgent(self) -> bool:
        return self.importance in (Importance.URGENT, Importance.ALARM)

    @property
    def is_alarm(self) -> bool:
        """Nobody can switch it off, and it waits for no morning."""
        return self.importance == Importance.ALARM

    @property
    def is_grouped(self) -> bool:
        """What has a clock is never held back to wait for company."""
        return bool(self.many) and not self.is_urgent


@dataclass(frozen=True)
class Sentences:
    """A notification in the reader's language."""

    title: str
    body: str


KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Called once by each feature app, when its module of kinds is first imported."""
    for kind in kinds:
        if KINDS.setdefault(kind.code, kind) is not kind:
            raise ValueError(f"Two kinds are called {kind.code!r}")


def list_categories(user: User) -> dict[Category, list[Kind]]:
    """What the person can be told, by category in the order of declaration."""
    found: dict[Category, list[Kind]] = {}
    for kind in KINDS.values():
        if kind.category.concerns(user):
            found.setdefault(kind.category, []).append(kind)
    return found


def put_into_words(code: str, data: Mapping[str, Any], count: int = 1) -> Sentences:
    """Title and body in the active language. A kind that no longer exists still leaves a line to open."""
    kind = KINDS.get(code)
    if kind is None:
        return Sentences(gettext("Something changed that concerns you."), "")
    values: dict[str, Any] = defaultdict(str, {name: _read(name, value) for name, value in data.items()})
    if kind.words is not None:
        values.update(kind.words(data))
    values["count"] = count
    title = kind.many if count > 1 and kind.many else kind.title
    return Sentences(to_digits(title % values), to_digits(kind.body % values))


def _read(name: str, value: Any) -> Any:
    """`{"km": …, "en": …}` in the reader's language (the other where it is empty); a moment `…_at` as day and time."""
    if isinstance(value, dict):
        return value.get(get_language() or "km") or next((text for text in value.values() if text), "")
    if name.endswith("_at") and value:
        moment = datetime.fromisoformat(value)
        return f"{to_day(moment)}, {to_clock(moment)}"
    return value
