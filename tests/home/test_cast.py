"""The demo cast: marked as demo, made once."""

from pathlib import Path

import pytest
from django.test import Client

from accounts.models import Organisation, User
from accounts.rules import is_clerk_of, is_moderator, may_post, may_volunteer
from courses.models import PublisherPage
from courses.services.starter import load_skills
from forums.models import Post, Topic
from home.models import HomePage
from home.operations.passwords import read_or_make_password
from home.services.cast import HOME, NGO_NAME, OTHER, PARTS, make_cast
from tests.factories.places import CommuneFactory
from volunteers.enums import PlacementStatus, RequestStatus, SignupStatus
from volunteers.models import Placement, VolunteerRequest
from volunteers.services.starter import STARTER, load_request_templates


@pytest.fixture
def cast(homes: dict[str, HomePage]) -> dict[str, User]:
    for code in (HOME, OTHER):
        CommuneFactory.create(code=code, district__code="2109")
    load_skills(STARTER.parents[2] / "courses" / "starter" / "skills.yaml")
    load_request_templates()
    make_cast("tofa-nipa-hehe-85")
    return {user.username: user for user in User.objects.all()}


def test_everybody_is_marked_as_a_demo(cast: dict[str, User]) -> None:
    assert set(cast) == {part.username for part in PARTS}
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


def test_the_board_has_an_answered_and_an_open_question(cast: dict[str, User]) -> None:
    topics = Topic.objects.filter(board__commune__code=HOME)
    assert sorted(topics.values_list("is_answered", flat=True)) == [False, True]
    assert {post.author for post in Post.objects.filter(is_official=True)} == {cast["demo-clerk"]}


def test_the_verified_office_s_requests_are_open_and_the_other_s_wait(cast: dict[str, User]) -> None:
    requests = VolunteerRequest.objects.values_list("office__commune__code", "status")
    assert sorted(requests) == [
        (HOME, RequestStatus.FILLED),
        (HOME, RequestStatus.OPEN),
        (HOME, RequestStatus.OPEN),
        (OTHER, RequestStatus.SUBMITTED),
    ]


def test_the_learner_serves_and_comes_to_two_shifts(cast: dict[str, User]) -> None:
    placement = Placement.objects.get()
    assert (placement.application.applicant, placement.status) == (cast["demo-learner"], PlacementStatus.ACTIVE)
    assert placement.agreement.is_confirmed
    assert list(placement.signups.values_list("status", flat=True)) == [SignupStatus.SIGNED_UP] * 2


def test_the_demo_is_on_the_home_page_and_the_commune_page(client: Client, cast: dict[str, User]) -> None:
    for address in ("/en/", f"/en/communes/{HOME}/"):
        text = client.get(address).text
        assert [text.count("(demo)</a>"), text.count("h a week")] == [2, 2], address


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
    assert User.objects.count() == len(PARTS)
    assert User.objects.get(username="demo-learner").password == cast["demo-learner"].password


def test_the_password_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "demo-passwords.txt"
    first = read_or_make_password(path)
    assert read_or_make_password(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(first) == len("tofa-nipa-hehe-85")
