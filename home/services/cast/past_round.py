"""A round that is over: lists, points, the draw, places; and what became of two of the places."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from django.utils import timezone

from accounts.models import User
from courses.enums import SkillLevel
from home.services.cast.clock import at, days_ago, morning_of
from home.services.cast.deeds import apply, open_request
from home.services.cast.people import Cast
from volunteers.enums import ApplicationStatus, LeaveReason, ReserveFlag, SignupStatus
from volunteers.models import Application, FeedbackAsk, Placement, Round, Shift, VolunteerRequest
from volunteers.services.after.feedback import Answers, give_as_office, give_as_volunteer, list_asked_skills
from volunteers.services.after.returning import wish_again
from volunteers.services.agreements import confirm_as_office, confirm_as_volunteer
from volunteers.services.applications import answer
from volunteers.services.concerns import raise_concern
from volunteers.services.placements import change_placement
from volunteers.services.rounds.clocks import advance_if_due
from volunteers.services.rounds.confirming import confirm
from volunteers.services.rounds.planning import add_requests, change_round, enter_seed, save_round, tune_round
from volunteers.services.rounds.running import record_run
from volunteers.services.rounds.settling import settle
from volunteers.services.rounds.tuning import Tuning
from volunteers.services.scoring import ensure_criteria, save_scores
from volunteers.services.serving.attendance import set_mark
from volunteers.services.serving.hours import confirm_hours
from volunteers.services.shifts.planning import Plan, make_shifts
from volunteers.services.shifts.signing import change_signup

OPENED, CLOSED, SCORED, DRAWN, ANSWERED, OVER = 80, 66, 58, 56, 55, 50  # days ago
BEGAN, LAST_DAY, COMPLETED = 40, 8, 7
SEED = "634 217"
# Per person: the requests by their place in the round, the dearest first, and the points that each office gave.
LISTS = (
    ((0, 5), (1, 4)),
    ((0, 4), (2, 4)),
    ((1, 4), (0, 3)),
    ((1, 4), (2, 3)),
    ((0, 3),),
    ((2, 5), (1, 2)),
    ((2, 3),),
    ((0, 3), (1, 3), (2, 3)),
    ((1, 4),),
)
DECLINES = 4  # of the crowd: gives back the place that the draw gave


def make_past_round(cast: Cast) -> None:
    """Nine people, three requests of two offices, five places, tied bands; then service to its end."""
    requests = open_past(cast)
    row = plan_round(cast, requests)
    people = [cast.learner, *cast.crowd[:8]]
    choose(requests, people)
    with days_ago(CLOSED - 2):
        row = advance_if_due(row)
        score(cast, requests, people)
        row = change_round(row, "all_scored", by=cast.admin)
    draw(cast, row)
    serve(cast, requests)


def open_past(cast: Cast) -> list[VolunteerRequest]:
    with days_ago(OPENED + 2):
        today = timezone.localdate()
        days = {
            "start_date": today + timedelta(days=OPENED + 2 - BEGAN),
            "end_date": today + timedelta(days=OPENED + 2 - LAST_DAY),
        }
        return [
            open_request("front-desk", office=cast.office, clerk=cast.clerk, **days),
            open_request("font-conversion", office=cast.neighbour_office, clerk=cast.neighbour, **days),
            open_request("telegram-report", office=cast.neighbour_office, clerk=cast.neighbour, seats=1, **days),
        ]


def plan_round(cast: Cast, requests: Sequence[VolunteerRequest]) -> Round:
    dates = {
        "choices_close_at": morning_of(-CLOSED),
        "scoring_closes_at": morning_of(-SCORED),
        "draw_at": morning_of(-DRAWN, hour=8),
        "confirm_by": morning_of(-DRAWN, hour=17),
        "second_closes_at": morning_of(-OVER + 2),
    }
    with days_ago(OPENED):
        row = Round(
            name_km="ជុំទី១ ស្រុកត្រាំកក់ (គំរូ)",
            name_en="Round one, Tram Kak (demo)",
            place_code="2109",
            opens_at=timezone.now() + timedelta(hours=1),
            seed_source_km="លេខឆ្នោតគំរូ ដែលអានក្នុងវិទ្យុ",
            seed_source_en="A demo lottery number, read on the radio",
            **dates,
        )
        save_round(row, by=cast.admin)
        add_requests(row, list(requests), by=cast.admin)
        tuning = Tuning(tuple(row.band_floors), ((ReserveFlag.WOMEN.value, 30),))
        row = tune_round(row, tuning, by=cast.admin, note="")
        return change_round(row, "open", by=cast.admin)


def choose(requests: Sequence[VolunteerRequest], people: Sequence[User]) -> None:
    for number, (person, choices) in enumerate(zip(people, LISTS, strict=True)):
        with days_ago(OPENED - 1 - number):
            for place, _points in choices:
                apply(requests[place], person, words=number)


def score(cast: Cast, requests: Sequence[VolunteerRequest], people: Sequence[User]) -> None:
    for person, choices in zip(people, LISTS, strict=True):
        for place, points in choices:
            application = Application.objects.get(applicant=person, request=requests[place])
            by = cast.clerk if requests[place].office_id == cast.office.pk else cast.neighbour
            give_points(application, points, by=by)


def give_points(application: Application, points: int, *, by: User) -> None:
    """The same for each thing that is looked at, but one for the last."""
    criteria = ensure_criteria(application.request)
    sheet = {row.pk: points for row in criteria}
    sheet[criteria[-1].pk] = max(points - 1, 1)
    save_scores(application, sheet, by=by)


def draw(cast: Cast, row: Round) -> None:
    """A run on trial, the number, the run that holds, the offers and the answers."""
    with days_ago(DRAWN):
        record_run(row, by=cast.admin)
        row = enter_seed(row, SEED, by=cast.admin, note="វិទ្យុ ម៉ោង ៨ (គំរូ)")
        run = confirm(record_run(row, by=cast.admin), by=cast.admin, note="បានពិនិត្យគ្រប់ការព្រមាន។ (គំរូ)")
        row = change_round(row, "send_offers", by=cast.admin)
        settle(run)
    with days_ago(ANSWERED):
        for application in Application.objects.filter(round_choice__entry__round=row, status=ApplicationStatus.OFFERED):
            if application.applicant == cast.crowd[DECLINES]:
                answer(application, "decline", by=application.applicant, reason=LeaveReason.OTHER_WORK)
            else:
                answer(application, "accept", by=application.applicant)
    with days_ago(OVER):
        change_round(row, "finish", by=cast.admin)


def serve(cast: Cast, requests: Sequence[VolunteerRequest]) -> None:
    """Everybody who accepted begins; at the first request both serve to the end, and the learner has a record."""
    places = list(Placement.objects.for_change().filter(application__request__in=requests).order_by("pk"))
    with days_ago(BEGAN):
        for placement in places:
            begin(placement, by=cast.clerk if placement.application.request == requests[0] else cast.neighbour)
    both = [placement for placement in places if placement.application.request == requests[0]]
    keep_front_desk(cast, requests[0], both)
    with days_ago(COMPLETED):
        for placement in both:
            change_placement(placement, "complete", by=cast.clerk)
    with days_ago(COMPLETED - 2):
        mine = Placement.objects.get(application__request=requests[0], application__applicant=cast.learner)
        look_back(cast, mine)
    with days_ago(2):
        other = next(placement for placement in places if placement not in both)
        raise_concern(other, by=other.application.applicant, words="គេឱ្យខ្ញុំធ្វើការពេលយប់ ដែលមិនមានក្នុងកិច្ចព្រមព្រៀង។ (គំរូ)")


def begin(placement: Placement, *, by: User) -> None:
    """Confirmed by both sides and begun."""
    confirm_as_volunteer(placement, by=placement.application.applicant)
    confirm_as_office(placement, by=by)
    change_placement(placement, "begin", by=by)


def keep_front_desk(cast: Cast, request: VolunteerRequest, places: Sequence[Placement]) -> None:
    """Six shifts that everybody came to, and hours that the office confirmed."""
    with days_ago(BEGAN):
        make_shifts(request, plan_weeks(timezone.localdate()), by=cast.clerk)
        shifts = list(Shift.objects.filter(request=request).order_by("starts_at")[:6])
        for shift in shifts:
            for placement in places:
                change_signup(shift, "sign_up", by=placement.application.applicant)
    for shift in shifts:
        with at(shift.ends_at):
            for signup in shift.signups.with_rows():
                set_mark(signup, SignupStatus.ATTENDED, by=cast.clerk)
    with days_ago(COMPLETED):
        for placement in places:
            confirm_hours(placement.hours.with_work(), by=cast.clerk)


def plan_weeks(today: date) -> Plan:
    last = today + timedelta(days=BEGAN - LAST_DAY - 2)
    return Plan(today + timedelta(days=1), last, frozenset({0, 2, 4}), time(8), time(11), seats=2)


def look_back(cast: Cast, placement: Placement) -> None:
    """Both sides answer, which opens the answers; the skills go into the record."""
    ask = FeedbackAsk.objects.with_placement().get(placement=placement)
    words = "ស្មៀនបង្រៀនល្អ ហើយខ្ញុំចេះជួយអ្នកមកសាលាឃុំ។ (គំរូ)"
    give_as_volunteer(ask, Answers((5, 4, 5), words), by=cast.learner)
    levels = dict.fromkeys(list_asked_skills(placement), SkillLevel.ALONE)
    words = "មកទៀងទាត់ និយាយសុភាព ហើយរៀនលឿន។ (គំរូ)"
    give_as_office(ask, Answers((5, 5, 4), words), levels=levels, by=cast.clerk)
    wish_again(placement, by=cast.learner)
