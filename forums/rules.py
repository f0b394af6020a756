"""Who may do what in the forum. Views, services, the API and templates ask these names and nothing else.

Each takes (user, thing) and answers yes or no; a visitor may only read. Who may read is `visible_to` of querysets.
"""

import rules

from accounts.models import Membership, User
from accounts.rules import is_moderator, may_post, speaks_for
from forums.models import Board, Post, Topic
from forums.querysets import Reader


def find_official_membership(user: Reader, board: Board) -> Membership | None:
    """By which this person's word is official on this board: active, in the verified office of its commune."""
    if not isinstance(user, User) or board.commune is None or not speaks_for(user, board.commune):
        return None
    return next((held for held in user.active_memberships if held.organisation.commune_id == board.commune_id), None)


def is_official_on(user: Reader, board: Board) -> bool:
    return find_official_membership(user, board) is not None


def can_moderate(user: Reader, thing: object = None) -> bool:
    return bool(is_moderator(user))


def can_write_in(user: Reader, board: Board | None = None) -> bool:
    """From 15."""
    return user.is_authenticated and bool(may_post(user))


def can_announce(user: Reader, board: Board) -> bool:
    """Officials on their own board, moderators anywhere."""
    return can_write_in(user) and (can_moderate(user) or is_official_on(user, board))


def can_reply(user: Reader, topic: Topic) -> bool:
    return can_write_in(user) and not topic.is_hidden


def can_edit(user: Reader, post: Post) -> bool:
    return can_delete(user, post) and can_write_in(user)


def can_delete(user: Reader, post: Post) -> bool:
    """One's own, while others can read it; at any age."""
    return user.is_authenticated and post.author_id == user.pk and post.is_visible and not post.topic.is_hidden


def can_report(user: Reader, post: Post) -> bool:
    """Any member, of any age, what others wrote and everyone can read."""
    return user.is_authenticated and post.author_id != user.pk and post.is_visible and not post.topic.is_hidden


def can_react(user: Reader, post: Post) -> bool:
    """Whoever may write, to what others wrote and everyone can read."""
    return can_write_in(user) and post.author_id != user.pk and post.is_visible and not post.topic.is_hidden


def can_mark(user: Reader, post: Post) -> bool:
    """An official of the commune, an official reply to a question that others can read."""
    topic = post.topic
    if not (topic.is_question and post.is_official and post.number > 1 and post.is_visible) or topic.is_hidden:
        return False
    return can_write_in(user) and is_official_on(user, topic.board)


rules.add_perm("forums.write_in_board", rules.predicate(can_write_in))
rules.add_perm("forums.announce_in_board", rules.predicate(can_announce))
rules.add_perm("forums.reply_to_topic", rules.predicate(can_reply))
rules.add_perm("forums.edit_post", rules.predicate(can_edit))
rules.add_perm("forums.delete_post", rules.predicate(can_delete))
rules.add_perm("forums.react_to_post", rules.predicate(can_react))
rules.add_perm("forums.mark_post", rules.predicate(can_mark))
rules.add_perm("forums.report_post", rules.predicate(can_report))
rules.add_perm("forums.moderate_post", rules.predicate(can_moderate))
