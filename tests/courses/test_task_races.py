"""Many clients at once, on a real PostgreSQL: one submission, one decision, no file without a row."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.storage import storages
from django.db import connection

from accounts.models import User
from courses.enums import SubmissionStatus
from courses.models import Review, Submission, SubmissionFile
from courses.services.reviews import review
from courses.services.tasks import AlreadyDecidedError, AlreadyHandedInError, hand_in, take_back
from tests.factories.accounts import UserFactory
from tests.factories.courses import make_course, make_indexes, make_lesson
from tests.factories.tasks import SubmissionFactory, answer, make_task
from ui.files.checking import CheckedFile
from ui.files.kinds import FileKind

CLIENTS = 8
PDF = CheckedFile("letter.pdf", FileKind.PDF, b"%PDF-1.7 %%EOF")
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(act: Callable[[int], None]) -> list[str]:
    """What came of each client: "done" or the name of the error."""

    def attempt(number: int) -> str:
        try:
            act(number)
        except (AlreadyHandedInError, AlreadyDecidedError) as error:
            return type(error).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(CLIENTS) as pool:
        return sorted(pool.map(attempt, range(CLIENTS)))


def test_one_task_from_many_tabs() -> None:
    lesson = make_lesson(make_course(make_indexes()["km"]), task=[make_task()])
    user: User = UserFactory.create()
    kept = storages["private"]
    before = len(kept.listdir("submissions")[1]) if kept.exists("submissions") else 0
    outcomes = at_once(lambda _: hand_in(user, lesson=lesson, files=[PDF], client_id=uuid.uuid4()) and None)
    assert outcomes == ["AlreadyHandedInError"] * (CLIENTS - 1) + ["done"]
    assert (Submission.objects.count(), SubmissionFile.objects.count()) == (1, 1)
    assert len(kept.listdir("submissions")[1]) == before + 1


def test_one_press_that_the_phone_repeats() -> None:
    lesson = make_lesson(make_course(make_indexes()["km"]), task=[make_task()])
    user: User = UserFactory.create()
    event = uuid.uuid4()
    outcomes = at_once(lambda _: hand_in(user, lesson=lesson, files=[PDF], client_id=event) and None)
    assert outcomes == ["done"] * CLIENTS
    assert (Submission.objects.count(), SubmissionFile.objects.count()) == (1, 1)


def test_many_reviewers_and_a_learner_who_takes_it_back() -> None:
    submission = SubmissionFactory.create()
    reviewers = [UserFactory.create(is_superuser=True) for _ in range(CLIENTS)]

    def act(number: int) -> None:
        if number == 0:
            take_back(submission, by=submission.user)
            return
        decision = SubmissionStatus.ACCEPTED if number % 2 else SubmissionStatus.RETURNED
        words = {"results": answer(submission), "comment": "ល្អ", "client_id": uuid.uuid4()}
        review(submission, by=reviewers[number], decision=decision, **words)  # type: ignore[arg-type]

    outcomes = at_once(act)
    assert outcomes == ["AlreadyDecidedError"] * (CLIENTS - 1) + ["done"]
    left = Submission.objects.filter(pk=submission.pk).first()
    assert Review.objects.count() == (1 if left else 0)
    assert left is None or left.status == left.review.decision
