from forums.services.answers import mark_answer, unmark_answer
from forums.services.boards import (
    find_board_of_course,
    get_board,
    get_board_of,
    get_board_of_course,
    list_boards,
    who_answers,
)
from forums.services.moderation import hide, restore
from forums.services.pace import find_wait
from forums.services.reactions import react
from forums.services.reading import collect_posts, mark_read, read_after, read_thread, refresh_html
from forums.services.reports import collect_reports, report, settle
from forums.services.starter import load_boards
from forums.services.writing import delete, edit, reply, start_topic

__all__ = [
    "collect_posts",
    "collect_reports",
    "delete",
    "edit",
    "find_board_of_course",
    "find_wait",
    "get_board",
    "get_board_of",
    "get_board_of_course",
    "hide",
    "list_boards",
    "load_boards",
    "mark_answer",
    "mark_read",
    "react",
    "read_after",
    "read_thread",
    "refresh_html",
    "reply",
    "report",
    "restore",
    "settle",
    "start_topic",
    "unmark_answer",
    "who_answers",
]
