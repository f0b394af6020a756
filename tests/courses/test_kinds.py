"""Number, short text and pairs: in the editor, on the page without script, frozen, translated."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.html import escape
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.models import Translation, TranslationSource

from accounts.models import User
from courses.blocks import MatchBlock, NumberBlock, QuestionsBlock, ShortBlock, SingleBlock
from courses.models import Answer, Attempt, CourseIndexPage, CoursePage, LessonPage
from tests.factories.courses import make_course, make_lesson, make_match, make_question, make_typed, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(indexes: dict[str, CourseIndexPage]) -> LessonPage:
    questions = [
        make_typed("number", answer="32000000", tolerance="0", unit="រៀល"),
        make_typed("short", accepted=["=SUM(D2:D7)", "=D2+D3"]),
        make_match(3),
    ]
    return make_lesson(make_course(indexes["km"]), questions, pass_mark=100)


def send(client: Client, lesson: LessonPage, index: int, **fields: Any) -> Any:
    parcel = {"attempt": uuid.uuid4(), "answer": uuid.uuid4(), "question": lesson.questions[index].id, **fields}
    return client.post(f"{lesson.url}quiz/", parcel)


def pairs_of(client: Client, lesson: LessonPage) -> dict[str, str]:
    """The fields of a right answer, read from the frozen quiz or from the page by its texts."""
    screen = client.get(f"{lesson.url}quiz/?q=3").context["screen"]
    sides = {text: key for key, text in screen.sides}
    return {f"pair-{item.id}": sides[item.value["right"]] for item in lesson.questions[2].value["pairs"].bound_blocks}


def test_a_quiz_of_typed_answers_and_pairs_is_passed(client: Client, lesson: LessonPage) -> None:
    right = pairs_of(client, lesson)
    send(client, lesson, 0, text="៣២ ០០០ ០០០ ៛")
    send(client, lesson, 1, text="=sum( D2:D7 )")
    location = send(client, lesson, 2, **right)["Location"]
    attempt = Attempt.objects.get()
    assert (attempt.score, attempt.total, attempt.is_passed) == (3, 3, True)
    assert list(Answer.objects.values_list("text", flat=True)) == ["៣២ ០០០ ០០០ ៛", "=sum( D2:D7 )", ""]
    assert Answer.objects.last().choices == list(right.values())
    page = client.get(location).content.decode()
    assert page.count(" selected>") == 3
    assert page.count('class="tag ok"') == 3


def test_what_was_typed_stays_and_is_marked(client: Client, lesson: LessonPage) -> None:
    assert "រៀល" in client.get(f"{lesson.url}quiz/").content.decode()
    location = send(client, lesson, 1, text="=SUM<x>")["Location"]
    assert f'value="{escape("=SUM<x>")}"' in client.get(location).content.decode()
    assert Answer.objects.get().is_right is False


@pytest.mark.parametrize(
    ("index", "fields", "sentence"),
    [
        (0, {"text": ""}, "សូមសរសេរចម្លើយសិន។"),
        (0, {"text": "សាមសិប"}, "សូមសរសេរជាលេខ ឧទាហរណ៍៖ 1 500"),
        (1, {"text": " "}, "សូមសរសេរចម្លើយសិន។"),
        (1, {"text": "x" * 201}, "សូមសរសេរឱ្យខ្លីជាងនេះ។"),
        (2, {}, "សូមជ្រើសចម្លើយឱ្យគ្រប់បន្ទាត់។"),
    ],
)
def test_an_answer_that_cannot_be_is_said_at_the_question(
    client: Client, lesson: LessonPage, index: int, fields: dict[str, str], sentence: str
) -> None:
    response = send(client, lesson, index, **fields)
    assert (response.status_code, Answer.objects.count()) == (422, 0)
    assert response.context["screen"].form.non_field_errors() == [sentence]
    if fields.get("text", "").strip():
        assert f'value="{fields["text"]}"' in response.content.decode()


def test_one_right_side_belongs_to_one_line(client: Client, lesson: LessonPage) -> None:
    fields = pairs_of(client, lesson)
    twice = dict.fromkeys(fields, next(iter(fields.values())))
    response = send(client, lesson, 2, **twice)
    assert response.status_code == 422
    assert response.content.decode().count(" selected>") == 3


def test_almost_right_pairs_say_which(client: Client, lesson: LessonPage) -> None:
    fields = pairs_of(client, lesson)
    keys, values = list(fields), list(fields.values())
    location = send(client, lesson, 2, **dict(zip(keys, [values[0], values[2], values[1]], strict=True)))["Location"]
    page = client.get(location).content.decode()
    assert (page.count('class="tag ok"'), page.count('class="tag bad"')) == (1, 2)
    assert "១ ក្នុង ៣" in page


def test_the_page_does_not_tell_which_sides_belong_together(client: Client, lesson: LessonPage) -> None:
    page = client.get(f"{lesson.url}quiz/?q=3").content.decode()
    lefts = {item.id for item in lesson.questions[2].value["pairs"].bound_blocks}
    values = {part.split('"')[0] for part in page.split('<option value="')[1:]} - {""}
    assert len(values) == 3
    assert values & lefts == set()


def test_the_preview_shows_every_kind(lesson: LessonPage) -> None:
    response = lesson.make_preview_request(preview_mode="quiz")
    page = response.content.decode()
    assert [text in page for text in ("៣២\u202f០០០\u202f០០០ រៀល", "=SUM(D2:D7)", "ឆ្វេង 0</strong> → ស្ដាំ 0")] == [
        True
    ] * 3


def test_every_text_is_translated_and_every_id_kept(lesson: LessonPage, client: Client) -> None:
    english = Locale.objects.get(language_code="en")
    for page in (lesson.get_parent().specific, lesson):
        source, _made = TranslationSource.update_or_create_from_instance(page)
        translation = Translation.objects.create(source=source, target_locale=english)
        translation.save_target(publish=True)
    texts = set(source.stringsegment_set.values_list("string__data", flat=True))
    wanted = {"រៀល", "=SUM(D2:D7)", "=D2+D3", *(f"{side} {n}" for side in ("ឆ្វេង", "ស្ដាំ") for n in range(3))}
    assert wanted - texts == set()
    assert not {text for text in texts if text.startswith("32000000")}
    twin = LessonPage.objects.get(translation_key=lesson.translation_key, locale=english)
    assert [child.id for child in twin.questions] == [child.id for child in lesson.questions]
    assert [item.id for item in twin.questions[2].value["pairs"].bound_blocks] == [
        item.id for item in lesson.questions[2].value["pairs"].bound_blocks
    ]
    assert twin.questions[0].value["answer"] == lesson.questions[0].value["answer"]


def test_a_translated_form_is_accepted_on_both_pages(
    client: Client, lesson: LessonPage, indexes: dict[str, CourseIndexPage]
) -> None:
    english = translate(lesson, translate(lesson.get_parent().specific, indexes["en"], slug="c-en"), slug="l-en")
    english.questions[1].value["accepted"].bound_blocks[1].value = "=ADD(D2;D3)"
    english.save_revision().publish()
    send(client, lesson, 1, text="=ADD(D2;D3)")
    assert Answer.objects.get().is_right is True


def clean(question: dict[str, Any]) -> None:
    block = QuestionsBlock()
    block.clean(block.to_python([question]))


@pytest.mark.parametrize(
    ("question", "part"),
    [
        (make_question("single", "000"), "choices"),
        (make_question("single", "110"), "choices"),
        (make_question("several", "000"), "choices"),
        (make_typed("number", answer=None), "answer"),
        (make_typed("number", answer="1", tolerance="-1"), "tolerance"),
        (make_typed("short", accepted=[]), "accepted"),
        (make_typed("short", accepted=["\u200b"]), "accepted"),
        (make_match(1), "pairs"),
    ],
)
def test_a_question_that_nobody_could_answer_is_refused_at_saving(question: dict[str, Any], part: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        clean(question)
    assert list(refusal.value.block_errors[0].block_errors) == [part]


def test_two_pairs_with_one_side_are_refused() -> None:
    question = make_match(3)
    question["value"]["pairs"][2]["value"]["right"] = question["value"]["pairs"][0]["value"]["right"]
    with pytest.raises(ValidationError):
        clean(question)


def test_sound_questions_are_kept() -> None:
    for question in (
        make_question("single", "100"),
        make_question("order", "111"),
        make_typed("number", answer="0", tolerance="0.5"),
        make_typed("short", accepted=["ឃុំ"]),
        make_match(2),
    ):
        clean(question)


def test_the_kinds_have_their_own_words() -> None:
    labels = {str(block.meta.label) for block in (SingleBlock(), NumberBlock(), ShortBlock(), MatchBlock())}
    assert len(labels) == 4


def test_a_live_quiz_that_lost_its_right_answer_fails_nobody(client: Client, lesson: LessonPage) -> None:
    """Written past the editor's forms: the broken question is not asked, the others count."""
    broken = make_question("single", "000")
    lesson.questions = [broken, make_question("single", "100")]
    lesson.save_revision(clean=False).publish()
    lesson.refresh_from_db()
    assert lesson.question_count == 1
    assert client.get(f"{lesson.url}quiz/").context["screen"].total == 1
    right = lesson.questions[1].value["choices"].bound_blocks[0].id
    send(client, lesson, 1, choice=right)
    attempt = Attempt.objects.get()
    assert (attempt.total, attempt.score, attempt.is_passed) == (1, 1, True)


def test_a_lesson_without_any_sound_question_is_done_when_read(client: Client, lesson: LessonPage) -> None:
    lesson.questions = [make_question("single", "000")]
    lesson.save_revision(clean=False).publish()
    assert client.get(f"{lesson.url}quiz/").status_code == 404
    client.post(f"/km/learn/lessons/{lesson.translation_key}/done/")
    course = lesson.get_parent()
    end = client.get(f"/km/learn/finished/{course.translation_key}/")
    assert end.status_code == 200


def save_course(client: Client, course: CoursePage, form: list[Any]) -> Any:
    data = {
        "title": course.title, "slug": course.slug, "summary": "ស", "intro": "ស", "icon": "book-2", "minutes": "5",
        "work": "", "form_a": streamfield(form), "form_b": streamfield(form),
    }  # fmt: skip
    for name in ("skill_links", "prerequisites", "comments"):
        data |= {f"{name}-{part}_FORMS": "0" for part in ("TOTAL", "INITIAL")}
    return client.post(f"/admin/pages/{course.pk}/edit/", nested_form_data(data))


def inline_list(values: list[Any]) -> dict[str, Any]:
    """ListBlock data as the editor's form sends it."""
    items = {str(n): {"deleted": "", "order": str(n), "value": value, "id": ""} for n, value in enumerate(values)}
    return {"count": str(len(values)), **items}


def typed_form(kind: str, **parts: Any) -> tuple[str, dict[str, Any]]:
    return kind, {"text": "សំណួរ", "hint": "", "explanation": "ព្រោះ", **parts}


def test_the_editor_keeps_every_kind_and_refuses_a_broken_one(
    client: Client, admin_user: User, lesson: LessonPage
) -> None:
    course = lesson.get_parent().specific
    client.force_login(admin_user)
    sound = [
        typed_form("number", answer="12.5", tolerance="0", unit="រៀល"),
        typed_form("short", accepted=inline_list(["ឃុំ"])),
        typed_form("match", pairs=inline_list([{"left": f"l{n}", "right": f"r{n}"} for n in range(2)])),
    ]
    assert save_course(client, course, sound).status_code == 302
    kept = CoursePage.objects.get(pk=course.pk).get_latest_revision_as_object()
    assert [child.block_type for child in kept.form_a] == ["number", "short", "match"]
    broken = typed_form("match", pairs=inline_list([{"left": "l", "right": "r"}] * 2))
    refused = save_course(client, course, [broken])
    assert refused.status_code == 200
    problem = refused.context["form"].errors.as_data()["form_a"][0].block_errors[0].block_errors["pairs"]
    assert problem.messages == ["មានគូពីរ ដែលខាងឆ្វេង ឬខាងស្ដាំដូចគ្នា។"]
