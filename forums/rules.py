"""Who may do what in the forum. Views, services, the API and templates ask these names and nothing else.

Each takes (user, thing) and answers yes or no; a visitor may only read. Who may read is `visible_to` of querysets.
"""

import rules

from accounts.models import Membership, User
from accounts.rules import is_member_of, is_moderator, may_post, speaks_for
from forums.enums import SeatRole, TopicKind
from forums.models import Board, Post, Seat, Topic
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


def can_read(user: Reader, board: Board) -> bool:
    """What `visible_to` says, of a board at hand; a public one costs no query."""
    return not board.is_private or Board.objects.visible_to(user).filter(pk=board.pk).exists()


def can_write_in(user: Reader, board: Board | None = None) -> bool:
    """From 15, where one may read."""
    return user.is_authenticated and bool(may_post(user)) and (board is None or can_read(user, board))


def leads(user: Reader, board: Board) -> bool:
    """Keeps a private board: whoever acts for the office, the facilitators of the cohort. They invite guests."""
    if not (board.is_private and user.is_authenticated):
        return False
    if board.office_id:
        return bool(is_member_of(user, board.office)) and can_read(user, board)
    return Seat.objects.filter(board=board, user=user.pk, role=SeatRole.LEAD).exists()


def can_announce(user: Reader, board: Board) -> bool:
    """Officials and those who lead on their own board, moderators anywhere."""
    return can_write_in(user, board) and (can_moderate(user) or is_official_on(user, board) or leads(user, board))


def can_reply(user: Reader, topic: Topic) -> bool:
    return can_write_in(user, topic.board) and not (topic.is_hidden or topic.is_locked)


def can_keep_order(user: Reader, topic: Topic) -> bool:
    """Pins and closes: moderators; officials their announcements; who leads a private board."""
    if can_moderate(user):
        return True
    is_own = topic.kind == TopicKind.ANNOUNCEMENT and is_official_on(user, topic.board)
    return not topic.is_hidden and can_write_in(user) and (is_own or leads(user, topic.board))


def can_rearrange(user: Reader, topic: Topic) -> bool:
    """Moves, joins and parts topics; and keeps one at the top of the whole forum."""
    return can_moderate(user)


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
rules.add_perm("forums.keep_order", rules.predicate(can_keep_order))
rules.add_perm("forums.rearrange", rules.predicate(can_rearrange))
rules.add_perm("forums.lead_board", rules.predicate(leads))
rules.add_perm("forums.moderate_post", rules.predicate(can_moderate))
