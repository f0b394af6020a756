"""The guide from a partner NGO: reads who serves, keeps the roll, says what is not safe; and nothing more."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.enums import MembershipRole, Verification
from accounts.models import Membership, Organisation, User
from tests.factories.accounts import MembershipFactory, NgoFactory
from tests.factories.attendance import make_hours, make_placement, make_shift, make_signup
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from ui.words import to_digits
from volunteers.enums import PlacementStatus, Side
from volunteers.models import Partnership, Placement, RequestPartner, ShiftSignup, VolunteerRequest
from volunteers.services.concerns import raise_concern
from volunteers.services.partnerships import change_partnership, take_out
from volunteers.services.serving.attendance import Mark, answer_appeal, appeal, keep_roll, set_mark
from volunteers.services.serving.hours import confirm_hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_row(office: Organisation) -> VolunteerRequest:
    return RequestFactory.create(office=office)


@pytest.fixture
def seat(request_row: VolunteerRequest) -> Membership:
    """The guide, in the NGO that works with the office."""
    seat: Membership = MembershipFactory.create(organisation=NgoFactory.create(), role=MembershipRole.FACILITATOR)
    today = timezone.localdate()
    days = {"start_date": today, "end_date": today + timedelta(days=9)}
    scope = {"is_from_ngo": True, "may_supervise": True, "status": "active", "purpose": "Cash books"}
    pair = Partnership.objects.create(ngo=seat.organisation, office=request_row.office, **scope, **days)
    RequestPartner.objects.create(request=request_row, partnership=pair, supervisor=seat)
    return seat


@pytest.fixture
def guide(seat: Membership) -> User:
    return seat.user


@pytest.fixture
def signup(request_row: VolunteerRequest, learner: User) -> ShiftSignup:
    return make_signup(make_placement(learner, request=request_row))


def find_pages(signup: ShiftSignup) -> list[str]:
    return [
        reverse("guided"),
        reverse("guided-request", args=[signup.shift.request.public_id]),
        reverse("guided-roll", args=[signup.shift.public_id]),
        reverse("placement-concern", args=[signup.placement.public_id]),
    ]


def read_statuses(user: User, pages: list[str]) -> set[int]:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return {client.get(page).status_code for page in pages}


def test_the_guide_reads_who_serves_and_no_more(client: Client, guide: User, signup: ShiftSignup) -> None:
    waiting = ApplicationFactory.create(request=signup.shift.request)
    User.objects.filter(pk=signup.person_id).update(email="dara@example.org")
    make_shift(signup.placement, timezone.now() + timedelta(days=2))
    client.force_login(guide)
    page = client.get(find_pages(signup)[1])
    assert (len(page.context["guided"].coming), len(page.context["guided"].rolls)) == (1, 1)
    assert page.context["guided"].people == [(signup.person.get_full_name(), signup.placement)]
    with translation.override("en"):
        text = to_digits(page.content.decode())  # names of tests end in a number
    assert signup.person.get_full_name() in text
    for hidden in (waiting.applicant.get_full_name(), waiting.code_name, "dara@example.org"):
        assert hidden not in text
    home = client.get(reverse("me")).content.decode()
    pair = client.get(Partnership.objects.get().get_absolute_url()).content.decode()
    assert reverse("guided") in home
    assert find_pages(signup)[1] in pair


def test_the_guide_keeps_the_roll_and_takes_it_back(client: Client, guide: User, signup: ShiftSignup) -> None:
    client.force_login(guide)
    page = find_pages(signup)[2]
    client.post(page, {f"was-{signup.pk}": "signed_up", f"now-{signup.pk}": "attended"})
    signup.refresh_from_db()
    assert (signup.status, signup.transitions.get().by) == ("attended", guide)
    client.post(page, {"undo": "1"})
    signup.refresh_from_db()
    assert signup.status == "signed_up"
    assert reverse("shift-code", args=[signup.shift.public_id]) not in client.get(page).content.decode()


@pytest.mark.parametrize("mark", ["excused", "no_show"])
def test_the_guide_notes_who_did_not_come(guide: User, signup: ShiftSignup, mark: str) -> None:
    assert keep_roll(signup.shift, {signup.pk: Mark("signed_up", mark)}, by=guide).changed
    signup.refresh_from_db()
    assert signup.status == mark


def test_what_stays_with_the_office(client: Client, guide: User, learner: User, signup: ShiftSignup) -> None:
    hours = make_hours(signup.placement)
    with pytest.raises(PermissionDenied):
        confirm_hours([hours], by=guide)
    set_mark(signup, "no_show", by=guide)
    signup.refresh_from_db()
    appeal(signup, by=learner, words="I was there.")
    signup.refresh_from_db()
    with pytest.raises(PermissionDenied):
        answer_appeal(signup, "believe", by=guide)
    client.force_login(guide)
    request, placement = signup.shift.request, signup.placement
    closed = [
        reverse("desk-placement", args=[placement.public_id]),
        reverse("placement", args=[placement.public_id]),
        reverse("placement-agreement", args=[placement.public_id]),
        reverse("application", args=[placement.application.public_id]),
        reverse("application-messages", args=[placement.application.public_id]),
        reverse("request-shortlist", args=[request.public_id]),
        reverse("shift-roll", args=[signup.shift.public_id]),
        reverse("shift-code", args=[signup.shift.public_id]),
        reverse("desk-hours-correct", args=[hours.public_id]),
    ]
    assert {client.get(page).status_code for page in closed} == {404}


def test_a_concern_of_the_guide_pauses_the_place(client: Client, guide: User, signup: ShiftSignup) -> None:
    client.force_login(guide)
    answer = client.post(find_pages(signup)[3], {"words": "She walks home alone at night."})
    assert answer["Location"] == find_pages(signup)[1]
    concern = signup.placement.concerns.get()
    assert (concern.side, concern.raised_by) == (Side.GUIDE, guide)
    assert Placement.objects.get(pk=signup.placement_id).status == PlacementStatus.PAUSED


def test_nobody_guides_themselves(guide: User, request_row: VolunteerRequest) -> None:
    own = make_signup(make_placement(guide, request=request_row))
    with pytest.raises(PermissionDenied):
        set_mark(own, "attended", by=guide)
    assert not Placement.objects.guided_by(guide).exists()
    assert raise_concern(own.placement, by=guide, words="I fear.").side == Side.VOLUNTEER


def end_pair(seat: Membership, clerk: User) -> None:
    change_partnership(Partnership.objects.get(), "end", by=clerk, reason="part_done")


def run_out(seat: Membership, clerk: User) -> None:
    """No clock wrote it yet."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Partnership.objects.update(start_date=yesterday, end_date=yesterday)


def leave(seat: Membership, clerk: User) -> None:
    Membership.objects.filter(pk=seat.pk).update(ended_at=timezone.now())


def take_back(seat: Membership, clerk: User) -> None:
    row = RequestPartner.objects.get()
    take_out(row.request, row.partnership, by=clerk)


def refuse_ngo(seat: Membership, clerk: User) -> None:
    Organisation.objects.filter(pk=seat.organisation_id).update(verification=Verification.REFUSED)


def never_agreed(seat: Membership, clerk: User) -> None:
    Partnership.objects.update(may_supervise=False, sponsors_costs=True)


ENDS: list[Callable[..., Any]] = [end_pair, run_out, leave, take_back, refuse_ngo, never_agreed]


@pytest.mark.parametrize("end", ENDS)
def test_with_the_end_all_is_gone_at_once(
    seat: Membership, clerk: User, signup: ShiftSignup, end: Callable[..., Any]
) -> None:
    pages = find_pages(signup)
    assert read_statuses(seat.user, pages) == {200}
    end(seat, clerk)
    assert read_statuses(seat.user, pages) == {404}
    guide = User.objects.get(pk=seat.user_id)
    with pytest.raises(PermissionDenied):
        set_mark(signup, "attended", by=guide)
    with pytest.raises(PermissionDenied):
        raise_concern(signup.placement, by=guide, words="I fear.")


def test_others_of_the_ngo_and_other_requests_stay_outside(seat: Membership, signup: ShiftSignup) -> None:
    manager = MembershipFactory.create(organisation=seat.organisation, role=MembershipRole.MANAGER).user
    assert read_statuses(manager, find_pages(signup)) == {404}
    other = make_signup(make_placement(request=RequestFactory.create(office=signup.shift.request.office)))
    assert read_statuses(seat.user, find_pages(other)[1:]) == {404}
    with pytest.raises(PermissionDenied):
        set_mark(other, "attended", by=seat.user)


def test_staff_who_guide_settle_nothing_there(guide: User, signup: ShiftSignup) -> None:
    User.objects.filter(pk=guide.pk).update(is_superuser=True)
    staff = User.objects.get(pk=guide.pk)
    assert signup.placement in Placement.objects.with_part_of(staff)
    assert signup.shift.request not in VolunteerRequest.objects.without_part_of(staff)


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_asks_the_same_for_one_and_three(
    client: Client, guide: User, signup: ShiftSignup, more: int, django_assert_num_queries: Any
) -> None:
    for _ in range(more):
        make_signup(make_placement(request=signup.shift.request), make_shift(signup.placement, timezone.now()))
    client.force_login(guide)
    with django_assert_num_queries(7):
        client.get(find_pages(signup)[1])
