"""Handing in and deciding: numbered, once, by the right people, with nothing left behind."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.enums import MembershipRole
from accounts.models import Organisation, User
from accounts.rules import STAFF
from accounts.services import collect_export, delete_account
from courses.enums import SubmissionStatus
from courses.models import CourseIndexPage, Enrolment, LessonPage, Review, Submission, SubmissionFile
from courses.rules import may_review
from courses.services.publishers import set_up_publisher
from courses.services.reviews import (
    clerk_queue,
    facilitator_queue,
    name_for_reviewer,
    review,
    submissions_visible_to,
)
from courses.services.tasks import (
    AlreadyDecidedError,
    AlreadyHandedInError,
    accepted_tasks,
    find_evidence,
    hand_in,
    latest_submissions,
    read_task,
    recent_submissions,
    take_back,
    task_lessons,
)
from courses.signals import task_accepted
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.courses import make_course, make_lesson, translate
from tests.factories.tasks import SubmissionFactory, add_file, answer, make_task
from ui.files.checking import CheckedFile
from ui.files.kinds import FileKind

pytestmark = pytest.mark.django_db
ACCEPTED, RETURNED = SubmissionStatus.ACCEPTED, SubmissionStatus.RETURNED
PDF = CheckedFile("letter.pdf", FileKind.PDF, b"%PDF-1.7 %%EOF")


@pytest.fixture
def lesson(indexes: dict[str, CourseIndexPage]) -> LessonPage:
    return make_lesson(make_course(indexes["km"]), task=[make_task("either")])


@pytest.fixture
def staff(db: None) -> User:
    person = UserFactory.create(username="officer")
    person.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    return person


def give(user: User, lesson: LessonPage, **more: Any) -> Submission:
    return hand_in(user, lesson=lesson, **{"files": [PDF], "client_id": uuid.uuid4(), **more})


def decide(submission: Submission, by: User, decision: SubmissionStatus = ACCEPTED, **more: Any) -> Review:
    values = {"results": answer(submission), "comment": "ល្អ", "client_id": uuid.uuid4(), **more}
    return review(submission, by=by, decision=decision, **values)


def stored(submission: Submission) -> list[bool]:
    return [row.file.storage.exists(row.file.name) for row in submission.files.all()]


def test_handing_in_keeps_task_files_and_enrolment(lesson: LessonPage, learner: User) -> None:
    submission = give(learner, lesson, note="សូមមើល")
    assert (submission.number, submission.status, submission.note) == (1, "handed_in", "សូមមើល")
    assert submission.task == read_task(lesson)
    assert [(row.name, row.kind, row.size) for row in submission.files.all()] == [("letter.pdf", "pdf", 14)]
    assert stored(submission) == [True]
    assert Enrolment.objects.filter(user=learner, course_key=submission.course_key).count() == 1


def test_the_task_is_kept_in_both_languages_as_it_was(lesson: LessonPage, learner: User, indexes: Any) -> None:
    english = translate(lesson.get_parent(), indexes["en"])
    block = lesson.task[0]
    block.value["title"] = "Write a letter"
    twin = translate(lesson, english, task=lesson.task)
    lesson.refresh_from_db()
    submission = give(learner, lesson)
    assert submission.task["title"] == {"km": "សរសេរលិខិត", "en": "Write a letter"}
    twin.task = lesson.task = []
    for page in (lesson, twin):
        page.save_revision().publish()
    submission.refresh_from_db()
    assert submission.title == "សរសេរលិខិត"
    assert task_lessons(submission.course_key) == set()


def test_the_same_event_twice_is_one_submission(lesson: LessonPage, learner: User) -> None:
    event = uuid.uuid4()
    first = give(learner, lesson, client_id=event)
    assert give(learner, lesson, client_id=event) == first
    assert SubmissionFile.objects.count() == 1


def test_a_second_tab_hands_in_nothing(lesson: LessonPage, learner: User) -> None:
    give(learner, lesson)
    with pytest.raises(AlreadyHandedInError):
        give(learner, lesson)
    assert (Submission.objects.count(), SubmissionFile.objects.count()) == (1, 1)


def test_another_persons_event_id_takes_nothing_over(lesson: LessonPage, learner: User, stranger: User) -> None:
    event = uuid.uuid4()
    first = give(stranger, lesson, client_id=event)
    second = give(learner, lesson, client_id=event)
    assert (first.user, second.user, second.client_id == event) == (stranger, learner, False)


def test_the_database_lets_nobody_hand_in_twice(lesson: LessonPage, learner: User) -> None:
    SubmissionFactory.create(lesson=lesson, user=learner)
    with pytest.raises(IntegrityError), transaction.atomic():
        SubmissionFactory.create(lesson=lesson, user=learner, number=2)


def test_no_file_is_left_when_the_row_cannot_stand(
    lesson: LessonPage, learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise IntegrityError

    give(UserFactory.create(), lesson)
    before = storages["private"].listdir("submissions")
    monkeypatch.setattr(SubmissionFile, "save_base", fail)
    with pytest.raises(AlreadyHandedInError):
        give(learner, lesson)
    assert storages["private"].listdir("submissions") == before
    assert Submission.objects.filter(user=learner).count() == 0


@pytest.mark.parametrize(("age", "may"), [(13, False), (14, False), (16, True), (22, True), (None, False)])
def test_only_people_of_fifteen_hand_in(lesson: LessonPage, age: int | None, may: bool) -> None:
    person = UserFactory.create(birth_year=None if age is None else timezone.localdate().year - age - 1)
    if may:
        assert give(person, lesson).user == person
        return
    with pytest.raises(PermissionDenied):
        give(person, lesson)


def test_work_goes_only_where_the_task_asks(indexes: Any, learner: User, office: Organisation) -> None:
    course = make_course(indexes["km"])
    for_clerk, for_facilitator = (make_lesson(course, task=[make_task(each)]) for each in ("clerk", "facilitator"))
    assert give(learner, for_clerk, office=office).addressee == "clerk"
    assert give(learner, for_facilitator).addressee == "facilitator"
    with pytest.raises(ValueError, match="nobody"):
        give(UserFactory.create(), for_clerk)
    with pytest.raises(ValueError, match="nobody"):
        give(UserFactory.create(), for_facilitator, office=office)
    with pytest.raises(ValueError, match="nothing"):
        give(UserFactory.create(), for_facilitator, files=[])


def test_returned_work_is_handed_in_again_and_the_first_try_stays(
    lesson: LessonPage, learner: User, staff: User
) -> None:
    first = give(learner, lesson, note="ទីមួយ")
    decide(first, staff, RETURNED, comment="ខ្វះហត្ថលេខា")
    second = give(learner, lesson, note="ទីពីរ")
    first.refresh_from_db()
    assert [(row.number, row.status, row.note) for row in (first, second)] == [
        (1, "returned", "ទីមួយ"),
        (2, "handed_in", "ទីពីរ"),
    ]
    assert (stored(first), first.review.comment) == ([True], "ខ្វះហត្ថលេខា")
    assert latest_submissions(learner, first.course_key) == {lesson.translation_key: second}


def test_accepted_work_is_evidence_and_announced_once(
    lesson: LessonPage,
    learner: User,
    staff: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    heard: list[tuple[User, uuid.UUID, uuid.UUID]] = []

    def hear(sender: object, user: User, course_key: uuid.UUID, lesson_key: uuid.UUID, **_: Any) -> None:
        heard.append((user, course_key, lesson_key))

    task_accepted.connect(hear)
    submission, event = give(learner, lesson), uuid.uuid4()
    assert accepted_tasks(learner, submission.course_key) == set()
    with django_capture_on_commit_callbacks(execute=True):
        decide(submission, staff, client_id=event)
        decide(submission, staff, client_id=event)
    task_accepted.disconnect(hear)
    assert heard == [(learner, submission.course_key, lesson.translation_key)]
    assert accepted_tasks(learner, submission.course_key) == {lesson.translation_key}
    assert task_lessons(submission.course_key) == {lesson.translation_key}
    assert find_evidence(learner, submission.course_key) == [submission]
    with pytest.raises(AlreadyHandedInError):
        give(learner, lesson)


def test_the_first_of_two_reviewers_decides(lesson: LessonPage, learner: User, staff: User) -> None:
    second = UserFactory.create(is_superuser=True)
    submission = give(learner, lesson)
    decide(submission, staff, RETURNED)
    with pytest.raises(AlreadyDecidedError):
        decide(submission, second, ACCEPTED)
    submission.refresh_from_db()
    assert (submission.status, submission.review.by) == ("returned", staff)


def test_work_taken_back_is_decided_by_nobody(
    lesson: LessonPage,
    learner: User,
    staff: User,
    stranger: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    submission = give(learner, lesson)
    row = submission.files.get()
    with pytest.raises(PermissionDenied):
        take_back(submission, by=stranger)
    with django_capture_on_commit_callbacks(execute=True):
        take_back(submission, by=learner)
        assert row.file.storage.exists(row.file.name)  # until it is sure
    assert not row.file.storage.exists(row.file.name)
    with pytest.raises(AlreadyDecidedError):
        decide(submission, staff)
    decided = give(learner, lesson)
    decide(decided, staff)
    with pytest.raises(AlreadyDecidedError):
        take_back(decided, by=learner)


@pytest.mark.parametrize(
    ("decision", "met", "comment", "complaint"),
    [
        (ACCEPTED, "101", "", "needed"),
        (ACCEPTED, "110", "", None),
        (RETURNED, "110", "", "told why"),
        (RETURNED, "111", "សូមកែ", None),
        (SubmissionStatus.HANDED_IN, "111", "", "accepts or returns"),
    ],
)
def test_a_decision_fits_the_rubric(
    lesson: LessonPage, learner: User, staff: User, decision: Any, met: str, comment: str, complaint: str | None
) -> None:
    submission = give(learner, lesson)
    results = answer(submission, met)
    if complaint is None:
        assert decide(submission, staff, decision, results=results, comment=comment).decision == decision
        return
    with pytest.raises(ValueError, match=complaint):
        decide(submission, staff, decision, results=results, comment=comment)


def test_a_result_for_another_rubric_is_refused(lesson: LessonPage, learner: User, staff: User) -> None:
    submission = give(learner, lesson)
    with pytest.raises(ValueError, match="every criterion"):
        decide(submission, staff, results=answer(submission)[:-1])


def test_who_sees_and_who_decides(
    indexes: Any, learner: User, ngo: Organisation, office: Organisation, clerk: User, editor: User, staff: User
) -> None:
    section = set_up_publisher(ngo)["km"]
    lesson = make_lesson(make_course(section), task=[make_task("either")])
    to_facilitator = give(learner, lesson)
    to_clerk = give(UserFactory.create(), lesson, office=office)
    people = {
        "learner": learner,
        "facilitator": MembershipFactory.create(organisation=ngo, role=MembershipRole.FACILITATOR).user,
        "editor": editor,
        "clerk": clerk,
        "rival": MembershipFactory.create().user,
        "staff": staff,
    }
    both = {to_facilitator, to_clerk}
    assert {name: set(submissions_visible_to(person)) for name, person in people.items()} == {
        "learner": {to_facilitator},
        "facilitator": both,
        "editor": set(),
        "clerk": {to_clerk},
        "rival": set(),
        "staff": both,
    }
    decides = {
        name: [may_review(person, each) for each in (to_facilitator, to_clerk)] for name, person in people.items()
    }
    assert decides == {
        "learner": [False, False],
        "facilitator": [True, False],
        "editor": [False, False],
        "clerk": [False, True],
        "rival": [False, False],
        "staff": [True, False],
    }
    queues: list[Callable[[User], Any]] = [facilitator_queue, clerk_queue]
    assert {name: [set(queue(person)) for queue in queues] for name, person in people.items()} == {
        "learner": [set(), set()],
        "facilitator": [{to_facilitator}, set()],
        "editor": [set(), set()],
        "clerk": [set(), {to_clerk}],
        "rival": [set(), set()],
        "staff": [{to_facilitator}, set()],
    }
    with pytest.raises(PermissionDenied):
        decide(to_clerk, people["facilitator"])


def test_nobody_decides_about_their_own_work(
    lesson: LessonPage, staff: User, clerk: User, office: Organisation
) -> None:
    mine, clerks = give(staff, lesson), give(clerk, lesson, office=office)
    assert (may_review(staff, mine), may_review(clerk, clerks)) == (False, False)
    assert (list(facilitator_queue(staff)), list(clerk_queue(clerk))) == ([], [])
    with pytest.raises(PermissionDenied):
        decide(mine, staff)


def test_an_office_that_is_not_verified_is_asked_nothing(lesson: LessonPage, learner: User) -> None:
    membership = MembershipFactory.create(organisation__waiting=True)
    with pytest.raises(ValueError, match="nobody"):
        give(learner, lesson, office=membership.organisation)


def test_a_minor_is_known_by_given_name_only() -> None:
    minor = UserFactory.create(minor=True, username="young", given_name_km="មករា", family_name_km="ជា")
    adult = UserFactory.create(username="grown", given_name_km="ដារ៉ា", family_name_km="សុខ")
    assert (name_for_reviewer(minor), name_for_reviewer(adult)) == ("មករា (young)", "សុខ ដារ៉ា")


def test_ones_own_copy_has_it_and_leaving_takes_it_away(
    lesson: LessonPage,
    learner: User,
    staff: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    submission = give(learner, lesson, note="សូមមើល")
    decide(submission, staff, RETURNED, comment="សូមកែ")
    (copy,) = collect_export(learner)["parts"]["courses"]["submissions"]
    assert (copy["number"], copy["status"], copy["note"], copy["comment"]) == (1, "returned", "សូមមើល", "សូមកែ")
    assert [(file["name"], file["bytes"]) for file in copy["files"]] == [("letter.pdf", 14)]
    row = submission.files.get()
    with django_capture_on_commit_callbacks(execute=True):
        delete_account(learner)
    assert (Submission.objects.count(), Review.objects.count(), SubmissionFile.objects.count()) == (0, 0, 0)
    assert not row.file.storage.exists(row.file.name)


def test_a_reviewer_who_leaves_takes_no_decision_along(lesson: LessonPage, learner: User, staff: User) -> None:
    submission = give(learner, lesson)
    decide(submission, staff)
    delete_account(staff)
    submission.refresh_from_db()
    assert (submission.is_accepted, submission.review.by.public_name) == (True, "អតីតសមាជិក")


def test_what_needs_the_learner_stands_first(learner: User) -> None:
    accepted = SubmissionFactory.create(user=learner, accepted=True)
    returned = SubmissionFactory.create(user=learner, returned=True)
    waiting = SubmissionFactory.create(user=learner)
    SubmissionFactory.create()
    assert recent_submissions(learner) == [returned, waiting, accepted]


def test_files_have_names_that_tell_nothing(learner: User) -> None:
    row = add_file(SubmissionFactory.create(user=learner))
    assert row.file.name == f"submissions/{row.public_id}.pdf"
