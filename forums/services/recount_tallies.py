"""What people gave, counted beside it: reactions and files of posts, supports and verdicts of ideas, votes of polls."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q

from forums.models import Idea, Poll, Post, PostFile, Reaction, Topic
from forums.services.drift import BATCH, Drift, compare
from forums.services.ledger import lock_topic
from forums.services.polls.counting import count_ballots


def recount_posts(*, repair: bool) -> Iterator[Drift]:
    """Posts that have reactions or files, by the rows or by what is kept."""
    given: dict[int, dict[str, int]] = defaultdict(dict)
    for post, kind, count in Reaction.objects.order_by().values_list("post", "kind").annotate(Count("pk")):
        given[post][kind] = count
    files = dict(PostFile.objects.order_by().values_list("post").annotate(Count("pk")))
    counted = Post.objects.exclude(tallies={}, file_count=0).values_list("pk", flat=True)
    wanted = sorted({*given, *files, *counted})
    for start in range(0, len(wanted), BATCH):
        for post in Post.objects.filter(pk__in=wanted[start : start + BATCH]).select_related("topic").order_by("pk"):
            name = f"post {post.topic.public_id}/{post.number}"
            drifts = list(compare(name, post, count_post(given.get(post.pk, {}), files.get(post.pk, 0))))
            yield from drifts
            if drifts and repair:
                mend_post(post)


def count_post(given: dict[str, int], files: int) -> dict[str, Any]:
    return {"tallies": given, "file_count": files}


@transaction.atomic
def mend_post(post: Post) -> None:
    """As the rows are under the topic's lock."""
    lock_topic(post.topic)
    given = dict(Reaction.objects.filter(post=post).order_by().values_list("kind").annotate(Count("pk")))
    Post.objects.filter(pk=post.pk).update(**count_post(given, PostFile.objects.filter(post=post).count()))


def recount_ideas(*, repair: bool) -> Iterator[Drift]:
    this_turn = Q(verdicts__turn=F("turn"))
    ideas = Idea.objects.select_related("topic").annotate(
        supporters=Count("supports", distinct=True),
        yes=Count("verdicts", filter=this_turn & Q(verdicts__is_done=True), distinct=True),
        no=Count("verdicts", filter=this_turn & Q(verdicts__is_done=False), distinct=True),
    )
    idea: Any  # with the three annotations
    for idea in ideas.order_by("pk").iterator(BATCH):
        true = {"support_count": idea.supporters, "yes_count": idea.yes, "no_count": idea.no}
        drifts = list(compare(f"idea {idea.topic.public_id}", idea, true))
        yield from drifts
        if drifts and repair:
            mend_idea(idea.topic)


@transaction.atomic
def mend_idea(topic: Topic) -> None:
    """As the rows are under the topic's lock."""
    idea: Idea = lock_topic(topic).idea
    verdicts = list(idea.verdicts.filter(turn=idea.turn).values_list("is_done", flat=True))
    idea.support_count = idea.supports.count()
    idea.yes_count, idea.no_count = verdicts.count(True), verdicts.count(False)
    idea.save(update_fields=["support_count", "yes_count", "no_count"])


def recount_polls(*, repair: bool) -> Iterator[Drift]:
    polls = Poll.objects.select_related("topic").prefetch_related("options", "ballots")
    for poll in polls.order_by("pk").iterator(BATCH):
        drifts = list(find_drift(poll))
        yield from drifts
        if drifts and repair:
            mend_poll(poll.topic)


def find_drift(poll: Poll) -> Iterator[Drift]:
    """Counts of the poll and its options that are not what the ballots say."""
    name, (ballots, counts) = f"poll {poll.topic.public_id}", count_poll(poll)
    yield from compare(name, poll, {"ballot_count": ballots})
    for option in poll.options.all():
        yield from compare(f"{name} option {option.number}", option, counts[option.number])


def count_poll(poll: Poll) -> tuple[int, dict[int, dict[str, Any]]]:
    """How many ballots there are, and what they give each option."""
    options, ballots = list(poll.options.all()), [ballot.choices for ballot in poll.ballots.all()]
    votes = count_ballots(ballots, way=poll.way, options=len(options))
    firsts = Counter(choices[0] for choices in ballots)
    numbers = [option.number for option in options]
    return len(ballots), {number: {"count": votes[number], "firsts": firsts[number]} for number in numbers}


@transaction.atomic
def mend_poll(topic: Topic) -> None:
    """As the rows are under the topic's lock."""
    poll: Poll = lock_topic(topic).poll
    ballots, counts = count_poll(poll)
    Poll.objects.filter(pk=poll.pk).update(ballot_count=ballots)
    for number, true in counts.items():
        poll.options.filter(number=number).update(**true)
