"""The check before and after a course: forms A and B, swapped; the gain for the learner and for the reports."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses.models import Answer, Attempt, CourseIndexPage, CoursePage, Enrolment, QuizVersion
from courses.querysets import Learner
from courses.services import Gain, adopt_progress, complete_lesson, learning_gain
from tests.courses.taking import ids, send
from tests.factories.accounts import UserFactory
from tests.factories.courses import make_course, make_lesson, make_question, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(indexes: dict[str, CourseIndexPage]) -> CoursePage:
    forms = {f"form_{form}": [make_question(text=f"{form} {n}") for n in range(2)] for form in "ab"}
    course = make_course(indexes["km"], **forms)
    make_lesson(course)
    return course


def answer(client: Client, course: CoursePage, *, rightly: bool = True, **extra: Any) -> Any:
    """Answer the question that the check asks now."""
    screen = client.get(f"{course.url}check/").context["screen"]
    stream = course.form_a if screen.question["text"]["km"].startswith("a") else course.form_b
    index = [child.id for child in stream].index(screen.question["id"])
    fields = extra or {"choice": ids(stream, index)[0 if rightly else 1]}
    return send(client, f"{course.url}check/", screen.question["id"], screen.attempt_id, **fields)


def finish(client: Client, course: CoursePage) -> None:
    lesson = course.get_children().first()
    client.post(f"/km/learn/lessons/{lesson.translation_key}/done/")


def test_before_and_after_swap_the_forms(client: Client, course: CoursePage, learner: User) -> None:
    client.force_login(learner)
    assert f'href="{course.url}check/"' in client.get(course.url).content.decode()
    answer(client, course, rightly=False)
    answer(client, course)
    before = Attempt.objects.get()
    assert (before.purpose, before.status, before.score, before.total) == ("before", "finished", 1, 2)
    result = client.get(f"{course.url}check/")
    assert result.templates[0].name == "courses/check_result.html"
    assert "អ្នកចេះ ១ ក្នុង ២ ហើយ" in result.content.decode()
    finish(client, course)
    end = client.get(f"/km/learn/finished/{course.translation_key}/").content.decode()
    assert f'href="{course.url}check/"' in end
    for _ in range(2):
        answer(client, course)
    after = Attempt.objects.get(purpose="after")
    assert {before.form, after.form} == {"a", "b"}
    assert (after.score, after.is_passed) == (2, False)
    page = client.get(f"{course.url}check/").content.decode()
    assert [text in page for text in ("មុនរៀន៖ ១ ក្នុង ២", "ឥឡូវ៖ ២ ក្នុង ២")] == [True, True]
    assert learning_gain([course.translation_key]) == {course.translation_key: Gain(1, 50.0, 100.0)}


def test_nothing_is_told_on_the_way(client: Client, course: CoursePage) -> None:
    answer(client, course, rightly=False)
    page = client.get(f"{course.url}check/")
    assert page.context["screen"].number == 2
    assert [text in page.content.decode() for text in ("មតិ", "ព្រោះ", "opt no", "opt ok")] == [False] * 4


def test_not_knowing_is_an_answer(client: Client, course: CoursePage) -> None:
    for _ in range(2):
        assert answer(client, course, unknown="1").status_code == 302
    assert list(Answer.objects.values_list("choices", "text", "is_right")) == [([], "", False)] * 2
    assert Attempt.objects.get().score == 0


def test_an_empty_form_is_no_answer(client: Client, course: CoursePage) -> None:
    response = answer(client, course, nothing="")
    assert (response.status_code, Attempt.objects.count()) == (422, 0)


def test_there_is_no_before_once_a_lesson_is_done(client: Client, course: CoursePage) -> None:
    finish(client, course)
    assert client.get(f"{course.url}check/")["Location"] == course.url
    assert f'href="{course.url}check/"' not in client.get(course.url).content.decode()
    question = course.form_a[0]
    send(client, f"{course.url}check/", question.id, choice=ids(course.form_a, 0)[0])
    assert Attempt.objects.count() == 0


def test_the_check_after_waits_for_the_end(client: Client, course: CoursePage) -> None:
    make_lesson(course)
    for _ in range(2):
        answer(client, course)
    finish(client, course)
    page = client.get(f"{course.url}check/")
    assert (page.context["checks"].purpose, page.templates[0].name) == ("", "courses/check_result.html")


def test_each_is_done_once(client: Client, course: CoursePage, learner: User) -> None:
    client.force_login(learner)
    for _ in range(2):
        answer(client, course, rightly=False)
    send(client, f"{course.url}check/", course.form_a[0].id, choice=ids(course.form_a, 0)[0])
    send(client, f"{course.url}check/", course.form_b[0].id, choice=ids(course.form_b, 0)[0])
    assert (Attempt.objects.count(), Answer.objects.count()) == (1, 2)


def test_another_device_goes_on_with_the_same_form(client: Client, course: CoursePage, learner: User) -> None:
    client.force_login(learner)
    other = Client()
    other.force_login(learner)
    first, second = (each.get(f"{course.url}check/").context["screen"].question["id"] for each in (client, other))
    assert first == second
    answer(client, course)
    assert other.get(f"{course.url}check/").context["screen"].number == 2


def test_about_half_of_the_people_begin_with_each_form(course: CoursePage) -> None:
    forms = []
    for _ in range(40):
        client = Client()
        client.force_login(UserFactory.create())
        forms.append(client.get(f"{course.url}check/").context["screen"].question["text"]["km"][0])
    assert 8 <= forms.count("a") <= 32


def test_the_form_is_frozen(client: Client, course: CoursePage, learner: User) -> None:
    client.force_login(learner)
    answer(client, course)
    course.form_a, course.form_b = [], []
    course.save_revision().publish()
    version = QuizVersion.objects.get()
    assert (version.lesson_key, len(version.questions), version.hide_answers) == (course.translation_key, 2, True)
    assert client.get(f"{course.url}check/").status_code == 404


def test_a_course_without_checks_offers_none(client: Client, indexes: dict[str, CourseIndexPage]) -> None:
    course = make_course(indexes["km"])
    assert client.get(f"{course.url}check/").status_code == 404
    assert "check/" not in client.get(course.url).content.decode()


def test_both_forms_are_of_one_length(course: CoursePage) -> None:
    course.form_b = course.form_b.get_prep_value()[:1]
    with pytest.raises(ValidationError) as refusal:
        course.full_clean()
    assert list(refusal.value.message_dict) == ["form_b"]


def test_a_form_that_lost_its_right_answers_is_not_offered(course: CoursePage) -> None:
    course.form_b = [make_question("single", "000") for _ in range(2)]
    course.save()
    assert course.check_count == 0


def test_reading_writes_nothing(client: Client, course: CoursePage) -> None:
    client.get(f"{course.url}check/")
    counts = [model.objects.count() for model in (Attempt, Enrolment, QuizVersion)]
    assert (counts, "sessionid" in client.cookies) == ([0, 0, 0], False)


def test_the_check_is_asked_in_the_readers_language(
    client: Client, course: CoursePage, indexes: dict[str, CourseIndexPage], learner: User
) -> None:
    english = translate(course, indexes["en"], slug="c-en")
    for form in (english.form_a, english.form_b):
        form[1].value["text"] = "Second"
    english.save_revision().publish()
    client.force_login(learner)
    answer(client, course)
    assert client.get(f"{english.url}check/").context["screen"].text == "Second"


def test_the_preview_shows_both_forms(course: CoursePage) -> None:
    page = course.make_preview_request(preview_mode="check").content.decode()
    assert [text in page for text in ("a 0", "a 1", "b 0", "b 1")] == [True] * 4


def test_signing_up_keeps_one_check_a_course(client: Client, course: CoursePage, learner: User) -> None:
    for _ in range(2):
        answer(client, course)
    visitor = Attempt.objects.get().visitor
    own = Client()
    own.force_login(learner)
    answer(own, course)
    adopt_progress(learner, visitor=visitor)
    rows = Attempt.objects.filter(user=learner).order_by("pk").values_list("status", "score")
    assert list(rows) == [("finished", 2), ("set_aside", 1)]


def make_pair(course: CoursePage, scores: tuple[int, int], user: User | None = None) -> User:
    """A person who did both checks of two questions."""
    user = user or UserFactory.create()
    version, _made = QuizVersion.objects.get_or_create(
        lesson_key=course.translation_key, digest="x", defaults={"pass_mark": 0, "questions": []}
    )
    now = timezone.now()
    for purpose, score in zip(("before", "after"), scores, strict=True):
        Attempt.objects.create(
            user=user, course_key=course.translation_key, lesson_key=course.translation_key, purpose=purpose,
            version=version, total=2, score=score, status="finished", finished_at=now, happened_at=now,
        )  # fmt: skip
    return user


def test_the_gain_is_over_pairs_and_normalised(
    course: CoursePage,
    indexes: dict[str, CourseIndexPage],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    other = make_course(indexes["km"])
    people = [make_pair(course, scores) for scores in ((0, 1), (1, 2), (1, 1))]
    make_pair(other, (2, 2))
    lone = make_pair(course, (2, 0))
    Attempt.objects.filter(user=lone, purpose="before").delete()
    keys = [course.translation_key, other.translation_key, uuid.uuid4()]
    with django_assert_num_queries(1):
        found = learning_gain(keys)
    assert set(found) == set(keys[:2])
    gain = found[course.translation_key]
    assert (gain.count, round(gain.before, 2), round(gain.after, 2), round(gain.gain or 0, 3)) == (3, 33.33, 66.67, 0.5)
    assert found[other.translation_key].gain is None
    assert learning_gain(keys, among=Q(user=people[0])) == {course.translation_key: Gain(1, 0.0, 50.0)}


def test_a_check_counts_nowhere_else(client: Client, course: CoursePage, learner: User) -> None:
    client.force_login(learner)
    for _ in range(2):
        answer(client, course)
    complete_lesson(Learner(user=learner), lesson=course.get_children().first().specific)
    assert Attempt.objects.of(Learner(user=learner)).passed().count() == 0
    assert Enrolment.objects.get().finished_at is not None
