"""Sending a post: at once, or first to a moderator. What waits is let through by a moderator or by the clock,
as `patience` says.
"""

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import User
from accounts.rules import MODERATORS
from forums import rules
from forums.enums import (
    CostBand,
    HideReason,
    HoldReason,
    IdeaCategory,
    ModerationKind,
    PollShows,
    PollWay,
    TopicKind,
    TrustLevel,
)
from forums.errors import CaseError, NoPlaceError, check
from forums.models import Board, HeldPost, Mask, Post, Topic
from forums.models.post import to_hour
from forums.querysets import on_own_boards
from forums.services.boards import save_board
from forums.services.cases.deciding import hide
from forums.services.deciders import find_deciders
from forums.services.drafts import Words, find_draft, save_draft
from forums.services.following import name_board
from forums.services.ideas.facts import IdeaFacts
from forums.services.masking import keep_refusal, write_reply, write_topic
from forums.services.moderation import record
from forums.services.notices import moderating as news
from forums.services.patience import find_release
from forums.services.polls.making import PollFacts
from forums.services.trust import find_level, is_known_to_programme
from forums.services.watching import find_word_hold
from forums.services.writing import find_written, reply, start_topic
from notifications.services import notify
from places.models import Village
from ui.files.checking import CheckedFile


def submit_reply(
    topic: Topic,
    *,
    by: User,
    source: str,
    client_id: uuid.UUID,
    as_answer: bool = False,
    seen_answer: int | None = None,
    attached: Sequence[CheckedFile] = (),
) -> Post | HeldPost:
    """The post, or where it waits (without files: the brakes refuse them there). The same `client_id` again is the same
    one. Raises `NotAllowedError`, `AnsweredError` as `reply` does.
    """
    check(rules.can_reply, by, topic)
    why = find_hold(by, topic.board, source, client_id=client_id)
    if why is None:
        answer: dict[str, Any] = {"as_answer": as_answer, "seen_answer": seen_answer}
        return reply(topic, by=by, source=source, client_id=client_id, attached=attached, **answer)
    return hold(topic.board, by=by, why=why, topic=topic, source=source, client_id=client_id)


def submit_topic(
    board: Board,
    *,
    by: User,
    kind: TopicKind,
    title: str,
    source: str,
    client_id: uuid.UUID,
    idea: IdeaFacts | None = None,
    attached: Sequence[CheckedFile] = (),
    role: str = "",
    poll: PollFacts | None = None,
) -> Topic | HeldPost:
    """Likewise for a post that begins a topic. Raises `NotAllowedError`."""
    check(rules.can_announce if kind == TopicKind.ANNOUNCEMENT else rules.can_write_in, by, board)
    why = find_hold(by, board, "\n".join([title, source, poll.text if poll else ""]), client_id=client_id)
    if why is None:
        begun: Any = {"kind": kind, "title": title, "source": source, "idea": idea, "role": role, "poll": poll}
        return start_topic(board, by=by, client_id=client_id, attached=attached, **begun)
    facts = write_facts(idea) | {"role": role} | ({"poll": asdict(poll)} if poll else {})
    words: dict[str, Any] = {"kind": kind, "title": title, "source": source, "facts": facts}
    return hold(save_board(board), by=by, why=why, client_id=client_id, **words)


def find_hold(user: User, board: Board, text: str, *, client_id: uuid.UUID) -> HoldReason | None:
    """Why this post waits; None: it does not. A word comes first, since the clock does not let that through. What is
    posted already is found by its id and waits no more.
    """
    if is_known_to_programme(user, board):
        return None
    why = find_word_hold(text)
    if why is None and is_newcomer(user, board):
        why = HoldReason.FIRST
    return why if why and not find_written(user, client_id) else None


def is_newcomer(user: User, board: Board) -> bool:
    """Nobody knows the person yet, and fewer than the first posts have been let through and stand."""
    if not settings.FIRST_POSTS_HELD or is_known_to_programme(user, board):
        return False
    let_through = Post.objects.visible().filter(author=user).order_by()[: settings.FIRST_POSTS_HELD].count()
    return let_through < settings.FIRST_POSTS_HELD and find_level(user, board) == TrustLevel.NEW


@transaction.atomic
def hold(
    board: Board,
    *,
    why: HoldReason,
    client_id: uuid.UUID,
    by: User | None = None,
    mask: Mask | None = None,
    **words: Any,
) -> HeldPost:
    """Keep the words of a person, or of a mask, until somebody looked."""
    now = to_hour(timezone.now()) if mask else timezone.now()
    values = {
        "board": board,
        "why": why,
        "held_at": now,
        "release_at": find_release(why, now),
        **words,
    }
    row, is_new = HeldPost.objects.get_or_create(author=by, mask=mask, client_id=client_id, defaults=values)
    if is_new:
        transaction.on_commit(partial(tell_of_held_task.enqueue, row.pk))
    return row


def list_held(user: User) -> QuerySet[HeldPost]:
    """What this moderator may let through: not their own, also under a mask, not on the board of their own office. The
    second only their own session can tell, so that who is told of it (`list_held_for`) says nothing.
    """
    rows = list_held_for(user)
    masks = Mask.objects.filter(pk__in=rows.filter(mask__isnull=False).order_by().values("mask"))
    return rows.exclude(mask__in=rules.list_worn(user, masks)).select_related("author", "mask", "topic", "board")


def list_held_for(user: User) -> QuerySet[HeldPost]:
    """The same as far as the rows alone can tell. The programme has what waits too long."""
    rows = HeldPost.objects.all() if rules.can_moderate(user) else HeldPost.objects.filter(escalated_at__isnull=False)
    if not rules.can_see_queue(user):
        return rows.none()
    return rows.exclude(author=user).exclude(on_own_boards(user))


@transaction.atomic
def take_back(held: HeldPost, *, by: User) -> str:
    """The author wants it back; answers the words, which wait as a draft where they came from. Of a mask no draft is
    kept. Raises `NotAllowedError`.
    """
    check(rules.owns, by, held)
    held.delete()  # before the draft: the order in which topics are joined
    if held.mask is None:
        keep_as_draft(held, by)
    return held.source


def keep_as_draft(held: HeldPost, user: User) -> None:
    """After what the person began there meanwhile. Of a topic that is hidden they wait as a new one."""
    can_return = held.topic is not None and not held.topic.is_hidden and held.topic.moved_to_id is None
    key = f"topic-{held.topic.public_id}" if held.topic and can_return else f"board-{held.board.slug}"
    begun = find_draft(key, user)
    texts = [begun.source.strip(), held.source] if begun and begun.source.strip() else [held.source]
    poll = read_poll_facts(held)
    texts += [poll.text] if poll else []
    title = (begun.title if begun else "") or held.title
    save_draft(key, Words("\n\n".join(texts), title), by=user)


def release(held: HeldPost, *, by: User | None = None) -> Post:
    """Everybody can read it now, under the next number. `by` is the moderator, None the clock. Raises
    `NotAllowedError`, and `CaseError` when somebody was faster or the topic was closed meanwhile.
    """
    with transaction.atomic():
        post = _let_through(held, by)
        if by is not None:
            record(post, by=by, kind=ModerationKind.RELEASE)
        transaction.on_commit(partial(tell_of_release_task.enqueue, post.pk))
        return post


def refuse(held: HeldPost, *, by: User, reason: HideReason, note: str = "") -> Post | None:
    """It takes its place and is hidden in the same moment, so that the place says why and its author can appeal. What
    has no place any more (None) goes, and its author is told. Raises as `release` does.
    """
    try:
        with transaction.atomic():
            return hide(_let_through(held, by), by=by, reason=reason, note=note or held.get_why_display())
    except NoPlaceError:
        _drop(held, reason)
        return None


@transaction.atomic
def _drop(held: HeldPost, reason: HideReason) -> None:
    """A notification would say whose a protected one was: it waits on the page of what the person wrote so."""
    deleted, _rows = HeldPost.objects.filter(pk=held.pk).delete()
    if not deleted:
        raise CaseError(_("Somebody has decided this already."))
    if held.mask is not None:
        keep_refusal(held, held.mask, reason)
    if held.author is not None:
        told = partial(tell_of_refusal_task.enqueue, held.author.pk, str(held.public_id), held.heading, str(reason))
        transaction.on_commit(told)


def _lock(held: HeldPost) -> HeldPost:
    """The row as it stands now, alone at it. Topic first, then what waits for it: the order of whoever moves or joins
    topics; one that was joined meanwhile leads to the other. Raises `CaseError`.
    """
    rows, topic = HeldPost.objects.filter(pk=held.pk), None
    while (now := rows.values_list("topic", flat=True).first()) != topic:
        topic = now
        Topic.objects.select_for_update().filter(pk=topic or 0).values_list("pk").first()
    parts = rows.select_related("author", "mask", "topic__board", "board")
    found = parts.select_for_update(of=("self",)).first()
    if found is None:
        raise CaseError(_("Somebody has decided this already."))
    return found


def _let_through(held: HeldPost, by: User | None) -> Post:
    if by is not None:
        check(rules.can_release, by, held)  # before it is said whether it still waits
    found = _lock(held)
    if by is not None:
        check(rules.can_release, by, found)  # it may be for another board now
    if found.mask is not None:
        return _let_through_masked(found, found.mask)
    if found.author is None or not _can_write_still(found, found.author):
        raise NoPlaceError(_("Nobody can reply to this topic any more."))
    words: dict[str, Any] = {"by": found.author, "source": found.source, "client_id": found.client_id}
    if found.topic is None:
        words |= {"kind": TopicKind(found.kind), "title": found.title, "idea": read_facts(found)}
        words |= {"role": found.facts.get("role", ""), "poll": read_poll_facts(found)}
        made = start_topic(found.board, **words)
        post = made.posts.select_related("author").get(number=1)
        post.topic = made
    else:
        post = reply(found.topic, **words)
    found.delete()
    return post


def _can_write_still(held: HeldPost, author: User) -> bool:
    if not author.is_active:
        return False
    if held.topic is not None:
        return rules.can_reply(author, held.topic)
    return (rules.can_announce if held.kind == TopicKind.ANNOUNCEMENT else rules.can_write_in)(author, held.board)


def _let_through_masked(held: HeldPost, mask: Mask) -> Post:
    """Nobody needs to know whose it is to write it."""
    words: dict[str, Any] = {"source": held.source, "client_id": held.client_id}
    if held.topic is None:
        made = write_topic(held.board, mask, kind=TopicKind(held.kind), title=held.title, **words)
        post = made.posts.select_related("mask").get(number=1)
        post.topic = made
    elif not held.topic.takes_replies:
        raise NoPlaceError(_("Nobody can reply to this topic any more."))
    else:
        post = write_reply(held.topic, mask, **words)
    held.delete()
    return post


def write_facts(idea: IdeaFacts | None) -> dict[str, Any]:
    """What an idea says of itself, as it is kept while it waits."""
    if idea is None:
        return {}
    village = idea.village.pk if idea.village else None
    return {"category": idea.category, "village": village, "place": idea.place, "cost": idea.cost}


def read_facts(held: HeldPost) -> IdeaFacts | None:
    if "category" not in held.facts:
        return None
    category, cost = held.facts["category"], held.facts["cost"]
    return IdeaFacts(
        category=IdeaCategory(category) if category else None,
        village=Village.objects.filter(pk=held.facts["village"]).first() if held.facts["village"] else None,
        place=held.facts["place"],
        cost=CostBand(cost) if cost else None,
    )


def read_poll_facts(held: HeldPost) -> PollFacts | None:
    """The poll that begins with it."""
    kept = held.facts.get("poll")
    return PollFacts(**{**kept, "way": PollWay(kept["way"]), "shows": PollShows(kept["shows"])}) if kept else None


def collect_held(user: User) -> list[dict[str, Any]]:
    """What waits of this person, JSON-ready."""
    rows = HeldPost.objects.filter(author=user).select_related("topic", "board")
    return [
        {
            "board": row.board.slug,
            "title": row.heading,
            "text": row.source,
            "poll": poll.text if (poll := read_poll_facts(row)) else "",
            "held_at": row.held_at.isoformat(),
        }
        for row in rows
    ]


def forget_held(user: User) -> None:
    """What nobody has read yet goes with its author."""
    HeldPost.objects.filter(author=user).delete()


@task()
def tell_of_held_task(pk: int) -> None:
    held = HeldPost.objects.select_related("board").filter(pk=pk).first()
    if held is not None:
        judges = find_deciders([MODERATORS], list_held_for, held)
        data = {"board": name_board(held.board), "why": held.why}
        notify(judges, kind=news.HELD, url="/forum/reports/held/", dedupe_key=f"held:{pk}", data=data, group_key="held")


@task()
def tell_of_release_task(pk: int) -> None:
    post = Post.objects.select_related("author", "topic").filter(pk=pk).first()
    if post is not None and post.author is not None:
        data = {"title": post.topic.title}
        url = post.get_absolute_url()
        notify([post.author], kind=news.RELEASED, url=url, dedupe_key=f"released:{pk}", data=data)


@task()
def tell_of_refusal_task(user: int, public_id: str, title: str, reason: str) -> None:
    people = list(User.objects.filter(pk=user, is_active=True))
    data = {"title": title, "reason": reason}
    notify(people, kind=news.REFUSED, url="/forum/trust/", dedupe_key=f"refused:{public_id}", data=data)
