"""How offices rated a course's skills: the latest word of each, small groups hidden, a proof where it is good."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from courses.enums import GrantSource, SkillLevel
from courses.models import CourseIndexPage, CoursePage, Enrolment, Skill, SkillGrant
from courses.services.progress import grant_skills
from courses.services.ratings import count_at_work, list_rateable, record_ratings
from tests.factories.accounts import UserFactory
from tests.factories.courses import SkillFactory, make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def skill(db: None) -> Skill:
    return SkillFactory.create(code="sums", name_en="Budget sums")


@pytest.fixture
def course(indexes: dict[str, CourseIndexPage], skill: Skill) -> CoursePage:
    return make_course(indexes["km"], [skill])


def rate(course: CoursePage, skill: Skill, *levels: str) -> None:
    """One learner of the course for each level."""
    for level in levels:
        user = UserFactory.create()
        Enrolment.objects.create(
            user=user, course_key=course.translation_key, started_at=timezone.now(), touched_at=timezone.now()
        )
        grant_skills(user, course_keys=[course.translation_key])
        record_ratings(user, work_key=uuid.uuid4(), levels={skill: SkillLevel(level)})


def test_the_course_hears_of_five_and_of_no_fewer(course: CoursePage, skill: Skill) -> None:
    rate(course, skill, "alone", "alone", "with_help", "not_seen")
    assert count_at_work(course.translation_key) == []
    rate(course, skill, "alone")
    (figures,) = count_at_work(course.translation_key)
    assert (figures.alone, figures.with_help, figures.not_seen, figures.rated, figures.share) == (3, 1, 1, 5, 60)


def test_each_counts_once_by_the_latest_word(course: CoursePage, skill: Skill) -> None:
    rate(course, skill, *["alone"] * 5)
    again = SkillGrant.objects.first()
    assert again
    record_ratings(again.user, work_key=uuid.uuid4(), levels={skill: SkillLevel.WITH_HELP})
    (figures,) = count_at_work(course.translation_key)
    assert (figures.alone, figures.with_help) == (4, 1)


def test_who_learnt_it_elsewhere_is_not_the_courses(course: CoursePage, skill: Skill) -> None:
    rate(course, skill, *["alone"] * 4)
    record_ratings(UserFactory.create(), work_key=uuid.uuid4(), levels={skill: SkillLevel.ALONE})
    assert count_at_work(course.translation_key) == []


def test_a_good_word_proves_a_skill_and_a_course_proves_it_better(
    learner: User, course: CoursePage, skill: Skill
) -> None:
    record_ratings(learner, work_key=uuid.uuid4(), levels={skill: SkillLevel.WITH_HELP})
    assert not SkillGrant.objects.exists()
    record_ratings(learner, work_key=uuid.uuid4(), levels={skill: SkillLevel.ALONE})
    assert SkillGrant.objects.get().source == GrantSource.WORK
    grant_skills(learner, course_keys=[course.translation_key])
    grant = SkillGrant.objects.get()
    assert (grant.source, grant.course_key) == (GrantSource.COURSE, course.translation_key)
    record_ratings(learner, work_key=uuid.uuid4(), levels={skill: SkillLevel.ALONE})
    assert SkillGrant.objects.get() == grant
    assert grant_skills(learner, course_keys=[course.translation_key]) == []


def test_the_same_work_rated_again_is_one_rating(learner: User, skill: Skill) -> None:
    key = uuid.uuid4()
    record_ratings(learner, work_key=key, levels={skill: SkillLevel.ALONE})
    (rating,) = record_ratings(learner, work_key=key, levels={skill: SkillLevel.NOT_SEEN})
    assert rating.level == SkillLevel.NOT_SEEN


def test_an_office_rates_what_was_asked_and_what_was_learnt(learner: User, course: CoursePage, skill: Skill) -> None:
    grant_skills(learner, course_keys=[course.translation_key])
    asked = SkillFactory.create(code="letters")
    assert [each.code for each in list_rateable(learner, [asked, skill])] == ["letters", "sums"]


def test_the_report_shows_it_of_the_whole_course_alone(course: CoursePage, skill: Skill, client: Client) -> None:
    rate(course, skill, *["alone"] * 3, *["with_help"] * 2)
    client.force_login(UserFactory.create(is_superuser=True))
    address = f"/en/learn/reports/{course.translation_key}/"
    assert reverse("course-report", args=[course.translation_key]).endswith(address.removeprefix("/en"))
    page = client.get(address).content.decode()
    assert "Skills at work" in page
    assert "60%" in page
    assert "Skills at work" not in client.get(address, {"since": "2020-01-01"}).content.decode()
