"""An NGO and a commune office work together: who may agree to what, what the NGO sees, how it ends."""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import ANY

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from accounts.enums import MembershipRole
from accounts.models import Organisation, User
from courses.models import Enrolment
from home.services.clocks import keep_clocks
from notifications.models import Notification
from tests.factories.accounts import MembershipFactory, NgoFactory, OfficeFactory, UserFactory
from tests.factories.cohorts import CohortFactory, CohortMemberFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.enums import ApplicationStatus, PartnershipStatus, PartReason, PlacementStatus
from volunteers.models import Partnership, Placement, VolunteerRequest
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.partner_cohorts import list_for_desk
from volunteers.services.partner_figures import read_partner_figures
from volunteers.services.partnerships import change_partnership, let_take_part, offer_cohort, propose, take_out
from volunteers.services.safeguarding import confirm_training

pytestmark = pytest.mark.django_db
ALL = ("may_supervise", "sponsors_costs", "leads_cohorts", "reads_figures")


@pytest.fixture
def ngo() -> Organisation:
    return NgoFactory.create()


@pytest.fixture
def manager(ngo: Organisation) -> User:
    return MembershipFactory.create(organisation=ngo, role=MembershipRole.MANAGER).user


def make(ngo: Organisation, office: Organisation, by: User, scope: tuple[str, ...] = ALL, **days: Any) -> Partnership:
    today = timezone.localdate()
    days = {"start_date": today, "end_date": today + timedelta(days=90), **days}
    return propose(ngo=ngo, office=office, by=by, purpose="Help with the cash book.", scope=scope, **days)


@pytest.fixture
def agreed(ngo: Organisation, office: Organisation, manager: User, clerk: User) -> Partnership:
    return change_partnership(make(ngo, office, manager), "agree", by=clerk)


def serve(office: Organisation, number: int) -> list[User]:
    """So many people serve this commune."""
    request, people = RequestFactory.create(office=office, seats=20), []
    for _ in range(number):
        sent = ApplicationFactory.create(request=request, status=ApplicationStatus.ACCEPTED)
        Placement.objects.create(application=sent, status=PlacementStatus.ACTIVE)
        people.append(sent.applicant)
    return people


class TestAgreeing:
    def test_one_proposes_the_other_agrees(
        self, ngo: Organisation, office: Organisation, manager: User, clerk: User
    ) -> None:
        row = make(ngo, office, manager)
        assert (row.status, row.is_from_ngo) == (PartnershipStatus.PROPOSED, True)
        with pytest.raises(PermissionDenied):
            change_partnership(row, "agree", by=manager)
        row = change_partnership(row, "agree", by=clerk)
        assert row.is_in_force
        assert [line.verb for line in row.transitions.all()] == ["propose", "agree"]
        with pytest.raises(WrongStateError):
            change_partnership(row, "agree", by=clerk)

    def test_the_office_may_ask_too(self, ngo: Organisation, office: Organisation, manager: User, clerk: User) -> None:
        row = make(ngo, office, clerk)
        with pytest.raises(PermissionDenied):
            change_partnership(row, "agree", by=clerk)
        assert change_partnership(row, "agree", by=manager).status == PartnershipStatus.ACTIVE

    def test_whoever_acts_for_both_cannot_agree_with_themselves(
        self, ngo: Organisation, office: Organisation, clerk: User, manager: User
    ) -> None:
        MembershipFactory.create(organisation=ngo, user=clerk, role=MembershipRole.MANAGER)
        clerk.forget_memberships()
        row = make(ngo, office, clerk)
        assert not row.is_from_ngo
        with pytest.raises(PermissionDenied):
            change_partnership(row, "agree", by=clerk)

    @pytest.mark.parametrize("role", [MembershipRole.AUTHOR, MembershipRole.FACILITATOR])
    def test_only_managers_speak_for_an_ngo(self, ngo: Organisation, office: Organisation, role: str) -> None:
        with pytest.raises(PermissionDenied):
            make(ngo, office, MembershipFactory.create(organisation=ngo, role=role).user)

    def test_both_sides_are_verified(self, ngo: Organisation, manager: User) -> None:
        with pytest.raises(NotReadyError):
            make(ngo, OfficeFactory.create(waiting=True), manager)
        assert not Partnership.objects.exists()

    def test_one_at_a_time(self, agreed: Partnership, ngo: Organisation, office: Organisation, manager: User) -> None:
        with pytest.raises(NotReadyError):
            make(ngo, office, manager)
        with pytest.raises(IntegrityError), transaction.atomic():
            Partnership.objects.create(
                ngo=ngo,
                office=office,
                is_from_ngo=True,
                purpose="x",
                reads_figures=True,
                start_date=agreed.start_date,
                end_date=agreed.end_date,
            )

    def test_a_no_and_an_end_say_why(self, agreed: Partnership, manager: User, office: Organisation) -> None:
        with pytest.raises(NotReadyError):
            change_partnership(agreed, "end", by=manager)
        row = change_partnership(agreed, "end", by=manager, reason=PartReason.DONE)
        assert (row.status, row.transitions.last().reason) == (PartnershipStatus.ENDED, PartReason.DONE)
        again = make(row.ngo, office, manager)  # and may begin anew
        assert again.status == PartnershipStatus.PROPOSED

    def test_it_runs_out(self, agreed: Partnership) -> None:
        yesterday = timezone.localdate() - timedelta(days=1)
        Partnership.objects.update(start_date=yesterday - timedelta(days=9), end_date=yesterday)
        agreed.refresh_from_db()
        assert not agreed.is_in_force
        keep_clocks()
        agreed.refresh_from_db()
        assert agreed.status == PartnershipStatus.ENDED
        assert agreed.transitions.last().by is None

    def test_both_sides_hear_of_it_in_their_language(
        self,
        ngo: Organisation,
        office: Organisation,
        manager: User,
        clerk: User,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            row = make(ngo, office, manager)
        told = Notification.objects.get(kind="volunteers.partnership_proposed")
        assert (told.recipient, told.url) == (clerk, f"/requests/partnerships/{row.public_id}/")
        assert told.data["ngo"]["en"] == ngo.name_en


class TestTakingPart:
    def test_the_ngo_guides_and_pays_in_a_request(self, agreed: Partnership, office: Organisation, clerk: User) -> None:
        request = RequestFactory.create(office=office)
        guide = MembershipFactory.create(organisation=agreed.ngo, role=MembershipRole.FACILITATOR)
        with pytest.raises(NotReadyError):
            let_take_part(request, agreed, by=clerk, supervisor=guide)  # people under 18, and no training
        confirm_training(guide.user)
        let_take_part(request, agreed, by=clerk, supervisor=guide)
        let_take_part(request, agreed, by=clerk, supervisor=guide, pays_costs=True)
        (row,) = request.partners.shown()
        assert (row.supervisor, row.pays_costs) == (guide, True)
        assert request.partners.count() == 2  # what was, stays

    def test_only_as_agreed(self, ngo: Organisation, office: Organisation, manager: User, clerk: User) -> None:
        row = change_partnership(make(ngo, office, manager, scope=("may_supervise",)), "agree", by=clerk)
        with pytest.raises(NotReadyError):
            let_take_part(RequestFactory.create(office=office), row, by=clerk, pays_costs=True)

    def test_only_the_ngos_own_people_guide(self, agreed: Partnership, office: Organisation, clerk: User) -> None:
        stranger = MembershipFactory.create(organisation=NgoFactory.create())
        with pytest.raises(NotReadyError):
            let_take_part(RequestFactory.create(office=office), agreed, by=clerk, supervisor=stranger)

    def test_only_in_the_offices_own_requests(self, agreed: Partnership, clerk: User, manager: User) -> None:
        for by in (clerk, manager):
            with pytest.raises(PermissionDenied):
                let_take_part(RequestFactory.create(), agreed, by=by, pays_costs=True)

    def test_an_end_takes_it_out(self, agreed: Partnership, office: Organisation, clerk: User) -> None:
        request = RequestFactory.create(office=office)
        let_take_part(request, agreed, by=clerk, pays_costs=True)
        change_partnership(agreed, "end", by=clerk, reason=PartReason.CHANGED)
        assert not request.partners.shown().exists()
        assert not request.partners.taking_part().exists()

    def test_either_side_takes_it_out(
        self, agreed: Partnership, office: Organisation, clerk: User, manager: User
    ) -> None:
        request = RequestFactory.create(office=office)
        let_take_part(request, agreed, by=clerk, pays_costs=True)
        with pytest.raises(PermissionDenied):
            take_out(request, agreed, by=UserFactory.create())
        assert take_out(request, agreed, by=manager)
        assert not take_out(request, agreed, by=clerk)

    def test_readers_see_it(self, client: Client, agreed: Partnership, office: Organisation, clerk: User) -> None:
        request = RequestFactory.create(office=office)
        let_take_part(request, agreed, by=clerk, pays_costs=True)
        with translation.override("en"):
            page = client.get(reverse("request", args=[request.public_id])).content.decode()
        assert agreed.ngo.name_en in page
        assert "pays the costs" in page


class TestCohorts:
    def test_volunteers_are_told_and_stay_unknown(
        self, agreed: Partnership, manager: User, office: Organisation
    ) -> None:
        people, cohort = serve(office, 2), CohortFactory.create(organisation=agreed.ngo)
        serve(OfficeFactory.create(), 1)
        offer_cohort(agreed, cohort, by=manager)
        told = Notification.objects.filter(kind="volunteers.cohort_offered")
        assert {row.recipient for row in told} == set(people)
        assert told[0].url == f"/cohorts/join/{cohort.token}/"
        assert cohort.member_count == 0
        with pytest.raises(NotReadyError):
            offer_cohort(agreed, cohort, by=manager)

    def test_the_office_reads_how_far_its_volunteers_are(
        self, client: Client, agreed: Partnership, manager: User, clerk: User, office: Organisation
    ) -> None:
        cohort = CohortFactory.create(organisation=agreed.ngo)
        offer_cohort(agreed, cohort, by=manager)
        done, learns, left = serve(office, 3)
        elsewhere = UserFactory.create()
        for person in (done, learns, elsewhere):
            CohortMemberFactory.create(cohort=cohort, user=person)
        CohortMemberFactory.create(cohort=cohort, user=left, left_at=timezone.now())
        for person in (done, elsewhere):
            moments = dict.fromkeys(("started_at", "touched_at", "finished_at"), timezone.now())
            Enrolment.objects.create(user=person, course_key=cohort.course_key, **moments)
        assert [(row.cohort, row.joined, row.finished) for row in list_for_desk(clerk)] == [(cohort, 2, 1)]
        assert list_for_desk(manager) == []
        translation.activate("en")
        pages = {person: [reverse("partnership", args=[agreed.public_id])] for person in (clerk, manager)}
        pages[clerk].append(reverse("desk-placements"))
        for person, addresses in pages.items():
            client.force_login(person)
            for address in addresses:
                assert ("2 of your volunteers joined" in client.get(address).content.decode()) is (person == clerk)
        cohort.end_date = timezone.localdate() - timedelta(days=1)
        cohort.save()
        assert list_for_desk(clerk) == []

    def test_only_the_ngos_own_cohorts(self, agreed: Partnership, manager: User, clerk: User) -> None:
        with pytest.raises(PermissionDenied):
            offer_cohort(agreed, CohortFactory.create(), by=manager)
        with pytest.raises(PermissionDenied):
            offer_cohort(agreed, CohortFactory.create(organisation=agreed.ngo), by=clerk)


class TestFigures:
    def test_few_people_are_hidden(self, office: Organisation) -> None:
        serve(office, 4)
        VolunteerRequest.objects.update(seats=2, seats_filled=1)
        figures = read_partner_figures(office)
        assert (figures.applied, figures.placed, figures.serving, figures.completed) == (None,) * 4
        assert figures.seats_filled is None  # it would say how many are placed

    def test_whole_groups_leave_nothing_to_subtract(self, office: Organisation) -> None:
        """Neither one number from another, nor yesterday's from today's."""
        people = serve(office, 11)
        Placement.objects.filter(application__applicant=people[0]).update(status=PlacementStatus.AGREED)
        before = read_partner_figures(office)
        assert (before.applied, before.placed, before.serving) == (10, 10, 10)
        ApplicationFactory.create(request=RequestFactory.create(office=office))
        assert read_partner_figures(office) == replace(before, open_requests=before.open_requests + 1, seats=ANY)

    @pytest.mark.parametrize(("scope", "is_shown"), [(("reads_figures",), True), (("may_supervise",), False)])
    def test_only_where_agreed_on(
        self,
        client: Client,
        ngo: Organisation,
        office: Organisation,
        manager: User,
        clerk: User,
        scope: tuple[str, ...],
        is_shown: bool,
    ) -> None:
        row = change_partnership(make(ngo, office, manager, scope=scope), "agree", by=clerk)
        client.force_login(manager)
        assert bool(client.get(row.get_absolute_url()).context["figures"]) == is_shown
        client.force_login(clerk)
        assert client.get(row.get_absolute_url()).context["figures"]


class TestPages:
    def test_an_ngo_proposes_from_its_page(
        self, client: Client, office: Organisation, manager: User, clerk: User
    ) -> None:
        client.force_login(manager)
        today = timezone.localdate()
        typed = {
            "other": office.commune.code,
            "purpose": "Help with the cash book.",
            "scope": ["reads_figures"],
            "start_date": today.isoformat(),
            "end_date": today.isoformat(),
        }
        answer = client.post(reverse("partnership-propose"), {**typed, "scope": []})
        assert answer.context["form"].errors.keys() == {"scope"}
        assert "Help with the cash book." in answer.content.decode()
        row_url = client.post(reverse("partnership-propose"), typed)["Location"]
        client.force_login(clerk)
        client.post(f"{row_url}answer/", {"verb": "agree"})
        assert Partnership.objects.get().is_in_force

    def test_an_office_that_is_not_here_cannot_be_asked(self, client: Client, manager: User) -> None:
        office = OfficeFactory.create(waiting=True)
        client.force_login(manager)
        answer = client.post(reverse("partnership-propose"), {"other": office.commune.code})
        assert "other" in answer.context["form"].errors

    def test_strangers_find_nothing(self, client: Client, agreed: Partnership) -> None:
        client.force_login(MembershipFactory.create(organisation=OfficeFactory.create()).user)
        assert client.get(agreed.get_absolute_url()).status_code == 404
        for name in ("partnership-answer", "partnership-cohort"):
            url = reverse(name, args=[agreed.public_id])
            assert client.post(url, {"verb": "end", "cohort": uuid.uuid4()}).status_code == 404
        client.force_login(UserFactory.create())
        assert client.get(reverse("partnerships")).status_code == 404

    def test_an_ngo_never_reads_applications(
        self, client: Client, agreed: Partnership, manager: User, office: Organisation
    ) -> None:
        sent = ApplicationFactory.create(request=RequestFactory.create(office=office))
        client.force_login(manager)
        assert client.get(reverse("request-shortlist", args=[sent.request.public_id])).status_code == 404
        assert client.get(reverse("application", args=[sent.public_id])).status_code == 404

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_list_costs_the_same_however_long(
        self,
        client: Client,
        ngo: Organisation,
        manager: User,
        rows: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(rows):
            make(ngo, OfficeFactory.create(), manager)
        client.force_login(manager)
        with django_assert_num_queries(5):
            client.get(reverse("partnerships"))
