"""Home, guides and standard pages: made once, linked across languages, shown in both."""

import pytest
from django.test import Client
from wagtail.models import Page, Site

from courses.models import CoursePage
from courses.services.index import ensure_course_indexes
from home.models import GuidePage, HomePage, StandardPage
from home.services.front import read_front
from home.services.starter import load_guides, load_homes, load_standard_pages

STANDARD = {"about", "accessibility", "help", "open-data", "privacy", "publish"}


@pytest.mark.django_db
def test_loading_twice_changes_nothing(site_pages: dict[str, HomePage]) -> None:
    before = list(Page.objects.order_by("pk").values_list("pk", "title", "translation_key", "last_published_at"))
    homes = load_homes()
    load_guides(homes)
    load_standard_pages(homes)
    assert (
        list(Page.objects.order_by("pk").values_list("pk", "title", "translation_key", "last_published_at")) == before
    )


@pytest.mark.django_db
def test_no_welcome_page_is_left(homes: dict[str, HomePage]) -> None:
    assert Site.objects.get().root_page_id == homes["km"].pk
    assert {page.specific_class for page in Page.objects.filter(depth=2)} == {HomePage}


@pytest.mark.django_db
def test_every_page_has_its_translation(site_pages: dict[str, HomePage]) -> None:
    for model in (GuidePage, StandardPage):
        khmer = set(model.objects.filter(locale__language_code="km").values_list("translation_key", flat=True))
        english = set(model.objects.filter(locale__language_code="en").values_list("translation_key", flat=True))
        assert khmer == english
        assert khmer


@pytest.mark.django_db
def test_a_page_edited_by_hand_stays(site_pages: dict[str, HomePage]) -> None:
    page = StandardPage.objects.get(slug="about", locale__language_code="en")
    page.title = "All about us"
    page.save_revision().publish()
    load_standard_pages(load_homes())
    page.refresh_from_db()
    assert page.title == "All about us"


@pytest.mark.django_db
def test_a_page_nobody_edited_follows_its_file(site_pages: dict[str, HomePage]) -> None:
    Page.objects.filter(slug="about").update(title="Old")
    load_standard_pages(load_homes())
    assert set(Page.objects.filter(slug="about").values_list("title", flat=True)) == {"អំពីយើង", "About"}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["km", "en"])
def test_each_page_is_shown(client: Client, site_pages: dict[str, HomePage], language: str) -> None:
    addresses = {f"/{language}/", f"/{language}/guides/"} | {f"/{language}/{slug}/" for slug in STANDARD}
    addresses |= {page.url for page in GuidePage.objects.filter(locale__language_code=language)}
    answers = {address: client.get(address) for address in addresses}
    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(addresses, 200)
    assert all(f'<html lang="{language}"' in answer.text for answer in answers.values())


@pytest.mark.django_db
def test_the_home_page_has_a_door_for_each_audience(client: Client, homes: dict[str, HomePage]) -> None:
    text = client.get("/km/").text
    doors = ["ខ្ញុំជាយុវជន", "ខ្ញុំធ្វើការនៅឃុំ ឬសង្កាត់", "ខ្ញុំមកពីអង្គការ"]
    assert [text.count(door) for door in doors] == [1, 1, 1]
    assert text.index(doors[0]) < text.index(doors[1]) < text.index(doors[2])


@pytest.mark.django_db
def test_counters_at_zero_are_not_shown(client: Client, homes: dict[str, HomePage]) -> None:
    assert read_front(homes["km"]).counts == []
    assert 'class="nums"' not in client.get("/km/").text


@pytest.mark.django_db
def test_the_home_page_lists_courses_of_its_language(homes: dict[str, HomePage]) -> None:
    indexes = ensure_course_indexes()
    for language, index in indexes.items():
        for number in range(5):
            title = f"{language} {number}"
            index.add_child(
                instance=CoursePage(
                    title=title, slug=f"c{number}", summary="s", intro="i", minutes=5, locale=index.locale
                )
            )
    front = read_front(homes["en"])
    assert [course.title for course, _ in front.courses] == ["en 0", "en 1", "en 2", "en 3"]
    assert front.course_total == 5


@pytest.mark.django_db
def test_titles_fall_into_sentences() -> None:
    assert HomePage(title="Learn. Help your commune. Be heard.").sentences == [
        "Learn.",
        "Help your commune.",
        "Be heard.",
    ]
    assert HomePage(title="រៀន។ ជួយឃុំ។").sentences == ["រៀន។", "ជួយឃុំ។"]
