"""Questions asked at a lesson: topics of the course's board that know their lesson."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import LessonPage, LessonTopic
from courses.services.boards import open_board
from courses.services.learning import find_course
from courses.services.progress import get_course_key
from forums.enums import TopicKind
from forums.models import Board, Topic
from forums.querysets import Reader
from forums.services import find_board_of_course, find_wait, start_topic

SHOWN = 3


class NoBoardError(Exception):
    """The lesson's course is not published, so it has no place to ask."""


def list_lesson_topics(lesson_key: uuid.UUID, *, user: Reader) -> list[Topic]:
    """The topics of a lesson that were spoken in last. One query."""
    topics = Topic.objects.visible_to(user).filter(lesson_link__lesson_key=lesson_key)
    return list(topics.order_by("-last_post_at", "-pk")[:SHOWN])


def find_board_of_lesson(lesson: LessonPage) -> Board:
    """The board of the lesson's course, made if it is missing. Raises `NoBoardError`."""
    course_key = get_course_key(lesson)
    board = find_board_of_course(course_key)
    if board is None:
        course = find_course(course_key)
        if course is None:
            raise NoBoardError(str(course_key))
        board = open_board(course)
    return board


def find_wait_at_lesson(lesson: LessonPage, *, by: User, client_id: uuid.UUID) -> datetime | None:
    """When this person may ask again; None for now."""
    return find_wait(by, find_board_of_lesson(lesson), client_id=client_id)


@transaction.atomic
def ask_at_lesson(lesson: LessonPage, *, by: User, title: str, source: str, client_id: uuid.UUID) -> Topic:
    """Open a topic that begins with the way back to the lesson. The same `client_id` again is the same topic.

    Raises forums' `NotAllowedError` for who may not write, and `NoBoardError`.
    """
    about = _("About the lesson [%(title)s](%(address)s)") % {
        "title": lesson.title.replace("[", "(").replace("]", ")"),
        "address": lesson.get_url(),
    }
    topic = start_topic(
        find_board_of_lesson(lesson),
        by=by,
        kind=TopicKind.QUESTION,
        title=title,
        source=f"{about}\n\n{source}",
        client_id=client_id,
    )
    LessonTopic.objects.get_or_create(topic=topic, defaults={"lesson_key": lesson.translation_key})
    return topic
