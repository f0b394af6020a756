"""A service that runs: three people at the demo office, with an agreement, shifts, hours and courses."""

from collections.abc import Sequence
from datetime import time, timedelta

from django.utils import timezone

from accounts.models import Membership, User
from home.services.cast.clock import at, days_ago
from home.services.cast.deeds import apply, make_draft
from home.services.cast.past_round import begin
from home.services.cast.people import Cast
from volunteers.enums import SignupStatus as S
from volunteers.models import HoursEntry, Partnership, Placement, RequestTemplate, Shift, ShiftSignup, VolunteerRequest
from volunteers.services.applications import answer, decide
from volunteers.services.induction import save_induction
from volunteers.services.partnerships import let_take_part
from volunteers.services.requests import publish, save_request
from volunteers.services.serving.attendance import appeal, set_mark
from volunteers.services.serving.check_in import check_in
from volunteers.services.serving.codes import code_at
from volunteers.services.serving.hours import claim_hours, confirm_hours, correct_hours
from volunteers.services.shifts.planning import Plan, make_shifts
from volunteers.services.shifts.signing import change_signup

TEMPLATE = "budget-sheet"
WEEKS = 4
TUESDAY, THURSDAY = 1, 3
POSTED, BEGAN = 36, 28  # days ago
AFTER = timedelta(hours=1)  # a shift's end, when the office fills the roll


def make_service(cast: Cast) -> None:
    """The whole way by the services of everybody: applied, chosen, accepted, confirmed, begun, at work."""
    people = [cast.learner, *cast.crowd[8:10]]
    request = post(cast)
    for person in people:
        choose(request, person, by=cast.clerk)
    with days_ago(BEGAN):
        for placement in Placement.objects.for_change().filter(application__request=request):
            begin(placement, by=cast.clerk)
        shifts = plan_shifts(cast, request)
        past, ahead = split(shifts)
        for person in people:
            for shift in past:
                change_signup(shift, "sign_up", by=person)
    keep_rolls(cast, past)
    keep_hours(cast, past)
    look_ahead(people, ahead)
    let_partner_guide(cast, request)


def let_partner_guide(cast: Cast, request: VolunteerRequest) -> None:
    """The NGO's manager keeps the roll beside the office."""
    partnership = Partnership.objects.get(office=cast.office, ngo=cast.ngo)
    supervisor = Membership.objects.active().get(user=cast.manager, organisation=cast.ngo)
    let_take_part(request, partnership, by=cast.clerk, supervisor=supervisor)


def post(cast: Cast) -> VolunteerRequest:
    template = RequestTemplate.objects.get(code=TEMPLATE)
    with days_ago(POSTED):
        start = timezone.localdate() + timedelta(days=POSTED - BEGAN)
        request = make_draft(template, office=cast.office, clerk=cast.clerk, seats=3, start_date=start)
        keys = [row.course_key for row in request.course_rows.all()]
        request = save_request(request, by=cast.clerk, skills=list(template.skills.all()), course_keys=[])
        save_induction(request, keys=keys, weeks=WEEKS, by=cast.clerk)
        return publish(request, by=cast.clerk)


def choose(request: VolunteerRequest, person: User, *, by: User) -> None:
    with days_ago(POSTED - 1):
        application = apply(request, person)
    with days_ago(POSTED - 3):
        for verb in ("shortlist", "offer"):
            application = decide(application, verb, by=by)
    with days_ago(POSTED - 4):
        answer(application, "accept", by=person)


def plan_shifts(cast: Cast, request: VolunteerRequest) -> list[Shift]:
    tomorrow = timezone.localdate() + timedelta(days=1)
    plan = Plan(
        first=tomorrow,
        last=tomorrow + timedelta(days=BEGAN, weeks=WEEKS),
        weekdays=frozenset({TUESDAY, THURSDAY}),
        begins=time(8),
        ends=time(10),
        seats=3,
        note_km="យកសៀវភៅ និងប៊ិចមក។",
        note_en="Bring a notebook and a pen.",
    )
    make_shifts(request, plan, by=cast.clerk)
    return list(Shift.objects.filter(request=request).order_by("starts_at"))


def split(shifts: Sequence[Shift]) -> tuple[list[Shift], list[Shift]]:
    """The last four whose roll could be filled by now, the latest first; and those of the days to come."""
    today = timezone.localdate() + timedelta(days=BEGAN)
    past = [shift for shift in shifts if timezone.localdate(shift.starts_at) < today]
    return past[:-5:-1], [shift for shift in shifts if timezone.localdate(shift.starts_at) > today]


def keep_rolls(cast: Cast, past: Sequence[Shift]) -> None:
    """Once the learner checked in by the code; the latest time the learner is said not to have come, and appeals."""
    second = past[1]
    moment = second.starts_at + timedelta(minutes=3)
    with at(moment):
        check_in(cast.learner, code_at(second, moment))
    for shift in past:
        with at(shift.ends_at + AFTER):
            for signup in shift.signups.filter(status=S.SIGNED_UP).with_rows():
                mark = find_mark(cast, signup, is_last=shift == past[0])
                if mark:
                    set_mark(signup, mark, by=cast.clerk)
    with at(past[0].ends_at + AFTER * 2):
        missed = ShiftSignup.objects.with_rows().get(shift=past[0], person=cast.learner)
        appeal(missed, by=cast.learner, words="ខ្ញុំបានមក ប៉ុន្តែទូរស័ព្ទអស់ថ្ម មិនបានវាយលេខកូដ។ (គំរូ)")


def find_mark(cast: Cast, signup: ShiftSignup, *, is_last: bool) -> str:
    """Everybody came; but of the last roll one line is wrong and one is not filled yet."""
    if is_last and signup.person == cast.crowd[9]:
        return ""
    return S.NO_SHOW if is_last and signup.person == cast.learner else S.ATTENDED


def keep_hours(cast: Cast, past: Sequence[Shift]) -> None:
    """One shift is confirmed, one corrected by the office, one waits; and some work was done at home."""
    mine = HoursEntry.objects.of(cast.learner).with_work()
    with days_ago(1):
        confirm_hours(mine.filter(signup__shift=past[3]), by=cast.clerk)
        entry = mine.get(signup__shift=past[2])
        correct_hours(entry, by=cast.clerk, minutes=90, note="ថ្ងៃនោះយើងឈប់មុនម៉ោង។ (គំរូ)")
        placement = Placement.objects.for_change().live().get(application__applicant=cast.learner)
        day = timezone.localdate() - timedelta(days=1)
        claim_hours(placement, by=cast.learner, day=day, minutes=75, what="ពិនិត្យតារាងម្ដងទៀតនៅផ្ទះ (គំរូ)")


def look_ahead(people: Sequence[User], ahead: Sequence[Shift]) -> None:
    """The learner comes to two shifts, the others to one of them."""
    for shift in ahead[:2]:
        change_signup(shift, "sign_up", by=people[0])
    for person in people[1:]:
        change_signup(ahead[0], "sign_up", by=person)
