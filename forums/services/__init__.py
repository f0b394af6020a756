from forums.services.answers import mark_answer, unmark_answer
from forums.services.boards import (
    count_unanswered,
    find_board_of_course,
    get_board,
    get_board_of,
    get_board_of_course,
    list_boards,
    list_pinned,
    look_at,
    save_board,
    who_answers,
)
from forums.services.cases.deciding import hide
from forums.services.cases.opening import report
from forums.services.moderation import remove_version, restore
from forums.services.pace import find_wait
from forums.services.quotes import make_quote
from forums.services.reactions import react
from forums.services.reading import collect_posts, mark_read, read_after, read_thread, refresh_html
from forums.services.rearranging import find_moved
from forums.services.replying import begin_reply
from forums.services.reports import collect_appeals, collect_reports
from forums.services.seats import (
    invite_guest,
    list_officials,
    list_seats,
    open_board_of_office,
    remove_guest,
    seat_cohort,
)
from forums.services.starter import load_boards
from forums.services.versions import read_history
from forums.services.writing import delete, edit, reply, start_topic

__all__ = [
    "begin_reply",
    "collect_appeals",
    "collect_posts",
    "collect_reports",
    "count_unanswered",
    "delete",
    "edit",
    "find_board_of_course",
    "find_moved",
    "find_wait",
    "get_board",
    "get_board_of",
    "get_board_of_course",
    "hide",
    "invite_guest",
    "list_boards",
    "list_officials",
    "list_pinned",
    "list_seats",
    "load_boards",
    "look_at",
    "make_quote",
    "mark_answer",
    "mark_read",
    "open_board_of_office",
    "react",
    "read_after",
    "read_history",
    "read_thread",
    "refresh_html",
    "remove_guest",
    "remove_version",
    "reply",
    "report",
    "restore",
    "save_board",
    "seat_cohort",
    "start_topic",
    "unmark_answer",
    "who_answers",
]
