"""What is known of one meeting, for indicators: whole numbers of people, by group where groups are known.

These numbers are not yet fit to be shown: whoever shows them hides small groups by `ui.small_groups` first.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Sum

from participation.enums import AgeBand, CountedGroup, Sex
from participation.models import Choice, HeadCount, Input, Meeting, Rsvp
from participation.services.feedback.reading import count_content, count_said

EVERYBODY = ""
GROUPS: Mapping[str, Mapping[str, Any]] = {
    "female": {"sex": Sex.FEMALE},
    "youth": {"age": AgeBand.YOUTH},
    "elderly": {"age": AgeBand.ELDERLY},
    "disability": {"group": CountedGroup.DISABILITY},
    "minority": {"group": CountedGroup.MINORITY},
    "migrant": {"group": CountedGroup.MIGRANT},
}  # by the codes that groups have in surveys too


@dataclass(frozen=True)
class MeetingFacts:
    """Steps from hearing to being satisfied, as far as one meeting's own records know them.

    Each is a `Counter` by group: "" is everybody, the others are the keys of `GROUPS`; a group that nobody counted is
    missing, which is not the same as 0. The steps count different things and are no parts of one another:

    `heard`: people whom an invitation of the ledger reached, or who opened a link that was shared. People overlap, so
        the larger of the two numbers is taken, not their sum.
    `invited`: people of the ledger of invitations. Only women and youth are known beside everybody.
    `untold`: people who pressed "Nobody told me". They are in none of the other steps.
    `coming`: who answered that they come.
    `joined`: who came, counted with a phone or by the office. All groups, as far as people said or the office saw.
    `gave_input`: different people who sent a word beforehand or answered a question of the meeting.
    `satisfied` out of `asked`: who said at two hours or seven days that the meeting was good or partly good, out of all
        who said anything about that; the later answer of one person counts.
    """

    heard: Counter[str] = field(default_factory=Counter)
    invited: Counter[str] = field(default_factory=Counter)
    untold: Counter[str] = field(default_factory=Counter)
    coming: Counter[str] = field(default_factory=Counter)
    joined: Counter[str] = field(default_factory=Counter)
    gave_input: Counter[str] = field(default_factory=Counter)
    satisfied: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)


def read_facts(meeting: Meeting) -> MeetingFacts:
    """Of one meeting, in a fixed number of queries. Raw numbers: hide small groups before anybody sees them."""
    opinions, _reasons = count_said(meeting)
    invited = count_invited(meeting)
    opened = meeting.share_links.aggregate(opened=Sum("opened"))["opened"] or 0
    return MeetingFacts(
        heard=+Counter({EVERYBODY: max(invited[EVERYBODY], opened)}),
        invited=invited,
        untold=+Counter({EVERYBODY: meeting.untold.count()}),
        coming=Counter({EVERYBODY: Rsvp.objects.coming().filter(meeting=meeting).count()}),
        joined=count_joined(meeting),
        gave_input=Counter({EVERYBODY: count_senders(meeting)}),
        satisfied=+Counter({EVERYBODY: count_content(opinions)}),
        asked=+Counter({EVERYBODY: opinions.total()}),
    )


def count_joined(meeting: Meeting) -> Counter[str]:
    """Who came, by group; a group that nobody was counted in is missing. One query."""
    rows = HeadCount.objects.filter(meeting=meeting).order_by().values("sex", "age", "group")
    found: Counter[str] = Counter()
    for row in map(dict[str, Any], rows.annotate(count=Sum("people"))):
        if not row["group"]:
            found[EVERYBODY] += row["count"]
        for name, wanted in GROUPS.items():
            if all(row[key] == value for key, value in wanted.items()):
                found[name] += row["count"]
    return +found


def count_invited(meeting: Meeting) -> Counter[str]:
    """By the ledger of invitations, lines that were taken back left out. One query."""
    sums = {EVERYBODY: Sum("people"), "female": Sum("women"), "youth": Sum("youth")}
    names = {group: f"sum_{group}" for group in sums}
    rows = meeting.invitations.filter(withdrawn_at=None)
    found = rows.aggregate(**{names[group]: value for group, value in sums.items()})
    return Counter({group: found[name] for group, name in names.items() if found[name] is not None})


def count_senders(meeting: Meeting) -> int:
    """Different people who sent a word or chose an answer. One query."""
    senders = Input.objects.filter(meeting=meeting).exclude(user=None).order_by().values("user")
    return senders.union(Choice.objects.filter(question__meeting=meeting).order_by().values("user")).count()
