"""A commune merges: what is alive goes on in the other, what is over keeps its name."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Verification
from accounts.models import Organisation, User
from accounts.services.organisations import find_office_of
from courses.models import Confirmation
from forums.models import Board
from participation.models import Follow
from places.models import Commune
from places.services import CannotEndError, end_commune
from tests.factories.accounts import MembershipFactory, NgoFactory, OfficeFactory, UserFactory
from tests.factories.cohorts import CohortFactory
from tests.factories.forums import make_topic
from tests.factories.participation import FollowFactory, MeetingFactory
from tests.factories.places import CommuneFactory, VillageFactory
from tests.factories.serving import PlacementFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.models import LedgerChain, Partnership, RequestListing, SavedSearch, VolunteerProfile
from volunteers.services.ledger.auditing import audit
from volunteers.services.ledger.daily import write_due

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


@pytest.fixture
def old(office: Organisation) -> Commune:
    assert office.commune is not None
    return office.commune


@pytest.fixture
def new(db: None) -> Commune:
    return CommuneFactory.create(code="220101", district__code="2201", district__province__code="22")


def end(old: Commune, new: Commune) -> dict[str, int]:
    return end_commune(old, into=new, on=DAY)


def test_people_and_villages_follow(old: Commune, new: Commune) -> None:
    same = VillageFactory.create(commune=old, name_km="ថ្មី")
    lost = VillageFactory.create(commune=old, name_km="ចាស់")
    there = VillageFactory.create(commune=new, name_km="ថ្មី")
    VillageFactory.create_batch(2, commune=new, name_km="ចាស់")  # two of one name: nobody is put into either
    people = [
        UserFactory.create(home_commune=old, home_village=same),
        UserFactory.create(home_commune=old, home_village=lost, current_commune=new),
        UserFactory.create(home_commune=new, current_commune=old),
    ]
    end(old, new)
    places = User.objects.filter(pk__in=[each.pk for each in people]).order_by("pk")
    wanted = [(new.pk, there.pk, None), (new.pk, None, None), (new.pk, None, None)]
    assert list(places.values_list("home_commune", "home_village", "current_commune")) == wanted


def test_the_office_goes_on_as_the_new_one(old: Commune, new: Commune, office: Organisation, clerk: User) -> None:
    request = RequestFactory.create(office=office, supervisor=clerk.memberships.get())
    closed = RequestFactory.create(office=office, status="closed")
    serving = RequestFactory.create(office=office, status="closed")
    place = PlacementFactory.create(application__request=serving, active=True)
    ApplicationFactory.create(request=request)
    moved = end(old, new)
    heir = Organisation.objects.get(commune=new)
    for each in (request, closed, serving):
        each.refresh_from_db()
    assert (request.office, serving.office, closed.office) == (heir, heir, office)
    assert (moved["requests"], moved["members of the office"], heir.verification) == (2, 1, Verification.VERIFIED)
    assert request.supervisor == heir.memberships.get(user=clerk)
    assert RequestListing.objects.get(pk=request.pk).place == 220101
    client = Client()
    client.force_login(clerk)
    assert find_office_of(User.objects.get(pk=clerk.pk)) == heir
    for name, row in (("request-shortlist", request), ("desk-placement", place), ("request-shortlist", closed)):
        assert client.get(reverse(name, args=[row.public_id])).status_code == 200


def test_into_an_office_that_is_there(old: Commune, new: Commune, office: Organisation, clerk: User) -> None:
    heir = OfficeFactory.create(commune=new)
    there = MembershipFactory.create(organisation=heir)
    waiting = Organisation.objects.filter(pk=heir.pk)
    waiting.update(verification=Verification.WAITING)
    with pytest.raises(CannotEndError, match="Verify the office"):
        end(old, new)
    assert Commune.objects.get(pk=old.pk).ended_date is None
    waiting.update(verification=Verification.VERIFIED)
    Organisation.objects.filter(pk=office.pk).update(verification=Verification.WAITING)
    with pytest.raises(CannotEndError, match="Decide about the office"):
        end(old, new)
    Organisation.objects.filter(pk=office.pk).update(verification=Verification.VERIFIED)
    end(old, new)
    end(old, new)  # again: nobody twice
    assert set(heir.memberships.values_list("user", flat=True)) == {there.user_id, clerk.pk}


def test_a_refused_office_hands_nothing_on(old: Commune, new: Commune, office: Organisation, clerk: User) -> None:
    Organisation.objects.filter(pk=office.pk).update(verification=Verification.REFUSED)
    end(old, new)
    assert not Organisation.objects.filter(commune=new).exists()


def test_history_stays_under_the_old_code(old: Commune, new: Commune, office: Organisation) -> None:
    request = RequestFactory.create(office=office)
    sent = timezone.now() - timedelta(days=2)
    application = ApplicationFactory.create(request=request, sent_at=sent)
    application.transitions.create(verb="send", source="draft", target="submitted")
    application.transitions.update(at=sent)
    end(old, new)
    heir = Organisation.objects.get(commune=new)
    chains = {chain.office: list(chain.entries.values_list("kind", flat=True)) for chain in LedgerChain.objects.all()}
    assert (chains[office], chains[heir]) == (["opened", "applied"], ["opened"])
    bodies = {chain.office: chain.entries.first().body for chain in LedgerChain.objects.of_offices()}
    assert (old.code in bodies[office], new.code in bodies[heir]) == (True, True)
    write_due()
    assert list(audit()) == []


def test_questions_boards_cohorts_and_partners_follow(
    old: Commune, new: Commune, office: Organisation, learner: User, client: Client
) -> None:
    board = Board.for_commune(old)
    board.save()
    topic = make_topic(board, by=learner)
    cohort = CohortFactory.create(commune=old)
    asked = Confirmation.objects.create(user=learner, course_key=cohort.course_key, office=office)
    days = {"start_date": DAY, "end_date": timezone.localdate() + timedelta(days=9), "reads_figures": True}
    partnership = Partnership.objects.create(ngo=NgoFactory.create(), office=office, is_from_ngo=True, **days)
    end(old, new)
    heir = Organisation.objects.get(commune=new)
    for row in (topic, cohort, asked, partnership):
        row.refresh_from_db()
    assert (topic.board.commune, cohort.commune, asked.office, partnership.office) == (new, new, heir, heir)
    counts = (
        Board.objects.filter(kind="commune")
        .order_by("pk")
        .values_list("commune__code", "topic_count", "unanswered_count")
    )
    assert list(counts) == [(old.code, 0, 0), (new.code, 1, 1)]
    assert client.get(reverse("topic", args=[topic.public_id])).status_code == 200


def test_what_people_keep_names_the_new_one(old: Commune, new: Commune, learner: User) -> None:
    profile = VolunteerProfile.objects.create(
        user=learner, communes=["210999", old.code, new.code], last_query=f"place={old.code}"
    )
    searches = [
        SavedSearch.objects.create(user=learner, name=name, query=query, seen_until=timezone.now())
        for name, query in (
            ("moves", f"q=a&province=21&district=2109&commune={old.code}"),
            ("there already", f"place={new.code}"),
            ("same then", f"place={old.code}"),
            ("stays", f"q={old.code}"),
        )
    ]
    end(old, new)
    profile.refresh_from_db()
    assert (profile.communes, profile.last_query) == (["210999", new.code], f"place={new.code}")
    assert dict(SavedSearch.objects.values_list("name", "query")) == {
        "moves": "q=a&province=22&district=2201&commune=220101",
        "there already": "place=220101",
        "stays": f"q={old.code}",
    }
    assert len(searches) == 4


def test_old_addresses_lead_on_with_a_sentence(old: Commune, new: Commune, client: Client) -> None:
    end(old, new)
    for name, was, now in (
        ("commune", old.code, new.code),
        ("board", f"commune-{old.code}", f"commune-{new.code}"),
    ):
        answer = client.get(reverse(name, args=[was]))
        assert (answer.status_code, answer["Location"]) == (301, f"{reverse(name, args=[now])}?was={old.code}")
        page = client.get(answer["Location"]).content.decode()
        assert f"{old.title} " in page
        assert 'class="note' in page
        assert 'class="note' not in client.get(reverse(name, args=[now])).content.decode()
        assert 'class="note' not in client.get(f"{reverse(name, args=[now])}?was=000000").content.decode()


def test_a_link_to_the_old_list_shows_the_new_work(
    old: Commune, new: Commune, office: Organisation, client: Client
) -> None:
    request = RequestFactory.create(office=office, title_km="ធ្វើតារាង")
    end(old, new)
    assert request.title_km in client.get(reverse("requests"), {"place": old.code}).content.decode()


def test_those_concerned_hear_it_once(
    old: Commune, new: Commune, office: Organisation, django_capture_on_commit_callbacks: object
) -> None:
    application = ApplicationFactory.create(request=RequestFactory.create(office=office))
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            end(old, new)
    kinds = application.applicant.notifications.values_list("kind", flat=True)
    assert list(kinds) == ["volunteers.office_succeeded"]


def test_followers_and_meetings_to_come_follow(old: Commune, new: Commune, office: Organisation, learner: User) -> None:
    FollowFactory.create(commune=old, user=learner)
    both = FollowFactory.create(commune=old).user
    FollowFactory.create(commune=new, user=both)
    coming, held = MeetingFactory.create(office=office), MeetingFactory.create(office=office, over=True)
    end(old, new)
    assert sorted(Follow.objects.values_list("commune", "user")) == [(new.pk, learner.pk), (new.pk, both.pk)]
    for meeting in (coming, held):
        meeting.refresh_from_db()
    assert (coming.commune, coming.office.commune, held.commune) == (new, new, old)
