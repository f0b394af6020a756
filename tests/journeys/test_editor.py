"""Step 7 at 360 px: an NGO's editor writes, a moderator publishes, the editor translates side by side and publishes."""

import re
import sqlite3

import pytest
from playwright.sync_api import Page, Response, expect

from tests.journeys.conftest import MakeContext, Snap
from tests.journeys.people import sign_in
from tests.journeys.site import LiveSite

LESSON = {"title": "Write the date", "summary": "Where the date stands.", "text": "Open the letter. Type today's date."}
KHMER = {
    "title": "សរសេរកាលបរិច្ឆេទ",
    "summary": "កាលបរិច្ឆេទនៅត្រង់ណា។",
    "text": "បើកលិខិត។ វាយកាលបរិច្ឆេទថ្ងៃនេះ។",
}


def section(live: LiveSite, language: str) -> int:
    """Key of the demo NGO's section, which the editor's explorer opens on."""
    with sqlite3.connect(live.folder / "var" / "chuoykhum.sqlite3") as database:
        row = database.execute(
            "SELECT p.id FROM wagtailcore_page p JOIN courses_publisherpage s ON s.page_ptr_id = p.id "
            "JOIN wagtailcore_locale l ON l.id = p.locale_id WHERE l.language_code = ?",
            [language],
        ).fetchone()
    return int(row[0])


def staff(new_context: MakeContext, live: LiveSite, name: str) -> Page:
    page = new_context(language="en").new_page()
    sign_in(page, name, live.password)
    page.goto("/en/")  # the admin speaks the language read last
    return page


def fill(page: Page, **texts: str) -> None:
    for name, text in texts.items():
        page.fill(f'[name="{name}"]', text)


def key_of(page: Page) -> str:
    found = re.search(r"/pages/(\d+)/", page.url)
    assert found, page.url
    return found.group(1)


def save_draft(page: Page) -> str:
    """Press the button and wait for its own answer: the editor also saves by itself, soon after each change."""

    def is_ours(answer: Response) -> bool:
        return answer.request.method == "POST" and answer.request.is_navigation_request()

    with page.expect_response(is_ours):
        page.get_by_role("button", name="Save draft").click()
    page.wait_for_url(re.compile(r"/pages/\d+/edit/"))
    page.wait_for_load_state()
    return key_of(page)


def submit(page: Page, key: str) -> None:
    page.goto(f"/admin/pages/{key}/edit/")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=re.compile("^Submit to")).click()
    expect(page.locator(".messages")).to_contain_text("submitted for moderation")


def approve(page: Page, key: str) -> None:
    page.goto(f"/admin/pages/{key}/edit/")
    page.get_by_role("button", name="More actions").click()
    page.locator('[data-workflow-action-name="approve"]').first.click()
    expect(page.locator(".messages")).to_contain_text("has been")


def translate(page: Page, key: str, words: dict[str, str]) -> None:
    """Fill every segment on the side-by-side screen and publish."""
    page.goto(f"/admin/pages/{key}/edit/")
    for source, khmer in words.items():
        row = page.locator("li").filter(has_text=source).filter(has=page.locator("button")).last
        row.get_by_role("button", name="Translate").click()
        row.locator("textarea").fill(khmer)
        with page.expect_response(re.compile("/admin/localize/.*/strings/")) as saved:
            row.get_by_role("button", name="Save").click()
        assert saved.value.status in {200, 201}
        expect(row).to_contain_text(khmer)
    page.get_by_role("button", name=re.compile("^Publish in")).click()
    expect(page.locator(".messages")).to_contain_text("Published")


@pytest.mark.journey
def test_an_ngo_publishes_a_lesson_in_two_languages(live: LiveSite, new_context: MakeContext, snap: Snap) -> None:
    editor = staff(new_context, live, "demo-editor")
    moderator = staff(new_context, live, "demo-moderator")
    editor.goto(f"/admin/pages/add/courses/coursepage/{section(live, 'en')}/")
    fill(editor, title="Official letters", summary="Letters that look right", intro="You can write one.", minutes="10")
    course = save_draft(editor)

    editor.goto(f"/admin/pages/add/courses/lessonpage/{course}/")
    fill(editor, title=LESSON["title"], summary=LESSON["summary"], minutes="5")
    editor.locator(".c-sf-add-button").first.click()
    editor.get_by_role("option", name="Text", exact=True).first.click()
    editor.locator('textarea[name^="body"]').first.fill(LESSON["text"])
    lesson = save_draft(editor)
    editor.locator('[data-side-panel-toggle="preview"]').click()
    preview = editor.frame_locator('iframe[title="Preview"]').first
    expect(preview.locator("h1")).to_contain_text(LESSON["title"])
    expect(preview.locator("main")).to_contain_text(LESSON["text"])
    snap(editor, "preview")
    editor.locator('[data-side-panel-toggle="preview"]').click()
    submit(editor, course)
    submit(editor, lesson)

    address = "/en/courses/demo-ngo/official-letters/write-the-date/"
    visitor = new_context(language="en").new_page()
    answer = visitor.goto(address)
    assert answer is not None
    assert answer.status == 404
    approve(moderator, course)
    approve(moderator, lesson)
    visitor.goto(address)
    expect(visitor.locator("h1")).to_have_text(LESSON["title"])
    snap(visitor, "published")

    editor.goto(f"/admin/localize/submit/page/{course}/")
    editor.locator('[name="include_subtree"]').check(force=True)
    editor.locator('[name="locales"]').first.check(force=True)
    editor.locator('main form [type="submit"]').first.click()
    expect(editor.locator(".messages")).to_contain_text("submitted for translation")
    khmer_course = key_of(editor)
    words = {"Official letters": "លិខិតផ្លូវការ", "Letters that look right": "លិខិតត្រឹមត្រូវ"}
    translate(editor, khmer_course, words | {"You can write one.": "អ្នកអាចសរសេរលិខិតមួយ។"})
    snap(editor, "translated")
    editor.goto(f"/admin/pages/{khmer_course}/")
    editor.locator("main").get_by_role("link", name=LESSON["title"]).first.click()
    khmer_lesson = key_of(editor)
    translate(editor, khmer_lesson, {LESSON[name]: KHMER[name] for name in LESSON})
    snap(editor, "translated-lesson")
    visitor.goto(address)
    visitor.locator('a[hreflang="km"]').first.click()
    assert visitor.url.endswith(address.replace("/en/", "/km/", 1))
    expect(visitor.locator("h1")).to_have_text(KHMER["title"])
    expect(visitor.locator("main")).to_contain_text(KHMER["text"])
    snap(visitor, "published-in-khmer")


@pytest.mark.journey
def test_the_editor_stays_in_their_own_section(live: LiveSite, new_context: MakeContext) -> None:
    editor = staff(new_context, live, "demo-editor")
    with sqlite3.connect(live.folder / "var" / "chuoykhum.sqlite3") as database:
        (others,) = database.execute("SELECT page_ptr_id FROM courses_lessonpage ORDER BY 1 LIMIT 1").fetchone()
    editor.goto(f"/admin/pages/{others}/edit/")
    assert "/edit/" not in editor.url
