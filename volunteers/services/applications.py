"""Applying, choosing, offering, accepting. Every function locks the person first and the request second."""

import secrets
from collections.abc import Collection, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.rules import may_volunteer
from places.models import Commune
from volunteers.enums import Clock, Distance, TimeOfDay
from volunteers.models import Application, GuideTraining, Interview, Message, Placement, SkillClaim, VolunteerRequest
from volunteers.services.eligibility import find_obstacles
from volunteers.services.locks import lock
from volunteers.services.machine import NotReadyError
from volunteers.services.profile import copy_profile
from volunteers.services.rounds.conditions import find_active
from volunteers.services.rounds.lists import enter_list
from volunteers.services.states import APPLICATION, PLACEMENT
from volunteers.services.writing.answers import check_answers

OFFICE_VERBS = ("shortlist", "offer", "stand_by", "stand_down", "refuse")
APPLICANT_VERBS = ("accept", "decline", "withdraw")
FEWEST_CODES = 99


class NotEligibleError(NotReadyError):
    """The person may not apply; the message says the first thing that is missing."""


@transaction.atomic
def send_application(
    request: VolunteerRequest, *, by: User, answers: Sequence[str], times: Collection[TimeOfDay]
) -> Application:
    """Write and send the one live application of this person to this request; in a round it goes last on their list.

    Raises `NotReadyError`.
    """
    request = lock(by, request.pk)
    if obstacles := find_obstacles(request, by):
        raise NotEligibleError(obstacles[0].text)
    check_answers(answers, by)
    application = Application(
        request=request,
        applicant=by,
        code_number=_draw_code(request),
        answers=list(answers),
        distance=measure_distance(by, request),
    )
    copy_profile(by, application)
    for time in times:
        setattr(application, f"is_{time.value}", True)
    application.save()
    if place := find_active(request.pk):
        enter_list(application, place)
    else:
        APPLICATION.move("send", application, by=by)
    return application


@transaction.atomic
def decide(application: Application, verb: str, *, by: User, reason: str = "") -> Application:
    """The office shortlists, offers, keeps on standby or refuses (with a reason from `NoPlaceReason`).

    To pass somebody over who has more points, or to choose without points, needs a reason from `OverrideReason`; the
    log keeps it.
    """
    return _change(application, verb, OFFICE_VERBS, by, reason)


@transaction.atomic
def answer(application: Application, verb: str, *, by: User, reason: str = "") -> Application:
    """The applicant accepts, declines or withdraws. Accepting takes the seat or raises `SeatsFullError`.

    By what they have heard: whom the office has refused a moment ago withdraws as if it had not.
    """
    if verb == "withdraw" and Application.objects.refused_unheard().filter(pk=application.pk).exists():
        return _change(application, "withdraw_unheard", ("withdraw_unheard",), by, reason)
    return _change(application, verb, APPLICANT_VERBS, by, reason)


def find_sent(request: VolunteerRequest, person: User) -> Application | None:
    """The person's application to this request that stands, as far as they know."""
    last = request.applications.of(person).order_by("-pk").first()
    return last if last and last.is_shown_live else None


def was_answered(application: Application, verb: str) -> bool:
    """Whether the applicant's answer stands already as this verb would write it."""
    change = APPLICATION.changes.get(verb)
    now = Application.objects.filter(pk=application.pk).values_list("status", flat=True).first()
    return verb in APPLICANT_VERBS and change is not None and now == change.target


@transaction.atomic
def end_placement(placement: Placement, *, by: User, reason: str) -> Placement:
    """The volunteer ends it early; the place becomes free for somebody else."""
    application = placement.application
    lock(application.applicant, application.request_id)
    placement = Placement.objects.select_for_update().get(pk=placement.pk)
    PLACEMENT.move("end_early", placement, by=by, reason=reason)
    return placement


@transaction.atomic
def pause_placements(user: User) -> None:
    """The guardian's consent is gone: a minor's places pause until there is a new one."""
    if may_volunteer(user):
        return
    for placement in Placement.objects.of(user).filter(status__in=PLACEMENT.changes["suspend"].sources):
        lock(user, placement.application.request_id)
        PLACEMENT.move("suspend", placement, by=None, reason=Clock.CONSENT)


@transaction.atomic
def leave_everything(user: User) -> None:
    """The account is being deleted: its owner withdraws every application, ends every placement, and their words go.

    The words of a concern stay as long as the case: they may protect others, and are the programme's to keep.
    """
    for application in Application.objects.of(user).on_the_desk():
        answer(application, "withdraw", by=user, reason="not_said")
    for placement in Placement.objects.of(user).live():
        end_placement(placement, by=user, reason="not_said")
    Application.objects.of(user).update(answers=[], free=0, languages=[])
    SkillClaim.objects.filter(user=user).delete()
    GuideTraining.objects.filter(user=user).delete()
    Message.objects.filter(author=user).update(text="")
    Interview.objects.filter(application__applicant=user).update(wish="")


def measure_distance(user: User, request: VolunteerRequest) -> Distance:
    """The band between where the person lives now and the office."""
    home: Commune | None = user.current_commune or user.home_commune
    office = request.office.commune
    if home is None or office is None:
        return Distance.UNKNOWN
    for digits, band in ((6, Distance.COMMUNE), (4, Distance.DISTRICT), (2, Distance.PROVINCE)):
        if home.code[:digits] == office.code[:digits]:
            return band
    return Distance.FAR


def _change(application: Application, verb: str, allowed: tuple[str, ...], by: User, reason: str) -> Application:
    if verb not in allowed:
        raise PermissionDenied
    request = lock(application.applicant, application.request_id)
    application = Application.objects.select_for_update().select_related("applicant").get(pk=application.pk)
    application.request = request
    APPLICATION.move(verb, application, by=by, reason=reason)
    return application


def _draw_code(request: VolunteerRequest) -> int:
    """A number by lot among those still free; the range grows so that at most half of it is taken."""
    taken = set(request.applications.values_list("code_number", flat=True))
    highest = max(FEWEST_CODES, 2 * len(taken) + 1)
    return secrets.choice([number for number in range(1, highest + 1) if number not in taken])
