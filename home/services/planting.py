"""Starter pages: made once, brought up to date while nobody edited them, never touched afterwards."""

from typing import Any, TypeVar

from wagtail.models import Locale, Page

from ui.starter import make_id

P = TypeVar("P", bound=Page)
LANGUAGES = ("km", "en")


def get_locale(language: str) -> Locale:
    """The locale, made when it is missing."""
    locale: Locale = Locale.objects.get_or_create(language_code=language)[0]
    return locale


def find_page(model: type[P], key: str, language: str) -> P | None:
    """The starter page of this key in this language."""
    pages = model.objects.filter(translation_key=make_id(key), locale__language_code=language)
    found: P | None = pages.first()
    return found


def plant(model: type[P], key: str, language: str, *, parent: Page, slug: str, values: dict[str, Any]) -> P:
    """The page of this key and language, below `parent`.

    A page that has a revision was edited in the admin: it stays as people made it. Both languages share the
    translation key, so they are translations of each other.
    """
    page = find_page(model, key, language)
    if page is None:
        page = model(
            locale=get_locale(language), translation_key=make_id(key), slug=slug, show_in_menus=False, **values
        )
        parent.add_child(instance=page)
    elif page.latest_revision_id is None and differs(page, values):
        for name, value in values.items():
            setattr(page, name, value)
        page.save()
    return page


def differs(page: Page, values: dict[str, Any]) -> bool:
    """Whether saving would change a field; StreamFields are compared by what the database would hold."""
    after = type(page)(**values)
    fields: list[Any] = [page._meta.get_field(name) for name in values]
    return any(
        field.get_prep_value(getattr(page, field.name)) != field.get_prep_value(getattr(after, field.name))
        for field in fields
    )
