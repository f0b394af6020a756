"""Who hears of which change, read from the declaration; reminders by the clocks; what a crash left behind."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from accounts.rules import STAFF
from accounts.services import delete_account
from notifications.models import Notification
from notifications.services.kinds import KINDS, put_into_words
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.notifications import make_reader
from tests.factories.serving import confirm_agreement
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.enums import ApplicationStatus, NoPlaceReason, RequestStatus
from volunteers.models import Application, Placement, Transition, VolunteerRequest
from volunteers.services.announcing import announce, announce_missed
from volunteers.services.applications import answer, decide, pause_placements, send_application
from volunteers.services.approving import send_back
from volunteers.services.clocks import end_what_is_over, remind_offices, warn_of_lapse
from volunteers.services.machine import MACHINES
from volunteers.services.requests import change_request, publish, suspend_requests
from volunteers.services.states import PLACEMENT

pytestmark = pytest.mark.django_db
Told = list[tuple[str, str]]
# By a clock, or by a change that is no change of state.
TOLD_BESIDE = (
    "waiting_3_days",
    "waiting_7_days",
    "office_silent",
    "undecided",
    "undecided_long",
    "offer_ends_soon",
    "shift_changed",
    "concern_raised",
    "agreement_office",
    "agreement_volunteer",
    "guide_missing",
    "request_expires_soon",
    "request_changed",
    "place_changed",
    "approved_changed",
    "came_later_said",
    "came_unproved",
    "office_succeeded",
    "check_in_refused",
    "check_in_unknown",
    "claim_refused",
    "shift_tomorrow",
    "shifts_tomorrow",
    "course_due",
    "course_late",
    "course_late_desk",
    "cohort_offered",
    "new_work",
    "alerts_raised",
    "round_stuck",
    "round_score_soon",
    "round_late_offices",
)

# What is told once a place has ended: of records, feedback, wishes and invitations.
TOLD_AFTER = (
    "feedback_of_volunteer",
    "feedback_of_office",
    "feedback_reminder",
    "feedback_office_reminder",
    "feedback_opened",
    "record_issued",
    "record_renewed",
    "record_revoked",
    "wish_made",
    "invited",
)


@pytest.fixture
def colleague(office: Organisation) -> User:
    return MembershipFactory.create(user__username="colleague", organisation=office).user


@pytest.fixture
def officer(db: None) -> User:
    officer = UserFactory.create(username="officer")
    officer.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    return officer


@pytest.fixture
def told(
    clerk: User, colleague: User, officer: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> Callable[[Callable[[], Any]], Told]:
    """Do something; then who was told what by it."""

    def find_told(act: Callable[[], Any]) -> Told:
        last = Notification.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        with django_capture_on_commit_callbacks(execute=True):
            act()
        with django_capture_on_commit_callbacks(execute=True):
            let_hold_pass()
        rows = Notification.objects.filter(pk__gt=last).select_related("recipient")
        return sorted((row.recipient.username, row.kind.removeprefix("volunteers.")) for row in rows)

    return find_told


def let_hold_pass() -> None:
    """The two minutes in which a decision can be taken back are over; the clocks come by."""
    for pk in Transition.objects.filter(announced_at=None, held_until__gt=timezone.now()).values_list("pk", flat=True):
        Transition.objects.filter(pk=pk).update(held_until=timezone.now())
        announce(pk)


def all_changes() -> list[tuple[str, Any]]:
    return [
        (f"{machine.log}.{change.verb}", change) for machine in MACHINES.values() for change in machine.changes.values()
    ]


@pytest.mark.parametrize(("name", "change"), all_changes(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_change_says_who_is_told_or_why_nobody_is(name: str, change: Any) -> None:
    assert bool(change.tells) != bool(change.silence)


def test_every_kind_is_used_and_says_the_same_in_both_languages() -> None:
    data = {
        "request": {"km": "ការងារ", "en": "Work"},
        "office": {"km": "សាលា", "en": "Office"},
        "number": "07",
        "reason": NoPlaceReason.SKILLS.value,
        "note": "Why",
        "changes": {"km": "ទីកន្លែង", "en": "Where"},
        "until_at": timezone.now().isoformat(),
        "starts_at": timezone.now().isoformat(),
    }
    kinds = {code: kind for code, kind in KINDS.items() if code.startswith("volunteers.")}
    declared = {tell.kind.code for _, change in all_changes() for tell in change.tells}
    by_clock = {f"volunteers.{name}" for name in (*TOLD_BESIDE, *TOLD_AFTER)}
    talking = ("appointed", "reviewer_named", "message_", "talk_")  # told by the services of messages and talks
    by_service = {code for code in kinds if code.removeprefix("volunteers.").startswith(talking)}
    assert set(kinds) == declared | by_clock | by_service
    for code in kinds:
        for count in (1, 3):
            said = {}
            for language in ("km", "en"):
                with translation.override(language):
                    said[language] = put_into_words(code, data, count)
            assert said["km"].title != said["en"].title, code
            assert "%(" not in f"{said}", code


def test_the_whole_way_of_an_application(
    clerk: User, learner: User, office: Organisation, told: Callable[[Callable[[], Any]], Told]
) -> None:
    request = RequestFactory.create(office=office, seats=1)
    sent: list[Application] = []
    assert told(lambda: sent.append(send_application(request, by=learner, answers=("a", "b"), times=[]))) == [
        ("clerk", "new_applicant"),
        ("colleague", "new_applicant"),
    ]
    (row,) = sent
    assert told(lambda: decide(row, "shortlist", by=clerk)) == [("learner", "shortlisted")]
    assert told(lambda: decide(row, "offer", by=clerk)) == [("learner", "offered")]
    offer = learner.notifications.get(kind="volunteers.offered")
    row.refresh_from_db()
    assert (offer.due_at, offer.url) == (row.offer_expires_at, f"/requests/applications/{row.public_id}/")
    assert told(lambda: answer(row, "accept", by=learner)) == [
        ("clerk", "offer_accepted"),
        ("clerk", "request_filled"),
        ("colleague", "offer_accepted"),
        ("colleague", "request_filled"),
    ]
    Placement.objects.filter(pk=row.placement.pk).update(start_date=timezone.localdate())
    place = confirm_agreement(row.placement)
    assert told(lambda: PLACEMENT.move("begin", place, by=clerk)) == [("learner", "place_began")]
    assert told(lambda: PLACEMENT.move("pause", place, by=clerk, note="Flood.")) == [("learner", "place_paused")]
    with translation.override("en"):
        paused = learner.notifications.get(kind="volunteers.place_paused")
        assert put_into_words(paused.kind, paused.data).body == "Flood."
    assert told(lambda: PLACEMENT.move("resume", place, by=clerk)) == [("learner", "place_resumed")]
    assert told(lambda: PLACEMENT.move("let_go", place, by=clerk, reason="end_absent", note="Five times.")) == [
        ("clerk", "feedback_of_office"),
        ("clerk", "place_free"),
        ("colleague", "feedback_of_office"),
        ("colleague", "place_free"),
        ("colleague", "service_let_go"),
        ("learner", "feedback_of_volunteer"),
        ("learner", "place_ended"),
    ]
    with translation.override("en"):
        ended = learner.notifications.get(kind="volunteers.place_ended")
        said = put_into_words(ended.kind, ended.data).body
        assert said == "The office says: “The volunteer did not come as agreed: Five times.”"


def test_the_other_ends_of_an_application(
    clerk: User, office: Organisation, told: Callable[[Callable[[], Any]], Told]
) -> None:
    request = RequestFactory.create(office=office, seats=5)

    def one(**values: Any) -> Application:
        row: Application = ApplicationFactory.create(request=request, **values)
        User.objects.filter(pk=row.applicant_id).update(username=f"person-{row.pk}")
        row.applicant.refresh_from_db()
        return row

    both = ["clerk", "colleague"]
    row = one(offered=True)
    assert told(lambda: answer(row, "decline", by=row.applicant, reason="times")) == [
        (name, "offer_declined") for name in both
    ]
    row = one()
    assert told(lambda: answer(row, "withdraw", by=row.applicant, reason="times")) == [
        (name, "applicant_withdrew") for name in both
    ]
    row = one()
    assert told(lambda: decide(row, "refuse", by=clerk, reason="skills")) == [(row.applicant.username, "not_placed")]
    with translation.override("en"):
        body = put_into_words("volunteers.not_placed", row.applicant.notifications.get().data).body
    assert body.startswith("Reason: Another applicant's skills fit this work better.")
    late = one(offered=True, offer_expires_at=timezone.now() - timedelta(minutes=1))
    assert told(end_what_is_over) == [
        ("clerk", "offer_unanswered"),
        ("colleague", "offer_unanswered"),
        (late.applicant.username, "offer_lapsed"),
    ]


def test_the_ways_of_a_request(
    clerk: User, officer: User, learner: User, told: Callable[[Callable[[], Any]], Told]
) -> None:
    office = OfficeFactory.create(waiting=True)
    for person in (clerk, User.objects.get(username="colleague")):
        office.memberships.create(user=person, role="clerk")
    clerk.forget_memberships()
    request: VolunteerRequest = RequestFactory.create(office=office, draft=True)
    both = ["clerk", "colleague"]
    assert told(lambda: publish(request, by=clerk)) == [("officer", "request_waits")]
    assert told(lambda: send_back(request, by=officer, reason="fix_unclear", note="Name the days.")) == [
        (name, "request_sent_back") for name in both
    ]
    request.refresh_from_db()
    publish(request, by=clerk)
    assert told(lambda: change_request(request, "approve", by=officer)) == [(name, "request_approved") for name in both]
    ApplicationFactory.create(request=request, applicant=learner)
    assert told(lambda: suspend_requests(office)) == [
        *((name, "office_refused") for name in both),
        ("learner", "request_rests"),
    ]
    VolunteerRequest.objects.filter(pk=request.pk).update(expires_at=timezone.now() - timedelta(hours=1))
    assert told(end_what_is_over) == sorted(
        [*((name, "request_expired") for name in both), ("learner", "closed_to_new")]
    )
    request.refresh_from_db()
    assert told(lambda: change_request(request, "close", by=clerk)) == [("learner", "not_placed")]


def test_a_withdrawn_consent_is_told_to_both_sides(
    office: Organisation, clerk: User, told: Callable[[Callable[[], Any]], Told]
) -> None:
    minor = UserFactory.create(username="minor", minor=True)
    row = ApplicationFactory.create(
        request=RequestFactory.create(office=office), applicant=minor, status=ApplicationStatus.ACCEPTED
    )
    Placement.objects.create(application=row)
    assert told(lambda: pause_placements(minor)) == [
        ("clerk", "service_paused"),
        ("colleague", "service_paused"),
        ("minor", "consent_paused"),
    ]


def test_nobody_reads_a_name_in_what_the_office_is_told(
    learner: User, office: Organisation, told: Callable[[Callable[[], Any]], Told]
) -> None:
    told(lambda: send_application(RequestFactory.create(office=office), by=learner, answers=("a", "b"), times=[]))
    for row in Notification.objects.all():
        text = f"{row.data}{row.url}"
        for secret in (learner.username, learner.given_name_km, learner.family_name_latin, str(learner.public_id)):
            assert secret not in text


def test_a_line_that_a_crash_left_is_announced_once(learner: User, office: Organisation, clerk: User) -> None:
    send_application(RequestFactory.create(office=office), by=learner, answers=("a", "b"), times=[])
    line = Transition.objects.get(verb="send")  # committed; the task never ran
    assert (line.announced_at, announce_missed()) == (None, 0)
    Transition.objects.update(at=timezone.now() - timedelta(minutes=3))
    assert [announce_missed(), announce_missed()] == [1, 0]
    Transition.objects.filter(pk=line.pk).update(announced_at=None)  # it crashed before it was marked
    assert announce(line.pk) == 0
    assert clerk.notifications.count() == 1


@pytest.mark.parametrize(
    ("days", "kinds"),
    [
        (2.9, []),
        (3.1, ["waiting_3_days"]),
        (7.1, ["waiting_7_days"]),
        (10.1, ["office_silent"]),
    ],
)
def test_whoever_waited_through_an_outage_is_spoken_of_once(
    office: Organisation, clerk: User, officer: User, days: float, kinds: list[str]
) -> None:
    ApplicationFactory.create(
        request=RequestFactory.create(office=office), sent_at=timezone.now() - timedelta(days=days)
    )
    remind_offices()
    assert remind_offices() == 0
    assert [row.kind.removeprefix("volunteers.") for row in Notification.objects.all()] == kinds


def test_the_ladder_of_reminders(office: Organisation, clerk: User, officer: User) -> None:
    row = ApplicationFactory.create(request=RequestFactory.create(office=office))
    other = ApplicationFactory.create(request=row.request, status=ApplicationStatus.SHORTLISTED)
    for days in (4, 6, 8, 9, 11, 30):
        Application.objects.filter(pk__in=(row.pk, other.pk)).update(sent_at=timezone.now() - timedelta(days=days))
        remind_offices()
    told = [
        (row.recipient.username, row.kind.removeprefix("volunteers.")) for row in Notification.objects.order_by("pk")
    ]
    assert told == [("clerk", "waiting_3_days"), ("clerk", "waiting_7_days"), ("officer", "office_silent")]


def test_an_office_that_cannot_answer_is_not_reminded(office: Organisation, clerk: User) -> None:
    request = RequestFactory.create(office=office, status=RequestStatus.CLOSED)
    ApplicationFactory.create(request=request, sent_at=timezone.now() - timedelta(days=8))
    assert remind_offices() == 0


@pytest.mark.parametrize(("hours", "told"), [(25, 0), (23, 1), (-1, 0)])
def test_an_offer_is_called_to_mind_a_day_before_its_end(hours: int, told: int) -> None:
    ends = timezone.now() + timedelta(hours=hours)
    row = ApplicationFactory.create(offered=True, offer_expires_at=ends)
    assert [warn_of_lapse(), warn_of_lapse()] == [told, 0]
    assert [note.due_at for note in row.applicant.notifications.all()] == [ends] * told


def test_an_offer_is_mailed_at_once_in_the_readers_language(
    office: Organisation, clerk: User, told: Callable[[Callable[[], Any]], Told], settings: Any
) -> None:
    settings.QUIET_FROM = settings.QUIET_UNTIL  # no night
    reader = make_reader(username="reader", language="km")
    request = RequestFactory.create(office=office, title_km="ជួយបញ្ចូលសំណើ")
    row = ApplicationFactory.create(request=request, applicant=reader, status=ApplicationStatus.SHORTLISTED)
    with translation.override("en"):
        told(lambda: decide(row, "offer", by=clerk))
    (message,) = mail.outbox
    assert message.subject == "ឃុំផ្ដល់កន្លែងឱ្យអ្នក៖ ជួយបញ្ចូលសំណើ"
    assert f"/km/requests/applications/{row.public_id}/" in str(message.body)
    client = Client()
    client.force_login(reader)
    page = client.get("/en/notifications/").content.decode()
    assert f"You are offered a place: {request.title_en}" in page


def test_a_person_who_leaves_is_told_nothing_and_the_office_is(
    learner: User, office: Organisation, told: Callable[[Callable[[], Any]], Told]
) -> None:
    ApplicationFactory.create(request=RequestFactory.create(office=office), applicant=learner)
    assert told(lambda: delete_account(learner)) == [
        ("clerk", "applicant_withdrew"),
        ("colleague", "applicant_withdrew"),
    ]
