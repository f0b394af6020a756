"""Finding a course: by what a person types and by closed lists. Nothing found is answered with what comes nearest."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from django.db import connection
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from courses.enums import CourseLength, CourseSize
from courses.models import CoursePage, CourseSkill, LessonPage, Skill
from places.khmer import normalise

LONGEST = 200  # characters of a query worth reading
MOST_WORDS = 6
NEAREST = 3
TITLE, BODY = ("title_text", "body_text") if connection.vendor == "postgresql" else ("title", "body")
AFTER_ALL = "zzzz"  # behind every step of a page's path, in every collation
LENGTHS: dict[str, Q] = {
    CourseLength.HALF_HOUR: Q(minutes__lte=30),
    CourseLength.HOUR: Q(minutes__lte=60),
    CourseLength.LONGER: Q(minutes__gt=60),
}
SIZES: dict[str, Q] = {
    CourseSize.SMALL: Q(byte_total__lte=200_000),
    CourseSize.MEDIUM: Q(byte_total__lte=1_000_000),
    CourseSize.LARGE: Q(byte_total__gt=1_000_000),
}


@dataclass(frozen=True)
class Wish:
    """What a person looks for; "" is anything. `skill` is a code, `language` one that the course must have."""

    text: str = ""
    skill: str = ""
    work: str = ""
    length: str = ""
    size: str = ""
    language: str = ""

    @property
    def words(self) -> list[str]:
        return normalise(self.text.replace('"', " ")[:LONGEST]).split()[:MOST_WORDS]

    @property
    def conditions(self) -> list[Q]:
        """One a part of the wish, for rows of `list_catalogue`."""
        parts: list[tuple[str, Callable[[str], Q]]] = [
            (self.skill, _grants),
            (self.work, lambda work: Q(work=work)),
            (self.length, LENGTHS.__getitem__),
            (self.size, SIZES.__getitem__),
            (self.language, _is_in),
        ]
        return [make(value) for value, make in parts if value] + [_mentions(word) for word in self.words]


def list_catalogue(language: str = "") -> "QuerySet[CoursePage]":
    """Every live course once, in this language (the reader's by default) where there is one; with `byte_total`, what
    opening all its lessons costs.
    """
    mine = language or get_language() or "km"
    twin = CoursePage.objects.live().filter(translation_key=OuterRef("translation_key"), locale__language_code=mine)
    lessons = (
        LessonPage.objects.live()
        .filter(path__gt=OuterRef("path"), path__lt=Concat(OuterRef("path"), Value(AFTER_ALL)))
        .order_by()
        .annotate(all=Value(1))
        .values("all")
        .annotate(total=Sum("byte_size"))
        .values("total")
    )
    courses: QuerySet[CoursePage] = (
        CoursePage.objects.live()
        .filter(Q(locale__language_code=mine) | ~Exists(twin))
        .annotate(byte_total=Coalesce(Subquery(lessons, output_field=BigIntegerField()), 0))
        .select_related("locale")
    )
    return courses


def find_matching(wish: Wish) -> "QuerySet[CoursePage]":
    """The courses that meet the whole wish, in the editors' order."""
    return list_catalogue().filter(*wish.conditions)


def find_nearest(wish: Wish) -> list[CoursePage]:
    """The courses that meet most of the wish. One query."""
    met = [Case(When(condition, then=1), default=0, output_field=IntegerField()) for condition in wish.conditions]
    if not met:
        return list(list_catalogue().order_by("path")[:NEAREST])
    hits: Any = reduce(add, met)
    nearest = list_catalogue().annotate(hits=ExpressionWrapper(hits, output_field=IntegerField()))
    return list(nearest.order_by(F("hits").desc(), "path")[:NEAREST])


def list_taught_skills() -> list[Skill]:
    """The skills that live courses grant. One query."""
    return list(Skill.objects.filter(Exists(CourseSkill.objects.filter(skill=OuterRef("pk"), page__live=True))))


def _grants(code: str) -> Q:
    return Q(Exists(CourseSkill.objects.filter(page=OuterRef("pk"), skill__code=code)))


def _is_in(language: str) -> Q:
    pages = Page.objects.live().filter(translation_key=OuterRef("translation_key"), locale__language_code=language)
    return Q(Exists(pages))


def _mentions(word: str) -> Q:
    """The word stands in the course's title or texts, or in the title of one of its lessons."""
    own = _entries("coursepage", "pk").filter(Q(**{f"{TITLE}__contains": word}) | Q(**{f"{BODY}__contains": word}))
    below = LessonPage.objects.live().filter(
        Exists(_entries("lessonpage", "pk").filter(**{f"{TITLE}__contains": word})),
        path__gt=OuterRef("path"),
        path__lt=Concat(OuterRef("path"), Value(AFTER_ALL)),
    )
    return Q(Exists(own)) | Q(Exists(below))


def _entries(model: str, key: str) -> "QuerySet[Any]":
    """What the search index holds, in comparable form, of the outer row."""
    entries: QuerySet[Any] = IndexEntry._default_manager.filter(
        content_type__app_label="courses",
        content_type__model=model,
        object_id=Cast(OuterRef(key), CharField()),
    )
    return entries
