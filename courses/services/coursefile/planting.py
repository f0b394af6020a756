"""From a checked parcel to draft pages in a section: all of it or nothing."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from accounts.models import User
from courses.models import CoursePage, LessonPage, PublisherPage, QuestionBankPage, Skill
from courses.services.coursefile.fields import find_kind, list_fields, list_relations
from courses.services.coursefile.media import keep
from courses.services.coursefile.parcel import CourseFileError, Parcel, Problem
from courses.services.coursefile.streams import walk
from courses.services.publishers import find_collection


@dataclass
class Outline:
    """What an import will make, for the page that asks whether to."""

    titles: dict[str, str]
    lessons: list[dict[str, str]]
    questions: int
    tasks: int
    media: list[tuple[str, int]]
    notices: list[str] = field(default_factory=list)


def outline(parcel: Parcel, sections: Mapping[str, PublisherPage]) -> Outline:
    """Nothing is written."""
    course, lessons = parcel.data["course"], parcel.data["lessons"]
    firsts = [next(iter(lesson.values()))["fields"] for lesson in lessons]
    banks = [next(iter(bank.values()))["fields"] for bank in parcel.data["banks"]]
    return Outline(
        titles=_titles(course, parcel.languages),
        lessons=[_titles(lesson, parcel.languages) for lesson in lessons],
        questions=sum(len(fields.get("questions") or []) for fields in [*firsts, *banks]),
        tasks=sum(len(fields.get("task") or []) for fields in firsts),
        media=[(parcel.data["media"][name]["title"], len(content)) for name, content in parcel.media.items()],
        notices=list(dict.fromkeys(_find_notices(parcel, sections))),
    )


def _titles(pages: Mapping[str, Any], languages: list[str]) -> dict[str, str]:
    """Khmer first, whatever the order in the file."""
    return {language: pages[language]["fields"]["title"] for language in languages if language in pages}


def import_course(parcel: Parcel, *, sections: Mapping[str, PublisherPage], by: User) -> dict[str, CoursePage]:
    """Draft pages in the sections of these languages, with ids of their own: no attempt or certificate of the course
    this was once can mix with theirs. Returns the course by language.

    Raises CourseFileError where the pages refuse what the file holds; then nothing is left behind, no file either.
    """
    planter = Planter(parcel, sections, by)
    try:
        with transaction.atomic():
            return planter.plant()
    except ValidationError as error:
        planter.clear()
        raise CourseFileError(list(_name_problems(error, planter.place))) from error
    except BaseException:
        planter.clear()
        raise


def _name_problems(error: ValidationError, place: str) -> Iterator[Problem]:
    """By field, where the page tells it."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, texts in by_field.items():
        where = place if name == NON_FIELD_ERRORS else f"{place} › {name}"
        yield from (Problem(where, text) for text in texts)


def _find_notices(parcel: Parcel, sections: Mapping[str, PublisherPage]) -> list[str]:
    notices = []
    for language, page in parcel.data["course"].items():
        if language not in sections:
            continue
        slug = page["fields"]["slug"]
        free = find_free_slug(sections[language], slug)
        if free != slug:
            notices.append(_("The address “%(old)s” is taken, the course gets “%(new)s”.") % {"old": slug, "new": free})
    rows = [row for page in parcel.data["course"].values() for each in page["rows"].values() for row in each]
    codes = {row["skill"] for row in rows if row.get("skill")}
    unknown = sorted(codes - set(Skill.objects.filter(code__in=codes).values_list("code", flat=True)))
    notices += [_("We have no skill “%s” here; it is left out.") % code for code in unknown]
    return notices


def find_free_slug(parent: Page, slug: str) -> str:
    """The slug itself, or with the first number that nobody below this page has."""
    taken = set(Page.objects.child_of(parent).filter(slug__startswith=slug).values_list("slug", flat=True))
    candidates = (slug, *(f"{slug[:240]}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in candidates if each not in taken)


class Planter:
    """One import. As a visitor of the streams it gives new ids and puts keys of this site in the place of names."""

    def __init__(self, parcel: Parcel, sections: Mapping[str, PublisherPage], by: User) -> None:
        self.parcel = parcel
        self.sections = sections
        self.by = by
        self.ids: dict[str, str] = {}
        self.media: dict[str, int] = {}
        self.banks: dict[str, dict[str, int]] = {}
        self.made_files: list[Any] = []
        self.language = ""
        self.place = ""

    def plant(self) -> dict[str, CoursePage]:
        locked = PublisherPage.objects.select_for_update().select_related("locale")
        self.sections = {code: locked.get(pk=section.pk) for code, section in self.sections.items()}
        self._keep_media()
        self._plant_banks()
        courses = {}
        key = uuid.uuid4()
        keys = [uuid.uuid4() for _lesson in self.parcel.data["lessons"]]
        for language in self.parcel.languages:
            self.language, self.place = language, f"{_('course')} ({language})"
            page = self._make(CoursePage, self.parcel.data["course"][language], key)
            page.slug = find_free_slug(self.sections[language], page.slug)
            courses[language] = self._add(self.sections[language], page)
            for number, (lesson_key, lesson) in enumerate(zip(keys, self.parcel.data["lessons"], strict=True), start=1):
                if language in lesson:
                    self.place = f"{_('lesson %s') % number} ({language})"
                    self._add(courses[language], self._make(LessonPage, lesson[language], lesson_key))
        return courses

    def _plant_banks(self) -> None:
        """Before the lessons that draw from them."""
        for number, bank in enumerate(self.parcel.data["banks"]):
            key = uuid.uuid4()
            for language, source in bank.items():
                self.language, self.place = language, f"{_('question bank %s') % (number + 1)} ({language})"
                page = self._make(QuestionBankPage, source, key)
                page.slug = find_free_slug(self.sections[language], page.slug)
                made = self._add(self.sections[language], page)
                self.banks.setdefault(f"bank:{number}", {})[language] = made.pk

    def clear(self) -> None:
        """Files written before something went wrong; their rows are gone with the transaction."""
        for made in self.made_files:
            made.file.delete(save=False)

    def _keep_media(self) -> None:
        collection = find_collection(next(iter(self.sections.values())))
        if collection is None:
            raise CourseFileError([Problem("", _("This section has no place for files."))])
        for name, content in self.parcel.media.items():
            self.place = name
            kept, is_new = keep(name, self.parcel.data["media"][name], content, collection, self.by)
            self.media[name] = kept.pk
            if is_new:
                self.made_files.append(kept)

    def _make(self, model: Any, source: dict[str, Any], key: uuid.UUID) -> Any:
        locale = Locale.objects.get(language_code=self.language)
        page = model(translation_key=key, locale=locale, live=False, owner=self.by)
        self._fill(page, source["fields"])
        for name, row_model in list_relations(model):
            rows = [self._row(row_model, row) for row in source["rows"].get(name, [])]
            getattr(page, name).set([row for row in rows if row is not None])
        return page

    def _fill(self, owner: Any, values: dict[str, Any]) -> None:
        for each in list_fields(type(owner)):
            if each.name not in values:
                continue
            value, kind = values[each.name], find_kind(each)
            if kind == "stream":
                setattr(owner, each.name, walk(each.stream_block, value, self, each.name))  # type: ignore[attr-defined]
            elif kind == "plain":
                setattr(owner, each.name, None if value is None else each.to_python(value))
            elif kind == "skill":
                setattr(owner, each.attname, Skill.objects.filter(code=value).values_list("pk", flat=True).first())
            else:
                setattr(owner, each.attname, self.refer(kind, value, each.name))

    def _row(self, model: Any, values: dict[str, Any]) -> Any:
        """None for what points to something this site does not have: an unknown skill, an unknown course."""
        row = model()
        self._fill(row, values)
        if "skill" in values and row.skill_id is None:
            return None
        key = values.get("course_key")
        return None if key and not CoursePage.objects.filter(translation_key=key).exists() else row

    def _add(self, parent: Page, page: Any) -> Any:
        page.draft_title = page.title
        parent.add_child(instance=page)
        log(instance=page, action="wagtail.create", user=self.by)
        page.save_revision(user=self.by, log_action=True)
        return page

    def identify(self, block_id: Any, kind: str, where: str) -> str:
        return self.ids.setdefault(str(block_id), str(uuid.uuid4()))

    def refer(self, kind: str, value: Any, where: str) -> Any:
        if kind != "page":
            return self.media.get(value) if value else None
        if value in self.banks:
            twins = self.banks[value]
            return twins.get(self.language, next(iter(twins.values())))
        try:
            pages = Page.objects.live().not_type(QuestionBankPage).filter(translation_key=value)
        except ValidationError:
            return None
        found = pages.filter(locale__language_code=self.language).first() or pages.first()
        return found.pk if found else None

    def take(self, block: Any, value: Any, where: str) -> Any:
        return value

    def complain(self, where: str, what: str) -> None:
        """Checked before: `reading.open_parcel` is the only way here."""
