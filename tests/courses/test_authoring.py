"""What an author is told about a draft: its bytes, what is missing, what is hard to read."""

import random
import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from accounts.models import Organisation, User
from courses.models import CourseIndexPage, CoursePage, LessonPage
from courses.services import set_up_publisher
from courses.services.authoring import Review, review_draft
from courses.services.authoring_reading import find_unexplained, read_through
from courses.services.authoring_size import PAGE_MOST
from tests.factories.accounts import MembershipFactory, NgoFactory
from tests.factories.courses import make_course, make_lesson, make_match, make_question, make_typed, translate
from tests.factories.media import SVG, make_document, make_svg

pytestmark = pytest.mark.django_db
KHMER_LONG = "ឃុំត្រូវប្រជុំជាមួយប្រជាពលរដ្ឋទាំងអស់ដើម្បីពិភាក្សាអំពីបញ្ហាដែលកើតមានក្នុងភូមិនីមួយៗហើយជ្រើសរើសគម្រោងដែលសំខាន់ជាងគេសម្រាប់ឆ្នាំក្រោយទៀតនោះ"
WORDS = {"title": "ចំណងជើង", "length": "3:10", "transcript": "ពាក្យទីមួយ"}


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def review(page: Any, html: bytes = b"", twin: Any = None) -> Review:
    with translation.override("en"):
        return review_draft(page, html=html, twin=twin)


def warnings(page: Any, **kwargs: Any) -> list[str]:
    return [note.text for note in review(page, **kwargs).warnings]


def hints(page: Any) -> list[str]:
    return [note.text for note in review(page).hints]


@pytest.fixture
def course(indexes: dict[str, CourseIndexPage]) -> CoursePage:
    return make_course(indexes["km"])


@pytest.fixture
def own_lesson(indexes: dict[str, CourseIndexPage], ngo: Organisation, editor: User) -> LessonPage:
    return make_lesson(make_course(set_up_publisher(ngo)["km"]), [make_question()])


def test_each_block_has_its_bytes_and_a_sound_is_counted_apart(course: CoursePage) -> None:
    sound = make_document("voice.mp3", b"ID3" + b"\x00" * 299_997)
    table = make_document("table.csv", b"a,b" * 1000)
    body = [
        block("text", {"text": "ខ្លី"}),
        block("text", {"text": "".join(random.Random(1).choices(KHMER_LONG, k=1500))}),
        block("audio", {**WORDS, "file": sound.pk}),
        block("download", {"document": table.pk, "title": "តារាង", "description": ""}),
    ]
    size = review(make_lesson(course, body=body)).size
    short, long, voice, file = size.blocks
    assert [part.piece.number for part in size.blocks] == [1, 2, 3, 4]
    assert short.words < 100 < long.words < 3000
    assert [part.tapped for part in size.blocks] == [0, 0, 300_000, 3000]
    assert size.tapped == 303_000
    assert size.opened == size.frame + sum(part.words for part in (short, long, voice, file))


def test_a_picture_counts_when_opened_and_has_a_limit(course: CoursePage) -> None:
    light, heavy = make_svg("light.svg"), make_svg("heavy.svg")
    type(heavy).objects.filter(pk=heavy.pk).update(file_size=61_000)
    body = [block("picture", {"image": image.pk, "alt": "ក", "caption": ""}) for image in (light, heavy)]
    said = review(make_lesson(course, [make_question()], body=body))
    assert [part.pictures for part in said.size.blocks] == [(len(SVG),), (61_000,)]
    assert said.size.opened == said.size.first + len(SVG) + 61_000
    assert [(note.piece.number, note.text) for note in said.warnings if note.piece] == [
        (2, "This picture weighs 61 KB on a phone. At most 60 KB: cut it, or save it smaller.")
    ]


def test_what_weighs_too_much_is_said(course: CoursePage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("courses.services.authoring_size.weigh_sheet", lambda _name: 1000)
    sound = make_document("voice.mp3", b"ID3" + b"\x00" * 2_500_000)
    lesson = make_lesson(course, [make_question()], body=[block("audio", {**WORDS, "file": sound.pk})])
    LessonPage.objects.filter(pk=lesson.pk).update(audio_size=5_200_000)
    noise = b"".join(uuid.uuid4().bytes for _n in range(PAGE_MOST // 16))
    assert warnings(lesson, html=noise) == [
        "The words alone make 15 KB; beyond 14 KB a slow phone waits twice. Make two lessons of it.",
        "This sound weighs 2.5 MB. 32 kbit/s are enough for speech; or make two of it.",
        "The whole course weighs 5.2 MB without videos. More than 5 MB is too much for a small data plan.",
    ]


def test_a_light_page_has_no_warning(course: CoursePage) -> None:
    assert warnings(make_lesson(course, [make_question()]), html=b"<html></html>") == []


def test_missing_words_are_said(course: CoursePage) -> None:
    sound = make_document("voice.mp3", b"ID3")
    body = [
        block("picture", {"image": None, "alt": " ", "caption": ""}),
        block("audio", {**WORDS, "file": sound.pk, "transcript": ""}),
    ]
    lesson = make_lesson(course, [make_question()], body=body)
    assert [(note.piece.number if note.piece else 0, note.text) for note in review(lesson).warnings] == [
        (1, "Say in words what the picture shows: some readers do not see it."),
        (1, "The picture is gone. Choose another, or remove the block."),
        (2, "The transcript is missing: some readers cannot hear it, others cannot pay for it."),
    ]


def test_questions_without_right_answer_reason_or_feedback_are_said(course: CoursePage) -> None:
    nothing_right, no_reason, silent = make_question(right="00"), make_typed("number", answer="4"), make_question()
    no_reason["value"]["explanation"] = ""
    for choice in silent["value"]["choices"]:
        choice["value"]["feedback"] = ""
    practice = block("practice", {"question": [make_question(right="00")]})
    lesson = make_lesson(course, [nothing_right, no_reason, silent, make_match()], body=[practice])
    said = review(lesson)
    assert [(note.piece.field, note.piece.number, note.text) for note in said.warnings if note.piece] == [
        ("body", 1, "This question is asked of nobody: Tick the right choice."),
        ("questions", 1, "This question is asked of nobody: Tick the right choice."),
        ("questions", 2, "Say why the right answer is right."),
    ]
    assert [note.text for note in said.hints] == ["2 wrong choices say nothing to who chose them. Explain kindly."]


def test_a_check_before_the_course_is_looked_over_too(course: CoursePage) -> None:
    course.form_a = [("single", {"text": "?", "choices": [], "explanation": "ព្រោះ", "hint": ""})]
    assert [note.piece.field for note in review(course).warnings if note.piece] == ["form_a"]


def test_a_lesson_without_questions_gets_a_hint(course: CoursePage) -> None:
    assert hints(make_lesson(course)) == ["No questions yet. Three at the end show learners what they know."]


def test_an_empty_or_untranslated_text_is_said_in_the_translation_only(
    indexes: dict[str, CourseIndexPage], course: CoursePage
) -> None:
    khmer = make_lesson(course, [make_question()], summary="ហេតុអ្វី")
    english = translate(khmer, translate(course, indexes["en"]))
    english.title = "Write the date"
    english.summary = ""
    assert [(note.piece.field, note.text) for note in review(english, twin=khmer).warnings if note.piece] == [
        ("summary", "Empty here, but not in the other language."),
        ("body", "Still the words of the other language."),
        ("questions", "Still the words of the other language."),
    ]
    assert warnings(khmer, twin=english) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (" ".join(["word"] * 25) + ".", 0),
        (" ".join(["word"] * 26) + ".", 1),
        (" ".join(["word"] * 20) + ". " + " ".join(["word"] * 20) + ".", 0),
        ("ឃុំប្រជុំ។ ឃុំសម្រេច។", 0),
        (KHMER_LONG, 1),
        (f"{KHMER_LONG[:60]}។ {KHMER_LONG[60:]}", 0),
        ("\n".join(["one short line"] * 40), 1),
        ("\n\n".join(["one short line"] * 40), 0),
        ("ឃុំប្រជុំជាមួយប្រជាពលរដ្ឋ។ " * 20, 1),
    ],
)
def test_long_sentences_and_paragraphs_get_a_hint(text: str, count: int) -> None:
    assert len(list(read_through(text))) == count


def test_a_hint_names_the_sentence_by_its_first_words() -> None:
    with translation.override("en"):
        (hint,) = read_through("Short one. The " + " ".join(["word"] * 30))
    assert hint.text == "A sentence of 31 words: “The word word word word word…”. Make two of it."
    (hint,) = read_through(KHMER_LONG)
    assert KHMER_LONG[:10] in hint.text


def test_what_somebody_says_is_no_long_paragraph() -> None:
    assert list(read_through("Go on. " * 100, is_spoken=True)) == []


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["The CIP is a plan."], ["CIP"]),
        (["The Commune Investment Programme (CIP) is a plan.", "Read the CIP."], []),
        (["CIP (កម្មវិធីវិនិយោគឃុំ) គឺជាផែនការ"], []),
        (["CIP", "A plan of the commune", "Read the CIP."], []),
        (["Save a PDF, press OK, type =SUM(A1:A9) in AB12."], []),
        (["ឃុំប្រើ CIP និង DFF ។ CIP ល្អ"], ["CIP", "DFF"]),
    ],
)
def test_abbreviations_need_an_explanation(texts: list[str], found: list[str]) -> None:
    assert find_unexplained(texts) == found


def test_the_edit_form_asks_for_the_aids_and_shows_them(client: Client, own_lesson: LessonPage, editor: User) -> None:
    client.force_login(editor)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[own_lesson.pk])).content.decode()
    assert f'data-page="{own_lesson.pk}"' in form
    assert 'src="/static/authoring.js"' in form
    address = reverse("course-aids", args=[own_lesson.pk])
    part = client.get(address, {"part": "1"}).content.decode()
    assert part.lstrip().startswith('<div class="aids">')
    assert f'href="#block-{own_lesson.body[0].id}-section"' in part
    assert (
        f'href="/admin/pages/{own_lesson.pk}/edit/#block-{own_lesson.body[0].id}-section"'
        in client.get(address).content.decode()
    )


def test_the_aids_speak_of_the_draft_not_of_the_live_page(client: Client, own_lesson: LessonPage, editor: User) -> None:
    own_lesson.summary = " ".join(["word"] * 40)
    own_lesson.save_revision()
    client.force_login(editor)
    assert client.get(reverse("course-aids", args=[own_lesson.pk])).context["review"].hints[0].piece.field == "summary"


def test_a_phone_of_360_pixels_comes_first_in_the_preview(client: Client, own_lesson: LessonPage, editor: User) -> None:
    client.force_login(editor)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[own_lesson.pk])).content.decode()
    assert re.findall(r'data-device-width="(\d+)"', form) == ["360", "768", "1280"]
    assert own_lesson.default_preview_size == "phone"


def test_both_languages_stand_side_by_side(
    client: Client, own_lesson: LessonPage, editor: User, ngo: Organisation
) -> None:
    client.force_login(editor)
    address = reverse("course-both", args=[own_lesson.pk])
    alone = client.get(address)
    assert [frame["page"].pk for frame in alone.context["frames"]] == [own_lesson.pk]
    assert not alone.context["has_twin"]
    english = translate(own_lesson, translate(own_lesson.get_parent().specific, set_up_publisher(ngo)["en"]))
    both = client.get(address, {"mode": "quiz"})
    assert [frame["address"] for frame in both.context["frames"]] == [
        f"/admin/pages/{page.pk}/view_draft/?mode=quiz" for page in (own_lesson, english)
    ]
    for frame in both.context["frames"]:
        assert "សំណួរ" in client.get(frame["address"]).content.decode()
    assert client.get(address, {"mode": "nonsense"}).status_code == 404


def test_a_draft_in_the_other_language_leaves_the_admin_in_its_own(
    client: Client, own_lesson: LessonPage, editor: User, ngo: Organisation
) -> None:
    client.force_login(editor)
    english = translate(own_lesson, translate(own_lesson.get_parent().specific, set_up_publisher(ngo)["en"]))
    for frame in client.get(reverse("course-both", args=[own_lesson.pk])).context["frames"]:
        assert client.get(frame["address"]).status_code == 200
    assert "django_language" not in client.cookies
    assert "ត្រឡប់ទៅកែ" in client.get(reverse("course-aids", args=[english.pk])).content.decode()


def test_a_translation_in_work_is_shown_with_its_words_so_far(
    client: Client, own_lesson: LessonPage, editor: User
) -> None:
    english = Locale.objects.get(language_code="en")
    for page in (own_lesson.get_parent().specific, own_lesson):
        translate_object(page, [english], user=editor)
    work = Translation.objects.get(source__object_id=own_lesson.translation_key)
    segment = StringSegment.objects.filter(source=work.source, context__path="title").get()
    StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=english, data="Not yet published"
    )
    client.force_login(editor)
    frames = client.get(reverse("course-both", args=[own_lesson.pk])).context["frames"]
    assert [frame["page"].locale.language_code for frame in frames] == ["km", "en"]
    assert "<h1>Not yet published</h1>" in client.get(frames[1]["address"]).content.decode()


@pytest.mark.parametrize("name", ["course-aids", "course-both"])
def test_another_ngo_sees_neither(client: Client, own_lesson: LessonPage, name: str) -> None:
    other = NgoFactory.create()
    set_up_publisher(other)
    own = make_lesson(make_course(set_up_publisher(other)["km"]))
    client.force_login(MembershipFactory.create(organisation=other, role="author").user)
    assert client.get(reverse(name, args=[own.pk])).status_code == 200
    assert client.get(reverse(name, args=[own_lesson.pk])).status_code in {302, 403}


def test_only_courses_and_lessons_are_looked_over(client: Client, own_lesson: LessonPage, editor: User) -> None:
    client.force_login(editor)
    section = own_lesson.get_parent().get_parent()
    assert client.get(reverse("course-aids", args=[section.pk])).status_code == 404


def test_the_edit_form_needs_no_more_queries_with_more_blocks(
    client: Client, own_lesson: LessonPage, editor: User
) -> None:
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:edit", args=[own_lesson.pk])
    own_lesson.save_revision()
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    own_lesson.body = [("text", {"text": f"អត្ថបទ {n}"}) for n in range(30)]
    own_lesson.save_revision()
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
