"""Who may do what in the forum. Views, services, the API and templates ask these names and nothing else.

Each takes (user, thing) and answers yes or no; a visitor may only read. Who may read is `visible_to` of querysets.
"""

import hmac
from collections.abc import Iterable

import rules

from accounts.enums import OrganisationKind
from accounts.models import Membership, User
from accounts.rules import is_member_of, is_moderator, is_programme_staff, may_post, speaks_for
from forums import seals
from forums.enums import Desk, SeatRole, TopicKind
from forums.models import Board, Case, HeldPost, IdeaStep, Mask, ModerationAction, Post, Seat, Topic
from forums.querysets import Reader

MOST_TURNS = 4  # a question is opened again three times; then it is a matter for a meeting


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
    return topic.takes_replies and can_write_in(user, topic.board)


def can_keep_order(user: Reader, topic: Topic) -> bool:
    """Pins and closes: moderators of other offices; officials their announcements; who leads a private board."""
    if can_moderate_on(user, topic.board):
        return True
    is_own = topic.kind == TopicKind.ANNOUNCEMENT and is_official_on(user, topic.board)
    return not topic.is_hidden and can_write_in(user) and (is_own or leads(user, topic.board))


def can_rearrange(user: Reader, topic: Topic) -> bool:
    """Moves, joins and parts topics, and keeps one at the top of the whole forum: moderators who do not belong to the
    office that people speak of there.
    """
    return can_moderate_on(user, topic.board)


def wears(user: Reader, mask: Mask | None) -> bool:
    """Whether this is the person's own mask: only their own session can tell."""
    if mask is None or not isinstance(user, User) or not seals.is_available():
        return False
    return hmac.compare_digest(mask.tag, seals.make_tag(user.public_id, mask.topic_key))


def list_worn(user: Reader, masks: Iterable[Mask]) -> list[Mask]:
    """Those of these masks that are the person's own."""
    return [mask for mask in masks if wears(user, mask)]


def wrote(user: Reader, post: Post) -> bool:
    """Under their name or under their mask."""
    return user.is_authenticated and (post.author_id == user.pk or (bool(post.mask_id) and wears(user, post.mask)))


def can_protect(user: Reader, board: Board) -> bool:
    """Writes under a mask: where everybody reads, and never who answers for the commune there."""
    is_office = is_official_on(user, board) or is_of_commune(user, board)
    return seals.is_available() and can_write_in(user, board) and not (board.is_private or is_office)


def speaks_still(user: Reader, post: Post) -> bool:
    """What was said for an office stays the office's word when its writer leaves; a colleague answers anew instead of
    putting words under another person's name.
    """
    return not post.is_official or (post.office is not None and bool(speaks_for(user, post.office)))


def can_edit(user: Reader, post: Post) -> bool:
    """A protected post is deleted and written anew: its editions would tell when its author was here."""
    return not post.mask_id and can_delete(user, post) and can_write_in(user)


def can_delete(user: Reader, post: Post) -> bool:
    """One's own, while others can read it; at any age. What one said for an office, while one speaks for it."""
    return wrote(user, post) and post.is_visible and not post.topic.is_hidden and speaks_still(user, post)


def can_report(user: Reader, post: Post) -> bool:
    """Any member, of any age, what others wrote and everyone can read, also as the reason of a deletion."""
    return user.is_authenticated and not wrote(user, post) and post.shows_words and not post.topic.is_hidden


def can_react(user: Reader, post: Post) -> bool:
    """Whoever may write, to what others wrote and everyone can read."""
    return can_write_in(user) and not wrote(user, post) and post.is_visible and not post.topic.is_hidden


def can_quiet(user: Reader, post: Post) -> bool:
    """Folds what somebody else writes under their name, for oneself; what they say for an office is never folded. From
    a post that can be read: of one that is away nobody learns whose it was.
    """
    author = post.author
    if not user.is_authenticated or author is None or author.pk == user.pk or author.is_deleted:
        return False
    return post.is_visible and not post.is_for_all


def can_mark(user: Reader, post: Post) -> bool:
    """An official of the commune, an official reply to a question that others can read."""
    topic = post.topic
    if not (topic.is_question and post.is_official and post.number > 1 and post.is_visible) or topic.is_hidden:
        return False
    return can_write_in(user) and is_official_on(user, topic.board)


def is_party(user: Reader, post: Post) -> bool:
    """Wrote it, or belongs to the office concerned: the one it speaks for or the one of its board's commune."""
    if not isinstance(user, User):
        return False
    is_of_office = any(held.organisation_id == post.office_id for held in user.active_memberships)
    return wrote(user, post) or is_of_office or is_of_commune(user, post.topic.board)


def is_of_commune(user: Reader, board: Board) -> bool:
    """Belongs to an organisation of the board's commune, or to the office whose own board it is, in any role."""
    if not isinstance(user, User) or not (board.commune_id or board.office_id):
        return False
    held = [membership.organisation for membership in user.active_memberships]
    return any(
        (board.commune_id and office.commune_id == board.commune_id) or office.pk == board.office_id for office in held
    )


def is_of_office(user: Reader, board: Board) -> bool:
    """Belongs to the office of the board's commune, in any role."""
    if not isinstance(user, User) or not board.commune_id:
        return False
    offices = [held.organisation for held in user.active_memberships]
    return any(
        office.kind == OrganisationKind.COMMUNE_OFFICE and office.commune_id == board.commune_id for office in offices
    )


def can_moderate_on(user: Reader, board: Board) -> bool:
    """A moderator who does not belong to the office that people speak of there."""
    return can_moderate(user) and not is_of_commune(user, board)


def can_judge(user: Reader, post: Post) -> bool:
    """A moderator who is no party."""
    return can_moderate(user) and not is_party(user, post)


def can_hide(user: Reader, post: Post) -> bool:
    """A moderator who is no party and did not report it: a colleague decides that. One query, for moderators alone."""
    return can_judge(user, post) and not post.reports.filter(reporter=user.pk).exists()


def owns(user: Reader, held: HeldPost) -> bool:
    """Wrote what waits."""
    return user.is_authenticated and (held.author_id == user.pk or wears(user, held.mask))


def can_release(user: Reader, held: HeldPost) -> bool:
    """Lets it through: a moderator, or the programme once it waits too long; who did not write it and is not of the
    office concerned. Refusing is for moderators, as hiding is.
    """
    sits = can_moderate(user) or (held.escalated_at is not None and bool(is_programme_staff(user)))
    return sits and not is_of_commune(user, held.board) and not owns(user, held)


def can_see_queue(user: Reader, thing: object = None) -> bool:
    """Whoever sits at a desk."""
    return can_moderate(user) or bool(is_programme_staff(user))


def can_appeal(user: Reader, act: ModerationAction) -> bool:
    """Who wrote the post."""
    return wrote(user, act.post)


def sits_at(user: Reader, case: Case) -> bool:
    """Whose desk it is. The programme also hears appeals, so that none waits for want of a moderator from elsewhere,
    and alarms, which are for whoever is awake.
    """
    if is_programme_staff(user):
        return case.desk == Desk.PROGRAMME or case.is_appeal or case.is_urgent or can_moderate(user)
    return case.desk == Desk.MODERATORS and can_moderate(user)


def can_decide(user: Reader, case: Case) -> bool:
    """No party, not who reported it; an appeal: not who decided before, and nobody from the same place."""
    if not isinstance(user, User) or not sits_at(user, case) or is_party(user, case.post):
        return False
    if any(report.reporter_id == user.pk for report in case.post.reports.all()):
        return False
    return case.against is None or is_from_elsewhere(user, case.against, case.post.topic.board)


def is_from_elsewhere(user: User, act: ModerationAction, board: Board) -> bool:
    """Another person, of another district than who decided and than the board. Whose place is unknown cannot say so;
    only the programme, which belongs to no place, may then decide.
    """
    own, theirs = find_districts(user), set(act.districts)
    if board.commune is not None:
        theirs.add(board.commune.code[:4])
    return act.moderator_id != user.pk and not own & theirs and bool(own or is_programme_staff(user))


def find_districts(user: User) -> set[str]:
    """Codes of the districts a person belongs to: home, where they live now, where they hold an office. Asked once per
    user object.
    """
    if "district_codes" not in user.__dict__:
        places = [
            user.home_commune,
            user.current_commune,
            *(held.organisation.commune for held in user.active_memberships),
        ]
        user.__dict__["district_codes"] = {place.code[:4] for place in places if place}
    codes: set[str] = user.__dict__["district_codes"]
    return codes


def can_move_idea(user: Reader, topic: Topic) -> bool:
    """The office of the commune whose board it is; what its author took back only where it has begun already."""
    if not topic.is_idea or topic.is_hidden or (topic.is_taken_back and topic.idea.step_count == 1):
        return False
    return can_write_in(user, topic.board) and is_official_on(user, topic.board)


def can_care(user: Reader, step: IdeaStep) -> bool:
    """Looks at what residents said: a moderator who does not belong to the office whose work it is."""
    return step.is_of_residents and can_moderate_on(user, step.idea.topic.board)


def can_report_step(user: Reader, step: IdeaStep) -> bool:
    """Any member, of any age, what everybody reads."""
    return user.is_authenticated and step.is_of_residents and step.is_shown and not step.idea.topic.is_hidden


def can_add_poll(user: Reader, topic: Topic) -> bool:
    """One poll, by the topic's author."""
    is_free = not (topic.is_hidden or topic.is_locked or topic.is_taken_back) and getattr(topic, "poll", None) is None
    return is_free and topic.author_id == user.pk and can_write_in(user, topic.board)


def can_run_poll(user: Reader, topic: Topic) -> bool:
    """Ends it early, or takes it away while nobody has voted: its author."""
    poll = getattr(topic, "poll", None)
    return poll is not None and not poll.is_over and user.is_authenticated and topic.author_id == user.pk


def can_vote(user: Reader, topic: Topic) -> bool:
    """Whoever may write there, its author too."""
    is_open = not topic.is_hidden and not topic.is_locked and getattr(topic, "poll", None) is not None
    return is_open and can_write_in(user, topic.board)


def began(user: Reader, topic: Topic) -> bool:
    """Under their name or under their mask; only a topic with protected posts and no author costs a query."""
    if not user.is_authenticated or topic.author_id is not None or not topic.has_protected:
        return user.is_authenticated and topic.author_id == user.pk
    first = Post.objects.select_related("mask").filter(topic=topic, number=1, mask__isnull=False).first()
    return first is not None and wears(user, first.mask)


def can_rate(user: Reader, topic: Topic) -> bool:
    """Who asked an office and has its answer."""
    is_answered = topic.is_question and topic.answer_id is not None and getattr(topic, "asked", None) is not None
    return is_answered and not topic.is_hidden and began(user, topic)


def can_open_again(user: Reader, topic: Topic) -> bool:
    """Likewise, at most `MOST_TURNS` times in all."""
    if not can_rate(user, topic):
        return False
    is_end = topic.is_taken_back or topic.asked.turn >= MOST_TURNS
    return can_write_in(user, topic.board) and not is_end


def can_name_meeting(user: Reader, topic: Topic) -> bool:
    """The office, of a question it has answered."""
    has_answer = topic.answer_id is not None and getattr(topic, "asked", None) is not None and not topic.is_hidden
    return has_answer and can_write_in(user, topic.board) and is_official_on(user, topic.board)


def can_support(user: Reader, topic: Topic) -> bool:
    """Whoever may write, but for the author and the office that decides, until the idea is done or refused."""
    if not topic.is_idea or topic.is_hidden or topic.is_taken_back or topic.idea.is_over:
        return False
    return can_write_in(user, topic.board) and topic.author_id != user.pk and not is_of_office(user, topic.board)


rules.add_perm("forums.rate_answer", rules.predicate(can_rate))
rules.add_perm("forums.open_question_again", rules.predicate(can_open_again))
rules.add_perm("forums.name_meeting", rules.predicate(can_name_meeting))
rules.add_perm("forums.write_in_board", rules.predicate(can_write_in))
rules.add_perm("forums.announce_in_board", rules.predicate(can_announce))
rules.add_perm("forums.reply_to_topic", rules.predicate(can_reply))
rules.add_perm("forums.edit_post", rules.predicate(can_edit))
rules.add_perm("forums.delete_post", rules.predicate(can_delete))
rules.add_perm("forums.move_idea", rules.predicate(can_move_idea))
rules.add_perm("forums.add_poll", rules.predicate(can_add_poll))
rules.add_perm("forums.run_poll", rules.predicate(can_run_poll))
rules.add_perm("forums.vote", rules.predicate(can_vote))
rules.add_perm("forums.support_idea", rules.predicate(can_support))
rules.add_perm("forums.react_to_post", rules.predicate(can_react))
rules.add_perm("forums.quiet_author", rules.predicate(can_quiet))
rules.add_perm("forums.mark_post", rules.predicate(can_mark))
rules.add_perm("forums.report_post", rules.predicate(can_report))
rules.add_perm("forums.keep_order", rules.predicate(can_keep_order))
rules.add_perm("forums.rearrange", rules.predicate(can_rearrange))
rules.add_perm("forums.lead_board", rules.predicate(leads))
rules.add_perm("forums.moderate_post", rules.predicate(can_moderate))
rules.add_perm("forums.judge_post", rules.predicate(can_judge))
rules.add_perm("forums.decide_case", rules.predicate(can_decide))
