"""The demo cast: marked as demo, made once."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from pytest_django import DjangoDbBlocker

from accounts.models import Organisation, User
from accounts.rules import is_clerk_of, is_moderator, may_post, may_volunteer
from courses.models import PublisherPage
from courses.services.starter import load_skills
from forums.models import Case, HeldPost, IdeaStep, Mention, Poll, Post, Quote, Reaction, Seat, Topic
from forums.services.recount import recount
from home.operations.passwords import read_or_make_password
from home.services.cast import CROWD, HOME, NEIGHBOUR, NGO_NAME, OTHER, PARTS, make_cast
from home.services.clocks import keep_clocks
from home.services.starter import load_homes
from participation.enums import InputStatus
from participation.models import CommuneDocument, LiveRoom, Meeting, StandingIndicators
from tests.factories.places import CommuneFactory
from volunteers.enums import (
    Appeal,
    ApplicationStatus,
    HoursStatus,
    PartnershipStatus,
    PlacementStatus,
    RequestStatus,
    RoundStatus,
    SignupStatus,
)
from volunteers.models import (
    Alert,
    Application,
    FeedbackAsk,
    LedgerEntry,
    Partnership,
    Placement,
    ReturnWish,
    Round,
    RoundChoice,
    RoundOutcome,
    ServiceRecord,
    Transition,
    VolunteerRequest,
)
from volunteers.services.ledger.auditing import audit
from volunteers.services.starter import STARTER, load_request_templates


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo is made once for all of these tests, and taken away again."""
    with django_db_blocker.unblock(), override("km"), transaction.atomic():
        load_homes()
        for code in (HOME, OTHER, NEIGHBOUR):
            CommuneFactory.create(code=code, district__code="2109")
        load_skills(STARTER.parents[2] / "courses" / "starter" / "skills.yaml")
        load_request_templates()
        make_cast("tofa-nipa-hehe-85")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def cast(made: None, db: None) -> dict[str, User]:
    return {user.username: user for user in User.objects.all()}


def test_everybody_is_marked_as_a_demo(cast: dict[str, User]) -> None:
    assert set(cast) == {part.username for part in (*PARTS, *CROWD)}
    assert {(user.family_name_km, user.family_name_latin) for user in cast.values()} == {("គំរូ", "Demo")}
    assert all(user.check_password("tofa-nipa-hehe-85") for user in cast.values())
    assert all("គំរូ" in name for name in Organisation.objects.values_list("name_km", flat=True))


def test_each_has_what_the_part_needs(cast: dict[str, User]) -> None:
    verified, waiting = Organisation.objects.get(commune__code=HOME), Organisation.objects.get(commune__code=OTHER)
    assert (verified.is_verified, waiting.is_verified) == (True, False)
    assert (is_clerk_of(cast["demo-clerk"], verified), is_clerk_of(cast["demo-new-clerk"], waiting)) == (True, True)
    assert (is_moderator(cast["demo-moderator"]), is_moderator(cast["demo-learner"])) == (True, False)
    assert (may_post(cast["demo-learner"]), may_volunteer(cast["demo-learner"])) == (True, True)
    assert cast["demo-admin"].is_superuser
    assert PublisherPage.objects.filter(organisation__name_en=NGO_NAME).count() == 2
    editor = cast["demo-editor"]
    assert (
        editor.has_perm("wagtailadmin.access_admin"),
        cast["demo-learner"].has_perm("wagtailadmin.access_admin"),
    ) == (
        True,
        False,
    )


def test_the_board_has_answered_open_and_late_questions(cast: dict[str, User]) -> None:
    topics = Topic.objects.filter(board__commune__code=HOME, kind="question").select_related("asked")
    assert sorted(topics.values_list("is_answered", flat=True)) == [False, False, True, True]
    assert Counter(topic.asked.late_days > 0 for topic in topics if not topic.is_answered) == {True: 1, False: 1}
    slow = topics.exclude(asked__meeting_url="").get()
    assert slow.answered_at > slow.asked.due_at
    assert {post.author for post in Post.objects.filter(is_official=True)} == {cast["demo-clerk"]}


def test_the_board_is_alive(cast: dict[str, User]) -> None:
    assert Counter(Poll.objects.values_list("way", "is_secret")) == {
        ("single", False): 1,
        ("several", True): 1,
        ("ranked", True): 1,
    }
    assert Poll.objects.filter(ended_at__isnull=False, ballot_count=9).count() == 1
    assert (Quote.objects.count(), Mention.objects.count(), Reaction.objects.count()) == (1, 1, 11)
    assert IdeaStep.objects.exclude(photo="").count() == 3
    assert [len(Topic.objects.filter(**of)) for of in ({"pin_scope": "board"}, {"locked_at__isnull": False})] == [1, 1]


def test_moderators_have_something_to_do_and_have_done_something(client: Client, cast: dict[str, User]) -> None:
    assert Counter(Case.objects.values_list("reason", "ruling")) == {("spam", ""): 1, ("insult", "hide"): 1}
    assert HeldPost.objects.get().author == cast["demo-chanthy"]
    client.force_login(cast["demo-moderator"])
    for address in ("/km/forum/reports/", "/km/forum/reports/held/", "/km/forum/moderation/"):
        assert client.get(address).status_code == 200, address
    assert Seat.objects.get().user == cast["demo-piseth"]


def test_the_demo_leaves_no_drift(cast: dict[str, User]) -> None:
    assert recount(repair=False) == []


def test_the_room_of_a_meeting_has_its_questions(cast: dict[str, User]) -> None:
    room = LiveRoom.objects.get()
    assert (room.is_open, room.question_count, room.answered_count) == (False, 3, 2)
    assert room.hands.get().counts == [4, 2, 1]
    assert room.meeting.starts_at < room.opened_at < room.meeting.ends_at


def test_every_state_of_a_request_can_be_seen(cast: dict[str, User]) -> None:
    requests = VolunteerRequest.objects.values_list("office__commune__code", "status")
    assert Counter(requests) == {
        (HOME, RequestStatus.FILLED): 2,
        (HOME, RequestStatus.OPEN): 4,
        (NEIGHBOUR, RequestStatus.FILLED): 1,
        (NEIGHBOUR, RequestStatus.OPEN): 4,
        (OTHER, RequestStatus.SUBMITTED): 1,
    }


def test_an_office_is_choosing(cast: dict[str, User]) -> None:
    sent = Application.objects.filter(request__office__commune__code=HOME, request__template__code="minutes")
    assert Counter(sent.values_list("status", flat=True)) == {
        ApplicationStatus.SUBMITTED: 3,
        ApplicationStatus.SHORTLISTED: 2,
        ApplicationStatus.OFFERED: 1,
        ApplicationStatus.NOT_PLACED: 1,
    }
    assert [row.applicant for row in sent if row.is_standby] == [cast["demo-piseth"]]
    mine = sent.get(applicant=cast["demo-learner"])
    assert (mine.messages.count(), mine.interviews.live().count()) == (2, 1)
    assert sent.get(applicant=cast["demo-minor"]).messages.get().needs_moderator


def test_the_learner_serves_with_shifts_behind_and_ahead(cast: dict[str, User]) -> None:
    placement = Placement.objects.get(
        application__applicant=cast["demo-learner"], application__request__template__code="budget-sheet"
    )
    assert (placement.status, placement.agreement.is_confirmed) == (PlacementStatus.ACTIVE, True)
    assert Counter(placement.signups.values_list("status", flat=True)) == {
        SignupStatus.ATTENDED: 3,
        SignupStatus.NO_SHOW: 1,
        SignupStatus.SIGNED_UP: 2,
    }
    assert placement.signups.get(status=SignupStatus.NO_SHOW).appeal == Appeal.OFFICE
    assert Counter(placement.hours.values_list("status", flat=True)) == {
        HoursStatus.CLAIMED: 2,
        HoursStatus.CONFIRMED: 1,
        HoursStatus.DISPUTED: 1,
    }


def test_a_place_ended_in_a_record_and_in_the_words_of_both(cast: dict[str, User]) -> None:
    record = ServiceRecord.objects.get(user=cast["demo-learner"])
    assert (record.minutes, record.placement.status) == (6 * 180, PlacementStatus.COMPLETED)
    assert record.facts["skills"]
    ask = FeedbackAsk.objects.get(placement=record.placement)
    assert (ask.answers.count(), ask.opened_at is not None) == (2, True)
    assert ReturnWish.objects.get().person == cast["demo-learner"]


def test_one_round_is_over_and_one_is_open(cast: dict[str, User]) -> None:
    over, now = Round.objects.order_by("opens_at")
    assert (over.status, now.status, now.takes_choices) == (RoundStatus.FINISHED, RoundStatus.OPEN, True)
    run = over.runs.get(confirmed_at__isnull=False)
    assert (run.figures["people"], run.figures["placed"], run.proof["blocking_pairs"]) == (9, 5, 0)
    mine = RoundOutcome.objects.get(entry__person=cast["demo-learner"])
    assert mine.choice is not None
    assert mine.choice.rank == 1
    assert RoundChoice.objects.filter(entry__round=now, entry__person=cast["demo-learner"]).count() == 3


def test_one_partnership_holds_and_one_was_asked_for(cast: dict[str, User]) -> None:
    assert Counter(Partnership.objects.values_list("office__commune__code", "status")) == {
        (HOME, PartnershipStatus.ACTIVE): 1,
        (NEIGHBOUR, PartnershipStatus.PROPOSED): 1,
    }


def test_long_ago_is_no_news(cast: dict[str, User]) -> None:
    """Nobody who signs in finds months of it; and the past lies in the past."""
    lines = Transition.objects.filter(at__lt=timezone.now() - timedelta(days=3))
    assert lines.exists()
    assert not lines.filter(announced_at=None).exists()
    assert timezone.now() - lines.earliest("at").at > timedelta(days=80)


def test_the_clocks_find_an_office_that_does_not_answer(cast: dict[str, User]) -> None:
    keep_clocks()
    assert Alert.objects.get().place == NEIGHBOUR
    assert LedgerEntry.objects.filter(chain__office__commune__code=HOME).exists()
    assert list(audit()) == []


def test_the_demo_is_on_the_home_page_and_the_commune_page(client: Client, cast: dict[str, User]) -> None:
    for address, more in (("/en/", 0), (f"/en/communes/{HOME}/", 4)):  # two meetings and two papers
        text = client.get(address).text
        assert [text.count("(demo)</a>"), text.count("h a week")] == [4 + more, 4], address


def test_the_clerk_finds_the_desk_and_the_editor_the_admin(client: Client, cast: dict[str, User]) -> None:
    found = {}
    for name in ("demo-learner", "demo-clerk", "demo-editor"):
        client.force_login(cast[name])
        text = client.get("/en/me/").text
        found[name] = ("The commune desk" in text, "The editors&#x27; desk" in text or "The editors' desk" in text)
    assert found == {
        "demo-learner": (False, False),
        "demo-clerk": (True, False),
        "demo-editor": (False, True),
    }


def test_making_it_again_changes_nobody(cast: dict[str, User]) -> None:
    make_cast("another-password-1")
    assert User.objects.count() == len(PARTS) + len(CROWD)
    assert User.objects.get(username="demo-learner").password == cast["demo-learner"].password


def test_the_password_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "demo-passwords.txt"
    first = read_or_make_password(path)
    assert read_or_make_password(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(first) == len("tofa-nipa-hehe-85")


def test_a_meeting_was_held_and_another_is_announced(cast: dict[str, User]) -> None:
    past, coming = Meeting.objects.order_by("starts_at")
    assert (past.is_over, past.minutes.published_at is not None, past.minutes.decisions.count()) == (True, True, 4)
    assert [row.status for row in past.inputs.all()] == [InputStatus.ANSWERED]
    assert (coming.is_ahead, coming.coming_count) == (True, 3)
    assert [(row.kind, row.hides_name) for row in coming.inputs.order_by("pk")] == [("text", True), ("photo", False)]


def test_the_partners_guide_finds_whom_they_guide(client: Client, cast: dict[str, User]) -> None:
    client.force_login(cast["demo-manager"])
    text = client.get("/en/requests/guided/").text
    assert text.count("(demo)</a>") == 1


def test_the_demo_has_papers_and_figures_of_two_surveys(client: Client, cast: dict[str, User]) -> None:
    assert list(CommuneDocument.objects.order_by("pk").values_list("kind", "version")) == [("cip", 1), ("budget", 2)]
    told = {row.scope: row.told["all"]["n"] for row in StandingIndicators.objects.exclude(scope__startswith="m:")}
    assert told == {"": 156, HOME[:2]: 156, HOME: 156}
    page = client.get(f"/en/communes/{HOME}/participation/").text
    assert ["156 answers" in page, "Village meetings: proposals (demo)" in page] == [True, True]
