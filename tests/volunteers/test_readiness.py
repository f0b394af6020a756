"""How far a person is on the way to a request, and how each skill is known."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from accounts.services import collect_export, delete_account
from courses.models import Enrolment
from tests.factories.accounts import UserFactory
from tests.factories.courses import SkillFactory, make_course, make_indexes, make_lesson
from tests.factories.serving import SignupFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.enums import SignupStatus
from volunteers.models import Placement, Shift, ShiftSignup, SkillClaim, VolunteerRequest
from volunteers.services.finding.seeker import read_seeker
from volunteers.services.readiness import read_readiness
from volunteers.services.shortlist import list_applicants
from volunteers.services.skills import Source, claim_skills, find_sources, list_needed

pytestmark = pytest.mark.django_db


def finish(user: User, course_key: object) -> None:
    now = timezone.now()
    Enrolment.objects.create(user=user, course_key=course_key, started_at=now, touched_at=now, finished_at=now)


def test_what_is_missing_is_said_with_the_day_and_the_lesson(client: Client, learner: User) -> None:
    index = make_indexes()["km"]
    first, second = make_course(index), make_course(index)
    lesson = make_lesson(second)
    item = RequestFactory.create(
        courses_needed=[first.translation_key, second.translation_key],
        expires_at=timezone.now() + timedelta(days=3),
    )
    finish(learner, first.translation_key)
    with translation.override("en"):
        found = read_readiness([item], learner)[item.pk]
    assert (found.done, found.total, found.is_ready) == (1, 2, False)
    assert found.text.startswith(f"1 of 2 courses done; finish “{second.title}” by ")
    assert found.url == lesson.url
    client.force_login(learner)
    assert found.url in client.get(item.get_absolute_url()).content.decode()
    row = client.get(f"/api/v1/requests/{item.public_id}/").json()["eligibility"]
    assert (row["courses_done"], row["courses_total"], row["next_url"]) == (1, 2, lesson.url)
    finish(learner, second.translation_key)
    assert read_readiness([item], learner)[item.pk].is_ready
    assert Client().get(f"/api/v1/requests/{item.public_id}/").json()["eligibility"] is None


@pytest.mark.parametrize("count", [1, 3])
def test_readiness_costs_the_same_for_many(
    learner: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    index = make_indexes()["km"]
    items = [RequestFactory.create(courses_needed=[make_course(index).translation_key]) for _ in range(count)]
    rows = list(VolunteerRequest.objects.filter(pk__in=[item.pk for item in items]).with_skills())
    with django_assert_num_queries(5):
        assert len(read_readiness(rows, learner)) == count


def test_each_skill_is_shown_with_its_strongest_evidence(learner: User, office: Organisation) -> None:
    worked, learnt, claimed, missing = SkillFactory.create_batch(4)
    item = RequestFactory.create(office=office, skills_needed=[worked, learnt, claimed, missing])
    application = ApplicationFactory.create(request=item, applicant=learner, status="accepted")
    place = Placement.objects.create(application=application)
    begin = timezone.now() - timedelta(days=2)
    span = {"starts_at": begin, "ends_at": begin + timedelta(hours=2)}
    shift = Shift.objects.create(request=RequestFactory.create(office=office, skills_needed=[worked]), **span)
    other = ApplicationFactory.create(request=shift.request, applicant=learner, status="accepted")
    served = Placement.objects.create(application=other)
    ShiftSignup.objects.create(shift=shift, placement=served, person=learner, status="attended", **span)
    learner.skill_grants.create(skill=learnt, course_key="0" * 32, granted_at=begin)
    claim_skills(learner, [learnt, claimed])
    held = {each.skill: each for each in list_needed(item, learner)}
    assert held[worked].sources == (Source.WORK,)
    assert held[learnt].sources == (Source.COURSE, Source.CLAIM)
    assert held[learnt].labels == [Source.COURSE.label]
    assert (held[claimed].is_claimed, held[claimed].is_proved) == (True, False)
    assert held[missing].sources == ()
    assert find_sources(UserFactory.create(), {worked.pk})[worked.pk] == ()
    assert place.status == "agreed"


def test_a_claim_is_made_marked_and_taken_back(
    client: Client, learner: User, clerk: User, office: Organisation
) -> None:
    skill, needless = SkillFactory.create(), SkillFactory.create()
    client.force_login(learner)
    client.post(reverse("my-skills"), {"skills": [skill.code, needless.code, "unknown"]})
    assert SkillClaim.objects.filter(user=learner).count() == 2
    item = RequestFactory.create(office=office, skills_needed=[skill])
    ApplicationFactory.create(request=item, applicant=learner)
    row = list_applicants(item, by=clerk)[0]
    assert (row.skills_matched, row.skills_claimed) == (0, [skill.name])
    assert collect_export(learner)["parts"]["volunteers"]["claimed_skills"] == [skill.code, needless.code]
    client.post(reverse("my-skills"), {})
    assert not SkillClaim.objects.exists()
    claim_skills(learner, [skill])
    delete_account(learner)
    assert not SkillClaim.objects.exists()


def test_a_guide_gives_their_word_once(client: Client, clerk: User, office: Organisation) -> None:
    item = RequestFactory.create(
        office=office, supervisor=clerk.memberships.get(), guide_trained_date=None, guide_declared_at=None
    )
    assert item.trained_date is None
    client.post(reverse("safeguarding"), {"agrees": "on"})
    client.force_login(clerk)
    client.post(reverse("safeguarding"), {})
    assert not hasattr(clerk, "guide_training")
    for _ in range(2):
        client.post(reverse("safeguarding"), {"agrees": "on"})
    fresh = type(item).objects.get(pk=item.pk)
    assert fresh.trained_date == timezone.now().date()


def test_work_and_confirmed_tasks_count_as_proof_wherever_skills_count(office: Organisation, clerk: User) -> None:
    """In the order of work and on the shortlist as on the request's own page."""
    skill = SkillFactory.create()
    signup = SignupFactory.create(status=SignupStatus.ATTENDED)
    done = signup.placement
    done.application.request.skill_rows.create(skill=skill)
    again = RequestFactory.create(office=office)
    again.skill_rows.create(skill=skill)
    person = done.application.applicant
    ApplicationFactory.create(request=again, applicant=person)
    assert [held.is_proved for held in list_needed(again, person)] == [True]
    assert read_seeker(person).granted == {skill.pk}
    assert [row.skills_matched for row in list_applicants(again, by=clerk)] == [1]
