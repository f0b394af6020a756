"""The switches of one person, as tick boxes: the ways, the categories, the kinds, the stopped threads."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from accounts.models import User
from notifications.enums import Channel
from notifications.models import Notification
from notifications.services.kinds import Category, list_categories, put_into_words
from notifications.services.preferences import (
    EVERYTHING,
    THREAD,
    read_choices,
    scope_of_category,
    scope_of_kind,
)

SEPARATOR = "|"


@dataclass(frozen=True)
class KindRow:
    label: Any
    boxes: list[BoundField]


@dataclass(frozen=True)
class CategoryRow:
    category: Category
    boxes: list[BoundField]
    kinds: list[KindRow]


class ChoicesForm(forms.Form):
    """One box for each way and scope, called `email|kind:…`; a box that is ticked is switched on. An alarm has none."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs["auto_id"] = False  # every box stands inside its label: ids would only weigh
        super().__init__(*args, **kwargs)
        self.choices = read_choices(user)
        listed = list_categories(user)
        self.categories = {
            category: [kind for kind in kinds if not kind.is_alarm] for category, kinds in listed.items()
        }
        self.alarms = [kind.label for kinds in listed.values() for kind in kinds if kind.is_alarm]
        for channel in Channel:
            self._add(channel, EVERYTHING)
            for category, kinds in self.categories.items():
                self._add(channel, scope_of_category(category.code))
                for kind in kinds:
                    self._add(channel, scope_of_kind(kind.code), is_on=self.choices.wants_kind(channel, kind))
        self.threads = self._add_threads(user)

    def _add(self, channel: Channel, scope: str, *, is_on: bool | None = None) -> None:
        initial = self.choices.is_on(channel, scope) if is_on is None else is_on
        self.fields[f"{channel}{SEPARATOR}{scope}"] = forms.BooleanField(
            label=channel.label, required=False, initial=initial
        )

    def _add_threads(self, user: User) -> list[str]:
        """Only those stopped now, each named by the last thing that was told in it."""
        scopes = {scope for (_, scope), is_on in self.choices.set.items() if scope.startswith(THREAD) and not is_on}
        keys = [scope.removeprefix(THREAD) for scope in sorted(scopes)]
        rows = Notification.objects.visible_to(user).filter(group_key__in=keys).order_by("created_at", "pk")
        latest: dict[str, Notification] = {row.group_key: row for row in rows}
        for key, row in latest.items():
            self.fields[f"{THREAD}{key}"] = forms.BooleanField(
                label=put_into_words(row.kind, row.data).title, required=False
            )
        return [f"{THREAD}{key}" for key in latest]

    @property
    def ways(self) -> list[BoundField]:
        return [self[f"{channel}{SEPARATOR}"] for channel in Channel]

    @property
    def stopped(self) -> list[BoundField]:
        return [self[name] for name in self.threads]

    @property
    def rows(self) -> Iterator[CategoryRow]:
        """What the page shows, in order."""
        for category, kinds in self.categories.items():
            rows = [KindRow(kind.label, self._boxes(scope_of_kind(kind.code))) for kind in kinds]
            yield CategoryRow(category, self._boxes(scope_of_category(category.code)), rows)

    @property
    def changes(self) -> dict[tuple[Channel, str], bool]:
        """What differs from before; a ticked thread is heard again on every way."""
        changed: dict[tuple[Channel, str], bool] = {}
        for name in self.changed_data:
            if name.startswith(THREAD):
                changed |= {(channel, name): True for channel in Channel}
            else:
                channel, _, scope = name.partition(SEPARATOR)
                changed[Channel(channel), scope] = self.cleaned_data[name]
        return changed

    def _boxes(self, scope: str) -> list[BoundField]:
        return [self[f"{channel}{SEPARATOR}{scope}"] for channel in Channel]
