"""Pages of the learning part, in Khmer unless said otherwise, with their translations on request."""

import uuid
from typing import Any

import factory
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page, Site

from courses.models import CourseIndexPage, CoursePage, CourseSkill, LessonPage, Skill
from courses.services.index import ensure_course_indexes


class SkillFactory(DjangoModelFactory[Skill]):
    class Meta:
        model = Skill

    code = factory.Sequence(lambda n: f"skill-{n}")
    name_km = factory.Sequence(lambda n: f"ជំនាញ {n}")
    name_en = factory.Sequence(lambda n: f"Skill {n}")


def make_home_pages() -> None:
    """A plain home page in each language as the site's root, where the home app has made none."""
    khmer, _made = Locale.objects.get_or_create(language_code="km")
    english, _made = Locale.objects.get_or_create(language_code="en")
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    home = site.root_page if site else None
    if home is None or home.locale != khmer or home.get_translation_or_none(english) is None:
        root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root", locale=khmer))
        home = root.add_child(instance=Page(title="ដើម", slug="km-home", locale=khmer))
        root.add_child(
            instance=Page(title="Home", slug="en-home", locale=english, translation_key=home.translation_key)
        )
        Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})


def make_indexes() -> dict[str, CourseIndexPage]:
    """The catalogue in both languages."""
    make_home_pages()
    return ensure_course_indexes()


def make_course(parent: Page, skills: list[Skill] | None = None, **fields: Any) -> CoursePage:
    """A live course below a catalogue or a publisher's section."""
    number = CoursePage.objects.count()
    fields = {
        "title": f"វគ្គ {number}",
        "slug": f"course-{number}",
        "summary": "សង្ខេប",
        "intro": "សេចក្ដីផ្ដើម",
        "minutes": 30,
        "locale": parent.locale,
        **fields,
    }
    course = parent.add_child(instance=CoursePage(**fields))
    for skill in skills or []:
        CourseSkill.objects.create(page=course, skill=skill)
    return course


def make_lesson(course: CoursePage, questions: list[dict[str, Any]] | None = None, **fields: Any) -> LessonPage:
    """A live lesson with a first revision; `questions` as `make_question` makes them."""
    number = course.get_children().count()
    fields = {
        "title": f"មេរៀន {number}",
        "slug": f"lesson-{number}",
        "summary": "សង្ខេប",
        "minutes": 8,
        "body": [{"type": "text", "value": {"text": "អត្ថបទ"}, "id": str(uuid.uuid4())}],
        "questions": questions or [],
        "locale": course.locale,
        **fields,
    }
    lesson = course.add_child(instance=LessonPage(**fields))
    lesson.save_revision().publish()
    return lesson


def make_question(kind: str = "single", right: str = "100", text: str = "សំណួរ") -> dict[str, Any]:
    """One question; `right` has a 1 for each right choice (for `order` only its length counts)."""
    choices = [
        {"text": f"ចម្លើយ {index}"}
        if kind == "order"
        else {"text": f"ចម្លើយ {index}", "right": mark == "1", "feedback": f"មតិ {index}"}
        for index, mark in enumerate(right)
    ]
    items = [{"type": "item", "value": choice, "id": str(uuid.uuid4())} for choice in choices]
    value = {"text": text, "hint": "", "explanation": "ព្រោះ", "choices": items}
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def translate(page: Any, parent: Page, **fields: Any) -> Any:
    """The live twin of a page below a parent in the other language, with the same key and ids."""
    twin = page.copy_for_translation(parent.locale, copy_parents=False, alias=False)
    for name, value in fields.items():
        setattr(twin, name, value)
    twin.save_revision().publish()
    twin.refresh_from_db()
    return twin


def make_typed(kind: str, text: str = "សំណួរ", **value: Any) -> dict[str, Any]:
    """A `number` question (`answer`, `tolerance`, `unit`) or a `short` one (`accepted`: a list of texts)."""
    accepted = {"accepted": to_items(value.pop("accepted"))} if "accepted" in value else {}
    numbers = {"tolerance": "0", "unit": "", **value} if kind == "number" else value
    shared = {"text": text, "hint": "", "explanation": "ព្រោះ"}
    return {"type": kind, "value": {**shared, **numbers, **accepted}, "id": str(uuid.uuid4())}


def make_match(count: int = 3, text: str = "សំណួរ") -> dict[str, Any]:
    """A `match` question: left side n belongs to right side n."""
    pairs = to_items([{"left": f"ឆ្វេង {index}", "right": f"ស្ដាំ {index}"} for index in range(count)])
    value = {"text": text, "hint": "", "explanation": "ព្រោះ", "pairs": pairs}
    return {"type": "match", "value": value, "id": str(uuid.uuid4())}


def to_items(values: list[Any]) -> list[dict[str, Any]]:
    """ListBlock data with ids of its own."""
    return [{"type": "item", "value": value, "id": str(uuid.uuid4())} for value in values]
