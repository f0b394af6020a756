"""Sound, video and rich text in a lesson: nothing is loaded before a tap, everything is weighed and translated."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail_localize.segments.extract import extract_segments

from accounts.models import User
from courses.blocks import TopicBlock
from courses.models import CourseIndexPage, LessonPage
from tests.factories.courses import make_course, make_lesson
from tests.factories.forums import BoardFactory, make_topic
from tests.factories.media import make_document, make_svg
from ui.media_blocks import AudioBlock, RichTextPartBlock, VideoBlock, find_youtube_id

pytestmark = pytest.mark.django_db
WORDS = {"title": "ចំណងជើង", "length": "3:10", "transcript": "ពាក្យទីមួយ\n\nពាក្យទីពីរ"}
TUBE = {**WORDS, "youtube": "https://youtu.be/dQw4w9WgXcQ", "file": None, "poster": None}


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def lesson_with(indexes: dict[str, CourseIndexPage], *blocks: dict[str, Any]) -> LessonPage:
    return make_lesson(make_course(indexes["km"]), body=list(blocks))


def read(client: Client, page: LessonPage, **headers: str) -> str:
    return client.get(page.url, headers=headers).content.decode()


def frames_of(answer: Any) -> list[str]:
    """Whom the page may frame; the policy's parts stand in no fixed order."""
    parts = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    return parts["frame-src"].split()


def test_a_sound_waits_for_a_tap_and_has_its_words(client: Client, indexes: dict[str, CourseIndexPage]) -> None:
    sound = make_document("voice.mp3", b"ID3" + b"\x00" * 299_997)
    lesson = lesson_with(indexes, block("audio", {**WORDS, "file": sound.pk}))
    page = read(client, lesson)
    assert f'<audio class="wide" controls preload="none" src="{sound.file.url}" aria-label="ចំណងជើង"></audio>' in page
    assert "<p>ពាក្យទីមួយ</p><p>ពាក្យទីពីរ</p>" in page
    assert "<strong>ចំណងជើង</strong> · ៣:១០ · 300 KB" in page
    assert "+ 300 KB សំឡេង" in page
    assert (lesson.audio_size, lesson.video_size) == (300_000, 0)
    assert lesson.byte_size < 10_000


def test_an_uploaded_video_is_a_link_until_tapped(client: Client, indexes: dict[str, CourseIndexPage]) -> None:
    film = make_document("lesson.mp4", b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 2_099_988)
    lesson = lesson_with(indexes, block("video", {**WORDS, "youtube": "", "file": film.pk, "poster": None}))
    answer = client.get(lesson.url)
    page = answer.content.decode()
    assert f'<a class="video" href="{film.file.url}" data-title="ចំណងជើង">' in page
    assert "<video" not in page
    assert "+ 2,1 MB វីដេអូ" in page
    assert (lesson.audio_size, lesson.video_size) == (0, 2_100_000)
    assert "media.js" in page
    assert frames_of(answer) == ["'self'"]
    assert "+ 2,1 MB វីដេអូ" in read(client, lesson.get_parent().specific)


def test_youtube_hears_nothing_before_a_tap(client: Client, indexes: dict[str, CourseIndexPage]) -> None:
    lesson = lesson_with(indexes, block("video", TUBE))
    answer = client.get(lesson.url)
    page = answer.content.decode()
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ" rel="noreferrer" data-youtube="dQw4w9WgXcQ"' in page
    assert [mark for mark in ("<iframe", "ytimg", "preconnect", "dns-prefetch") if mark in page] == []
    assert frames_of(answer) == ["'self'", "https://www.youtube-nocookie.com"]
    assert lesson.video_size == 190 * 80_000
    other = lesson_with(indexes, block("text", {"text": "ក"}))
    plain = client.get(other.url)
    assert "youtube" not in plain.headers["Content-Security-Policy"]
    assert "media.js" not in plain.content.decode()


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", "dQw4w9WgXcQ"),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "dQw4w9WgXcQ"),
        ("https://www.youtube.com/embed/dQw4w9WgXcQ/", "dQw4w9WgXcQ"),
        ("https://www.youtube.com/", ""),
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", ""),
        ("https://vimeo.com/12345678901", ""),
        ('https://youtu.be/"><script>', ""),
    ],
)
def test_only_videos_at_youtube_count(address: str, found: str) -> None:
    assert find_youtube_id(address) == found


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"youtube": ""}, "youtube"),
        ({"youtube": "https://vimeo.com/1"}, "youtube"),
        ({"transcript": ""}, "transcript"),
        ({"length": "3 min"}, "length"),
        ({"length": "3:75"}, "length"),
    ],
)
def test_a_video_needs_one_source_its_length_and_its_words(change: dict[str, Any], field: str) -> None:
    bad = VideoBlock()
    assert bad.clean(bad.to_python(TUBE))["title"] == "ចំណងជើង"
    with pytest.raises(ValidationError) as refused:
        bad.clean(bad.to_python({**TUBE, **change}))
    assert set(refused.value.block_errors) == {field}  # type: ignore[attr-defined]


def test_a_sound_is_a_sound_and_has_a_transcript() -> None:
    sound, letter = make_document("voice.mp3", b"ID3"), make_document("letter.docx", b"PK\x03\x04")
    audio = AudioBlock()
    assert audio.clean(audio.to_python({**WORDS, "file": sound.pk}))["file"] == sound
    for wrong, field in (({"file": letter.pk}, "file"), ({"file": sound.pk, "transcript": ""}, "transcript")):
        with pytest.raises(ValidationError) as refused:
            audio.clean(audio.to_python({**WORDS, **wrong}))
        assert set(refused.value.block_errors) == {field}  # type: ignore[attr-defined]


def test_rich_text_shows_what_an_author_may_write_and_nothing_else(
    client: Client, indexes: dict[str, CourseIndexPage]
) -> None:
    other = make_course(indexes["km"])
    source = (
        f'<p>ក <b>ខ</b> <a linktype="page" id="{other.pk}">គ</a></p><ul><li>ឃ</li></ul>'
        '<script>alert(1)</script><p onclick="x()"><img src=x onerror=y><a href="javascript:z">ង</a></p>'
    )
    page = read(client, lesson_with(indexes, block("rich_text", source)))
    assert (
        f'<div class="said"><p>ក <b>ខ</b> <a href="{other.url}" rel="noopener">គ</a></p><ul><li>ឃ</li></ul>'
        '<p><a rel="noopener">ង</a></p></div>'
    ) in page


def test_rich_text_is_edited_with_four_tools() -> None:
    assert RichTextPartBlock().features == ["bold", "italic", "link", "ol", "ul"]


def test_every_text_is_handed_to_the_translators(indexes: dict[str, CourseIndexPage]) -> None:
    sound = make_document("voice.mp3", b"ID3")
    blocks = [
        block("rich_text", "<p>ដិត <b>ខ្លាំង</b></p>"),
        block("audio", {**WORDS, "title": "សំឡេង", "file": sound.pk}),
        block("video", TUBE),
    ]
    lesson = lesson_with(indexes, *blocks)
    texts = {str(segment.string.data) for segment in extract_segments(lesson) if hasattr(segment, "string")}
    assert {"ដិត <b>ខ្លាំង</b>", "សំឡេង", "ចំណងជើង"} <= texts
    assert "3:10" not in texts
    places = {segment.path for segment in extract_segments(lesson)}
    assert f"body.{blocks[2]['id']}.youtube" in places  # another language may have another video


def test_text_only_by_the_switch_the_browser_or_the_setting(
    client: Client, indexes: dict[str, CourseIndexPage], learner: User
) -> None:
    image = make_svg("map.svg")
    lesson = lesson_with(indexes, block("picture", {"image": image.pk, "alt": "ផែនទី", "caption": ""}))
    shown, hidden = (
        f'<img src="{image.file.url}"',
        f'<p>ផែនទី</p><p class="btns"><a class="btn line" href="{image.file.url}">',
    )
    assert shown in read(client, lesson)
    saving = client.get(lesson.url, headers={"Save-Data": "on"})
    assert hidden in saving.content.decode()
    assert shown not in saving.content.decode()
    assert "Save-Data" in saving.headers["Vary"]
    switch = reverse("text-only")
    answer = client.post(switch, {"media": "text", "next": lesson.url})
    assert (answer.status_code, answer.headers["Location"]) == (302, lesson.url)
    assert hidden in read(client, lesson)
    client.post(switch, {"media": "all", "next": lesson.url})
    assert shown in read(client, lesson, **{"Save-Data": "on"})
    client.cookies.clear()
    learner.saves_data = True
    learner.save()
    client.force_login(learner)
    assert hidden in read(client, lesson)


def test_the_switch_leads_nowhere_else(client: Client) -> None:
    answer = client.post(reverse("text-only"), {"media": "nonsense", "next": "https://evil.example/"})
    assert (answer.headers["Location"], "media" in answer.cookies) == ("/", False)
    assert client.get(reverse("text-only")).status_code == 405


def test_a_lesson_without_pictures_has_no_switch(client: Client, indexes: dict[str, CourseIndexPage]) -> None:
    assert reverse("text-only") not in read(client, lesson_with(indexes, block("text", {"text": "ក"})))


def test_a_topic_is_linked_by_an_address_of_our_own_forum(
    client: Client, indexes: dict[str, CourseIndexPage], learner: User
) -> None:
    topic = make_topic(BoardFactory.create(), by=learner)
    kind, key = TopicBlock(), topic.public_id
    for address in (f"http://localhost:8000/en/forum/topics/{key}/?post=3#p-3", f"/km/forum/topics/{key}/"):
        value = kind.clean(kind.to_python({"address": address, "text": "សួរគ្នា"}))
        lesson = lesson_with(indexes, block("topic", kind.get_prep_value(value)))
        assert f'href="{topic.get_absolute_url()}"' in read(client, lesson)
    wrong = [f"/km/forum/topics/{uuid.uuid4()}/", "/km/forum/", "javascript:alert(1)", f"https://x.example/{key}"]
    for address in wrong:
        with pytest.raises(ValidationError) as refused:
            kind.clean(kind.to_python({"address": address, "text": "សួរគ្នា"}))
        assert set(refused.value.block_errors) == {"address"}  # type: ignore[attr-defined]
