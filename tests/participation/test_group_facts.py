"""What meetings know of groups: said once with a word or after a meeting, in sums, told only where it names nobody."""

import uuid
from itertools import combinations
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Organisation, User
from participation.enums import FeedbackStage, ToldStep
from participation.models import GroupCount, HeadCount, Input, Meeting, MeetingFeedback, StandingIndicators
from participation.services.facts import read_facts, read_many_facts
from participation.services.feedback.answering import make_address
from participation.services.groups import About, add_told
from participation.services.indicators.standing import renew_indicators
from participation.services.inviting.ledger import Told, note_invitation
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.participation import MeetingFactory, at_eight
from tests.factories.places import CommuneFactory, DistrictFactory
from ui.small_groups import PUBLIC_LEAST

pytestmark = pytest.mark.django_db
DISABLED = About(groups=("disability",))
OTHERS = About(sex="male")


@pytest.fixture
def meeting(office: Organisation) -> Meeting:
    return MeetingFactory.create(office=office)


def sums(meeting: Meeting, step: str) -> dict[str, int]:
    return dict(GroupCount.objects.filter(meeting=meeting, step=step).values_list("group", "people"))


def test_with_the_first_word_and_only_in_sums(client: Client, meeting: Meeting, learner: User) -> None:
    client.force_login(learner)
    typed = {"text": "A well.", "sex": "female", "age": "18-35", "groups": ["migrant", "id_poor"]}
    same = uuid.uuid4()
    for client_id in (same, same, uuid.uuid4()):
        client.post(f"/en/meetings/{meeting.public_id}/send/", typed | {"client_id": client_id})
    assert sums(meeting, "input") == {"": 1, "female": 1, "youth": 1, "migrant": 1}
    assert Input.objects.count() == 2
    assert not {"sex", "age", "groups"} & {field.name for field in Input._meta.fields}
    client.force_login(UserFactory.create())
    client.post(f"/en/meetings/{meeting.public_id}/send/", {"text": "x", "client_id": uuid.uuid4()})
    facts = read_facts(meeting)
    assert facts.gave_input == {"": 2, "female": 1, "youth": 1, "migrant": 1}
    assert facts.known["gave_input"]["disability"] == 1


def address_of(meeting: Meeting, person: User, stage: FeedbackStage) -> str:
    with override("en"):
        return make_address(meeting, person, stage)


def test_after_a_meeting_once_beside_the_opinion(office: Organisation, learner: User) -> None:
    meeting = MeetingFactory.create(office=office, over=True)
    first, second = (address_of(meeting, learner, stage) for stage in FeedbackStage)
    visitor = Client()
    visitor.post(first, {"do": "about", "sex": "female"})  # no opinion yet
    visitor.post(first, {"say": "bad"})
    assert "For an honest count" in visitor.get(first).text
    for address in (first, first, second):
        visitor.post(address, {"do": "about", "sex": "female", "groups": ["disability"]})
    visitor.post(second, {"say": "good"})
    assert "For an honest count" not in visitor.get(second).text
    missed = address_of(meeting, UserFactory.create(), FeedbackStage.HOURS)
    visitor.post(missed, {"say": "far"})
    visitor.post(missed, {"do": "about", "sex": "female"})
    assert sums(meeting, "feedback") == {"": 1, "female": 1, "disability": 1}
    assert GroupCount.objects.get(group="female").content == 0
    assert set(MeetingFeedback.objects.values_list("has_told", flat=True)) == {True, False}


def test_facts_of_many_meetings_cost_as_many_queries_as_of_one(
    office: Organisation, clerk: User, django_assert_num_queries: Any
) -> None:
    meetings = [MeetingFactory.create(office=office) for _ in range(3)]
    day = timezone.localdate()
    note_invitation(meetings[0], Told("chief", 30, day, women=12), by=clerk)  # type: ignore[arg-type]
    note_invitation(meetings[0], Told("chief", 20, day), by=clerk)  # type: ignore[arg-type]
    for some in (meetings[:1], meetings):
        with django_assert_num_queries(8):
            found = read_many_facts(some)
    facts = found[meetings[0].pk]
    assert (facts.invited, facts.known["invited"]) == ({"": 50, "female": 12}, {"female": 30})


def hold(office: Organisation, disabled: int, others: int, *, content: int = 0) -> Meeting:
    """Over, with so many who told of themselves afterwards."""
    meeting = MeetingFactory.create(office=office, starts_at=at_eight(-20))
    HeadCount.objects.create(meeting=meeting, counted_by="door", people=disabled + others)
    for number, about in enumerate([DISABLED] * disabled + [OTHERS] * others):
        add_told(meeting, ToldStep.FEEDBACK, about, is_content=number < content)
        person = UserFactory.create()
        MeetingFeedback.objects.create(
            meeting=meeting, user=person, stage="hours", opinion="good", day_date=timezone.localdate()
        )
    return meeting


def told(scope: str) -> dict[str, Any]:
    found: dict[str, Any] = StandingIndicators.objects.get(scope=scope, year__gt=0).told["met"]["by_step"]
    return found.get("asked", {})


def test_groups_at_meetings_are_told_beside_the_survey(client: Client, office: Organisation) -> None:
    meeting = hold(office, 12, 20, content=9)
    renew_indicators(timezone.localdate())
    assert told(f"m:{meeting.public_id}")["disability"] == {"n": 12, "of": 32, "satisfied": 9}
    page = client.get(f"/en/meetings/{meeting.public_id}/participation/").text
    assert ("about 75%" in page, "not known" in page) == (True, True)
    file: Any = client.get(f"/en/participation/figures.csv?meeting={meeting.public_id}")
    assert "People with disability,Were satisfied,,about 75%," in b"".join(file.streaming_content).decode()


@pytest.mark.parametrize(
    "sizes",
    [((12, 20), (11, 30)), ((12, 20), (3, 30)), ((40, 40), (9, 12), (1, 15)), ((10, 10), (10, 9), (30, 30))],
)
def test_nobodys_disability_follows_from_what_is_told(sizes: tuple[tuple[int, int], ...]) -> None:
    """Neither a place less its shown parts, nor any sum of shown ones, leaves a few members or a few others."""
    district = DistrictFactory.create()
    meetings = [hold(OfficeFactory.create(commune=CommuneFactory.create(district=district)), *size) for size in sizes]
    renew_indicators(timezone.localdate())
    whole = told(district.code[:2]).get("disability")
    parts = [told(meeting.commune.code).get("disability") for meeting in meetings]
    for part in parts:
        assert part is None or min(part["n"], part["of"] - part["n"]) >= PUBLIC_LEAST
    if whole is None:
        return
    shown = [part for part in parts if part]
    for count in range(1, len(shown) + 1):
        for some in combinations(shown, count):
            members = whole["n"] - sum(part["n"] for part in some)
            others = whole["of"] - whole["n"] - sum(part["of"] - part["n"] for part in some)
            assert (members, others) == (0, 0) or min(members, others) >= PUBLIC_LEAST or members == 0


def test_a_step_of_few_is_not_told(office: Organisation) -> None:
    meeting = hold(office, 12, 20, content=6)
    scope = f"m:{meeting.public_id}"
    renew_indicators(timezone.localdate())
    before = told(scope)
    for _person in range(9):
        add_told(meeting, ToldStep.FEEDBACK, DISABLED, is_content=True)
    renew_indicators(timezone.localdate())
    assert told(scope) == before
    for _person in range(11):
        add_told(meeting, ToldStep.FEEDBACK, DISABLED, is_content=False)
    for _person in range(10):
        add_told(meeting, ToldStep.FEEDBACK, DISABLED, is_content=True)
    renew_indicators(timezone.localdate())
    assert told(scope)["disability"]["n"] == 42
