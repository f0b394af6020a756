"""Reads of courses for one learner: lessons, what is done, what comes next."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from django.utils.translation import get_language
from wagtail.models import Page

from courses.models import Attempt, CoursePage, LessonCompletion, LessonPage
from courses.querysets import Learner

P = TypeVar("P", bound=Page)
STEP = Page.steplen
NOBODY = Learner()


@dataclass(frozen=True)
class LessonLine:
    """A lesson in a learner's list. `page` comes without its body and questions."""

    page: LessonPage
    number: int
    is_read: bool
    is_passed: bool

    @property
    def is_done(self) -> bool:
        """Read, and its quiz passed where it has one."""
        return self.is_read and (self.is_passed or not self.page.question_count)


@dataclass(frozen=True)
class Section:
    """Lessons that stand under one title."""

    title: str
    lines: list[LessonLine]

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.lines)

    @property
    def total(self) -> int:
        return len(self.lines)


@dataclass(frozen=True)
class Progress:
    """A learner's way through one course."""

    lines: list[LessonLine] = field(default_factory=list)

    @property
    def required(self) -> list[LessonLine]:
        """The lessons that finishing needs: all but the optional ones, or all where every one is optional."""
        return [line for line in self.lines if not line.page.is_optional] or self.lines

    @property
    def done(self) -> int:
        """Required lessons that are done; so are the total and the next one counted."""
        return sum(line.is_done for line in self.required)

    @property
    def total(self) -> int:
        return len(self.required)

    @property
    def is_begun(self) -> bool:
        return any(line.is_read or line.is_passed for line in self.lines)

    @property
    def is_finished(self) -> bool:
        return bool(self.lines) and self.done == self.total

    @property
    def next(self) -> LessonLine | None:
        """The first required lesson that is not done."""
        return next((line for line in self.required if not line.is_done), None)

    @property
    def sections(self) -> "list[Section]":
        """The lessons in their sections; those before the first title in one without a title."""
        sections: list[Section] = []
        for line in self.lines:
            if line.page.section or not sections:
                sections.append(Section(line.page.section, []))
            sections[-1].lines.append(line)
        return sections

    @property
    def byte_size(self) -> int:
        return sum(line.page.byte_size for line in self.lines)

    def find(self, lesson_key: uuid.UUID) -> LessonLine | None:
        return next((line for line in self.lines if line.page.translation_key == lesson_key), None)

    def after(self, lesson_key: uuid.UUID) -> LessonLine | None:
        """The lesson that follows in the course's order."""
        keys = [line.page.translation_key for line in self.lines]
        position = keys.index(lesson_key) + 1 if lesson_key in keys else len(keys)
        return self.lines[position] if position < len(keys) else None

    def before(self, lesson_key: uuid.UUID) -> LessonLine | None:
        """The lesson that stands before it."""
        keys = [line.page.translation_key for line in self.lines]
        position = keys.index(lesson_key) - 1 if lesson_key in keys else -1
        return self.lines[position] if position >= 0 else None


def find_course(key: uuid.UUID, language: str = "") -> CoursePage | None:
    """The live course page in this language (the reader's by default), else in the other one."""
    pages = CoursePage.objects.live().filter(translation_key=key).select_related("locale")
    return _prefer(pages.defer("form_a", "form_b"), language)


def find_lesson(key: uuid.UUID, language: str = "") -> LessonPage | None:
    """The live lesson page in this language (the reader's by default), else in the other one."""
    return _prefer(LessonPage.objects.live().filter(translation_key=key).select_related("locale"), language)


def find_lessons(keys: Iterable[uuid.UUID], language: str = "") -> dict[uuid.UUID, LessonPage]:
    """Live lesson pages by key, each in this language or else in the other one. One query."""
    return _pick_each(LessonPage.objects.live().filter(translation_key__in=set(keys)), language)


def find_courses(keys: Iterable[uuid.UUID], language: str = "") -> dict[uuid.UUID, CoursePage]:
    """Live course pages by key, each in this language or else in the other one. One query."""
    pages = CoursePage.objects.live().filter(translation_key__in=set(keys)).defer("form_a", "form_b")
    return _pick_each(pages, language)


def course_progress(
    learner: Learner, course_keys: Sequence[uuid.UUID], language: str = ""
) -> dict[uuid.UUID, Progress]:
    """Progress by course key. One query for any number of courses."""
    lessons = read_lessons(course_keys, language, learner)
    return {key: make_progress(lessons.get(key, [])) for key in course_keys}


def lesson_progress(learner: Learner, lesson: LessonPage) -> Progress:
    """The learner's way through the course of this lesson, itself in it once it is live; empty for a draft in a course
    without lessons. One query.
    """
    course = Page.objects.filter(path=lesson.path[:-STEP]).values("translation_key")[:1]
    lessons = group_lessons(list_lessons(learner).filter(course_key=Subquery(course)))
    return make_progress(next(iter(lessons.values()), []))


def read_lessons(
    course_keys: Sequence[uuid.UUID], language: str = "", learner: Learner = NOBODY
) -> dict[uuid.UUID, list[Any]]:
    """Live lessons by course key in their order, each in this language; lessons that exist only in the other language
    follow. So a half translated course cannot be finished early. One query; bodies stay in the database.
    """
    return group_lessons(list_lessons(learner).filter(course_key__in=course_keys), language)


def make_progress(lessons: Sequence[Any]) -> Progress:
    """What is done of lessons that `list_lessons` read."""
    return Progress([LessonLine(page, nth, page.is_read, page.is_passed) for nth, page in enumerate(lessons, start=1)])


def list_lessons(learner: Learner) -> "QuerySet[Any]":
    """Live lessons with `course_key` and `course_title`, whether this learner has read them and passed their quizzes;
    without their bodies.
    """
    course = Page.objects.filter(path=OuterRef("course_path"))
    pages: QuerySet[Any] = (
        LessonPage.objects.live()
        .annotate(
            course_path=Substr("path", 1, Length("path") - STEP),
            course_key=Subquery(course.values("translation_key")[:1]),
            course_title=Subquery(course.values("title")[:1]),
            is_read=_has(LessonCompletion.objects.of(learner)),
            is_passed=_has(Attempt.objects.of(learner).passed()),
        )
        .defer("body", "questions", "task")
        .select_related("locale")
        .order_by("path")
    )
    return pages


def group_lessons(pages: Iterable[Any], language: str = "") -> dict[uuid.UUID, list[LessonPage]]:
    """Lessons by course key, each once, in this language where there is one; its translation is its `twin`."""
    wanted = language or get_language() or "km"
    lessons: dict[uuid.UUID, dict[uuid.UUID, LessonPage]] = {}
    for page in sorted(pages, key=lambda page: page.locale.language_code != wanted):
        first = lessons.setdefault(page.course_key, {}).setdefault(page.translation_key, page)
        if first is not page:
            first.twin = page
    return {key: list(found.values()) for key, found in lessons.items()}


def _has(rows: "QuerySet[Any]") -> Exists:
    """Whether one of these rows is about the lesson."""
    return Exists(rows.filter(lesson_key=OuterRef("translation_key")))


def _pick_each(pages: "QuerySet[P]", language: str) -> dict[uuid.UUID, P]:
    """By key the page in the language, else in the other one."""
    wanted = language or get_language() or "km"
    both = sorted(pages.select_related("locale"), key=lambda page: page.locale.language_code == wanted)
    return {page.translation_key: page for page in both}


def _prefer(pages: Iterable[P], language: str) -> P | None:
    wanted = language or get_language() or "km"
    return min(pages, key=lambda page: page.locale.language_code != wanted, default=None)
