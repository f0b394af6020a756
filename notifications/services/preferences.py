"""What a person wants to be told. Three switches stand in a row, and each of them can close:

1. the way as a whole (all e-mail, the whole bell);
2. the category on that way (all about my applications);
3. the kind on that way ("shortlisted"), and the thread (this one request), which begins open and can be stopped.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.enums import Channel, Importance
from notifications.models import Preference
from notifications.services.kinds import Kind

EVERYTHING = ""
THREAD = "thread:"


def scope_of_category(code: str) -> str:
    return f"category:{code}"


def scope_of_kind(code: str) -> str:
    return f"kind:{code}"


def scope_of_thread(group_key: str) -> str:
    return f"{THREAD}{group_key}"


@dataclass(frozen=True)
class Choices:
    """One person's switches, read in one query."""

    set: dict[tuple[str, str], bool]

    def is_on(self, channel: Channel, scope: str, *, default: bool = True) -> bool:
        return self.set.get((channel.value, scope), default)

    def wants_kind(self, channel: Channel, kind: Kind) -> bool:
        """The third switch alone: what is merely good to know sends no e-mail until somebody asks for it."""
        default = channel == Channel.SITE or kind.importance != Importance.LOW
        return self.is_on(channel, scope_of_kind(kind.code), default=default)

    def allows(self, channel: Channel, kind: Kind, group_key: str = "") -> bool:
        """All three switches are open. An alarm asks none of them."""
        return kind.is_alarm or (
            self.is_on(channel, EVERYTHING)
            and self.is_on(channel, scope_of_category(kind.category.code))
            and self.wants_kind(channel, kind)
            and (not group_key or self.is_on(channel, scope_of_thread(group_key)))
        )


def read_choices(user: User) -> Choices:
    rows = Preference.objects.filter(user=user)
    return Choices({(row.channel, row.scope): row.is_on for row in rows})


@transaction.atomic
def save_choices(user: User, *, changes: dict[tuple[Channel, str], bool]) -> None:
    """Keep what was switched; what is the same already keeps its date."""
    kept = read_choices(user).set
    now = timezone.now()
    for (channel, scope), is_on in changes.items():
        if kept.get((channel.value, scope)) is not is_on:
            Preference.objects.update_or_create(
                user=user, channel=channel, scope=scope, defaults={"is_on": is_on, "changed_at": now}
            )


def stop(user: User, *, scope: str) -> None:
    """One tap in the list: no more of this kind or thread, on any way."""
    save_choices(user, changes={(channel, scope): False for channel in Channel})
