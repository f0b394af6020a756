"""A concern pauses the place at once; its words are read by staff alone, and kept."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from accounts.rules import STAFF
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.serving import PlacementFactory, SignupFactory
from volunteers.enums import PlacementStatus
from volunteers.models import Concern, ConcernLine, Placement
from volunteers.models.concern import KeptError
from volunteers.services.concerns import close_concern, note_concern, raise_concern, read_concern
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.notices.serving import CONCERN_RAISED
from volunteers.services.placements import change_placement

pytestmark = pytest.mark.django_db
WORDS = "គាត់សុំឲ្យខ្ញុំនៅម្នាក់ឯងពេលយប់។"


@pytest.fixture
def officer(db: None) -> User:
    officer = UserFactory.create(username="officer", is_superuser=True)
    officer.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    return officer


@pytest.fixture
def placement(office: Organisation, learner: User) -> Placement:
    return PlacementFactory.create(application__request__office=office, application__applicant=learner, active=True)


def sign_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def status_of(placement: Placement) -> str:
    return Placement.objects.get(pk=placement.pk).status


@pytest.mark.parametrize("side", ["learner", "clerk", "officer"])
def test_it_pauses_at_once_and_tells_staff_urgently(
    request: Any,
    side: str,
    placement: Placement,
    learner: User,
    clerk: User,
    officer: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    signup = SignupFactory.create(shift__request=placement.application.request, placement=placement)
    by = request.getfixturevalue(side)
    with django_capture_on_commit_callbacks(execute=True):
        concern = raise_concern(placement, by=by, words=WORDS)
    signup.refresh_from_db()
    assert (status_of(placement), signup.status) == (PlacementStatus.PAUSED, "cancelled")
    assert concern.side == {"learner": "volunteer", "clerk": "office", "officer": "staff"}[side]
    told = {row.kind for person in (learner, clerk) for row in person.notifications.all()}
    assert told == {"volunteers.place_looked_at", "volunteers.service_looked_at"}
    assert officer.notifications.filter(kind="volunteers.concern_raised").count() == (side != "officer")
    line = placement.transitions.get()
    assert (line.verb, line.by, line.reason, line.note) == ("safeguard", None, "safeguard", "")


def test_nobody_else_raises_reads_or_closes_one(
    placement: Placement, learner: User, clerk: User, stranger: User
) -> None:
    with pytest.raises(PermissionDenied):
        raise_concern(placement, by=stranger, words=WORDS)
    with pytest.raises(NotReadyError):
        raise_concern(placement, by=learner, words=" ")
    concern = raise_concern(placement, by=learner, words=WORDS)
    for person in (learner, clerk, stranger):
        for act in (
            lambda by: read_concern(concern, by=by),
            lambda by: note_concern(concern, by=by, words="x"),
            lambda by: close_concern(concern, by=by, words="x", is_over=False),
        ):
            with pytest.raises(PermissionDenied):
                act(person)
        for name, args in (("concerns", []), ("concern", [concern.public_id])):
            assert sign_in(person).get(reverse(name, args=args)).status_code in (302, 403)


def test_the_other_side_reads_only_that_the_programme_looks_at_it(
    placement: Placement, learner: User, clerk: User
) -> None:
    raise_concern(placement, by=learner, words=WORDS)
    for name in ("desk-placement", "placement-agreement", "desk-placements"):
        page = sign_in(clerk).get(reverse(name, args=[] if name.endswith("s") else [placement.public_id])).text
        assert WORDS not in page
    desk = sign_in(clerk).get(f"/en/requests/desk/placements/{placement.public_id}/").text
    assert "Paused while the programme looks at it" in desk
    assert "concern was" not in desk.lower()


def test_the_office_can_neither_go_on_nor_end_it_meanwhile(placement: Placement, learner: User, clerk: User) -> None:
    raise_concern(placement, by=learner, words=WORDS)
    for verb in ("resume", "end_early"):
        with pytest.raises(NotReadyError):
            change_placement(placement, verb, by=clerk, reason="times")
    assert change_placement(placement, "end_early", by=learner, reason="terms").status == PlacementStatus.ENDED_EARLY


@pytest.mark.parametrize("found", ["active", "agreed", "paused"])
def test_lifting_brings_back_what_was(placement: Placement, learner: User, officer: User, found: str) -> None:
    Placement.objects.update(status=found)
    first, second = (raise_concern(placement, by=learner, words=words) for words in (WORDS, "ម្ដងទៀត។"))
    assert raise_concern(placement, by=learner, words=WORDS) == first  # a second tap
    with pytest.raises(NotReadyError):
        close_concern(first, by=officer, words="", is_over=False)
    close_concern(first, by=officer, words="Called both.", is_over=False)
    assert status_of(placement) == PlacementStatus.PAUSED
    close_concern(second, by=officer, words="Called both.", is_over=False)
    assert status_of(placement) == found
    with pytest.raises(WrongStateError):
        close_concern(second, by=officer, words="Again.", is_over=True)


def test_ending_frees_the_place(placement: Placement, clerk: User, officer: User) -> None:
    placement.application.request.__class__.objects.update(seats_filled=1)
    concern = raise_concern(placement, by=clerk, words=WORDS)
    close_concern(concern, by=officer, words="It is true.", is_over=True)
    placement.application.request.refresh_from_db()
    assert (status_of(placement), placement.application.request.seats_filled) == ("ended_early", 0)
    assert [line.step for line in concern.lines.all()] == ["raised", "ended"]


def test_staff_read_note_and_close_on_their_screen(placement: Placement, learner: User, officer: User) -> None:
    concern = raise_concern(placement, by=learner, words=WORDS)
    staff = sign_in(officer)
    assert placement.application.request.title in staff.get(reverse("concerns")).text
    address = reverse("concern", args=[concern.public_id])
    assert WORDS in staff.get(address).text
    staff.get(address)
    for data in ({"do": "note", "note": "Called."}, {"do": "lift", "note": ""}, {"do": "lift", "note": "A mistake."}):
        staff.post(address, data)
    assert [line.step for line in concern.lines.all()] == ["raised", "read", "noted", "lifted"]
    assert status_of(placement) == PlacementStatus.ACTIVE
    assert staff.get(reverse("concerns") + "?closed").status_code == 200


def test_staff_find_every_place_and_raise_one_themselves(placement: Placement, officer: User, learner: User) -> None:
    staff = sign_in(officer)
    address = reverse("placement-concern", args=[placement.public_id])
    assert address in staff.get(reverse("places")).text
    assert staff.post(address, {"words": WORDS}).url == reverse("concerns")
    assert Concern.objects.get().side == "staff"
    assert sign_in(learner).get(reverse("places")).status_code in (302, 403)


def test_it_is_never_deleted(placement: Placement, learner: User) -> None:
    concern = raise_concern(placement, by=learner, words=WORDS)
    for act in (
        concern.delete,
        Concern.objects.all().delete,
        concern.lines.get().delete,
        ConcernLine.objects.all().delete,
    ):
        with pytest.raises(KeptError):
            act()


def test_the_page_keeps_what_was_typed_and_says_what_happens(placement: Placement, learner: User) -> None:
    hers = sign_in(learner)
    address = reverse("placement-concern", args=[placement.public_id])
    assert hers.post(address, {"words": ""}).context["form"].errors
    assert Concern.objects.count() == 0
    assert hers.post(address, {"words": WORDS}).url == reverse("placement", args=[placement.public_id])
    assert hers.get(reverse("placement", args=[placement.public_id])).status_code == 200


def test_who_is_a_party_is_neither_told_nor_let_in(
    placement: Placement, office: Organisation, learner: User, officer: User
) -> None:
    """A member of staff who works in that very office; and a superuser outside of it, who hears in any case."""
    other = UserFactory.create(is_superuser=True)
    MembershipFactory.create(organisation=office, user=officer)
    officer.forget_memberships()
    concern = raise_concern(placement, by=learner, words=WORDS)
    assert (officer.notifications.count(), other.notifications.count()) == (0, 1)
    assert placement.application.request.title not in sign_in(officer).get(reverse("concerns")).text
    assert sign_in(officer).get(reverse("concern", args=[concern.public_id])).status_code in (302, 403)
    for act in (read_concern, lambda concern, by: close_concern(concern, by=by, words="x", is_over=False)):
        with pytest.raises(PermissionDenied):
            act(concern, by=officer)
    assert sign_in(other).get(reverse("concern", args=[concern.public_id])).status_code == 200


def test_the_news_is_an_alarm() -> None:
    assert CONCERN_RAISED.is_alarm
