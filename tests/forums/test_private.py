"""Private boards: nobody without the right gets a page, a fragment, a backfill, a title or a count."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.enums import Verification
from accounts.models import Organisation, User
from courses.services.cohorts import join_cohort, leave_cohort
from forums.enums import SeatRole
from forums.errors import NotAllowedError
from forums.models import Board, Topic
from forums.services import (
    get_board,
    invite_guest,
    list_boards,
    open_board_of_office,
    remove_guest,
    reply,
    seat_cohort,
    start_topic,
)
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import CohortFactory
from tests.factories.forums import make_reply, make_topic
from ui.rooms.tokens import SIT_SECONDS, SIT_SHORT, find_claim

pytestmark = pytest.mark.django_db
TITLE = "ប្រជុំផ្ទៃក្នុងថ្ងៃសុក្រ"


@pytest.fixture
def hall(office: Organisation) -> Board:
    return open_board_of_office(office)


@pytest.fixture
def talk(hall: Board, clerk: User) -> Topic:
    return make_topic(hall, by=clerk, title=TITLE, replies=0)


def readers(office: Organisation, hall: Board, clerk: User, learner: User, judge: User) -> dict[str, User]:
    """Name -> person, everyone of whom there is an opinion."""
    guest, former = UserFactory.create(), UserFactory.create()
    invite_guest(hall, by=clerk, username=guest.username)
    invite_guest(hall, by=clerk, username=former.username)
    remove_guest(hall, by=clerk, person=former.public_id)
    return {"clerk": clerk, "guest": guest, "former": former, "learner": learner, "judge": judge}


ALLOWED = {"clerk": True, "guest": True, "judge": True, "former": False, "learner": False, "visitor": False}


@pytest.mark.parametrize("name", ALLOWED)
def test_who_gets_what(
    client: Client, office: Organisation, hall: Board, talk: Topic, clerk: User, learner: User, judge: User, name: str
) -> None:
    people = readers(office, hall, clerk, learner, judge)
    if name in people:
        client.force_login(people[name])
    at = f"/km/forum/topics/{talk.public_id}/"
    pages = [
        at,
        f"{at}after/?after=0",
        f"{at}posts/1/report/",
        hall.get_absolute_url(),
        f"/api/v1/boards/{hall.slug}/",
        f"/api/v1/topics/{talk.public_id}/",
        f"/api/v1/topics/{talk.public_id}/posts/",
    ]
    found = {page: client.get(page, follow=False).status_code for page in pages}
    if ALLOWED[name]:
        assert set(found.values()) <= {200, 403}, found
    else:
        assert set(found.values()) <= {404, 302, 401, 403}, found
        assert (found[at], found[f"{at}after/?after=0"], found[hall.get_absolute_url()]) == (404, 404, 404)
        for listing in ("/km/forum/", "/api/v1/topics/", "/api/v1/boards/", f"/km/forum/?q={TITLE[:6]}"):
            page = client.get(listing).content.decode()
            assert TITLE not in page
            assert hall.slug not in page
        assert client.post(f"{at}reply/", {"source": "ឮទេ?"}).status_code == (302 if name == "visitor" else 404)


def test_rights_and_places_in_the_list(hall: Board, talk: Topic, clerk: User, learner: User, judge: User) -> None:
    assert hall in list_boards(clerk)
    assert hall not in list_boards(judge), "moderators may read it, but it is none of theirs"
    assert hall not in list_boards(learner)
    for person in (learner, AnonymousUser()):
        assert not Topic.objects.visible_to(person).filter(pk=talk.pk).exists()
    with pytest.raises(NotAllowedError):
        reply(talk, by=learner, source="ខ្ញុំចង់ដឹង")
    with pytest.raises(NotAllowedError):
        start_topic(hall, by=learner, kind="discussion", title="សួស្ដី", source="សួស្ដី")  # type: ignore[arg-type]


def test_only_a_verified_office_reads_its_board(office: Organisation, hall: Board, clerk: User) -> None:
    Organisation.objects.filter(pk=office.pk).update(verification=Verification.WAITING, verified_at=None)
    assert hall not in Board.objects.visible_to(clerk)


def test_who_leaves_the_office_reads_no_more(client: Client, talk: Topic, clerk: User) -> None:
    client.force_login(clerk)
    at = f"/km/forum/topics/{talk.public_id}/after/?after=0"
    assert client.get(at).status_code == 200
    clerk.memberships.update(ended_at=talk.created_at)
    assert client.get(at).status_code == 404


def test_a_private_page_must_show_its_token_often(client: Client, board: Board, talk: Topic, clerk: User) -> None:
    client.force_login(clerk)
    seconds = {}
    for topic in (talk, make_topic(board)):
        claim = find_claim(client.get(f"/km/forum/topics/{topic.public_id}/after/").json()["token"])
        assert claim is not None
        seconds[topic] = claim.seconds
    assert list(seconds.values()) == [SIT_SHORT, SIT_SECONDS]


def test_only_who_leads_invites(client: Client, hall: Board, clerk: User, learner: User) -> None:
    with pytest.raises(NotAllowedError):
        invite_guest(hall, by=learner, username="clerk")
    assert invite_guest(hall, by=clerk, username="nobody-at-all") is None
    client.force_login(clerk)
    at = f"/km/forum/boards/{hall.slug}/readers/"
    assert client.post(at, {"username": "nobody-at-all"}).status_code == 422
    assert client.post(at, {"username": "LEARNER"}).status_code == 302
    assert hall.seats.get().role == SeatRole.GUEST
    client.force_login(learner)
    assert client.get(at).status_code == 200
    assert client.post(at, {"username": "clerk"}).status_code == 403
    assert client.post(f"{at}{learner.public_id}/out/").status_code == 302
    assert client.get(at).status_code == 404


def test_a_public_board_has_no_list_of_readers(client: Client, board: Board, clerk: User) -> None:
    client.force_login(clerk)
    assert client.get(f"/km/forum/boards/{board.slug}/readers/").status_code == 404


def test_a_cohort_has_a_board_of_its_people() -> None:
    cohort, stranger, person = CohortFactory.create(), UserFactory.create(), UserFactory.create()
    join_cohort(cohort, by=person)
    hall = Board.objects.get(cohort_key=cohort.public_id)
    make_reply(make_topic(hall, by=person), by=person)
    assert hall in Board.objects.visible_to(person)
    assert hall not in Board.objects.visible_to(stranger)
    lead = cohort.facilitators.first()
    if lead:
        assert hall in Board.objects.visible_to(lead)
    leave_cohort(cohort, by=person)
    assert hall not in Board.objects.visible_to(person)


def test_seats_follow_and_guests_stay() -> None:
    key, lead, first, guest = uuid.uuid4(), UserFactory.create(), UserFactory.create(), UserFactory.create()
    titles = {"title_km": "ក្រុម", "title_en": "Group"}
    hall = seat_cohort(key, **titles, leads={lead.pk}, members={first.pk})
    invite_guest(hall, by=lead, username=guest.username)
    seat_cohort(key, **titles, leads={first.pk}, members=set())
    assert {(seat.user_id, seat.role) for seat in hall.seats.all()} == {(first.pk, "lead"), (guest.pk, "guest")}
    assert get_board(hall.slug, user=guest) == hall
