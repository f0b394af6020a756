"""Courses from the files of the repository to pages in both languages. Loading again changes only what the files
changed: an unchanged page gets no new revision, a changed one gets one.
"""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from wagtail.fields import StreamField
from wagtail.models import Page

from courses.models import CourseIndexPage, CoursePage, CoursePrerequisite, CourseSkill, LessonPage, Skill
from courses.services.index import ensure_course_indexes
from courses.services.starter_quiz import to_checks, to_questions, to_quiz
from courses.services.task_starter import to_task
from ui.starter import Convert, Pick, StarterError, make_id, pick, read_yaml, to_stream

Report = Callable[[str], None]
Source = Mapping[str, Any]
P = TypeVar("P", bound=Page)


def load_starter_courses(folder: Path, report: Report) -> None:
    """Load `skills.yaml` and every `<course>/course.yaml` below `folder`; `report` hears one line a course.

    Raises StarterError (naming the file) for a file that cannot be read; courses before it stay loaded.
    """
    load_skills(folder / "skills.yaml")
    indexes = ensure_course_indexes()
    for path in sorted(folder.glob("*/course.yaml"), key=_read_position):
        changed = load_course(path.parent, indexes)
        report(f"{path.parent.name}: {changed} pages changed" if changed else f"{path.parent.name}: as before")


def _read_position(path: Path) -> tuple[int, str]:
    """Where a new course stands in the catalogue; without `position` first, by the folder's name."""
    return read_yaml(path).get("position", 0), path.parent.name


@transaction.atomic
def load_skills(path: Path) -> None:
    """Make or update the skills of one file, by code."""
    for source in read_yaml(path):
        words = {
            f"{name}_{language}": pick(source.get(name), language)
            for name in ("name", "description")
            for language in ("km", "en")
        }
        Skill.objects.update_or_create(code=source["code"], defaults=words)


@transaction.atomic
def load_course(folder: Path, indexes: Mapping[str, CourseIndexPage]) -> int:
    """Load one course in both languages. Returns how many pages are new or changed."""
    source = read_yaml(folder / "course.yaml")
    lessons = [(stem, read_yaml(folder / f"{stem}.yaml")) for stem in source["lessons"]]
    skills, needs = _find_skills(source, folder), _find_needs(source, folder)
    changed = 0
    for language, index in indexes.items():
        fields = _course_fields(source, language, f"courses/{folder.name}")
        course, is_changed = _put(CoursePage, index, f"courses/{folder.name}", fields, skills, needs)
        changed += is_changed
        for stem, lesson in lessons:
            key = f"courses/{folder.name}/{stem}"
            changed += _put(LessonPage, course, key, _lesson_fields(lesson, language, key, folder))[1]
    return changed


def _course_fields(source: Source, language: str, key: str) -> dict[str, Any]:
    texts = {name: pick(source[name], language) for name in ("title", "summary", "intro")}
    plain = {"slug": source["slug"], "icon": source["icon"], "minutes": source["minutes"]}
    plain["work"] = source.get("work", "")
    plain["may_be_copied"] = True  # what an organisation begins with: a course of ours, made its own
    return {**texts, **plain, **_certificate_fields(source), **to_checks(source.get("checks"), language, key)}


def _certificate_fields(source: Source) -> dict[str, bool]:
    """The key `certificate` being there is the promise; `task` and `confirmation` below it are its terms."""
    terms = source.get("certificate")
    return {
        "gives_certificate": terms is not None,
        "needs_task": bool((terms or {}).get("task")),
        "needs_confirmation": bool((terms or {}).get("confirmation")),
    }


def _lesson_fields(source: Source, language: str, key: str, folder: Path) -> dict[str, Any]:
    return {
        "title": pick(source["title"], language),
        "summary": pick(source["summary"], language),
        "slug": source["slug"],
        "minutes": source["minutes"],
        "is_optional": bool(source.get("optional")),
        "section": pick(source.get("section"), language),
        "body": to_stream(source["body"], language, f"{key}/body", folder, CONVERTERS),
        **to_quiz(source.get("quiz"), language, f"{key}/quiz"),
        "task": to_task(source.get("task"), language, f"{key}/task", folder),
    }


def _find_skills(source: Source, folder: Path) -> list[Skill]:
    found = {skill.code: skill for skill in Skill.objects.filter(code__in=source["skills"])}
    missing = set(source["skills"]) - set(found)
    if missing:
        raise StarterError(f"{folder / 'course.yaml'}: unknown skills {', '.join(sorted(missing))}")
    return [found[code] for code in source["skills"]]


def _find_needs(source: Source, folder: Path) -> list[uuid.UUID]:
    """Keys of the courses that are better taken before; they may be loaded later than this one."""
    needs: list[str] = source.get("prerequisites") or []
    missing = [slug for slug in needs if not (folder.parent / slug / "course.yaml").is_file()]
    if missing:
        raise StarterError(f"{folder / 'course.yaml'}: unknown prerequisites {', '.join(missing)}")
    return [make_id(f"courses/{slug}") for slug in needs]


def _practice(block: Source, text: Pick, language: str, key: str, folder: Path) -> dict[str, Any]:
    return {"question": to_questions([block["question"]], language, f"{key}/question")}


def _guide(block: Source, text: Pick, language: str, key: str, folder: Path) -> dict[str, Any] | None:
    """A guide is named by its file; one that is not loaded yet leaves no block until the next load."""
    slug = block["guide"].partition("-")[2]
    page = Page.objects.filter(translation_key=make_id(f"guide/{slug}"), locale__language_code=language).first()
    return {"guide": page.pk, "text": text(block.get("text"))} if page else None


CONVERTERS: dict[str, Convert] = {"practice": _practice, "guide": _guide}


def _put(
    kind: type[P],
    parent: Page,
    key: str,
    fields: dict[str, Any],
    skills: Sequence[Skill] | None = None,
    needs: Sequence[uuid.UUID] = (),
) -> tuple[P, bool]:
    """The page of this key in this parent's language, made, updated or left alone; and whether it changed.

    A page that a person edited is left alone, draft or published.
    """
    page = kind.objects.filter(translation_key=make_id(key), locale=parent.locale).first()
    is_new = page is None
    if page is not None and page.revisions.filter(user__isnull=False).exists():
        return page, False  # a person has edited it: theirs from now on
    page = page or kind(translation_key=make_id(key), locale=parent.locale)
    before = None if is_new else _describe(page)
    for name, value in fields.items():
        setattr(page, name, value)
    if skills is not None:
        _link(page, skills, needs)
    if is_new:
        parent.add_child(instance=page)
    elif _describe(page) == before:
        return page, False
    page.full_clean()
    page.save_revision(clean=False).publish()
    return page, True


def _describe(page: Page) -> dict[str, Any]:
    """What the page holds, to compare: a nested block writes the same facts in another order."""
    data: dict[str, Any] = page.serializable_data()
    streams = [field.name for field in page._meta.get_fields() if isinstance(field, StreamField)]
    return data | {name: json.loads(data[name]) for name in streams}


def _link(page: Any, skills: Sequence[Skill], needs: Sequence[uuid.UUID]) -> None:
    """Make the course's skills and prerequisites these; what is right already stays, so that nothing looks changed."""
    if [link.skill_id for link in page.skill_links.all()] != [skill.pk for skill in skills]:
        page.skill_links.set([CourseSkill(skill=skill) for skill in skills])
    if [link.course_key for link in page.prerequisites.all()] != list(needs):
        page.prerequisites.set([CoursePrerequisite(course_key=key) for key in needs])
