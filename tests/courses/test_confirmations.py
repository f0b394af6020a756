"""A commune office confirms a learner's work: asked by the learner, answered by its clerks, once."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from courses.enums import ConfirmationStatus, RefusalReason
from courses.models import Certificate, Confirmation, CourseIndexPage, CoursePage, LessonPage
from courses.querysets import Learner
from courses.services import complete_lesson
from courses.services.confirmations import (
    DecidedError,
    NotReadyError,
    OfficeNotKnownError,
    OwnWorkError,
    ask_office,
    confirm,
    list_asked,
    refuse,
)
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.certificates import make_accepted
from tests.factories.courses import make_course, make_lesson

pytestmark = pytest.mark.django_db
QUEUE = "/en/learn/course-confirmations/"


@pytest.fixture
def course(indexes: dict[str, CourseIndexPage]) -> CoursePage:
    return make_course(indexes["km"], gives_certificate=True, needs_confirmation=True, title="កំណត់ហេតុ")


@pytest.fixture
def lesson(course: CoursePage) -> LessonPage:
    return make_lesson(course)


@pytest.fixture
def ready(
    lesson: LessonPage, learner: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> User:
    """A learner for whom only the office is missing."""
    with django_capture_on_commit_callbacks(execute=True):
        complete_lesson(Learner(user=learner), lesson=lesson)
    assert Certificate.objects.count() == 0
    return learner


def test_the_offices_word_brings_the_certificate(
    ready: User, course: CoursePage, office: Organisation, clerk: User
) -> None:
    asked = ask_office(ready, course_key=course.translation_key, office=office)
    assert list(list_asked(clerk)) == [asked]
    confirm(asked, by=clerk)
    assert Certificate.objects.get().facts["confirmer"] == {"km": office.name_km, "en": office.name_en}
    assert list(list_asked(clerk)) == []
    with pytest.raises(DecidedError):
        refuse(asked, by=clerk, reason=RefusalReason.NOT_SEEN)


def test_a_refusal_is_read_and_one_may_ask_again(
    client: Client, ready: User, course: CoursePage, office: Organisation, clerk: User
) -> None:
    asked = ask_office(ready, course_key=course.translation_key, office=office)
    with pytest.raises(NotReadyError):
        ask_office(ready, course_key=course.translation_key, office=office)
    refuse(asked, by=clerk, reason=RefusalReason.NOT_SEEN)
    client.force_login(ready)
    page = client.get(course.get_url()).content.decode()
    for piece in ("មិនបានបញ្ជាក់៖", "យើងមិនទាន់បានឃើញស្នាដៃទេ។", "សុំម្ដងទៀត"):
        assert piece in page
    again = ask_office(ready, course_key=course.translation_key, office=OfficeFactory.create())
    assert (again.status, Confirmation.objects.count()) == (ConfirmationStatus.ASKED, 2)


def test_an_office_that_is_not_verified_is_not_asked(ready: User, course: CoursePage) -> None:
    with pytest.raises(OfficeNotKnownError):
        ask_office(ready, course_key=course.translation_key, office=OfficeFactory.create(waiting=True))


def test_nothing_is_asked_before_the_learners_part_is_done(
    lesson: LessonPage, course: CoursePage, learner: User, office: Organisation
) -> None:
    with pytest.raises(NotReadyError):
        ask_office(learner, course_key=course.translation_key, office=office)


def test_nobody_confirms_their_own_work(ready: User, course: CoursePage, office: Organisation) -> None:
    asked = ask_office(ready, course_key=course.translation_key, office=office)
    MembershipFactory.create(user=ready, organisation=office)
    with pytest.raises(OwnWorkError):
        confirm(asked, by=ready)
    assert Certificate.objects.count() == 0


def test_the_learner_asks_on_a_page(client: Client, ready: User, course: CoursePage, office: Organisation) -> None:
    client.force_login(ready)
    assert f"/learn/course-confirmations/of/{course.translation_key}/" in client.get(course.get_url()).content.decode()
    address = f"/en/learn/course-confirmations/of/{course.translation_key}/"
    assert client.get(address).status_code == 200
    unknown = OfficeFactory.create(waiting=True).commune
    wrong = client.post(address, {"commune": unknown.code})
    assert "This commune has no verified office here yet." in wrong.content.decode()
    client.post(address, {"commune": office.commune.code})
    assert Confirmation.objects.get().office == office
    assert "បានសុំ" in client.get(course.get_url()).content.decode()


def test_only_clerks_of_the_office_see_and_decide(
    client: Client, ready: User, course: CoursePage, office: Organisation, clerk: User, stranger: User
) -> None:
    asked = ask_office(ready, course_key=course.translation_key, office=office)
    rival = MembershipFactory.create(organisation=OfficeFactory.create()).user
    waiting = MembershipFactory.create(organisation=OfficeFactory.create(waiting=True)).user
    seen = {}
    for name, person in {"clerk": clerk, "rival": rival, "waiting": waiting, "stranger": stranger}.items():
        client.force_login(person)
        response = client.get(QUEUE)
        seen[name] = (response.status_code, ready.get_full_name() in response.content.decode())
        if name != "clerk":
            assert client.post(f"{QUEUE}{asked.pk}/", {"answer": "yes"}).status_code == 404
    assert seen == {"clerk": (200, True), "rival": (200, False), "waiting": (403, False), "stranger": (403, False)}
    asked.refresh_from_db()
    assert asked.is_waiting


def test_a_clerk_meets_a_minor_by_given_name(
    client: Client, course: CoursePage, office: Organisation, clerk: User
) -> None:
    minor = UserFactory.create(minor=True, username="young", given_name_latin="Makara", family_name_latin="CHEA")
    Confirmation.objects.create(user=minor, office=office, course_key=course.translation_key)
    client.force_login(clerk)
    page = client.get(QUEUE).content.decode()
    assert ("Makara (young)" in page, "CHEA" in page) == (True, False)


@pytest.mark.parametrize("age", [13, None])
def test_who_may_only_read_asks_no_office(
    client: Client, ready: User, course: CoursePage, office: Organisation, age: int | None
) -> None:
    ready.birth_year = age and timezone.localdate().year - age
    ready.save()
    client.force_login(ready)
    address = f"{QUEUE}of/{course.translation_key}/"
    page = client.get(address).content.decode()
    assert ("people of 15 and over" in page, "Ask this office" in page) == (True, False)
    assert client.post(address, {"commune": office.commune.code}).status_code == 403
    assert not Confirmation.objects.exists()


def test_a_clerk_answers_in_the_queue(
    client: Client, ready: User, course: CoursePage, office: Organisation, clerk: User
) -> None:
    asked = ask_office(ready, course_key=course.translation_key, office=office)
    client.force_login(clerk)
    client.post(f"{QUEUE}{asked.pk}/", {"answer": "no"})
    asked.refresh_from_db()
    assert asked.is_waiting
    client.post(f"{QUEUE}{asked.pk}/", {"answer": "no", "reason": "not_done"})
    asked.refresh_from_db()
    assert (asked.status, asked.reason, asked.decided_by) == ("refused", "not_done", clerk)


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same_for_one_and_three(
    client: Client,
    course: CoursePage,
    lesson: LessonPage,
    office: Organisation,
    clerk: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    keys = {"course_key": course.translation_key}
    for person in UserFactory.create_batch(count):
        make_accepted(person, lesson_key=lesson.translation_key, title="លិខិតអញ្ជើញ", **keys)
        Confirmation.objects.create(user=person, office=office, **keys)
    client.force_login(clerk)
    with django_assert_num_queries(6):
        page = client.get(QUEUE).content.decode()
    assert page.count("លិខិតអញ្ជើញ") == count
