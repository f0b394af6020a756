"""Starting a topic, replying, editing and deleting one's own post."""

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from forums import rendering, rules
from forums.enums import EventKind, PostState, TopicKind
from forums.errors import AnsweredError, ClashError, WatchedWordError, check
from forums.models import Board, Post, Topic
from forums.models.post import to_hour
from forums.services.answers import put_answer
from forums.services.boards import save_board
from forums.services.files import Bag, check_count, compare_files, pack, remove_files
from forums.services.following import follow_own, tell_when_kept
from forums.services.ideas.facts import IdeaFacts, change_facts, make_idea
from forums.services.ledger import Ledger, writing_to
from forums.services.mentions import find_named, keep_mentions, links_of
from forums.services.officials import official_fields
from forums.services.polls.making import PollFacts, make_poll, tidy
from forums.services.questions.clock import make_asked
from forums.services.quotes import check_quotes, keep_quotes, withhold_quotes
from forums.services.taking_back import take_back
from forums.services.versions import keep_version
from forums.services.watching import flag, refuse_words
from ui.files.checking import CheckedFile


def start_topic(
    board: Board,
    *,
    by: User,
    kind: TopicKind,
    title: str,
    source: str,
    client_id: uuid.UUID | None = None,
    idea: IdeaFacts | None = None,
    attached: Sequence[CheckedFile] = (),
    role: str = "",
    poll: PollFacts | None = None,
) -> Topic:
    """A new topic with its first post, and the poll beside it. The same `client_id` again returns the topic it made.

    A commune's board that has never been written in is saved here. Raises `NotAllowedError`, `NotReadyError` for unfit
    options of a poll.
    """
    check(rules.can_announce if kind == TopicKind.ANNOUNCEMENT else rules.can_write_in, by, board)
    client_id = client_id or uuid.uuid4()
    made = find_written(by, client_id)
    if made:
        return made.topic
    try:
        with pack(attached) as bag, transaction.atomic():
            words: Any = {"title": title, "source": source, "role": role, "idea": idea, "poll": poll and tidy(poll)}
            return write_topic(save_board(board), by=by, kind=kind, client_id=client_id, bag=bag, **words)
    except IntegrityError:  # its twin of a double click came first
        made = find_written(by, client_id)
        if made is None:
            raise
        return made.topic


def write_topic(
    board: Board,
    *,
    by: User,
    kind: TopicKind,
    title: str,
    source: str,
    client_id: uuid.UUID,
    idea: IdeaFacts | None = None,
    bag: Bag | None = None,
    role: str = "",
    poll: PollFacts | None = None,
) -> Topic:
    """The rows of a new topic; inside the caller's transaction, without asking who may."""
    source, title = rendering.clean(source), tidy_title(title)
    topic = Topic(board=board, author=by, kind=kind, title=title)
    topic.is_private = board.is_private
    topic.save()
    if topic.is_idea:
        make_idea(topic, idea or IdeaFacts())
    if topic.is_question and board.commune_id:
        make_asked(topic, role=role)
    ledger = Ledger(topic, is_new=True)
    write_post(ledger, by=by, source=source, client_id=client_id, bag=bag)
    if poll is not None:
        make_poll(ledger, poll)
    ledger.close()
    return topic


def reply(
    topic: Topic,
    *,
    by: User,
    source: str,
    client_id: uuid.UUID | None = None,
    as_answer: bool = False,
    seen_answer: int | None = None,
    attached: Sequence[CheckedFile] = (),
) -> Post:
    """A new post. The same `client_id` again returns the post it made, so a double click or a retry writes once.

    `as_answer` also marks it as the official answer, in place of the one that the person saw: `seen_answer` is its
    number, 0 for none. Raises `NotAllowedError`, `AnsweredError` when a colleague answered meanwhile.
    """
    client_id = client_id or uuid.uuid4()
    with pack(attached) as bag, writing_to(topic) as ledger:
        check(rules.can_reply, by, ledger.topic)
        made = find_written(by, client_id)
        if made:
            return made
        if as_answer and seen_answer is not None:
            check_answer(ledger.topic, seen_answer, by=by)
        post = write_post(ledger, by=by, source=rendering.clean(source), client_id=client_id, bag=bag)
        if as_answer:
            check(rules.can_mark, by, post)
            put_answer(ledger, post)
        return post


def edit(
    post: Post,
    *,
    by: User,
    source: str,
    title: str = "",
    idea: IdeaFacts | None = None,
    version: int | None = None,
    attached: Sequence[CheckedFile] = (),
    dropped: Collection[uuid.UUID] = (),
) -> Post:
    """New words and other files for one's own post, with the first one also another `title` and what the idea says of
    itself; it says that it was edited, and the old words stay in its history.

    `version` is the edition that the person had before them: raises `ClashError` when another one came since, unless
    it says the same. Raises `NotAllowedError`, `WatchedWordError` for a new word that would make a post wait, and
    `TooManyFilesError`.
    """
    with pack() as bag, writing_to(post.topic) as ledger:
        post = ledger.read(post)
        check(rules.can_edit, by, post)
        source = check_quotes(rendering.clean(source), ledger.topic, former=post.source)
        files = compare_files(post, attached, dropped)
        called = ledger.topic.title
        title = (post.number == 1 and tidy_title(title)) or called
        if idea is not None and post.number == 1 and ledger.topic.is_idea:
            change_facts(ledger, idea, by=by)
        if source == post.source and title == called and not files:
            return post
        if version not in {None, post.version}:
            raise ClashError(post)
        former = f"{called}\n{post.source}"
        if refusal := refuse_words(f"{title}\n{source}", by=by, board=ledger.topic.board, former=former):
            raise WatchedWordError(refusal)
        check_count(files)
        moved = {"added": len(files.fresh), "dropped": len(files.gone)}
        keep_version(post, title=called if title != called else "", **moved)
        ledger.topic.title = title
        remove_files(post, files.gone)
        bag.files = files.fresh
        bag.put_under(post)
        put_words(ledger, post, source, by=by)
        ledger.note(EventKind.EDITED, post)
        flag(post, former=former)
        return post


def check_answer(topic: Topic, seen: int, *, by: User) -> None:
    """Raises `AnsweredError`."""
    if topic.answer is not None and topic.answer.number != seen and topic.answer.author_id != by.pk:
        raise AnsweredError


def tidy_title(title: str) -> str:
    """On one line."""
    return " ".join(rendering.clean(title).split())


def put_words(ledger: Ledger, post: Post, source: str, *, by: User) -> None:
    """The words of a new edition, and what they point to."""
    named = find_named(ledger.topic, source, by=by)
    post.source, post.named, post.edited_at = source, links_of(named), timezone.now()
    post.html, post.renderer_version = rendering.to_html(source, post.named), rendering.VERSION
    post.save()
    keep_quotes(post)
    keep_mentions(post, named)


def delete(post: Post, *, by: User, reason: str = "") -> Post:
    """Take back one's own post; its place says that it was deleted, and why. Raises `NotAllowedError`, and
    `WatchedWordError` for a reason that would have to wait.
    """
    with writing_to(post.topic) as ledger:
        post = ledger.read(post)
        check(rules.can_delete, by, post)
        if refusal := refuse_words(reason, by=by, board=ledger.topic.board):
            raise WatchedWordError(refusal)
        take_away(ledger, post, PostState.DELETED, reason)
        if reason:
            flag(post, reason)
        return post


def write_post(ledger: Ledger, *, by: User, source: str, client_id: uuid.UUID, bag: Bag | None = None) -> Post:
    """The next post of a locked topic, official when its author answers for the board's commune."""
    source = check_quotes(source, ledger.topic)
    named = find_named(ledger.topic, source, by=by)
    links = links_of(named)
    post = Post.objects.create(
        topic=ledger.topic,
        number=ledger.next_number(),
        author=by,
        client_id=client_id,
        source=source,
        html=rendering.to_html(source, links),
        named=links,
        renderer_version=rendering.VERSION,
        **official_fields(by, ledger.topic.board),
    )
    ledger.topic.post_count += 1
    keep_quotes(post)
    keep_mentions(post, named)
    if bag is not None:
        bag.put_under(post)
    ledger.note(EventKind.POSTED, post)
    follow_own(post)
    flag(post)
    tell_when_kept(post)
    return post


def take_away(ledger: Ledger, post: Post, state: PostState, reason: str) -> None:
    """A visible post leaves the reader's eyes; as the official answer it is one no longer."""
    now = to_hour(timezone.now()) if post.mask_id else timezone.now()
    post.state, post.removed_at, post.removal_reason = state, now, rendering.clean(reason)[:300]
    post.save()
    ledger.topic.post_count -= 1
    if ledger.topic.answer_id == post.pk:
        ledger.topic.answer = None
    if state == PostState.DELETED:
        remove_files(post)
        if post.number == 1:
            take_back(ledger)
    withhold_quotes(ledger, post)
    ledger.note(EventKind.REMOVED, post)


def find_written(author: User, client_id: uuid.UUID) -> Post | None:
    """The post this author already made under this id."""
    return Post.objects.select_related("topic__board", "author").filter(author=author, client_id=client_id).first()
