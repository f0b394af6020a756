"""Voting, changing the vote and taking it back, until the end. No change of a vote is logged."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from accounts.models import User
from forums import rules
from forums.enums import Part
from forums.errors import NotReadyError, WrongStateError, check
from forums.models import Ballot, Poll, Topic
from forums.services.ledger import Ledger, writing_to
from forums.services.polls.counting import is_valid, weigh_ballot
from forums.services.polls.seals import make_seals

Choices = Sequence[int]


def vote(topic: Topic, choices: Choices, *, by: User) -> Poll:
    """This person's ballot is now this one: numbers of options, the best first; none at all takes it back. The same
    again changes nothing. Raises `NotAllowedError`, `WrongStateError` after the end, `NotReadyError` for a ballot that
    this poll does not take.
    """
    with writing_to(topic) as ledger:
        check(rules.can_vote, by, ledger.topic)
        poll: Poll = ledger.topic.poll
        if poll.is_over:
            raise WrongStateError
        size = poll.options.count()
        if choices and not is_valid(choices, way=poll.way, options=size, most=poll.most):
            raise NotReadyError
        seals = make_seals(ledger.topic.public_id, by.pk)
        ballot = Ballot.objects.filter(poll=poll, key__in=seals).first()
        before: Choices = ballot.choices if ballot else []
        choices = list(choices) if poll.is_ranked else sorted(choices)
        if choices != before:
            keep_ballot(poll, ballot, choices, seal=seals[0], by=by)
            recount(ledger, poll, before, choices, size)
        return poll


def keep_ballot(poll: Poll, ballot: Ballot | None, choices: Choices, *, seal: str, by: User) -> None:
    """Write, change or take away. A closed ballot keeps neither name nor time."""
    if not choices:
        if ballot is not None:
            ballot.delete()
        return
    ballot = ballot or Ballot(poll=poll, key=seal)
    ballot.choices = list(choices)
    if not poll.is_secret:
        ballot.voter, ballot.voted_at = by, timezone.now()
    ballot.save()


def recount(ledger: Ledger, poll: Poll, before: Choices, after: Choices, size: int) -> None:
    """The stored counts follow one changed ballot, and open pages see them."""
    lost, won = (weigh_ballot(each, way=poll.way, options=size) for each in (before, after))
    for option in poll.options.all():
        change = won[option.number] - lost[option.number]
        first = int(after[:1] == [option.number]) - int(before[:1] == [option.number])
        if change or first:
            option.count += change
            option.firsts += first
            option.save(update_fields=["count", "firsts"])
    poll.ballot_count += bool(after) - bool(before)
    poll.save(update_fields=["ballot_count"])
    ledger.note_part(Part.POLL)


def collect_ballots(user: User) -> list[dict[str, Any]]:
    """For the person's own copy of their data: also closed ballots, which only they can find."""
    polls = Poll.objects.select_related("topic").only("question", "topic__public_id")
    seals = {seal: poll for poll in polls for seal in make_seals(poll.topic.public_id, user.pk)}
    rows = find_own(list(seals))
    return [
        {"topic": str(seals[row.key].topic.public_id), "question": seals[row.key].question, "choices": row.choices}
        for row in rows
    ]


def find_own(seals: list[str]) -> list[Ballot]:
    """Ballots under these seals."""
    return [
        row for start in range(0, len(seals), 500) for row in Ballot.objects.filter(key__in=seals[start : start + 500])
    ]


def forget_ballots(user: User) -> None:
    """Where people still vote the vote goes with the account; what was counted at an end stays, without a name."""
    running = Topic.objects.filter(poll__ended_at=None).only("public_id")
    seals = {seal: topic for topic in running for seal in make_seals(topic.public_id, user.pk)}
    for row in find_own(list(seals)):
        with writing_to(seals[row.key]) as ledger:
            poll, ballot = ledger.topic.poll, Ballot.objects.filter(pk=row.pk).first()
            if ballot is not None:
                ballot.delete()
                recount(ledger, poll, ballot.choices, [], poll.options.count())
    Ballot.objects.filter(voter=user).update(voter=None)
