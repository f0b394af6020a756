"""A demo service that runs: the demo learner has a place at the demo office, with an agreement, shifts and courses."""

from datetime import time, timedelta

from django.utils import timezone

from accounts.models import Organisation, User
from home.services.cast_deeds import make_draft
from volunteers.enums import TimeOfDay
from volunteers.models import Placement, RequestTemplate, Shift
from volunteers.services.agreements import confirm_as_office, confirm_as_volunteer
from volunteers.services.applications import answer, decide, send_application
from volunteers.services.induction import save_induction
from volunteers.services.placements import change_placement
from volunteers.services.requests import publish, save_request
from volunteers.services.shifts.planning import Plan, make_shifts
from volunteers.services.shifts.signing import change_signup

TEMPLATE = "budget-sheet"
WEEKS = 4
TUESDAY, THURSDAY = 1, 3
ANSWERS = ("ខ្ញុំធ្លាប់ធ្វើតារាងចំណាយក្នុងសាលា។ (គំរូ)", "ខ្ញុំសួរស្មៀន ហើយពិនិត្យម្ដងទៀត។ (គំរូ)")


def make_service(office: Organisation, *, clerk: User, learner: User) -> None:
    """The whole way by the services of everybody: applied, chosen, accepted, confirmed, begun, two shifts taken."""
    template = RequestTemplate.objects.get(code=TEMPLATE)
    request = make_draft(template, office=office, clerk=clerk)
    keys = [row.course_key for row in request.course_rows.all()]
    request.seats, request.start_date = 1, timezone.localdate()
    request = save_request(request, by=clerk, skills=list(template.skills.all()), course_keys=[])
    save_induction(request, keys=keys, weeks=WEEKS)
    publish(request, by=clerk)
    application = send_application(request, by=learner, answers=ANSWERS, times=[TimeOfDay.MORNING])
    for verb in ("shortlist", "offer"):
        application = decide(application, verb, by=clerk)
    answer(application, "accept", by=learner)
    placement = Placement.objects.for_change().get(application=application)
    confirm_as_volunteer(placement, by=learner)
    confirm_as_office(placement, by=clerk)
    change_placement(placement, "begin", by=clerk)
    tomorrow = timezone.localdate() + timedelta(days=1)
    plan = Plan(
        first=tomorrow,
        last=tomorrow + timedelta(weeks=WEEKS),
        weekdays=frozenset({TUESDAY, THURSDAY}),
        begins=time(8),
        ends=time(10),
        seats=2,
        note_km="យកសៀវភៅ និងប៊ិចមក។",
        note_en="Bring a notebook and a pen.",
    )
    make_shifts(request, plan, by=clerk)
    for shift in Shift.objects.ahead().filter(request=request).order_by("starts_at")[:2]:
        change_signup(shift, "sign_up", by=learner)
