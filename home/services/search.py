"""The site's search: pages, courses and communes by what a person types, in Khmer without spaces or in English."""

from dataclasses import dataclass, field

from django.db import connection, models
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from places.khmer import normalise
from places.models import Place
from places.services import find_places

# A trigram table knows nothing shorter; such words are looked up in the plain text.
SHORTEST_TRIGRAM = 3
LONGEST_QUERY = 200
MOST_PAGES = 20
MOST_PLACES = 5
PLAIN_TITLE, PLAIN_BODY = ("title_text", "body_text") if connection.vendor == "postgresql" else ("title", "body")


@dataclass(frozen=True)
class SearchResults:
    """What was found: specific pages of the reader's language, best first, and communes with their parents."""

    query: str
    pages: list[Page] = field(default_factory=list)
    communes: list[Place] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.pages) + len(self.communes)


def search_site(text: str, *, language: str) -> SearchResults:
    """Everything that holds all the words of `text`, as substrings; an empty query finds nothing. Never raises."""
    words = normalise(text.replace("\x00", " ").replace('"', " ")[:LONGEST_QUERY]).split()
    if not words:
        return SearchResults(query=text.strip())
    locale = Locale.objects.filter(language_code=language).values_list("pk", flat=True).first()
    pages = Page.objects.live().public().filter(locale=locale, depth__gt=2)
    return SearchResults(
        query=text.strip(),
        pages=find_pages(pages, words),
        communes=find_places(" ".join(words), levels=("commune",), limit=MOST_PLACES),
    )


def find_pages(pages: PageQuerySet, words: list[str]) -> list[Page]:
    """SQLite's trigram table ranks; short words, and PostgreSQL with its trigram indexes, compare plain text."""
    if connection.vendor == "sqlite" and min(map(len, words)) >= SHORTEST_TRIGRAM:
        found = pages.search(" ".join(words), operator="and")[:MOST_PAGES]
        return in_order([page.pk for page in found])
    return in_order(list(holding(pages, words).values_list("pk", flat=True)[:MOST_PAGES]))


def holding(pages: models.QuerySet[Page], words: list[str]) -> models.QuerySet[Page]:
    """Pages whose title or text has every word, those with all of them in the title first."""
    in_title = models.Q()
    for word in words:
        title = models.Q(**{f"index_entries__{PLAIN_TITLE}__contains": word})
        pages = pages.filter(title | models.Q(**{f"index_entries__{PLAIN_BODY}__contains": word}))
        in_title &= title
    rank = models.Case(models.When(in_title, then=0), default=1, output_field=models.IntegerField())
    ranked: models.QuerySet[Page] = pages.annotate(rank=rank).order_by("rank", "path").distinct()
    return ranked


def in_order(keys: list[int]) -> list[Page]:
    """Specific pages in the order of their keys; one query a page type."""
    pages = {page.pk: page for page in Page.objects.filter(pk__in=keys).specific()}
    return [pages[key] for key in keys]
