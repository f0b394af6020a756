"""What is known of meetings, for indicators: whole numbers of people, by group where groups are known.

These numbers are not yet fit to be shown: whoever shows them hides small groups by `ui.small_groups` first.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, Sum

from participation.enums import SurveyGroup, ToldStep
from participation.models import (
    Choice,
    GroupCount,
    HeadCount,
    Input,
    Invitation,
    Meeting,
    MeetingFeedback,
    Rsvp,
    ShareLink,
    Untold,
)
from participation.services.attendance.reconciling import reconcile
from participation.services.feedback.reading import count_content
from participation.services.feedback.standing import count_latest
from participation.services.groups import GROUPS, SAID

EVERYBODY = ""
AT_ONCE = 200  # meetings that are read together


@dataclass(frozen=True)
class MeetingFacts:
    """Steps from hearing to being satisfied, as far as one meeting's own records know them.

    Each is a `Counter` by group: "" is everybody, the others are the keys of `GROUPS`; a group that nobody counted is
    missing, which is not the same as 0. The steps count different things and are no parts of one another:

    `heard`: people whom an invitation of the ledger reached, or who opened a link that was shared. People overlap, so
        the larger of the two numbers is taken, not their sum. No group is known: a link asks nobody.
    `invited`: people of the ledger of invitations. Only women and youth are known beside everybody.
    `untold`: people who pressed "Nobody told me". They are in none of the other steps.
    `coming`: who answered that they come.
    `joined`: who came, counted with a phone or by the office. All groups, as far as people said or the office saw.
    `gave_input`: different people who sent a word beforehand or answered a question of the meeting; groups of those who
        said something of themselves with their word.
    `satisfied` out of `asked`: who said at two hours or seven days that the meeting was good or partly good, out of all
        who said anything about that; the later answer of one person counts. Groups of those who said something of
        themselves, as they thought then.

    `known`: by step, of how many people each group is known; what is missing there is of everybody at that step.
    `rows`: the head counts as they were made, for what must not be told of them.
    """

    heard: Counter[str] = field(default_factory=Counter)
    invited: Counter[str] = field(default_factory=Counter)
    untold: Counter[str] = field(default_factory=Counter)
    coming: Counter[str] = field(default_factory=Counter)
    joined: Counter[str] = field(default_factory=Counter)
    gave_input: Counter[str] = field(default_factory=Counter)
    satisfied: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    known: Mapping[str, Counter[str]] = field(default_factory=dict)
    rows: Collection[HeadCount] = ()


def read_facts(meeting: Meeting) -> MeetingFacts:
    """Of one meeting. Raw numbers: hide small groups before anybody sees them."""
    return read_many_facts([meeting])[meeting.pk]


def read_many_facts(meetings: Sequence[Meeting]) -> dict[int, MeetingFacts]:
    """By the meetings' ids, in ten queries however many they are; give `AT_ONCE` at a time."""
    invited, known = _count_invited(meetings)
    opened = _sum_by_meeting(ShareLink.objects.filter(meeting__in=meetings), Sum("opened"))
    untold = _sum_by_meeting(Untold.objects.filter(meeting__in=meetings), Count("pk"))
    coming = _sum_by_meeting(Rsvp.objects.coming().filter(meeting__in=meetings), Count("pk"))
    heads = _group_rows(HeadCount.objects.filter(meeting__in=meetings))
    said = _group_rows(MeetingFeedback.objects.filter(meeting__in=meetings))
    told = _group_rows(GroupCount.objects.filter(meeting__in=meetings))
    senders = _count_senders(meetings)
    found = {}
    for meeting in meetings:
        pk = meeting.pk
        opinions, _reasons = count_latest(said[pk])
        groups = _read_told(told[pk])
        found[pk] = MeetingFacts(
            heard=+Counter({EVERYBODY: max(invited[pk][EVERYBODY], opened[pk])}),
            invited=invited[pk],
            untold=+Counter({EVERYBODY: untold[pk]}),
            coming=Counter({EVERYBODY: coming[pk]}),
            joined=_count_joined(meeting, heads[pk]),
            gave_input=Counter({EVERYBODY: senders[pk]}) + groups["input"],
            satisfied=+Counter({EVERYBODY: count_content(opinions)}) + groups["content"],
            asked=+Counter({EVERYBODY: opinions.total()}) + groups["asked"],
            known={"invited": known[pk], "gave_input": groups["of_input"], "asked": groups["of_asked"]},
            rows=heads[pk],
        )
    return found


def _sum_by_meeting(rows: QuerySet[Any], measure: Any) -> Counter[int]:
    found = rows.order_by().values("meeting").annotate(sum_of=measure).values_list("meeting", "sum_of")
    return Counter({pk: count or 0 for pk, count in found})


def _group_rows(rows: QuerySet[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.meeting_id].append(row)
    return found


def _count_joined(meeting: Meeting, rows: Collection[HeadCount]) -> Counter[str]:
    """Who came, nobody twice; a group that nobody was counted in is missing."""
    found: Counter[str] = Counter()
    for row in reconcile(rows, meeting.door_means):
        if not row.group:
            found[EVERYBODY] += row.people
        for name, wanted in GROUPS.items():
            if all(getattr(row, key) == value for key, value in wanted.items()):
                found[name] += row.people
    return +found


def _count_invited(meetings: Sequence[Meeting]) -> tuple[dict[int, Counter[str]], dict[int, Counter[str]]]:
    """By the ledger, lines that were taken back left out; and of how many of them women and youth are known."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    known: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Invitation.objects.filter(meeting__in=meetings, withdrawn_at=None).order_by()
    for pk, people, women, youth in rows.values_list("meeting", "people", "women", "youth"):
        counts[pk][EVERYBODY] += people
        for group, count in ((SurveyGroup.FEMALE.value, women), (SurveyGroup.YOUTH.value, youth)):
            if count is not None:
                counts[pk][group] += count
                known[pk][group] += people
    return counts, known


def _count_senders(meetings: Sequence[Meeting]) -> Counter[int]:
    """Different people who sent a word or chose an answer."""
    words = Input.objects.filter(meeting__in=meetings).exclude(user=None).order_by().values_list("meeting", "user")
    choices = Choice.objects.filter(question__meeting__in=meetings).order_by()
    pairs = words.union(choices.values_list("question__meeting", "user"))
    return Counter(meeting for meeting, _user in pairs)


def _read_told(rows: Collection[GroupCount]) -> dict[str, Counter[str]]:
    """What people said of themselves with their word and after the meeting."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        name = "input" if row.step == ToldStep.INPUT else "asked"
        if row.group == SAID:
            found[f"of_{name}"].update(dict.fromkeys(GROUPS, row.people))
            continue
        found[name][row.group] += row.people
        if name == "asked":
            found["content"][row.group] += row.content
    return found
