"""Khmer has no spaces: a word inside a sentence is found, whatever way it is coded, on both databases."""

import pytest
from django.test import Client
from wagtail.models import Locale, Page, Site

from home.models import StandardPage
from home.services.search import search_site

SENTENCES = {
    "one": "យុវជនត្រូវបានអញ្ជើញឱ្យចូលរួមក្នុងកិច្ចប្រជុំផែនការឃុំ",
    "two": "កម្មវិធីវិនិយោគឃុំសង្កាត់បីឆ្នាំរំកិលត្រូវបានរៀបចំដោយក្រុមប្រឹក្សាឃុំ",
    "three": "ស្មៀនឃុំត្រូវការអ្នកស្ម័គ្រចិត្តជួយបញ្ចូលទិន្នន័យ",
    "four": "វគ្គបណ្តុះបណ្តាលកុំព្យូទ័រសម្រាប់មន្ត្រីឃុំ",
    "five": "ខេត្តកណ្ដាលមានឃុំចំនួន ១២៣",
    "six": "ថវិកាសាងសង់ផ្លូវក្រាលក្រួស CIP Budget",
    "seven": "របាយការណ៍ចំណូលចំណាយប្រចាំខែ",
}
QUERIES = [
    ("យុវជន", {"one"}),
    ("ផែនការ", {"one"}),
    ("ឃុំ", {"one", "two", "three", "four", "five"}),
    ("ក្រុមប្រឹក្សាឃុំ", {"two"}),
    ("វិនិយោគ", {"two"}),
    ("អ្នកស្ម័គ្រចិត្ត", {"three"}),
    ("ទិន្នន័យ", {"three"}),
    ("បណ្ដុះបណ្ដាល", {"four"}),  # typed with coeng-da, stored with coeng-ta
    ("កណ្តាល", {"five"}),  # typed with coeng-ta, stored with coeng-da
    ("123", {"five"}),
    ("១២៣", {"five"}),
    ("cip", {"six"}),
    ("ខែ", {"seven"}),  # two characters: no trigram
    ("ផ្លូវ budget", {"six"}),
]


@pytest.fixture
def sentences(db: None) -> None:
    root = Page.objects.get(depth=1)
    locale, _ = Locale.objects.get_or_create(language_code="km")
    top = root.add_child(instance=StandardPage(title="Top", slug="search-top", summary="-", locale=locale))
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": top, "hostname": "localhost"})
    for slug, sentence in SENTENCES.items():
        top.add_child(instance=StandardPage(title=slug, slug=slug, summary=sentence, locale=locale))


def found(text: str) -> set[str]:
    return {page.slug for page in search_site(text, language="km").pages}


@pytest.mark.parametrize(("query", "slugs"), QUERIES)
def test_every_khmer_word_is_found(sentences: None, query: str, slugs: set[str]) -> None:
    assert found(query) == slugs


@pytest.mark.postgresql
@pytest.mark.parametrize(("query", "slugs"), QUERIES)
def test_every_khmer_word_is_found_on_postgresql(sentences: None, query: str, slugs: set[str]) -> None:
    assert found(query) == slugs


@pytest.mark.parametrize(
    "query", ['"', '""', '"យុវជន', "'", "*", "AND OR NOT", "(", "\x00", "^", "a" * 5000, "៛", "-", "%", "_"]
)
def test_odd_input_never_raises(sentences: None, query: str) -> None:
    assert search_site(query, language="km").communes == []


def test_a_quoted_word_is_still_found(sentences: None) -> None:
    assert found('"យុវជន"') == {"one"}


def test_a_changed_page_is_found_by_its_new_words_only(sentences: None) -> None:
    page = StandardPage.objects.get(slug="seven")
    page.summary = "ទឹកស្អាតសម្រាប់សាលារៀន"
    page.save()
    assert (found("ទឹកស្អាត"), found("ចំណូល")) == ({"seven"}, set())


def test_unpublished_and_foreign_pages_stay_out(sentences: None) -> None:
    StandardPage.objects.get(slug="one").unpublish()
    assert found("យុវជន") == set()
    assert search_site("ចំណូល", language="en").pages == []


def test_the_page_shows_words_asked_and_what_was_found(sentences: None, client: Client) -> None:
    answer = client.get("/km/search/", {"q": '<b>"ចំណូល'})
    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode().split("<main")[1]
    assert client.get("/km/search/", {"q": "ចំណូល"}).context["results"].total == 1
    assert client.get("/en/search/").context["results"].query == ""
