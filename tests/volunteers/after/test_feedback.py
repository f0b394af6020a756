"""Both sides are asked, neither reads the other first, and an office reads no single person's answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from accounts.services.leaving import collect_export, delete_account
from courses.enums import GrantSource, SkillLevel
from courses.models import Skill, SkillGrant
from notifications.models import Notification
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.serving import PlacementFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.enums import Speaker
from volunteers.models import Feedback, FeedbackAsk, OfficeFigures, Placement
from volunteers.services.after.ending import finish_follow_up, keep_follow_ups
from volunteers.services.after.feedback import Answers, ask_both, give_as_office, give_as_volunteer
from volunteers.services.machine import NotReadyError
from volunteers.services.states import PLACEMENT

pytestmark = pytest.mark.django_db
GOOD = {"first": "5", "second": "4", "third": "3", "words": "ល្អ"}


def ask_of(placement: Placement) -> FeedbackAsk:
    return FeedbackAsk.objects.with_placement().get(placement=placement)


def kinds_of(user: User) -> list[str]:
    found = Notification.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True)
    return [kind.removeprefix("volunteers.") for kind in found]


def answer_many(office: Organisation, count: int, score: int = 4) -> None:
    """So many volunteers of this office and the office itself have answered."""
    clerk = MembershipFactory.create(organisation=office).user
    request = RequestFactory.create(office=office)
    for number in range(count):
        application = ApplicationFactory.create(request=request, status="accepted", code_number=100 + number)
        ask = ask_both(PlacementFactory.create(application=application, completed=True))
        give_as_volunteer(ask, Answers((score, score, score)), by=application.applicant)
        give_as_office(ask, Answers((5, 5, 5)), levels={}, by=clerk)


def test_a_place_that_never_began_asks_nobody(office: Organisation, learner: User) -> None:
    request = RequestFactory.create(office=office, seats_filled=1)
    application = ApplicationFactory.create(applicant=learner, request=request, status="accepted")
    placement = PlacementFactory.create(application=application, status="agreed")
    PLACEMENT.move("end_early", placement, by=learner, reason="family")
    assert not FeedbackAsk.objects.exists()


def test_each_reads_the_other_only_after_both_answered(
    ended: Placement,
    learner: User,
    clerk: User,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client.force_login(clerk)
    form = reverse("feedback-office", args=[ended.public_id])
    assert client.post(form, {**GOOD, "words": "Came every day"}).status_code == 302
    client.force_login(learner)
    page = reverse("placement-after", args=[ended.public_id])
    assert "Came every day" not in client.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("feedback", args=[ended.public_id]), GOOD).status_code == 302
    assert "Came every day" in client.get(page).content.decode()
    assert kinds_of(learner)[-1] == "feedback_opened"
    assert ask_of(ended).opened_at is not None


def test_the_office_never_reads_the_volunteers_words(
    ended: Placement, learner: User, clerk: User, client: Client
) -> None:
    ask = ask_of(ended)
    give_as_volunteer(ask, Answers((1, 1, 1), "They shouted at me"), by=learner)
    give_as_office(ask, Answers((5, 5, 5)), levels={}, by=clerk)
    client.force_login(clerk)
    for name, args in (("finished", []), ("feedback-office", [ended.public_id]), ("desk", [])):
        assert "They shouted at me" not in client.get(reverse(name, args=args)).content.decode()
    assert client.get(reverse("feedback-words")).status_code in (302, 403)
    client.force_login(UserFactory.create(is_superuser=True, is_staff=True))
    assert "They shouted at me" in client.get(reverse("feedback-words")).content.decode()


def test_the_time_ends_and_what_was_given_is_read(ended: Placement, clerk: User) -> None:
    ask = ask_of(ended)
    give_as_office(ask, Answers((5, 5, 5), "Good"), levels={}, by=clerk)
    FeedbackAsk.objects.update(closes_at=timezone.now() - timedelta(minutes=1), told_at=timezone.now())
    keep_follow_ups()
    ask = ask_of(ended)
    assert ask.opened_at is not None
    with pytest.raises(NotReadyError):
        give_as_office(ask, Answers((1, 1, 1)), levels={}, by=clerk)


def test_an_answer_can_be_changed_until_it_is_read(ended: Placement, learner: User, clerk: User) -> None:
    ask = ask_of(ended)
    give_as_volunteer(ask, Answers((1, 1, 1)), by=learner)
    give_as_volunteer(ask, Answers((5, 5, 5)), by=learner)
    assert [each.first for each in Feedback.objects.all()] == [5]
    give_as_office(ask, Answers((5, 5, 5)), levels={}, by=clerk)
    with pytest.raises(NotReadyError):
        give_as_volunteer(ask, Answers((1, 1, 1)), by=learner)


def test_nobody_speaks_for_the_other_side(ended: Placement, learner: User, clerk: User) -> None:
    ask = ask_of(ended)
    with pytest.raises(PermissionDenied):
        give_as_volunteer(ask, Answers((1, 1, 1)), by=clerk)
    with pytest.raises(PermissionDenied):
        give_as_office(ask, Answers((1, 1, 1)), levels={}, by=learner)


def test_a_clerk_of_another_commune_finds_nothing(ended: Placement, client: Client) -> None:
    rival = MembershipFactory.create(organisation=OfficeFactory.create()).user
    client.force_login(rival)
    assert client.get(reverse("feedback-office", args=[ended.public_id])).status_code == 404
    assert client.post(reverse("feedback-office", args=[ended.public_id]), GOOD).status_code == 404
    assert client.get(reverse("feedback", args=[ended.public_id])).status_code == 404
    assert "A-07" not in client.get(reverse("finished")).content.decode()


def test_a_form_that_comes_back_keeps_what_was_typed(ended: Placement, learner: User, client: Client) -> None:
    client.force_login(learner)
    response = client.post(
        f"/en/requests/placements/{ended.public_id}/feedback/", {"first": "9", "second": "2", "words": "Kept words"}
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Kept words" in page
    assert "Choose a number from 1 to 5." in page
    assert not Feedback.objects.exists()


def test_one_reminder_to_whoever_has_not_answered(ended: Placement, learner: User, clerk: User) -> None:
    ask = ask_of(ended)
    give_as_volunteer(ask, Answers((5, 5, 5)), by=learner)
    FeedbackAsk.objects.update(told_at=timezone.now(), closes_at=timezone.now() + timedelta(days=9))
    keep_follow_ups()
    keep_follow_ups()
    assert kinds_of(clerk) == ["feedback_office_reminder"]
    assert "feedback_reminder" not in kinds_of(learner)


def test_what_a_crash_left_is_done_by_the_clocks_and_once(ended: Placement, learner: User, clerk: User) -> None:
    FeedbackAsk.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    keep_follow_ups()
    finish_follow_up(ask_of(ended))
    assert sorted(kinds_of(learner)) == ["feedback_of_volunteer", "record_issued"]
    assert kinds_of(clerk) == ["feedback_of_office"]


@pytest.mark.parametrize(("count", "shown", "public"), [(4, 0, 0), (5, 5, 0), (9, 5, 0), (11, 10, 10)])
def test_figures_grow_in_whole_groups(office: Organisation, count: int, shown: int, public: int) -> None:
    answer_many(office, count)
    figures = OfficeFigures.objects.get(office=office)
    assert (figures.count, figures.public_count) == (shown, public)
    assert figures.averages == ([4.0, 4.0, 4.0] if shown else [])
    assert figures.public_average == (4.0 if public else 0)


def test_a_new_answer_changes_no_figure_alone(office: Organisation) -> None:
    answer_many(office, 10)
    before = OfficeFigures.objects.values().get(office=office)
    answer_many(office, 1, score=1)
    assert OfficeFigures.objects.values().get(office=office) == before


def test_the_public_reads_an_average_of_ten(office: Organisation, client: Client) -> None:
    request = RequestFactory.create(office=office)
    answer_many(office, 9)
    address = f"/en/requests/{request.public_id}/"
    assert "volunteers who served here" not in client.get(address).content.decode()
    answer_many(office, 1)
    assert "4.0 of 5, say 10 volunteers who served here" in client.get(address).content.decode()
    assert "say 10 volunteers" in client.get(f"/en/communes/{office.commune.code}/").content.decode()


def test_rated_skills_are_proofs(ended: Placement, clerk: User, learner: User, skill: Skill, client: Client) -> None:
    client.force_login(clerk)
    form = reverse("feedback-office", args=[ended.public_id])
    client.post(form, {**GOOD, f"skill_{skill.pk}": "alone"})
    grant = SkillGrant.objects.get(user=learner, skill=skill)
    assert (grant.source, grant.course_key) == (GrantSource.WORK, None)
    client.post(form, {**GOOD, f"skill_{skill.pk}": "not_seen"})
    assert learner.skill_ratings.get().level == SkillLevel.NOT_SEEN
    assert "SkillLevel" not in client.get(form).content.decode()


def test_leaving_takes_the_words_and_keeps_the_sums(ended: Placement, learner: User, clerk: User) -> None:
    ask = ask_of(ended)
    give_as_volunteer(ask, Answers((5, 5, 5), "Mine"), by=learner)
    give_as_office(ask, Answers((4, 4, 4), "Theirs"), levels={}, by=clerk)
    taken = collect_export(learner)["parts"]["volunteers"]["feedback"][0]
    assert (taken["mine"]["words"], taken["of_the_office"]["words"]) == ("Mine", "Theirs")
    delete_account(learner)
    rows: list[Any] = list(Feedback.objects.order_by("side").values_list("side", "first", "words", "by"))
    assert rows == [(Speaker.OFFICE, 4, "", clerk.pk), (Speaker.VOLUNTEER, 5, "", None)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_desks_list_costs_the_same_for_one_and_three(
    client: Client, office: Organisation, clerk: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    answer_many(office, count)
    client.force_login(clerk)
    with django_assert_num_queries(6):
        assert client.get(reverse("finished")).status_code == 200
