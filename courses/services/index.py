"""The catalogue pages, one a language, linked as translations."""

from collections.abc import Iterator

from django.db import transaction
from wagtail.models import Locale, Page, Site

from courses.models import CourseIndexPage
from ui.starter import make_id

TITLES = {"km": "វគ្គសិក្សា", "en": "Courses"}
INDEX_KEY = make_id("courses/index")


class NoHomePageError(Exception):
    """The site has no home page in a language; the home app makes them first."""


@transaction.atomic
def ensure_course_indexes() -> dict[str, CourseIndexPage]:
    """The catalogue of each language by its code, made below that language's home page when missing."""
    return dict(_ensure_each())


def _ensure_each() -> Iterator[tuple[str, CourseIndexPage]]:
    home = Site.objects.select_related("root_page").get(is_default_site=True).root_page
    for language, title in TITLES.items():
        locale, _made = Locale.objects.get_or_create(language_code=language)
        existing = CourseIndexPage.objects.filter(locale=locale).first()
        yield language, existing or _add(home.get_translation_or_none(locale), locale, title)


def _add(parent: Page | None, locale: Locale, title: str) -> CourseIndexPage:
    if parent is None:
        raise NoHomePageError(f"There is no home page in {locale.language_code} to put the courses under.")
    page = CourseIndexPage(title=title, slug="courses", locale=locale, translation_key=INDEX_KEY)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page
