"""A member's own page."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.models import CoursePage, Skill, SkillGrant
from courses.querysets import Learner
from courses.services.index import ensure_course_indexes
from courses.services.progress import enrol
from home.models import HomePage
from home.services.dashboard import read_dashboard


@pytest.mark.django_db
def test_a_visitor_signs_in_first(client: Client) -> None:
    answer = client.get("/km/me/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/km/accounts/login/?next=/km/me/")


@pytest.mark.django_db
def test_a_new_member_is_led_to_the_courses(client: Client, learner: User) -> None:
    client.force_login(learner)
    text = client.get("/en/me/").text
    assert "Hello, Dara" in text
    assert "Begin with a short course" in text


@pytest.mark.django_db
def test_begun_courses_and_proved_skills_are_shown(
    client: Client, learner: User, stranger: User, homes: dict[str, HomePage]
) -> None:
    index = ensure_course_indexes()["en"]
    courses = [
        index.add_child(
            instance=CoursePage(title=f"C{n}", slug=f"c{n}", summary="s", intro="i", minutes=5, locale=index.locale)
        )
        for n in range(3)
    ]
    for course in courses[:2]:
        enrol(Learner(user=learner), course_key=course.translation_key)
    enrol(Learner(user=stranger), course_key=courses[2].translation_key)
    skill = Skill.objects.create(code="tables", name_km="តារាង", name_en="Tables")
    SkillGrant.objects.create(
        user=learner, skill=skill, course_key=courses[2].translation_key, granted_at=timezone.now()
    )
    dashboard = read_dashboard(learner)
    assert [page.title for page, _ in dashboard.learning] == ["C1", "C0"]
    assert [grant.skill for grant in dashboard.grants] == [skill]
    client.force_login(learner)
    text = client.get("/en/me/").text
    assert [text.count(word) for word in ("Tables", "C1</h2>", "C2")] == [1, 1, 0]
