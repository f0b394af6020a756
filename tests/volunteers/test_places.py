"""A place: its agreement, its way by both sides, who reads its pages; a person who turns 18 in the middle."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.enums import ConsentChannel
from accounts.models import Organisation, User
from accounts.services.consent import record_consent, withdraw_consent
from courses.models import CourseIndexPage, Enrolment
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.courses import make_course, make_indexes
from tests.factories.serving import HoursFactory, PlacementFactory, ShiftFactory, SignupFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.enums import PlacementStatus
from volunteers.models import InductionCourse, Placement, ShiftSignup
from volunteers.services import agreements
from volunteers.services.applications import answer
from volunteers.services.concerns import raise_concern
from volunteers.services.export import describe_volunteering
from volunteers.services.induction import save_induction, track_inductions
from volunteers.services.machine import NotReadyError
from volunteers.services.placements import change_placement
from volunteers.services.shifts.signing import change_signup

pytestmark = pytest.mark.django_db


def accept(office: Organisation, person: User) -> Placement:
    application = ApplicationFactory.create(request__office=office, applicant=person, offered=True)
    return answer(application, "accept", by=person).placement


def first_day_is_here() -> None:
    Placement.objects.update(start_date=timezone.localdate())


def consent(person: User, by: User) -> None:
    record_consent(person, by=by, guardian_name="សុខ ម៉ាលី", channel=ConsentChannel.PHONE)


def sign_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_agreement_keeps_the_words_of_the_day_of_acceptance(
    clerk: User, office: Organisation, learner: User
) -> None:
    placement = accept(office, learner)
    request = placement.application.request
    request.tasks_en, request.costs_en = ["Everything else."], "None at all"
    request.save()
    terms = agreements.find_agreement(Placement.objects.get()).terms
    assert terms["en"]["tasks"] == ["Enter the proposals.", "Check the figures."]
    assert (terms["en"]["costs"], terms["km"]["supervisor"]) == ("Transport", "មាស សុវណ្ណ, ស្មៀនឃុំ")


def test_a_service_begins_when_everybody_confirmed(clerk: User, office: Organisation, learner: User) -> None:
    placement = accept(office, learner)
    for confirm, by in ((agreements.confirm_as_volunteer, learner), (agreements.confirm_as_office, clerk)):
        with pytest.raises(NotReadyError):
            change_placement(placement, "begin", by=clerk)
        confirm(Placement.objects.get(), by=by)
    agreement = agreements.find_agreement(Placement.objects.get())
    assert (agreement.office_by, agreement.volunteer_at is not None, agreement.guardian_at) == (clerk, True, None)
    with pytest.raises(NotReadyError):
        change_placement(placement, "begin", by=clerk)
    first_day_is_here()
    assert change_placement(placement, "begin", by=clerk).status == PlacementStatus.ACTIVE


def test_only_each_side_speaks_for_itself(clerk: User, office: Organisation, learner: User, stranger: User) -> None:
    placement = accept(office, learner)
    wrong = [
        (agreements.confirm_as_volunteer, [clerk, stranger]),
        (agreements.confirm_as_office, [learner, stranger, UserFactory.create(is_superuser=True)]),
        (agreements.record_guardian, [learner, stranger]),
    ]
    for confirm, people in wrong:
        for person in people:
            with pytest.raises(PermissionDenied):
                confirm(placement, by=person)


def test_the_first_word_counts(clerk: User, office: Organisation, learner: User) -> None:
    placement = accept(office, learner)
    first = agreements.confirm_as_office(placement, by=clerk).office_at
    colleague = MembershipFactory.create(organisation=office).user
    again = agreements.confirm_as_office(Placement.objects.get(), by=colleague)
    assert (again.office_at, again.office_by) == (first, clerk)


def test_a_minor_needs_the_guardian_until_turning_18(clerk: User, office: Organisation) -> None:
    minor = UserFactory.create(minor=True)
    consent(minor, clerk)
    placement = accept(office, minor)
    first_day_is_here()
    agreements.confirm_as_volunteer(placement, by=minor)
    agreements.confirm_as_office(placement, by=clerk)
    with pytest.raises(NotReadyError):
        change_placement(placement, "begin", by=clerk)
    agreement = agreements.record_guardian(Placement.objects.get(), by=clerk)
    assert (agreement.guardian_name, agreement.guardian_by) == ("សុខ ម៉ាលី", clerk)
    change_placement(placement, "begin", by=clerk)
    withdraw_consent(minor, by=clerk)
    assert Placement.objects.get().status == PlacementStatus.PAUSED
    with pytest.raises(NotReadyError):
        change_placement(placement, "resume", by=clerk)
    User.objects.filter(pk=minor.pk).update(birth_year=timezone.localdate().year - 19)  # a birthday later
    assert change_placement(Placement.objects.get(), "resume", by=clerk).status == PlacementStatus.ACTIVE


def test_whoever_turns_18_confirms_alone(clerk: User, office: Organisation) -> None:
    minor = UserFactory.create(minor=True)
    consent(minor, clerk)
    placement = accept(office, minor)
    agreements.confirm_as_volunteer(placement, by=minor)
    agreements.confirm_as_office(placement, by=clerk)
    shift = ShiftFactory.create(request=placement.application.request)
    with pytest.raises(NotReadyError):
        change_signup(shift, "sign_up", by=minor)
    User.objects.filter(pk=minor.pk).update(birth_year=timezone.localdate().year - 19)
    withdraw_consent(User.objects.get(pk=minor.pk), by=clerk)
    assert Placement.objects.get().status == PlacementStatus.AGREED
    change_signup(shift, "sign_up", by=User.objects.get(pk=minor.pk))
    first_day_is_here()
    assert change_placement(Placement.objects.get(), "begin", by=clerk).status == PlacementStatus.ACTIVE


def test_each_side_ends_a_place_with_a_reason_of_its_own_list(clerk: User, office: Organisation) -> None:
    first, second = (PlacementFactory.create(application__request__office=office, active=True) for _ in range(2))
    person = second.application.applicant
    for words in ({"reason": "family"}, {}, {"reason": "end_other"}, {"reason": "end_other", "note": " "}):
        with pytest.raises(NotReadyError):
            change_placement(first, "end_early", by=clerk, **words)
    with pytest.raises(NotReadyError):
        change_placement(second, "end_early", by=person, reason="end_absent")
    change_placement(first, "end_early", by=clerk, reason="end_other", note="The hall burned down.")
    change_placement(second, "end_early", by=person, reason="family")
    lines = [place.transitions.latest("pk") for place in (first, second)]
    assert [(line.verb, line.reason, line.note) for line in lines] == [
        ("let_go", "end_other", "The hall burned down."),
        ("end_early", "family", ""),
    ]


def test_the_office_ticks_a_reason_itself(clerk: User, office: Organisation) -> None:
    place = PlacementFactory.create(application__request__office=office, active=True)
    page = sign_in(clerk).get(reverse("desk-placement", args=[place.public_id])).content.decode()
    assert ("end_absent" in page, "family" in page, " checked" in page) == (True, False, False)


def test_a_request_with_places_is_cancelled_with_a_reason(clerk: User, office: Organisation) -> None:
    item = RequestFactory.create(office=office, status="review", seats=2, seats_filled=1)
    place = PlacementFactory.create(application__request=item, active=True)
    hers, change = sign_in(clerk), reverse("request-change", args=[item.public_id])
    pages = [hers.get(reverse(name, args=[item.public_id])).text for name in ("request", "request-shortlist")]
    assert ["cancel_danger" in page for page in pages] == [True, True]
    for data, status in (
        ({"verb": "cancel"}, "review"),
        ({"verb": "resume", "reason": "x" * 30, "note": "More came."}, "open"),
        ({"verb": "cancel", "reason": "cancel_danger", "note": "The river rose."}, "cancelled"),
    ):
        hers.post(change, data)
        item.refresh_from_db()
        assert item.status == status
    lines = [(line.verb, line.reason, line.note) for line in item.transitions.order_by("pk")]
    assert lines == [("resume", "", "More came."), ("cancel", "cancel_danger", "The river rose.")]
    place.refresh_from_db()
    ended = place.transitions.latest("pk")
    assert (place.status, ended.reason, ended.note) == ("ended_early", "cancel_danger", "The river rose.")


def test_who_no_longer_serves_holds_no_seat_to_come(clerk: User, office: Organisation) -> None:
    for verb, words in (("pause", {"note": "Flood."}), ("complete", {}), ("end_early", {"reason": "end_sooner"})):
        signup = SignupFactory.create(shift__request__office=office)
        past = SignupFactory.create(
            shift=ShiftFactory.create(request=signup.shift.request, starts_at=timezone.now() - timedelta(hours=1)),
            placement=signup.placement,
        )
        HoursFactory.create(placement=signup.placement)
        change_placement(signup.placement, verb, by=clerk, **words)
        signup.refresh_from_db()
        signup.shift.refresh_from_db()
        past.refresh_from_db()
        assert (signup.status, signup.shift.seats_filled, past.status) == ("cancelled", 0, "signed_up")


def test_both_sides_go_the_way_on_the_pages(clerk: User, office: Organisation, learner: User) -> None:
    placement = accept(office, learner)
    hers, theirs = sign_in(learner), sign_in(clerk)
    first_day_is_here()
    change, confirm = (reverse(name, args=[placement.public_id]) for name in ("placement-change", "placement-confirm"))
    hers.post(confirm, {"as": "volunteer"})
    theirs.post(confirm, {"as": "office"})
    assert hers.post(change, {"verb": "begin"}).status_code == 403
    steps = [
        (theirs, {"verb": "begin"}, "active"),
        (theirs, {"verb": "pause"}, "active"),
        (theirs, {"verb": "pause", "note": "Flood."}, "paused"),
        (theirs, {"verb": "resume"}, "active"),
        (hers, {"verb": "end_early", "reason": "family"}, "ended_early"),
    ]
    for client, data, status in steps:
        page = client.post(change, data, follow=True)
        placement.refresh_from_db()
        assert (page.status_code, placement.status) == (200, status)


def test_the_export_holds_the_agreement_the_shifts_and_the_concerns(learner: User) -> None:
    signup = SignupFactory.create(placement=PlacementFactory.create(application__applicant=learner, active=True))
    raise_concern(signup.placement, by=learner, words="ខ្ញុំខ្លាច។")
    found = describe_volunteering(learner)
    place = found["applications"][0]["placement"]
    assert (place["agreement"]["terms"]["en"]["weekly_hours"], place["agreement"]["office"] is not None) == (4, True)
    assert [row["status"] for row in place["shifts"]] == ["cancelled"]
    assert [row["words"] for row in found["concerns"]] == ["ខ្ញុំខ្លាច។"]


@pytest.mark.parametrize("name", ["placement", "desk-placement", "placement-agreement", "placement-concern"])
def test_strangers_find_no_place(name: str, office: Organisation, learner: User, stranger: User) -> None:
    placement = PlacementFactory.create(application__request__office=office, application__applicant=learner)
    rival = MembershipFactory.create(organisation=OfficeFactory.create()).user
    address = reverse(name, args=[placement.public_id])
    for person in (stranger, rival):
        assert sign_in(person).get(address).status_code == 404
    for action in ("placement-change", "placement-confirm"):
        assert sign_in(rival).post(reverse(action, args=[placement.public_id]), {"verb": "begin"}).status_code == 404


def test_a_shift_is_taken_and_left_on_the_page(learner: User) -> None:
    shift = ShiftFactory.create(seats=1)
    placement = PlacementFactory.create(application__request=shift.request, application__applicant=learner, active=True)
    hers = sign_in(learner)
    address = reverse("shift-answer", args=[shift.public_id])
    for verb, status in (("sign_up", "signed_up"), ("sign_up", "signed_up"), ("leave", "cancelled")):
        page = hers.post(address, {"verb": verb}, follow=True)
        assert page.redirect_chain[-1][0] == reverse("placement", args=[placement.public_id])
        assert ShiftSignup.objects.get().status == status
    assert sign_in(UserFactory.create()).post(address, {"verb": "sign_up"}).status_code == 404


@pytest.fixture
def catalogue(db: None) -> dict[str, CourseIndexPage]:
    return make_indexes()


def test_the_induction_counts_what_is_done_and_what_is_late(catalogue: Any, office: Organisation, clerk: User) -> None:
    first, second, before = (make_course(catalogue["km"]).translation_key for _ in range(3))
    start = timezone.localdate() - timedelta(weeks=3)
    request = RequestFactory.create(office=office, start_date=start, courses_needed=[before])
    save_induction(request, keys=[first, second, before], weeks=2, by=clerk)
    assert InductionCourse.objects.count() == 2
    placement = PlacementFactory.create(application__request=request)
    now = timezone.now()
    learnt = {"user": placement.application.applicant, "started_at": now, "touched_at": now}
    Enrolment.objects.create(course_key=before, finished_at=now, **learnt)
    Enrolment.objects.create(course_key=first, **learnt)
    found = track_inductions([placement])[placement.pk]
    assert (found.done, found.total, found.overdue) == (1, 3, 2)
    save_induction(request, keys=[first], weeks=8, by=clerk)
    found = track_inductions([placement])[placement.pk]
    assert (found.done, found.total, found.overdue) == (1, 2, 0)


def build(office: Organisation, learner: User, catalogue: Any, count: int) -> Placement:
    """A place with `count` shifts, of an office with `count` places and courses to learn."""
    courses = [make_course(catalogue["km"]).translation_key for _ in range(count)]
    request = RequestFactory.create(office=office, courses_needed=courses[1:])
    by = MembershipFactory.create(organisation=office).user
    save_induction(request, keys=courses, weeks=4, by=by)
    placement = PlacementFactory.create(application__request=request, application__applicant=learner, active=True)
    for _ in range(count):
        shift = ShiftFactory.create(request=request, seats=count)
        SignupFactory.create(shift=shift, placement=placement)
        PlacementFactory.create(application__request=request)
    return placement


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("placement", 13), ("desk-placements", 9), ("desk-placement", 12), ("request-shifts", 6)]
)
def test_queries_are_flat(
    office: Organisation,
    learner: User,
    clerk: User,
    catalogue: Any,
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
    queries: int,
    count: int,
) -> None:
    placement = build(office, learner, catalogue, count)
    client = sign_in(learner if name == "placement" else clerk)
    of_request = name == "request-shifts"
    args = (
        []
        if name.endswith("s") and not of_request
        else [(placement.application.request if of_request else placement).public_id]
    )
    address = reverse(name, args=args)
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
