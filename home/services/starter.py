"""The home pages, guides and standard pages from `home/starter/`, in both languages."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page, Site

from home.models import GuideIndexPage, GuidePage, HomePage, StandardPage
from home.services.planting import LANGUAGES, plant
from ui.starter import Source, make_id, pick, read_yaml, to_stream

FOLDER = Path(__file__).resolve().parents[1] / "starter"
HOME_TEXTS = (
    "title",
    "lede",
    "search_description",
    "cip_note",
    "why_title",
    "why_lede",
    "survey_lede",
    "survey_source",
)
GUIDES_TITLE = {"km": "ឯកសារណែនាំ", "en": "Guides"}
GUIDES_INTRO = {
    "km": "អានពីរបីនាទី មុនអ្នកទៅប្រជុំ ឬសួរឃុំ។",
    "en": "A few minutes' reading before you go to a meeting or ask your commune.",
}


@transaction.atomic
def load_homes() -> dict[str, HomePage]:
    """One home page a language, the site's root, and no welcome page of Wagtail's."""
    source = read_yaml(FOLDER / "home.yaml")
    root = Page.get_first_root_node()
    homes = {
        language: plant(
            HomePage, "home", language, parent=root, slug=f"home-{language}", values=home_values(source, language)
        )
        for language in LANGUAGES
    }
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "site_name": "Chuoy Khum", "root_page": homes["km"]},
    )
    for welcome in root.get_children().filter(slug="home", content_type__model="page"):
        welcome.delete()
    return homes


def home_values(source: Source, language: str) -> dict[str, Any]:
    """Field values of a home page."""
    figures = [
        {
            "type": "figure",
            "id": str(make_id(f"home/survey/{figure['code']}")),
            "value": {"value": figure["value"], "label": pick(figure["label"], language)},
        }
        for figure in source["survey"]
    ]
    return {name: pick(source[name], language) for name in HOME_TEXTS} | {"survey": json.dumps(figures)}


@transaction.atomic
def load_guides(homes: dict[str, HomePage]) -> int:
    """The guides below their index; returns how many there are, counted once for both languages."""
    files = sorted((FOLDER / "guides").glob("*.yaml"))
    for language, home in homes.items():
        values = {"title": GUIDES_TITLE[language], "intro": GUIDES_INTRO[language]}
        index = plant(GuideIndexPage, "guides", language, parent=home, slug="guides", values=values)
        for path in files:
            source = read_yaml(path)
            extra = {"minutes": source["minutes"], "sources": pick(source.get("sources"), language)}
            load_reading(GuidePage, "guide", source, language, parent=index, extra=extra)
    return len(files)


@transaction.atomic
def load_standard_pages(homes: dict[str, HomePage]) -> int:
    """About, help, privacy and the like; returns how many there are, counted once for both languages."""
    files = sorted((FOLDER / "pages").glob("*.yaml"))
    for language, home in homes.items():
        for path in files:
            load_reading(StandardPage, "page", read_yaml(path), language, parent=home, extra={})
    return len(files)


def load_reading(
    model: type[GuidePage] | type[StandardPage],
    kind: str,
    source: Source,
    language: str,
    *,
    parent: Page,
    extra: dict[str, Any],
) -> None:
    """One page with a body of shared blocks."""
    key = f"{kind}/{source['slug']}"
    summary = pick(source["summary"], language)
    values = {
        "title": pick(source["title"], language),
        "summary": summary,
        "search_description": summary,
        "body": json.dumps(to_stream(source["body"], language, key, FOLDER)),
        **extra,
    }
    plant(model, key, language, parent=parent, slug=source["slug"], values=values)
