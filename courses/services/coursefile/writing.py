"""From the pages of a course to a parcel."""

import hashlib
from collections.abc import Iterable
from typing import Any

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from courses.models import CoursePage, LessonPage, QuestionBankPage
from courses.services.coursefile.fields import iterate, list_relations, to_plain
from courses.services.coursefile.parcel import FORMAT, LANGUAGES, VERSION, Parcel
from courses.services.coursefile.streams import walk

IMAGE_FACTS = ("title", "description", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
DOCUMENT_FACTS = ("title",)


def export_course(course: CoursePage, *, published: bool = False) -> Parcel:
    """The course in all its languages, as its editors see it last; `published`: as everybody does, drafts left out."""
    writer = Writer(published)
    pages = _twins(CoursePage, course.translation_key, published)
    lessons: dict[Any, dict[str, Any]] = {}
    for page in pages.values():
        children = LessonPage.objects.child_of(page).order_by("path")
        for lesson in children.live() if published else children:
            lessons.setdefault(lesson.translation_key, {})[page.locale.language_code] = _read(lesson, published)
    data: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "languages": list(pages),
        "course": {language: writer.write(_read(page, published)) for language, page in pages.items()},
        "lessons": [{code: writer.write(page) for code, page in twins.items()} for twins in lessons.values()],
        "banks": [],
        "media": writer.media_facts,
    }
    for key in writer.banks:
        banks = _twins(QuestionBankPage, key, published)
        data["banks"].append({code: writer.write(_read(bank, published)) for code, bank in banks.items()})
    return Parcel(data, writer.media)


def _twins(kind: Any, key: Any, published: bool) -> dict[str, Any]:
    found = kind.objects.filter(translation_key=key).select_related("locale")
    pages = {page.locale.language_code: page for page in (found.live() if published else found)}
    return {language: pages[language] for language in LANGUAGES if language in pages}


def _read(page: Any, published: bool) -> Any:
    """The page as it is shown, or as it was saved last."""
    return page if published else page.get_latest_revision_as_object()


class Writer:
    """Turns ids into numbers of the file, and chosen images and documents into its media."""

    def __init__(self, published: bool) -> None:
        self.published = published
        self.banks: list[Any] = []  # translation keys, in the order in which lessons draw from them
        self.media: dict[str, bytes] = {}
        self.media_facts: dict[str, dict[str, Any]] = {}
        self.numbers: dict[str, str] = {}

    def write(self, page: Any) -> dict[str, Any]:
        """{"fields", "rows"} of a page in one language."""
        rows = {
            name: [self._fields(row) for row in getattr(page, name).all()]
            for name, _model in list_relations(type(page))
        }
        return {"fields": self._fields(page), "rows": rows}

    def _fields(self, owner: Any) -> dict[str, Any]:
        made = {}
        for field, kind, value in iterate(owner):
            if kind == "stream":
                made[field.name] = walk(field.stream_block, value, self, field.name)  # type: ignore[attr-defined]
            elif kind == "skill":
                made[field.name] = getattr(owner, field.name).code if value else None
            else:
                made[field.name] = to_plain(value) if kind == "plain" else self.refer(kind, value, field.name)
        return made

    def identify(self, block_id: Any, kind: str, where: str) -> str:
        """The number of this id, the next free one for an id met first; a block without one has none of its own yet."""
        if not block_id:
            block_id = f"new {len(self.numbers)}"
        return self.numbers.setdefault(str(block_id), str(len(self.numbers) + 1))

    def refer(self, kind: str, value: Any, where: str) -> str | None:
        """The name of the file in the archive, "bank:0" or the page's translation key; None for what is gone."""
        if value is None:
            return None
        if kind == "page":
            return self._name_page(Page.objects.filter(pk=value).first())
        model, facts = {
            "image": (get_image_model(), IMAGE_FACTS),
            "document": (get_document_model(), DOCUMENT_FACTS),
        }[kind]
        chosen = model.objects.filter(pk=value).first()
        return self._pack(kind, chosen, facts) if chosen else None

    def _name_page(self, page: Page | None) -> str | None:
        """A bank comes along, its questions are the quiz; any other page is only pointed to."""
        if page is None or (self.published and not page.live):
            return None
        key = page.translation_key
        if page.specific_class is not QuestionBankPage:
            return str(key)
        if key not in self.banks:
            self.banks.append(key)
        return f"bank:{self.banks.index(key)}"

    def _pack(self, kind: str, chosen: Any, facts: Iterable[str]) -> str | None:
        try:
            with chosen.file.open("rb") as file:
                content = file.read()
        except OSError:
            return None  # the row is there, its file is not: the page shows the words beside it
        extension = chosen.file.name.rpartition(".")[2].lower()
        name = f"media/{kind}-{hashlib.sha256(content).hexdigest()[:20]}.{extension}"
        self.media[name] = content
        self.media_facts.setdefault(name, {"kind": kind, **{fact: getattr(chosen, fact) for fact in facts}})
        return name

    def take(self, block: Any, value: Any, where: str) -> Any:
        return to_plain(value)

    def complain(self, where: str, what: str) -> None:
        """A block that the code no longer knows is not shown to learners either: it stays behind."""
