"""Question banks: drawn from, translated, frozen, kept within their section, and without an address."""

import uuid
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.models import Translation, TranslationSource

from accounts.models import User
from courses.models import Attempt, CourseIndexPage, CoursePage, LessonPage, PublisherPage, QuestionBankPage
from courses.services import set_up_publisher
from tests.courses.taking import answer
from tests.factories.accounts import NgoFactory
from tests.factories.courses import make_course, make_lesson, make_question, translate

pytestmark = pytest.mark.django_db


def make_bank(parent: Page, count: int = 5, **fields: Any) -> QuestionBankPage:
    number = QuestionBankPage.objects.count()
    questions = [make_question(text=f"ធនាគារ {n}") for n in range(count)]
    fields = {"title": f"ធនាគារ {number}", "slug": f"bank-{number}", "questions": questions, **fields}
    bank = parent.add_child(instance=QuestionBankPage(locale=parent.locale, **fields))
    bank.save_revision().publish()
    return bank


def from_bank(bank: QuestionBankPage, count: int) -> dict[str, Any]:
    return {"type": "bank", "value": {"bank": bank.pk, "count": count}, "id": str(uuid.uuid4())}


@pytest.fixture
def bank(indexes: dict[str, CourseIndexPage]) -> QuestionBankPage:
    return make_bank(indexes["km"])


@pytest.fixture
def lesson(indexes: dict[str, CourseIndexPage], bank: QuestionBankPage) -> LessonPage:
    course = make_course(indexes["km"])
    return make_lesson(course, [make_question(text="ផ្ទាល់"), from_bank(bank, 2)], pass_mark=100)


def test_a_quiz_asks_its_own_and_some_of_the_bank(client: Client, lesson: LessonPage, bank: QuestionBankPage) -> None:
    screen = client.get(f"{lesson.url}quiz/").context["screen"]
    keys = [question["id"] for question in screen.questions]
    assert (len(keys), keys[0], lesson.question_count) == (3, lesson.questions[0].id, 3)
    assert set(keys[1:]) <= {child.id for child in bank.questions}
    answer(client, lesson, 0, attempt=screen.attempt_id)
    attempt = Attempt.objects.get()
    assert (attempt.drawn, attempt.total, len(attempt.version.questions)) == (keys, 3, 6)


def test_a_changed_bank_leaves_a_begun_attempt_alone(
    client: Client, lesson: LessonPage, bank: QuestionBankPage
) -> None:
    answer(client, lesson, 0)
    drawn = Attempt.objects.get().drawn
    bank.questions = [make_question(text="ថ្មី")]
    bank.save_revision().publish()
    screen = client.get(f"{lesson.url}quiz/").context["screen"]
    assert [question["id"] for question in screen.questions] == drawn
    assert {question["text"]["km"] for question in screen.questions} & {"ថ្មី"} == set()


def test_the_bank_speaks_the_readers_language(
    client: Client, lesson: LessonPage, bank: QuestionBankPage, indexes: dict[str, CourseIndexPage]
) -> None:
    twin = translate(bank, indexes["en"], slug="bank-en")
    for child in twin.questions:
        child.value["text"] = "From the bank"
    twin.save_revision().publish()
    course = translate(lesson.get_parent().specific, indexes["en"], slug="c-en")
    english = translate(lesson, course, slug="l-en")
    assert client.get(f"{english.url}quiz/?q=2").context["screen"].text == "From the bank"


def test_translating_a_lesson_keeps_its_banks(
    client: Client, lesson: LessonPage, bank: QuestionBankPage, indexes: dict[str, CourseIndexPage]
) -> None:
    english = indexes["en"].locale
    for page in (lesson.get_parent().specific, lesson):
        source, _made = TranslationSource.update_or_create_from_instance(page)
        Translation.objects.create(source=source, target_locale=english).save_target(publish=True)
    twin = LessonPage.objects.get(translation_key=lesson.translation_key, locale=english)
    own, block = twin.questions
    assert (own.id, block.id) == (lesson.questions[0].id, lesson.questions[1].id)
    assert (block.value["bank"].translation_key, block.value["count"]) == (bank.translation_key, 2)
    for page in (twin.get_parent().specific, twin):
        page.save_revision().publish()
    assert client.get(f"{twin.url}quiz/").context["screen"].total == 3


def test_a_bank_that_goes_away_is_asked_no_more(
    client: Client,
    lesson: LessonPage,
    bank: QuestionBankPage,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        bank.unpublish()
    lesson.refresh_from_db()
    assert lesson.question_count == 1
    assert client.get(f"{lesson.url}quiz/").context["screen"].total == 1


def test_a_quiz_of_a_deleted_bank_alone_is_no_quiz(
    client: Client,
    indexes: dict[str, CourseIndexPage],
    bank: QuestionBankPage,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    lesson = make_lesson(make_course(indexes["km"]), [from_bank(bank, 2)])
    assert client.get(f"{lesson.url}quiz/").context["screen"].total == 2
    with django_capture_on_commit_callbacks(execute=True):
        bank.delete()
    lesson = LessonPage.objects.get(pk=lesson.pk)
    assert (lesson.question_count, client.get(f"{lesson.url}quiz/").status_code) == (0, 404)
    LessonPage.objects.update(question_count=1)  # in the moment between
    assert client.get(f"{lesson.url}quiz/")["Location"] == lesson.url


def test_a_bank_has_no_address(client: Client, bank: QuestionBankPage) -> None:
    parent = bank.get_parent().specific
    assert (bank.url, bank.full_url) == (None, None)
    assert client.get(f"{parent.url}{bank.slug}/").status_code == 404
    assert bank.slug not in client.get("/sitemap.xml").content.decode()
    assert client.get("/km/search/", {"q": bank.title}).content.decode().count(f">{bank.title}<") == 0


def test_its_editor_sees_every_question_in_the_preview(bank: QuestionBankPage) -> None:
    page = bank.make_preview_request(preview_mode="").content.decode()
    assert [f"ធនាគារ {n}" in page for n in range(5)] == [True] * 5


@pytest.fixture
def section(editor: User, indexes: dict[str, CourseIndexPage]) -> PublisherPage:
    return set_up_publisher(editor.active_memberships[0].organisation)["km"]


def save_lesson(client: Client, course: CoursePage, bank: QuestionBankPage) -> Any:
    data = {
        "title": "មេរៀន", "slug": "l", "summary": "ស", "minutes": "5", "pass_mark": "60", "draw": "0",
        "attempt_limit": "0", "wait_minutes": "0", "body": streamfield([("text", {"text": "ក"})]),
        "task": streamfield([]), "questions": streamfield([("bank", {"bank": str(bank.pk), "count": "1"})]),
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    }  # fmt: skip
    return client.post(f"/admin/pages/add/courses/lessonpage/{course.pk}/", nested_form_data(data))


def test_a_lesson_draws_from_its_own_section_only(
    client: Client, editor: User, section: PublisherPage, bank: QuestionBankPage
) -> None:
    course = make_course(section)
    other = make_bank(set_up_publisher(NgoFactory.create())["km"])
    client.force_login(editor)
    refused = save_lesson(client, course, other)
    assert refused.status_code == 200
    assert f"«{other.title}» ជារបស់ផ្នែកផ្សេង។" in str(refused.context["form"].errors["questions"])
    assert LessonPage.objects.child_of(course).count() == 0
    assert save_lesson(client, course, make_bank(section)).status_code == 302
    assert LessonPage.objects.child_of(course).count() == 1


def test_the_programmes_bank_is_for_everybody(
    client: Client, editor: User, section: PublisherPage, bank: QuestionBankPage
) -> None:
    client.force_login(editor)
    assert save_lesson(client, make_course(section), bank).status_code == 302


def test_a_chooser_shows_no_bank_of_another_section(client: Client, editor: User, section: PublisherPage) -> None:
    own = make_bank(section, title="Own bank")
    other = make_bank(set_up_publisher(NgoFactory.create())["km"], title="Other bank")
    client.force_login(editor)
    for bank, is_shown in ((own, True), (other, False)):
        page = client.get(f"/admin/choose-page/{bank.get_parent().pk}/", {"page_type": "courses.QuestionBankPage"})
        assert (bank.title in page.json()["html"]) is is_shown
