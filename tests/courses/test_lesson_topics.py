"""Asking at a lesson opens a topic on the course's board that knows its lesson; nothing typed is lost."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.models import CourseIndexPage, LessonPage, LessonTopic
from courses.services import open_board
from forums.models import Topic
from forums.services import hide
from tests.factories.accounts import UserFactory
from tests.factories.courses import make_course, make_lesson, translate

pytestmark = pytest.mark.django_db
WORDS = {"title": "ហេតុអ្វី SUM ខុស?", "source": "ខ្ញុំឃើញ #VALUE!"}


@pytest.fixture
def lesson(indexes: dict[str, CourseIndexPage]) -> LessonPage:
    course = make_course(indexes["km"])
    open_board(course)
    return make_lesson(course, title="បូក [SUM]")


def address(lesson: LessonPage) -> str:
    return reverse("lesson-ask", args=[lesson.translation_key])


def test_a_question_stands_on_the_board_and_at_the_lesson(
    client: Client, lesson: LessonPage, learner: User, indexes: dict[str, CourseIndexPage]
) -> None:
    client.force_login(learner)
    assert f'action="{address(lesson)}"' in client.get(lesson.url).content.decode()
    sent = {**WORDS, "client_id": str(uuid.uuid4())}
    answer = client.post(address(lesson), sent)
    topic = Topic.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, topic.get_absolute_url())
    assert (topic.title, topic.board.course_key) == (WORDS["title"], lesson.get_parent().translation_key)
    assert topic.posts.get().source == f"អំពីមេរៀន [បូក (SUM)]({lesson.url})\n\n{WORDS['source']}"
    assert f'<a href="{lesson.url}"' in topic.posts.get().html
    client.post(address(lesson), sent)
    assert (Topic.objects.count(), LessonTopic.objects.count()) == (1, 1)
    assert (
        f'data-draft-saved="lesson-{lesson.translation_key}"' in client.get(topic.get_absolute_url()).content.decode()
    )
    english = translate(lesson, translate(lesson.get_parent().specific, indexes["en"], slug="sums"), slug="sum")
    for page in (lesson.url, english.url):
        assert f'href="{topic.get_absolute_url().replace("/km/", page[:4])}"' in Client().get(page).content.decode()


def test_only_this_lessons_newest_topics_are_listed(client: Client, lesson: LessonPage, learner: User) -> None:
    other = make_lesson(lesson.get_parent().specific)
    for number in range(5):
        client.force_login(UserFactory.create())
        client.post(address(lesson), {"title": f"សំណួរទី{number}", "source": "ពាក្យ"})
    client.force_login(learner)
    client.post(address(other), {"title": "ផ្សេង", "source": "ពាក្យ"})
    page = Client().get(lesson.url).content.decode()
    assert [number for number in range(5) if f"សំណួរទី{number}" in page] == [2, 3, 4]
    assert "ផ្សេង" not in page


def test_a_hidden_topic_is_not_listed(client: Client, lesson: LessonPage, learner: User, moderator: User) -> None:
    client.force_login(learner)
    client.post(address(lesson), WORDS)
    topic = Topic.objects.get()
    hide(topic.posts.get(), by=moderator, reason="spam", note="")
    assert topic.title not in Client().get(lesson.url).content.decode()


def test_the_words_survive_signing_in(client: Client, lesson: LessonPage, learner: User) -> None:
    answer = client.post(address(lesson), WORDS)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert Topic.objects.count() == 0
    session = client.session
    client.force_login(learner)
    for name, value in session.items():
        kept = client.session
        kept[name] = kept.get(name, value)
        kept.save()
    page = client.get(address(lesson)).content.decode()
    assert WORDS["title"] in page
    assert WORDS["source"] in page
    assert WORDS["title"] not in client.get(address(lesson)).content.decode()


@pytest.mark.parametrize("change", [{"title": " "}, {"source": ""}])
def test_what_is_missing_is_said_and_the_rest_kept(
    client: Client, lesson: LessonPage, learner: User, change: dict[str, str]
) -> None:
    client.force_login(learner)
    answer = client.post(address(lesson), WORDS | change)
    assert answer.status_code == 422
    kept = next(value for name, value in WORDS.items() if name not in change)
    assert kept in answer.content.decode()
    assert Topic.objects.count() == 0


def test_a_visitor_has_a_link_and_no_form(client: Client, lesson: LessonPage) -> None:
    page = client.get(lesson.url).content.decode()
    assert f'href="{address(lesson)}"' in page
    assert f'action="{address(lesson)}"' not in page
    assert "draft.js" not in page


def test_a_draft_lesson_is_not_asked_about(client: Client, lesson: LessonPage, learner: User) -> None:
    lesson.unpublish()
    client.force_login(learner)
    assert client.get(address(lesson)).status_code == 404
