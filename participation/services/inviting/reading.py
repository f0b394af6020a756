"""The ledger as its writers read it: by village and channel, and whom it did not reach."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Sum
from django.utils.translation import gettext as _

from participation.enums import Channel
from participation.models import CheckIn, Invitation, Meeting, Rsvp
from places.models import Village
from ui.charts import Bar, scale
from ui.small_groups import STAFF_LEAST, find_hidden
from ui.words import to_number

LATEST = 30
WAYS = [channel for channel in Channel if channel != Channel.FOUND]  # nobody is invited by finding it


@dataclass(frozen=True)
class VillageRow:
    """`told` by channel in the order of `WAYS`; `untold` is None where it is hidden for being small."""

    name: str
    told: list[int]
    people: int
    untold: int | None

    @property
    def cells(self) -> list[tuple[str, int]]:
        """Channel and people told."""
        return [(str(channel.label), count) for channel, count in zip(WAYS, self.told, strict=True)]

    @property
    def heard_nothing(self) -> bool:
        return not self.people


@dataclass(frozen=True)
class Ledger:
    """Villages with their numbers, those that heard nothing first; the whole; what links and people say."""

    villages: list[VillageRow]
    elsewhere: VillageRow
    lines: list[Invitation]
    people: int
    women: int
    youth: int
    opened: Counter[str]
    heard: Counter[str]
    untold: int

    @property
    def channels(self) -> list[str]:
        return [str(channel.label) for channel in WAYS]

    @property
    def bars(self) -> list[Bar]:
        """People told, by channel."""
        sums = [sum(row.told[place] for row in [*self.villages, self.elsewhere]) for place in range(len(WAYS))]
        return scale([(label, each, to_number(each)) for label, each in zip(self.channels, sums, strict=True)])

    @property
    def silent(self) -> list[VillageRow]:
        return [row for row in self.villages if row.heard_nothing]

    @cached_property
    def ways(self) -> list[tuple[str, str, str]]:
        """Channel, openings of its links, people who say they heard so: few people are not told."""
        hidden = find_hidden(self.heard, least=STAFF_LEAST)
        return [
            (
                str(channel.label),
                to_number(self.opened[channel]),
                _("too few to show") if channel in hidden else to_number(self.heard[channel]),
            )
            for channel in Channel
        ]


def read_ledger(meeting: Meeting) -> Ledger:
    """Seven queries, whatever the number of villages."""
    kept = meeting.invitations.filter(withdrawn_at=None)
    told: dict[int | None, Counter[str]] = defaultdict(Counter)
    for village, channel, people in kept.order_by().values_list("village", "channel").annotate(n=Sum("people")):
        told[village][channel] += people
    untold: Counter[int | None] = Counter(meeting.untold.values_list("village_id", flat=True))
    hidden = find_hidden(untold, least=STAFF_LEAST)
    shown = {key: None if key in hidden else count for key, count in untold.items()}
    villages = list(Village.objects.filter(commune=meeting.commune_id))
    rows = [_row(village.title, told[village.pk], shown.get(village.pk, 0)) for village in villages]
    parts = kept.aggregate(women=Sum("women"), youth=Sum("youth"))
    return Ledger(
        villages=sorted(rows, key=lambda row: row.people > 0),
        elsewhere=_row(_("The whole commune, or elsewhere"), told[None], shown.get(None, 0)),
        lines=list(kept.select_related("village", "by")[:LATEST]),
        people=sum(sum(each.values()) for each in told.values()),
        women=parts["women"] or 0,
        youth=parts["youth"] or 0,
        opened=_count_openings(meeting),
        heard=count_heard(meeting),
        untold=sum(untold.values()),
    )


def _row(name: str, told: Counter[str], untold: int | None) -> VillageRow:
    numbers = [told[channel] for channel in WAYS]
    return VillageRow(name, numbers, sum(numbers), untold)


def _count_openings(meeting: Meeting) -> Counter[str]:
    rows = meeting.share_links.order_by().values_list("channel").annotate(n=Sum("opened"))
    return Counter(dict(rows))


def count_heard(meeting: Meeting) -> Counter[str]:
    """How people say they heard, of those who answered or checked in; each person once. Two queries."""
    said: dict[int, str] = {}
    for model in (Rsvp, CheckIn):
        rows = model._default_manager.filter(meeting=meeting).exclude(channel="")
        said.update(rows.values_list("user", "channel"))
    return Counter(said.values())
