"""What a change of state waits for. Each condition answers "" or a sentence for the person."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.rules import may_volunteer
from ui.dates import to_day
from volunteers.enums import ApplicationStatus, PlacementStatus, RequestStatus, RoundStatus
from volunteers.models import Application, Concern, Placement, VolunteerRequest
from volunteers.models.round import OVER
from volunteers.services.agreements import say_missing
from volunteers.services.completeness import find_problems

RUNNING = [status for status in RoundStatus if status not in (RoundStatus.PLANNED, *OVER)]
CHOOSING = (RequestStatus.OPEN, RequestStatus.REVIEW, RequestStatus.EXPIRED)


def is_complete(request: VolunteerRequest) -> str:
    return next(iter(find_problems(request).values()), "")


def office_is_verified(request: VolunteerRequest) -> str:
    return "" if request.office.is_verified else _("The office is not verified yet: the programme looks at it first.")


def office_is_unverified(request: VolunteerRequest) -> str:
    return _("The office is verified: publish the request at once.") if request.office.is_verified else ""


def office_is_trusted(request: VolunteerRequest) -> str:
    """Verified; or staff approved this very request, and have not refused its office since."""
    if request.office.is_verified:
        return ""
    last = request.transitions.filter(verb__in=("approve", "publish", "suspend")).last()
    return "" if last is not None and last.verb == "approve" else office_is_verified(request)


def has_days_left(request: VolunteerRequest) -> str:
    if request.end_date and request.end_date < timezone.localdate():
        return _("The last day is past. Post a new request with new dates.")
    return ""


def work_is_over(application: Application) -> str:
    end = application.request.end_date
    return "" if end is not None and end < timezone.localdate() else _("The last day is still to come.")


def guide_is_there(request: VolunteerRequest) -> str:
    """Nobody is left without the guide that the request names; with minors one who is trained."""
    if not request.has_supervisor:
        return _("The guide no longer works at the office. Name another one first.")
    if request.takes_minors and request.trained_date is None:
        return _("The guide's safeguarding training is too long ago or missing. The guide reads the guide again first.")
    return ""


def volunteer_has_guide(placement: Placement) -> str:
    return guide_is_there(placement.application.request)


def is_not_overdue(request: VolunteerRequest) -> str:
    return _("The closing date passed. Renew the request first.") if request.is_overdue else ""


def nobody_applied(request: VolunteerRequest) -> str:
    if request.applications.exclude(status=ApplicationStatus.DRAFT).exists():
        return _("People have applied to this text already. Close it and post a new one instead.")
    return ""


def no_round_decides(request: VolunteerRequest) -> str:
    """In a round the calendar is everybody's; an office that no longer needs the help cancels the request.

    Asked once for each row that was read.
    """
    if "is_in_a_round" not in request.__dict__:
        rows = request.round_rows.active().filter(round__status__in=RUNNING)
        request.__dict__["is_in_a_round"] = rows.exists()
    if request.__dict__["is_in_a_round"]:
        return _("This request is part of a round. Its calendar holds until the round is over; you can cancel it.")
    return ""


def no_offer_is_out(request: VolunteerRequest) -> str:
    if request.applications.filter(status=ApplicationStatus.OFFERED).exists():
        return _("Somebody has an offer and may still accept. Wait for the answer.")
    return ""


def request_is_open(application: Application) -> str:
    return "" if application.request.is_open else _("This request takes no applications now.")


def request_is_choosing(application: Application) -> str:
    return "" if application.request.status in CHOOSING else _("This request is no longer choosing people.")


def work_has_days_left(application: Application) -> str:
    """Nobody is promised work that is over."""
    return has_days_left(application.request)


def work_is_not_over(application: Application) -> str:
    """The same for the applicant."""
    return _("The last day of this work is past.") if has_days_left(application.request) else ""


def seat_is_free(application: Application) -> str:
    """An offer is a promise: never more offers out than seats left."""
    request = VolunteerRequest.objects.get(pk=application.request_id)
    out = request.applications.filter(status=ApplicationStatus.OFFERED).count()
    return "" if out < request.seats_left else _("Every place is taken or offered. Wait for an answer first.")


def stands_by(application: Application) -> str:
    return "" if application.is_standby else _("This person is not on the standby list.")


def stands_by_not(application: Application) -> str:
    return _("This person is on the standby list already.") if application.is_standby else ""


def may_be_undone(application: Application) -> str:
    if application.is_held:
        return ""
    return _("It is too late to take this back: the applicant has been told.")


def refusal_is_unheard(application: Application) -> str:
    return "" if application.is_held else _("This was already changed. Please look at it again.")


def did_not_apply_again(application: Application) -> str:
    """Only one application of a person lives, and a refused one would come back to life."""
    others = application.request.applications.live().filter(applicant=application.applicant_id)
    return _("The person has applied again meanwhile.") if others.exclude(pk=application.pk).exists() else ""


def office_may_offer(application: Application) -> str:
    return office_is_trusted(application.request)


def offer_stands(application: Application) -> str:
    return _("The 72 hours for this offer have passed.") if application.is_overdue else ""


def applicant_may_volunteer(application: Application) -> str:
    """Consent may have been withdrawn since the application was sent."""
    if may_volunteer(application.applicant):
        return ""
    return _("From 15 to 17 a guardian's consent is needed before you accept.")


def volunteer_may_serve(placement: Placement) -> str:
    """Consent may have been withdrawn since the place was agreed."""
    if may_volunteer(placement.application.applicant):
        return ""
    return _("From 15 to 17 a guardian's consent is needed.")


def agreement_is_confirmed(placement: Placement) -> str:
    return say_missing(placement)


def first_day_is_here(placement: Placement) -> str:
    """Nobody serves before the day that both sides agreed on."""
    if placement.start_date is None or placement.start_date <= timezone.localdate():
        return ""
    return _("The first day is %(day)s. Begin the service on that day.") % {"day": to_day(placement.start_date)}


def has_begun(placement: Placement) -> str:
    return "" if _was_active(placement) else _("This service has not begun yet.")


def has_not_begun(placement: Placement) -> str:
    return _("This service has begun already.") if _was_active(placement) else ""


def was_served_or_is_over(placement: Placement) -> str:
    """Before the last day somebody must have worked; without that it is no service but an early end."""
    if placement.end_date is not None and placement.end_date <= timezone.localdate():
        return ""
    if placement.hours.filter(settled_minutes__gt=0).exists():
        return ""
    return _("No hours are confirmed yet. Confirm them first, or end the place early and say why.")


def only_the_volunteer_ends_it(placement: Placement) -> str:
    """Whom a concern is about may not send away who raised it."""
    if is_looked_at(placement):
        return _("The programme looks at this place. Until it is done, only the volunteer can end it.")
    return ""


def no_place_is_looked_at(request: VolunteerRequest) -> str:
    """To cancel the request would end the place."""
    if Concern.objects.filter(placement__application__request=request, closed_at=None).exists():
        return _("The programme looks at a place of this request. Until it is done, you can close the request only.")
    return ""


def nobody_has_a_place(request: VolunteerRequest) -> str:
    """To cancel a request that nobody serves in needs no reason."""
    if Placement.objects.live().filter(application__request=request).exists():
        return _("People have places in this work. Say why it is cancelled: each of them reads it.")
    return ""


def is_looked_at(placement: Placement) -> bool:
    """A concern about it is open."""
    return Concern.objects.filter(placement=placement, closed_at=None).exists()


def nobody_looks_at_it(placement: Placement) -> str:
    """No concern about it is open."""
    if is_looked_at(placement):
        return _("The programme looks at this place and decides when it goes on.")
    return ""


def _was_active(placement: Placement) -> bool:
    """Not paused before its first day, or begun since."""
    lines = placement.transitions
    if lines.filter(target=PlacementStatus.ACTIVE).exists():
        return True
    return not lines.filter(source=PlacementStatus.AGREED, target=PlacementStatus.PAUSED).exists()
