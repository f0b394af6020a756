"""Practical tasks of a learner: hand in, take back, and what has come of it."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Page

from accounts.models import Organisation, User
from accounts.rules import may_post
from courses.enums import Confirmer, SubmissionStatus
from courses.models import LessonPage, PublisherPage, Submission, SubmissionFile
from courses.querysets import Learner
from courses.services.learning import read_lessons
from courses.services.progress import enrol, get_course_key
from ui.files.checking import CheckedFile

TEXTS = ("title", "instructions")


class AlreadyHandedInError(Exception):
    """The person's work for this task is waiting or accepted; a second tab or phone handed in first."""


class AlreadyDecidedError(Exception):
    """Somebody decided about this submission first."""


def read_task(lesson: LessonPage) -> dict[str, Any] | None:
    """The task of a live lesson in all its languages, in the shape of `Submission.task`; None where it has none.

    Kind, confirmer, rubric and their order are this page's; a twin's words count where its ids are the same.
    """
    if not lesson.task:
        return None
    twins = LessonPage.objects.live().filter(translation_key=lesson.translation_key).exclude(pk=lesson.pk)
    pages = [lesson, *twins.select_related("locale")]
    words = {page.locale.language_code: _words_of(page) for page in pages}
    block = lesson.task[0]

    def each_language(key: str) -> dict[str, str]:
        return {code: texts[key] for code, texts in words.items() if key in texts}

    rubric = [
        {"id": item.id, "text": each_language(item.id), "required": bool(item.value["required"])}
        for item in block.value["rubric"].bound_blocks
    ]
    plain = {name: str(block.value[name]) for name in ("kind", "confirm")}
    texts = {name: each_language(f"{block.id}/{name}") for name in TEXTS}
    return {"id": block.id, **plain, **texts, "rubric": rubric}


def list_confirmers(task: dict[str, Any]) -> list[Confirmer]:
    """Whom the learner may ask."""
    asked = Confirmer(task["confirm"])
    return [Confirmer.FACILITATOR, Confirmer.CLERK] if asked is Confirmer.EITHER else [asked]


def hand_in(
    user: User,
    *,
    lesson: LessonPage,
    files: Sequence[CheckedFile],
    note: str = "",
    office: Organisation | None = None,
    client_id: uuid.UUID,
    happened_at: datetime | None = None,
) -> Submission:
    """The person hands work in: to the clerks of `office`, without one to the course's facilitators.

    The same `client_id` again gives the same submission. Raises AlreadyHandedInError when work is waiting or accepted,
    PermissionDenied for who may only read, ValueError for no file, no task or an addressee that the task does not ask.
    """
    if not may_post(user):
        raise PermissionDenied
    known = Submission.objects.filter(client_id=client_id).first()
    if known is not None and (known.user_id, known.lesson_key) == (user.pk, lesson.translation_key):
        return known
    task = read_task(lesson)
    addressee = Confirmer.CLERK if office else Confirmer.FACILITATOR
    if task is None or not files or addressee not in list_confirmers(task) or (office and not office.is_verified):
        raise ValueError("nothing to hand in, or nobody to hand it to")
    columns = {
        "client_id": uuid.uuid4() if known else client_id,
        "task": task,
        "note": note,
        "addressee": addressee,
        "office": office,
        "organisation": find_maker(lesson),
        "happened_at": happened_at or timezone.now(),
    }
    return _keep(user, lesson, columns, files)


def _keep(user: User, lesson: LessonPage, columns: dict[str, Any], files: Sequence[CheckedFile]) -> Submission:
    """Row and files, or neither: what was written to the store is removed again when the row cannot stand."""
    written: list[SubmissionFile] = []
    try:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=user.pk)  # one handing in at a time for each person
            earlier = list(Submission.objects.of(user).filter(lesson_key=lesson.translation_key))
            for each in earlier:
                if each.client_id == columns["client_id"]:
                    return each
            if any(each.is_waiting or each.is_accepted for each in earlier):
                raise AlreadyHandedInError
            course_key = get_course_key(lesson)
            enrol(Learner(user=user), course_key=course_key)
            number = max((each.number for each in earlier), default=0) + 1
            keys = {"course_key": course_key, "lesson_key": lesson.translation_key}
            submission = Submission.objects.create(user=user, number=number, **keys, **columns)
            for file in files:
                written.append(SubmissionFile(submission=submission, kind=file.kind, name=file.name))
                _write_file(written[-1], file)
            return submission
    except IntegrityError as error:
        _remove(written)
        raise AlreadyHandedInError from error
    except BaseException:
        _remove(written)
        raise


def _write_file(row: SubmissionFile, file: CheckedFile) -> None:
    row.size, row.width, row.height = len(file.content), file.width, file.height
    row.file.save(file.name, ContentFile(file.content), save=False)
    row.save()


def _remove(written: Sequence[SubmissionFile]) -> None:
    for row in written:
        if row.file.name:
            row.file.storage.delete(row.file.name)


@transaction.atomic
def take_back(submission: Submission, *, by: User) -> None:
    """The person wants to hand in something else, or ask another: it is gone, with its files.

    Raises AlreadyDecidedError, PermissionDenied.
    """
    locked = Submission.objects.select_for_update().filter(pk=submission.pk).first()
    if submission.user_id != by.pk:
        raise PermissionDenied
    if locked is not None and not locked.is_waiting:
        raise AlreadyDecidedError
    if locked is not None:
        locked.delete()


def find_maker(lesson: Page) -> Organisation | None:
    """The organisation in whose section the lesson stands; None for the programme's own courses."""
    page = PublisherPage.objects.ancestor_of(lesson).select_related("organisation").first()
    return page.organisation if page else None


def list_submissions(user: User, lesson_key: uuid.UUID) -> list[Submission]:
    """All that the person handed in for one task, the latest first, with files and reviews."""
    return list(Submission.objects.of(user).filter(lesson_key=lesson_key).with_story().order_by("-number"))


def latest_submissions(user: User, course_key: uuid.UUID) -> dict[uuid.UUID, Submission]:
    """The latest submission of each task of a course, by lesson key. One query."""
    rows = Submission.objects.of(user).filter(course_key=course_key).order_by("number")
    return {row.lesson_key: row for row in rows}


def recent_submissions(user: User, most: int = 5) -> list[Submission]:
    """The tasks the person worked at last, each by its latest submission, what needs them first. One query."""
    rows = Submission.objects.of(user).order_by("lesson_key", "number")
    latest = list({row.lesson_key: row for row in rows}.values())
    order = {SubmissionStatus.RETURNED: 0, SubmissionStatus.HANDED_IN: 1, SubmissionStatus.ACCEPTED: 2}
    latest.sort(key=lambda row: row.received_at, reverse=True)
    return sorted(latest, key=lambda row: order[SubmissionStatus(row.status)])[:most]


def task_lessons(course_key: uuid.UUID) -> set[uuid.UUID]:
    """Keys of the live lessons of a course that end in a practical task."""
    return {lesson.translation_key for lesson in read_lessons([course_key]).get(course_key, []) if lesson.has_task}


def accepted_tasks(user: User, course_key: uuid.UUID) -> set[uuid.UUID]:
    """Keys of the lessons whose task this person has done: their work was accepted."""
    rows = Submission.objects.of(user).accepted().filter(course_key=course_key)
    return set(rows.values_list("lesson_key", flat=True))


def find_evidence(user: User, course_key: uuid.UUID) -> list[Submission]:
    """The accepted work of a course with files and reviews, in the order of acceptance."""
    rows = Submission.objects.of(user).accepted().filter(course_key=course_key)
    return list(rows.with_story().order_by("decided_at", "pk"))


def last_wait(lesson_key: uuid.UUID) -> int | None:
    """After how many days the last work for this task was answered; None when none was yet."""
    last = Submission.objects.filter(lesson_key=lesson_key, decided_at__isnull=False).order_by("-decided_at").first()
    return (last.decided_at - last.received_at).days if last and last.decided_at else None


def _words_of(page: LessonPage) -> dict[str, str]:
    """Every text of a task by `block id/name`, criteria by item id."""
    words: dict[str, str] = {}
    for block in page.task:
        words |= {f"{block.id}/{name}": block.value[name] for name in TEXTS}
        words |= {item.id: item.value["text"] for item in block.value["rubric"].bound_blocks}
    return words
