"""A named, trained guide: who left or was trained too long ago guides nobody, and the office hears it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from accounts.services.organisations import end_membership
from tests.factories.accounts import MembershipFactory
from tests.factories.serving import PlacementFactory
from tests.factories.volunteers import RequestFactory
from volunteers.models import GuideTraining, VolunteerRequest
from volunteers.services.completeness import find_problems
from volunteers.services.guides import remind_of_guides
from volunteers.services.machine import NotReadyError
from volunteers.services.placements import change_placement
from volunteers.services.requests import change_request
from volunteers.services.safeguarding import confirm_training, find_training

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(office: Organisation) -> Membership:
    return MembershipFactory.create(organisation=office)


@pytest.fixture
def item(office: Organisation, guide: Membership) -> VolunteerRequest:
    return RequestFactory.create(
        office=office, supervisor=guide, supervisor_name="", supervisor_title="", start_date=timezone.localdate()
    )


def test_a_guide_who_left_guides_nobody(item: VolunteerRequest, guide: Membership, clerk: User) -> None:
    placement = PlacementFactory.create(application__request=item)
    assert remind_of_guides() == 0
    end_membership(guide)
    item = VolunteerRequest.objects.get(pk=item.pk)
    assert (item.supervisor_shown, "supervisor" in find_problems(item)) == ("", True)
    with pytest.raises(NotReadyError):
        change_request(item, "renew", by=clerk)
    with pytest.raises(NotReadyError):
        change_placement(placement, "begin", by=clerk)
    assert (remind_of_guides(), remind_of_guides()) == (1, 0)
    assert clerk.notifications.get().kind == "volunteers.guide_missing"


def test_training_holds_for_two_years(item: VolunteerRequest, guide: Membership) -> None:
    long_ago = timezone.now() - timedelta(days=800)
    item.guide_trained_date = long_ago.date()
    GuideTraining.objects.create(user=guide.user, finished_at=long_ago)
    assert ("declares_trained" in find_problems(item), find_training(guide.user)) == (True, None)
    assert confirm_training(guide.user).finished_at > long_ago
    item = VolunteerRequest.objects.get(pk=item.pk)
    assert item.trained_date == timezone.localdate()
