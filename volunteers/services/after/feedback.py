"""Feedback of both sides: asked once a place ended, read only after both answered or the time ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import User
from courses.enums import SkillLevel
from courses.models import Skill
from courses.services.ratings import list_rateable, list_ratings, record_ratings
from volunteers.enums import Speaker
from volunteers.models import Feedback, FeedbackAsk, Placement
from volunteers.models.after import FEEDBACK_DAYS
from volunteers.rules import is_applicant, is_of_office
from volunteers.services.after.audiences import to_volunteer
from volunteers.services.after.figures import recount
from volunteers.services.after.records import issue_when_due
from volunteers.services.announcing import tell_all
from volunteers.services.machine import NotReadyError
from volunteers.services.notices import after as news


@dataclass(frozen=True)
class Answers:
    """What one side sends; the scores are from 1 to 5."""

    scores: tuple[int, int, int]
    words: str = ""


def ask_both(placement: Placement) -> FeedbackAsk:
    """Asks once, however often it is called."""
    now = timezone.now()
    ask, _made = FeedbackAsk.objects.get_or_create(
        placement=placement,
        defaults={
            "office": placement.application.request.office,
            "asked_at": now,
            "closes_at": now + timedelta(days=FEEDBACK_DAYS),
        },
    )
    return ask


@transaction.atomic
def give_as_volunteer(ask: FeedbackAsk, answers: Answers, *, by: User) -> Feedback:
    """The volunteer answers, or changes the answer while nobody has read it. Raises `NotReadyError` afterwards."""
    return _give(ask, Speaker.VOLUNTEER, answers, by)


@transaction.atomic
def give_as_office(ask: FeedbackAsk, answers: Answers, *, levels: Mapping[Skill, SkillLevel], by: User) -> Feedback:
    """The office answers, and says of each skill how it was used; a skill that it leaves out was not rated.

    The words wait for the other side; the skills stand in the record at once.
    """
    given = _give(ask, Speaker.OFFICE, answers, by)
    placement = ask.placement
    record_ratings(placement.application.applicant, work_key=placement.public_id, levels=levels)
    issue_when_due(placement)
    return given


def list_asked_skills(placement: Placement) -> list[Skill]:
    """What the office is asked to rate."""
    application = placement.application
    rows = application.request.skill_rows.select_related("skill").order_by("skill_id")
    return list_rateable(application.applicant, [row.skill for row in rows])


def find_levels(placement: Placement) -> dict[int, str]:
    """What the office said so far, by the skill's key."""
    return {row.skill_id: row.level for row in list_ratings([placement.public_id])[placement.public_id]}


def find_answer(ask: FeedbackAsk, side: Speaker) -> Feedback | None:
    """Free after `with_placement()`."""
    return next((answer for answer in ask.answers.all() if answer.side == side), None)


def find_words_on_volunteer(ask: FeedbackAsk) -> Feedback | None:
    """What the volunteer may read of the office's answer: nothing before the ask is open."""
    return find_answer(ask, Speaker.OFFICE) if ask.opened_at else None


@transaction.atomic
def open_if_over(ask: FeedbackAsk) -> bool:
    """For the clocks: the time ended, so what was given is read and counted. False where somebody was faster."""
    locked = FeedbackAsk.objects.select_for_update().get(pk=ask.pk)
    if locked.opened_at is not None or locked.closes_at > timezone.now():
        return False
    _open(locked)
    return True


def forget_feedback(user: User) -> None:
    """The person leaves for good: the scores stay in the sums, what was written by and about them goes."""
    Feedback.objects.filter(ask__placement__application__applicant=user).update(words="")
    Feedback.objects.filter(ask__placement__application__applicant=user, by=user).update(by=None)


def _give(ask: FeedbackAsk, side: Speaker, answers: Answers, by: User) -> Feedback:
    locked = FeedbackAsk.objects.select_for_update().get(pk=ask.pk)
    allowed = is_applicant if side == Speaker.VOLUNTEER else is_of_office
    if not allowed(by, locked.placement):
        raise PermissionDenied
    if not locked.is_open:
        raise NotReadyError(_("Both sides have answered, or the 30 days are over. Nothing can be changed any more."))
    first, second, third = answers.scores
    columns = {"first": first, "second": second, "third": third, "words": answers.words.strip(), "by": by}
    given, _made = Feedback.objects.update_or_create(ask=locked, side=side, defaults=columns)
    if locked.answers.count() == len(Speaker):
        _open(locked)
    return given


def _open(ask: FeedbackAsk) -> None:
    """From now on both are read, and the volunteer's answer counts."""
    ask.opened_at = timezone.now()
    ask.save(update_fields=["opened_at"])
    recount(ask.office)
    transaction.on_commit(lambda: tell_opened_task.enqueue(ask.pk), robust=True)


@task()
def tell_opened_task(pk: int) -> None:
    """The volunteer reads what the office says, if it said anything."""
    ask = FeedbackAsk.objects.with_placement().get(pk=pk)
    if find_answer(ask, Speaker.OFFICE) is not None:
        tell_all(to_volunteer, news.FEEDBACK_OPENED, ask.placement, key=f"opened:{pk}")
