"""What courses tell people. All of it stands on the learner's own page too, so a crash between the two loses little."""

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from courses.enums import SubmissionStatus
from courses.models import Nudge, Submission
from notifications.services import Category, Kind, notify, register

LEARNING = Category(
    "learning",
    _("My learning"),
    _("What became of the work you handed in, and when your facilitator writes to you."),
)
WORK_ACCEPTED = Kind(
    "courses.work_accepted",
    LEARNING,
    _("My work is accepted"),
    _("Your work is accepted: %(task)s"),
)
WORK_RETURNED = Kind(
    "courses.work_returned",
    LEARNING,
    _("My work came back"),
    _("Your work came back: %(task)s"),
    _("Read what was said, mend it and hand it in again."),
)
NUDGED = Kind(
    "courses.nudged",
    LEARNING,
    _("My facilitator writes to me"),
    _("Your facilitator wrote to you: %(cohort)s"),
)
register(WORK_ACCEPTED, WORK_RETURNED, NUDGED)
DECIDED = {SubmissionStatus.ACCEPTED: WORK_ACCEPTED, SubmissionStatus.RETURNED: WORK_RETURNED}


def notify_decided(submission: Submission) -> None:
    """Once the decision is committed."""
    transaction.on_commit(partial(tell_decided.enqueue, submission.pk), robust=True)


def notify_nudged(nudges: Sequence[Nudge]) -> None:
    """Once the nudges are committed."""
    if nudges:
        transaction.on_commit(partial(tell_nudged.enqueue, [nudge.pk for nudge in nudges]), robust=True)


@task()
def tell_decided(pk: int) -> None:
    submission = Submission.objects.select_related("user").get(pk=pk)
    notify(
        [submission.user],
        kind=DECIDED[SubmissionStatus(submission.status)],
        url=reverse("task", args=[submission.lesson_key]),
        dedupe_key=f"decided:{pk}",
        data={"task": submission.task["title"]},
        group_key=f"task:{submission.lesson_key}",
    )


@task()
def tell_nudged(pks: list[int]) -> None:
    """The words stay on the page: an e-mail says only that there are some."""
    for nudge in Nudge.objects.filter(pk__in=pks).select_related("cohort", "user").order_by("pk"):
        notify(
            [nudge.user],
            kind=NUDGED,
            url=nudge.cohort.get_absolute_url(),
            dedupe_key=f"nudge:{nudge.pk}",
            data={"cohort": {"km": nudge.cohort.title_km, "en": nudge.cohort.title_en}},
            group_key=f"cohort:{nudge.cohort_id}",
        )
