"""Forms that waited on a phone and are refused on arrival: nobody sits in front of them, so the person is told."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from notifications.models import Notification
from tests.factories.attendance import days_ago, make_placement, make_shift, make_signup
from tests.volunteers.serving.test_check_in import wrong_code
from volunteers.models import HoursEntry, Placement, ShiftSignup
from volunteers.services.serving.attendance import set_mark
from volunteers.services.serving.check_in import MOST_TRIES
from volunteers.services.serving.codes import code_at
from volunteers.services.serving.desk import find_due_rolls

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(learner: User, office: Organisation) -> Placement:
    return make_placement(learner, office)


@pytest.fixture
def signup(placement: Placement) -> ShiftSignup:
    return make_signup(placement, make_shift(placement, timezone.now() - timedelta(hours=2), hours=3))


def keep(happened_at: datetime, **fields: str) -> dict[str, str]:
    """As the service worker sends it."""
    now = timezone.now().isoformat()
    return {"client_id": str(uuid.uuid4()), "happened_at": happened_at.isoformat(), "sent_at": now, **fields}


def told(user: User) -> list[str]:
    rows = Notification.objects.filter(recipient=user).order_by("pk")
    return [kind.removeprefix("volunteers.") for kind in rows.values_list("kind", flat=True)]


def test_a_kept_code_that_is_wrong_reaches_both_sides(
    client: Client, learner: User, clerk: User, signup: ShiftSignup
) -> None:
    client.force_login(learner)
    form = keep(timezone.now() - timedelta(hours=1), code=wrong_code(signup.shift))
    for _ in range(2):
        assert client.post(reverse("check-in"), form).status_code == 302
    signup.refresh_from_db()
    assert (signup.status, signup.arrival, str(signup.check_in_id)) == ("signed_up", "unproved", form["client_id"])
    assert not HoursEntry.objects.exists()
    assert (told(learner), told(clerk)) == (["check_in_refused"], ["came_unproved"])
    assert "tag hot" in client.get(reverse("my-service")).content.decode()
    assert find_due_rolls(clerk).count() == 1
    client.force_login(clerk)
    roll = client.get(reverse("shift-roll", args=[signup.shift.public_id])).content.decode()
    assert "tag hot" in roll
    set_mark(ShiftSignup.objects.with_rows().get(), "attended", by=clerk)
    assert HoursEntry.objects.get().minutes == 180
    assert find_due_rolls(clerk).count() == 0


def test_a_code_typed_in_front_of_the_screen_is_simply_wrong(
    client: Client, learner: User, clerk: User, signup: ShiftSignup
) -> None:
    client.force_login(learner)
    assert client.post(reverse("check-in"), {"code": wrong_code(signup.shift)}).status_code == 200
    signup.refresh_from_db()
    assert (signup.arrival, told(learner), told(clerk)) == ("", [], [])


def test_a_second_wrong_code_speaks_of_the_shift_that_lacks_the_person(
    client: Client, learner: User, placement: Placement
) -> None:
    """One shift ends while the next shows its code already; the person is known to have come to the nearer one."""
    now = timezone.now()
    first = make_signup(placement, make_shift(placement, now - timedelta(minutes=180), hours=2))
    second = make_signup(placement, make_shift(placement, now - timedelta(minutes=50)))
    moment = now - timedelta(minutes=90)
    client.force_login(learner)
    for code in (code_at(second.shift, moment), wrong_code(first.shift)):
        client.post(reverse("check-in"), keep(moment, code=code))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.status, first.status, first.arrival) == ("attended", "signed_up", "unproved")


def test_a_kept_code_without_any_shift_is_told_once(client: Client, learner: User, placement: Placement) -> None:
    client.force_login(learner)
    form = keep(timezone.now() - timedelta(hours=1), code="123456")
    for _ in range(2):
        client.post(reverse("check-in"), form)
    assert told(learner) == ["check_in_unknown"]


def test_too_many_wrong_codes_leave_the_form_on_the_phone(client: Client, learner: User, signup: ShiftSignup) -> None:
    client.force_login(learner)
    wrong = wrong_code(signup.shift)
    for _ in range(MOST_TRIES):
        client.post(reverse("check-in"), {"code": wrong})
    assert client.post(reverse("check-in"), keep(timezone.now(), code=wrong)).status_code == 429
    signup.refresh_from_db()
    assert signup.arrival == ""


def test_a_kept_claim_that_cannot_stand_waits_behind_a_link(
    client: Client, learner: User, placement: Placement
) -> None:
    client.force_login(learner)
    day = days_ago(-3).isoformat()
    form = keep(timezone.now(), day=day, hours="2", minutes="30", what="បញ្ជី")
    for _ in range(2):
        assert client.post(reverse("my-hours"), form).status_code == 200
    assert not HoursEntry.objects.exists()
    assert told(learner) == ["claim_refused"]
    page = client.get(f"/km{Notification.objects.get().url}").content.decode()
    for value in (day, "បញ្ជី"):
        assert f'value="{value}"' in page
    assert '<option value="30" selected>' in page


def test_a_kept_claim_of_nothing_is_told_too(client: Client, learner: User, placement: Placement) -> None:
    client.force_login(learner)
    client.post(reverse("my-hours"), keep(timezone.now(), day="x", hours="0", minutes="0"))
    assert told(learner) == ["claim_refused"]
