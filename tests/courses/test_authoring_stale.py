"""Translations that the original left behind: which are listed, for whom, and what is shown of the change."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from accounts.models import Organisation, User
from courses.models import CourseIndexPage, CoursePage, LessonPage
from courses.services import set_up_publisher
from courses.services.authoring_stale import count_stale, find_stale, list_changes
from tests.factories.accounts import MembershipFactory, NgoFactory, UserFactory
from tests.factories.courses import make_course, make_lesson, make_match, make_question, make_typed
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db
TEXT = "បើកលិខិត។ វាយកាលបរិច្ឆេទ។\n\nរក្សាទុកឯកសារ។"


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def say_all(translation: Translation) -> None:
    """A translator fills every field; the page goes live."""
    for segment in StringSegment.objects.filter(source=translation.source).select_related("string"):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": f"EN {segment.string.data}", "translation_type": "manual"},
        )
    translation.save_target(publish=False)
    translation.get_target_instance().get_latest_revision().publish()


@pytest.fixture
def lesson(indexes: dict[str, CourseIndexPage], ngo: Organisation, editor: User) -> LessonPage:
    """Of the editor's section, live in both languages."""
    english = Locale.objects.get(language_code="en")
    course = make_course(set_up_publisher(ngo)["km"])
    body = [block("text", {"text": TEXT}), block("practice", {"question": [make_question()]})]
    lesson = make_lesson(course, [make_question()], body=body)
    for page in (course, lesson):
        translate_object(page, [english], user=editor)
        say_all(Translation.objects.get(source__object_id=page.translation_key))
    return LessonPage.objects.get(pk=lesson.pk)


def change(page: LessonPage, text: str) -> Translation:
    page.body[0].value["text"] = text
    page.save_revision().publish()
    return Translation.objects.get(source__object_id=page.translation_key)


def test_a_fresh_translation_is_not_listed(client: Client, lesson: LessonPage, editor: User) -> None:
    client.force_login(editor)
    assert list(find_stale(editor)) == []
    assert 'class="listing"' not in client.get(reverse("course-stale")).content.decode()


def test_a_changed_original_is_listed_with_its_changed_paragraph(
    client: Client, lesson: LessonPage, editor: User
) -> None:
    translation = change(lesson, TEXT.replace("រក្សាទុកឯកសារ", "បោះពុម្ពឯកសារ"))
    (row,) = find_stale(editor)
    assert (row.pk, row.page_id, row.is_changed, row.is_waiting) == (translation.pk, lesson.pk, True, False)
    (only,) = list_changes(row)
    assert "".join(text for text, _changed in only.old) == "រក្សាទុកឯកសារ។"
    assert "".join(text for text, _changed in only.new) == "បោះពុម្ពឯកសារ។"
    assert ("រក្សាទុក", True) in only.old
    assert not only.old[-1][1]
    assert only.words == f"EN {TEXT}"
    assert (str(only.number), only.label) == ("1", lesson.body[0].block.label)
    client.force_login(editor)
    page = client.get(reverse("course-stale-changes", args=[row.pk])).content.decode()
    assert "<del>រក្សាទុក</del>" in page
    assert "<ins>បោះពុម្ព</ins>" in page


def test_a_draft_of_the_original_leaves_nothing_behind(lesson: LessonPage, editor: User) -> None:
    lesson.body[0].value["text"] = "ផ្សេង"
    lesson.save_revision()
    assert count_stale(editor) == 0


def test_after_taking_over_it_waits_for_words_and_shows_the_same_change(lesson: LessonPage, editor: User) -> None:
    translation = change(lesson, TEXT.replace("រក្សាទុកឯកសារ", "បោះពុម្ពឯកសារ"))
    translation.source.update_from_db()
    (row,) = find_stale(editor)
    assert (row.is_changed, row.is_waiting) == (False, True)
    (only,) = list_changes(row)
    assert "".join(text for text, _changed in only.old) == "រក្សាទុកឯកសារ។"
    assert "".join(text for text, _changed in only.new) == "បោះពុម្ពឯកសារ។"
    say_all(translation)
    assert count_stale(editor) == 0


def test_a_translation_that_was_never_published_is_not_behind(lesson: LessonPage, editor: User) -> None:
    translation = change(lesson, "ថ្មី")
    translation.source.update_from_db()
    translation.get_target_instance().unpublish()
    assert count_stale(editor) == 0


def test_the_menu_says_how_many(client: Client, lesson: LessonPage, editor: User) -> None:
    change(lesson, "ថ្មី")
    client.force_login(editor)
    client.cookies["django_language"] = "en"
    assert "Old translations (1)" in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_list_of_everybodys_translations_is_no_dead_end_in_the_menu(
    client: Client, lesson: LessonPage, editor: User
) -> None:
    address = reverse("wagtail_localize:translations_report")
    client.force_login(UserFactory.create(is_superuser=True))
    assert address in client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(editor)
    assert address not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_another_ngo_sees_neither_the_list_nor_the_change(client: Client, lesson: LessonPage, editor: User) -> None:
    translation = change(lesson, "អាថ៌កំបាំង")
    other = NgoFactory.create()
    set_up_publisher(other)
    rival = MembershipFactory.create(organisation=other, role="author").user
    assert count_stale(editor) == 1
    assert count_stale(rival) == 0
    client.force_login(rival)
    assert lesson.title not in client.get(reverse("course-stale")).content.decode()
    assert client.get(reverse("course-stale-changes", args=[translation.pk])).status_code == 404


def test_the_list_needs_no_more_queries_with_more_rows(
    client: Client, lesson: LessonPage, editor: User, django_assert_num_queries: Any
) -> None:
    english = Locale.objects.get(language_code="en")
    change(lesson, "ថ្មី")
    assert count_stale(editor) == 1
    for _number in range(2):
        other = make_lesson(CoursePage.objects.get(pk=lesson.get_parent().pk), [make_question()])
        translate_object(other, [english], user=editor)
        change(other, "ថ្មី")
    with django_assert_num_queries(1):
        assert [row.source.locale.language_code for row in find_stale(editor)] == ["km"] * 3


def test_a_lesson_its_quiz_its_task_and_its_practice_are_one_unit(
    indexes: dict[str, CourseIndexPage], ngo: Organisation, editor: User
) -> None:
    """One form of the translators holds all words; publishing it brings all at once, with the same ids and answers."""
    english = Locale.objects.get(language_code="en")
    course = make_course(set_up_publisher(ngo)["km"])
    questions = [make_question(), make_question("several", "110"), make_question("order"), make_match()]
    questions += [make_typed("number", answer="4.5", tolerance="0.5"), make_typed("short", accepted=["ឃុំ", "ឃុំយើង"])]
    body = [block("practice", {"question": [make_typed("short", accepted=["ភូមិ"])]})]
    lesson = make_lesson(course, questions, body=body, task=[make_task()])
    for page in (course, lesson):
        translate_object(page, [english], user=editor)
        say_all(Translation.objects.get(source__object_id=page.translation_key))
    twin = LessonPage.objects.get(translation_key=lesson.translation_key, locale=english)
    assert twin.live
    for name in ("body", "questions", "task"):
        here, there = (read_words(getattr(page, name).get_prep_value()) for page in (lesson, twin))
        assert there == [(key, f"EN {value}" if is_words else value, is_words) for key, value, is_words in here], name


def read_words(value: Any, key: str = "") -> list[tuple[str, Any, bool]]:
    """Every leaf in order, with whether it is words: ids, kinds, marks and numbers are none."""
    if isinstance(value, dict):
        return [leaf for name, child in sorted(value.items()) for leaf in read_words(child, name)]
    if isinstance(value, list):
        return [leaf for child in value for leaf in read_words(child, key)]
    kept = {"id", "type", "kind", "confirm", "answer", "tolerance"}
    is_words = isinstance(value, str) and bool(value) and key not in kept
    return [(key, value if is_words else str(value), is_words)]
