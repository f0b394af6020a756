"""What each role of an NGO may do, who approves what, what the clock does, and what the others do not see."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow

from accounts.enums import MembershipRole, Verification
from accounts.models import Organisation, User
from accounts.services import refuse_organisation
from courses.models import CourseIndexPage, CoursePage, LessonPage, PublisherPage, ReviewTask
from courses.services import set_up_publisher
from courses.services.publishers import DESKS, name_group
from courses.services.upkeep import LOOK_AGAIN, find_due
from tests.factories.accounts import MembershipFactory, NgoFactory
from tests.factories.courses import make_course, make_lesson, make_question

pytestmark = pytest.mark.django_db
ROLES = {
    MembershipRole.AUTHOR: {"editors"},
    MembershipRole.REVIEWER: {"reviewers"},
    MembershipRole.PUBLISHER: {"editors", "reviewers", "publishers"},
    MembershipRole.FACILITATOR: set(),
    MembershipRole.MANAGER: {"editors", "reviewers", "publishers"},
}


@pytest.fixture
def section(indexes: dict[str, CourseIndexPage], ngo: Organisation) -> dict[str, PublisherPage]:
    return set_up_publisher(ngo)


@pytest.fixture
def course(section: dict[str, PublisherPage]) -> CoursePage:
    return make_course(section["km"])


def member(ngo: Organisation, role: MembershipRole) -> User:
    user: User = MembershipFactory.create(organisation=ngo, role=role, user__username=str(role)).user
    return user


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def desks_of(user: User, section: dict[str, PublisherPage]) -> set[str]:
    names = {name_group(section["km"], desk): desk.name for desk in DESKS}
    return {names[group.name] for group in user.groups.all()}


def draft_of(course: CoursePage, author: User) -> LessonPage:
    """A lesson that was never live, written and sent in by this person."""
    lesson = make_lesson(course, [make_question()])
    lesson.unpublish()
    lesson = LessonPage.objects.get(pk=lesson.pk)
    lesson.save_revision(user=author)
    lesson.get_workflow().start(lesson, author)
    return LessonPage.objects.get(pk=lesson.pk)


def actions(lesson: LessonPage, user: User) -> list[str]:
    task = lesson.current_workflow_task
    return [name for name, _label, _modal in task.get_actions(lesson, User.objects.get(pk=user.pk))]


def settle(lesson: LessonPage, by: User, action: str, comment: str = "") -> Any:
    state = lesson.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[lesson.pk, action, state.pk])
    response = sign_in(by).post(url, {"comment": comment})
    lesson.refresh_from_db()
    return response


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_its_groups(section: dict[str, PublisherPage], ngo: Organisation, role: MembershipRole) -> None:
    assert desks_of(member(ngo, role), section) == ROLES[role]


def test_groups_move_with_role_and_verification(section: dict[str, PublisherPage], ngo: Organisation) -> None:
    user = member(ngo, MembershipRole.AUTHOR)
    membership = user.memberships.get()
    membership.role = MembershipRole.PUBLISHER
    membership.save()
    assert desks_of(user, section) == {"editors", "reviewers", "publishers"}
    refuse_organisation(ngo, by=user)
    assert desks_of(user, section) == set()
    ngo.verification, ngo.verified_at = Verification.VERIFIED, timezone.now()
    ngo.save()
    set_up_publisher(ngo)
    assert desks_of(user, section) == {"editors", "reviewers", "publishers"}


def test_a_catalogue_reviewed_the_old_way_gets_the_new_task(
    indexes: dict[str, CourseIndexPage], ngo: Organisation
) -> None:
    set_up_publisher(ngo)
    workflow = Workflow.objects.get(name="NGO review")
    before = sorted(Workflow.objects.values_list("name", flat=True))
    old = GroupApprovalTask.objects.create(name="old")
    workflow.workflow_tasks.create(task=old, sort_order=0)
    set_up_publisher(ngo)
    assert [type(task.specific) for task in workflow.tasks] == [ReviewTask]
    assert sorted(Workflow.objects.values_list("name", flat=True)) == before


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (MembershipRole.AUTHOR, (True, False, False)),
        (MembershipRole.REVIEWER, (False, False, False)),
        (MembershipRole.PUBLISHER, (True, True, True)),
        (MembershipRole.FACILITATOR, (False, False, False)),
        (MembershipRole.MANAGER, (True, True, True)),
    ],
)
def test_rights_in_the_own_section_and_nowhere_else(
    course: CoursePage, ngo: Organisation, role: MembershipRole, rights: tuple[bool, bool, bool]
) -> None:
    user = member(ngo, role)
    foreign = make_course(set_up_publisher(NgoFactory.create())["km"])
    for page, expected in ((course, rights), (foreign, (False, False, False))):
        allowed = page.permissions_for_user(User.objects.get(pk=user.pk))
        assert (allowed.can_edit(), allowed.can_publish(), allowed.can_unpublish()) == expected


@pytest.mark.parametrize(
    ("role", "status"), [(role, 302 if role == MembershipRole.FACILITATOR else 200) for role in ROLES]
)
def test_a_facilitator_has_no_admin_pages(
    section: dict[str, PublisherPage], ngo: Organisation, role: MembershipRole, status: int
) -> None:
    client = sign_in(member(ngo, role))
    assert client.get(reverse("wagtailadmin_home")).status_code == status
    assert client.get(reverse("course-due")).status_code == status


def test_a_reviewer_or_a_moderator_approves_others_work(
    course: CoursePage, ngo: Organisation, moderator: User, stranger: User
) -> None:
    author, reviewer = member(ngo, MembershipRole.AUTHOR), member(ngo, MembershipRole.REVIEWER)
    foreign = MembershipFactory.create(organisation=NgoFactory.create(), role=MembershipRole.REVIEWER).user
    set_up_publisher(foreign.memberships.get().organisation)
    lesson = draft_of(course, author)
    may = ["reject", "approve", "approve"]
    people = (author, reviewer, moderator, foreign, stranger)
    assert [actions(lesson, person) for person in people] == [[], may, may, [], []]
    settle(lesson, reviewer, "approve")
    assert lesson.live


def test_nobody_approves_their_own_work(course: CoursePage, ngo: Organisation) -> None:
    publisher, reviewer = member(ngo, MembershipRole.PUBLISHER), member(ngo, MembershipRole.REVIEWER)
    lesson = draft_of(course, publisher)
    assert actions(lesson, publisher) == []
    settle(lesson, publisher, "approve")
    other = draft_of(course, member(ngo, MembershipRole.AUTHOR))
    state = lesson.current_workflow_task_state
    trick = reverse("wagtailadmin_pages:workflow_action", args=[other.pk, "approve", state.pk])
    sign_in(publisher).post(trick)
    lesson.refresh_from_db()
    assert not lesson.live
    lesson.save_revision(user=reviewer)  # whoever changes it while it waits has become an author of it
    assert actions(lesson, reviewer) == []


def test_what_was_published_since_is_nobodys_own_any_more(course: CoursePage, ngo: Organisation) -> None:
    author, reviewer = member(ngo, MembershipRole.AUTHOR), member(ngo, MembershipRole.REVIEWER)
    lesson = make_lesson(course)
    lesson.save_revision(user=reviewer).publish()
    lesson = LessonPage.objects.get(pk=lesson.pk)
    lesson.save_revision(user=author)
    lesson.get_workflow().start(lesson, author)
    assert actions(LessonPage.objects.get(pk=lesson.pk), reviewer) == ["reject", "approve", "approve"]


def test_a_reviewer_returns_a_page_with_a_comment(course: CoursePage, ngo: Organisation) -> None:
    author, reviewer = member(ngo, MembershipRole.AUTHOR), member(ngo, MembershipRole.REVIEWER)
    lesson = draft_of(course, author)
    settle(lesson, reviewer, "reject", "Name the form.")
    state = lesson.current_workflow_state.current_task_state
    assert (lesson.live, state.status, state.comment) == (False, "rejected", "Name the form.")


def test_without_reviewers_the_moderators_approve(course: CoursePage, ngo: Organisation, moderator: User) -> None:
    lesson = draft_of(course, member(ngo, MembershipRole.AUTHOR))
    settle(lesson, moderator, "approve")
    assert lesson.live


def test_an_approved_page_goes_live_and_down_by_the_clock(
    course: CoursePage, ngo: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    author, reviewer = member(ngo, MembershipRole.AUTHOR), member(ngo, MembershipRole.REVIEWER)
    lesson = make_lesson(course)
    lesson.unpublish()
    lesson = LessonPage.objects.get(pk=lesson.pk)
    now = timezone.now()
    lesson.go_live_at, lesson.expire_at = now + datetime.timedelta(hours=1), now + datetime.timedelta(days=1)
    lesson.save_revision(user=author)
    lesson.get_workflow().start(lesson, author)
    lesson = LessonPage.objects.get(pk=lesson.pk)
    settle(lesson, reviewer, "approve")
    call_command("keep_clocks")
    lesson.refresh_from_db()
    assert (lesson.live, lesson.approved_schedule) == (False, True)
    monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(hours=2))
    call_command("keep_clocks")
    lesson.refresh_from_db()
    assert (lesson.live, lesson.expired) == (True, False)
    monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(hours=25))
    call_command("keep_clocks")
    lesson.refresh_from_db()
    assert (lesson.live, lesson.expired) == (False, True)


def test_a_clock_that_fails_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    from home.services import clocks

    rung: list[int] = []

    def broken() -> None:
        raise ValueError

    monkeypatch.setattr(clocks, "CLOCKS", (broken, lambda: rung.append(1)))
    monkeypatch.setattr(clocks.logger, "exception", lambda *words: rung.append(len(words)))
    clocks.keep_clocks()
    assert rung == [3, 1]


def test_a_published_course_is_looked_through_in_a_year(course: CoursePage) -> None:
    course.save_revision().publish()
    course.refresh_from_db()
    date = timezone.localdate() + LOOK_AGAIN
    assert (course.review_by, course.get_latest_revision_as_object().review_by) == (date, date)
    own = timezone.localdate() + datetime.timedelta(days=90)
    course.review_by = own
    course.save_revision().publish()
    course.refresh_from_db()
    assert (course.review_by, course.live, course.expire_at) == (own, True, None)


def test_due_courses_are_listed_marked_and_confirmed(course: CoursePage, ngo: Organisation) -> None:
    publisher, author = member(ngo, MembershipRole.PUBLISHER), member(ngo, MembershipRole.AUTHOR)
    foreign = make_course(set_up_publisher(NgoFactory.create())["km"], title="របស់គេ")
    for page in (course, foreign):
        page.review_by = timezone.localdate() - datetime.timedelta(days=1)
        page.save_revision().publish()
    assert list(find_due(author)) == [course]
    listed = sign_in(author).get(reverse("course-due")).content.decode()
    assert (course.title in listed, foreign.title in listed) == (True, False)
    marked = sign_in(author).get(reverse("wagtailadmin_pages:edit", args=[course.pk]))
    assert [message.level_tag for message in marked.context["messages"]] == ["warning"]
    confirm = reverse("course-due-confirm", args=[course.pk])
    assert sign_in(author).post(confirm)["Location"] == reverse("wagtailadmin_home")
    sign_in(publisher).post(confirm)
    assert list(find_due(author)) == []
    course.refresh_from_db()
    assert (course.live, course.review_by) == (True, timezone.localdate() + LOOK_AGAIN)


def test_the_review_list_costs_the_same_for_many(section: dict[str, PublisherPage], ngo: Organisation) -> None:
    client, counts = sign_in(member(ngo, MembershipRole.AUTHOR)), []
    for many in (1, 3):
        while CoursePage.objects.count() < many:
            course = make_course(section["km"])
            course.review_by = timezone.localdate()
            course.save_revision().publish()
        client.get(reverse("course-due"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("course-due"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_moderators_are_one_group(section: dict[str, PublisherPage]) -> None:
    assert Group.objects.filter(name="Moderators").count() == 1
