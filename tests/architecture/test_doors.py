"""Every address of ours x who asks x what they get. A new address without a row here fails the first test.

Rows hold the statuses of a GET: 200 shown, 302 sent to sign in (or on), 403 known but not allowed, 404 none of their
business, 405 only a form may be sent there. A stranger gets 404 where even the existence is private.
"""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import Organisation, User
from courses.models import Confirmation
from forums.enums import PollWay, TopicKind
from forums.services import open_board_of_office
from forums.services.polls.making import PollFacts, add_poll
from notifications.models import Notification
from notifications.services.letters import make_stop_token
from participation.enums import FeedbackStage
from participation.models import CheckIn, LiveRoom
from participation.services.feedback.answering import make_address
from participation.services.inputs import Word, send_input
from participation.services.inviting.links import make_own_link
from tests.architecture.of_api import values_of_meetings, values_of_talk
from tests.factories.accounts import MembershipFactory, NgoFactory, OfficeFactory, UserFactory
from tests.factories.attendance import make_hours, make_placement, make_signup
from tests.factories.certificates import make_certificate
from tests.factories.cohorts import CohortMemberFactory, CohortSessionFactory
from tests.factories.courses import make_course, make_indexes, make_lesson, make_question
from tests.factories.forums import BoardFactory, add_post_file, make_decided, make_topic
from tests.factories.participation import MeetingFactory, PaperFactory
from tests.factories.rounds import RoundFactory, RoundRequestFactory
from tests.factories.serving import PlacementFactory, ShiftFactory
from tests.factories.surveys import SurveyFactory
from tests.factories.tasks import SubmissionFactory, add_file, make_task
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.enums import RequestStatus
from volunteers.models import Interview, LedgerChain, Message, Partnership, SavedSearch, VolunteerRequest
from volunteers.services.after.feedback import ask_both
from volunteers.services.after.records import issue_when_due
from volunteers.services.after.returning import wish_again
from volunteers.services.serving.calendar import renew_feed

ROLES = ["visitor", "stranger", "learner", "clerk", "rival", "moderator", "admin"]
FRAMEWORKS = ("wagtail", "account_email", "account_confirm", "account_set", "account_reset", "account_reauth")
HERE = Path(__file__).parent
AFTER = {"placement-after", "feedback", "feedback-office", "serve-again", "api-service-detail", "returning-invite"}
API_OF_ONE_ROUND = ("detail", "requests", "list-own", "outcome")
STATUSES = [status.value for status in RequestStatus]


def read_table(name: str) -> dict[str, str]:
    """Rows `name  200 302 …`, one column a role; `#` begins a comment."""
    lines = (HERE / name).read_text().splitlines()
    return {row[0]: " ".join(row[1:]) for row in (line.split() for line in lines) if row and row[0] != "#"}


TABLE = read_table("doors.txt")
BY_STATUS = read_table("doors_by_status.txt")


def ours(resolver: URLResolver | None = None) -> Iterator[str]:
    """Names of all addresses, the editors' admin left out (Wagtail checks its own)."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if str(entry.pattern) != "admin/":
                yield from ours(entry)
        elif isinstance(entry, URLPattern) and entry.name and not entry.name.startswith(FRAMEWORKS):
            yield entry.name


def test_every_address_has_its_row() -> None:
    assert sorted(set(ours())) == sorted(TABLE)


OF_TOPIC = {"topic", *(f"topic-{act}" for act in ("reply", "after", "react", "follow", "order", "people", "feed"))}


class World:
    """One office with an open request, one applicant, one topic; a rival office; a course."""

    def __init__(self, office: Organisation, learner: User, clerk: User, moderator: User) -> None:
        rival = MembershipFactory.create(organisation=OfficeFactory.create()).user
        admin = UserFactory.create(is_superuser=True, is_staff=True)
        people = [None, UserFactory.create(), learner, clerk, rival, moderator, admin]
        self.people = dict(zip(ROLES, people, strict=True))
        self.meeting = MeetingFactory.create(office=office)
        room = LiveRoom.objects.create(meeting=self.meeting, code="123456")
        room.questions.create(number=1, text="A well?")
        self.input = send_input(self.meeting, Word("A well."), by=learner)
        self.person, self.past = learner, MeetingFactory.create(office=office, over=True)
        self.check_in = CheckIn.objects.create(
            meeting=self.meeting, user=learner, arrival="unsure", happened_at=timezone.now()
        )
        self.request: VolunteerRequest = RequestFactory.create(office=office)
        self.application = ApplicationFactory.create(request=self.request, applicant=learner)
        self.shift = ShiftFactory.create(request__office=office)
        served = {"request": self.shift.request, "applicant": learner, "status": "accepted"}
        self.placement = PlacementFactory.create(application=ApplicationFactory.create(**served))
        self.paper = PaperFactory.create(office=office)
        self.survey = SurveyFactory.create(office=office)
        self.round = RoundFactory.create()
        self.place = RoundRequestFactory.create(round=self.round, request__office=office)
        self.board = BoardFactory.create(of_commune=True, commune=office.commune)
        self.topic = make_topic(self.board, by=learner)
        self.idea = make_topic(self.board, by=learner, kind=TopicKind.IDEA)
        self.poll = make_topic(self.board, by=learner, kind=TopicKind.DISCUSSION)
        add_poll(self.poll, PollFacts("Which?", ["One", "Two"], PollWay.SINGLE, 7, is_secret=False), by=learner)
        self.hall = open_board_of_office(office)
        self.decided = make_decided(self.topic, learner=learner, judge=moderator, reporter=rival)
        add_post_file(self.topic.posts.get(number=1))
        self.course = make_course(make_indexes()["km"])
        self.lesson = make_lesson(self.course, [make_question()], task=[make_task()])
        self.submission = SubmissionFactory.create(lesson=self.lesson, user=learner, office=office)
        self.file = add_file(self.submission)
        self.membership = clerk.memberships.get()
        self.session = CohortSessionFactory.create()
        CohortMemberFactory.create(cohort=self.session.cohort, user=learner)
        self.ngo = NgoFactory.create()
        self.partnership = Partnership.objects.create(
            ngo=self.ngo,
            office=office,
            is_from_ngo=True,
            purpose="Cash books",
            reads_figures=True,
            start_date=timezone.localdate(),
            end_date=timezone.localdate(),
        )
        self.certificate = make_certificate(learner, self.ngo)
        self.chain = LedgerChain.objects.create(office=office, period="2026-11")
        self.placement = make_placement(learner, office)
        self.signup = make_signup(self.placement)
        self.hours = make_hours(self.placement)
        self.disputed = make_hours(self.placement, status="disputed", office_minutes=0, escalated_at=timezone.now())
        self.feed = renew_feed(learner)
        self.notification = Notification.objects.create(
            recipient=learner, kind="volunteers.shortlisted", url="/requests/", dedupe_key="one"
        )
        self.serve_to_the_end(office, learner)
        self.search = SavedSearch.objects.create(user=learner, name="one", seen_until=timezone.now())
        self.message = Message.objects.create(
            client_id=uuid.uuid4(), application=self.application, author=learner, is_from_office=False, text="Yes."
        )
        self.talk = Interview.objects.create(application=self.application, by=clerk, way="office", where="Room 2")
        self.confirmation = Confirmation.objects.create(
            user=learner, course_key=self.course.translation_key, office=office
        )

    def serve_to_the_end(self, office: Organisation, learner: User) -> None:
        """A placement that is over, with what follows."""
        served = ApplicationFactory.create(
            request=RequestFactory.create(office=office), applicant=learner, status="accepted"
        )
        self.ended = PlacementFactory.create(application=served, completed=True)
        make_hours(self.ended, status="confirmed")
        ask_both(self.ended)
        self.wish = wish_again(self.ended, by=learner)
        self.record = issue_when_due(self.ended)

    def values(self, name: str) -> dict[str, object]:
        """What the address needs, of this world's things."""
        topic = {"public_id": self.topic.public_id}
        request = {"public_id": self.request.public_id}
        known: dict[str, dict[str, object]] = {
            **self.values_of_organisations(),
            "certificate-get": {"course_key": self.course.translation_key},
            "course-confirm-ask": {"course_key": self.course.translation_key},
            "course-confirm": {"pk": self.confirmation.pk},
            "notifications-stop": {"token": make_stop_token(self.notification.recipient, self.notification)},
            "ledger-chain": {"public_id": self.chain.public_id},
            "ledger-export": {"public_id": self.chain.public_id, "kind": "jsonl"},
            **{key: {"pk": 1} for key in ("alert-acknowledge", "draft-drop", "quieted-drop")},
            "media": {"path": "none.svg"},
            "task-file": {"public_id": self.file.public_id},
            "task-take-back": {"public_id": self.submission.public_id},
            "review": {"public_id": self.submission.public_id},
            "commune": {"code": self.request.office.commune.code},
            "course-detail": {"key": self.course.translation_key},
            "lesson-detail": {"key": self.lesson.translation_key},
            "lesson-quiz": {"key": self.lesson.translation_key},
            "skill-detail": {"code": "none"},
            "place-detail": {"code": self.request.office.commune.code},
            "board-detail": {"slug": self.board.slug},
            **values_of_talk(self.topic, self.poll, self.idea) | values_of_meetings(self.meeting),
            **{f"api-round-{part}": {"public_id": self.round.public_id} for part in API_OF_ONE_ROUND},
            "volunteer-request-detail": request,
        }
        more = self.values_of_serving() | self.values_of_participation() | self.decided
        if name in (known := known | more):
            return known[name]
        for start, find in (("cohort", self.values_of_cohorts), ("round", self.values_of_rounds)):
            if name.startswith(start):
                return find(name)
        if name in {"verify", "badge", "badge-signed"} or name.startswith("certificate"):
            return {"code": self.certificate.code} if name != "certificates" else {}
        if (own := self.find_own(name)) is not None:
            return {"public_id": own.public_id}
        if name.startswith("post-"):
            return self.values_of_posts(name)
        if name in {"board", "board-promise", "ideas", "topic-new", "board-follow", "board-feed"}:
            return {"slug": self.board.slug}
        if name in {"board-readers", "board-unseat"}:
            return {"slug": self.hall.slug, **({"person": uuid.uuid4()} if name == "board-unseat" else {})}
        if name in OF_TOPIC:
            return dict(topic)
        if name in {"partnership", "partnership-answer", "partnership-cohort"}:
            return {"public_id": self.partnership.public_id}
        if name.startswith("application"):
            return {"public_id": self.application.public_id}
        if name in {"message-decide", "message-report"}:
            return {"public_id": self.message.public_id}
        if name == "talk-answer":
            return {"public_id": self.talk.public_id}
        of_request = name.startswith("request-") and name not in {"request-new", "request-write"}
        if of_request or name in {"request", "shift-new"}:
            return dict(request)
        if name in {"shift", "shift-answer", "shift-call-off"}:
            return {"public_id": self.shift.public_id}
        if name in {"placement", "desk-placement"} or name.startswith("placement-"):
            return {"public_id": self.placement.public_id}
        usual = {
            "course_key": self.course.translation_key,
            "lesson_key": self.lesson.translation_key,
            "table": "places",
            "kind": "csv",
        }
        return {each: usual[each] for each in needed(name) if each in usual}

    def values_of_posts(self, name: str) -> dict[str, object]:
        """The first post of the topic, and its file."""
        first = self.topic.posts.get(number=1)
        if name in {"post-file", "post-link"}:
            return {"pk": first.pk} if name == "post-link" else {"public_id": first.files.get().public_id}
        return {"public_id": self.topic.public_id, "number": 1, **({"version": 1} if name == "post-version" else {})}

    def values_of_rounds(self, name: str) -> dict[str, object]:
        """The office gives places in the round; nothing is run yet."""
        if name in {"rounds", "round-new"}:
            return {}
        if name == "round-score":
            return {"public_id": self.application.public_id}
        more = {"place_id": self.place.public_id, "number": 1, "name": "record"}
        return {"public_id": self.round.public_id} | {each: more[each] for each in needed(name) if each in more}

    def values_of_participation(self) -> dict[str, dict[str, object]]:
        """The office has called a meeting."""
        meeting: dict[str, object] = {"public_id": self.meeting.public_id}
        commune: dict[str, object] = {"code": self.meeting.commune.code}
        parts = ["", "-answer", "-edit", "-announce", "-call-off", "-ics", "-poster", "-send", "-inputs", "-minutes"]
        parts += ["-code", "-door", "-door-numbers", "-came", "-invitations", "-link-new", "-untold", "-questions"]
        years = ("planning-year", "planning-year-dates", "planning-year-drop", "follow", "meetings", "meeting-new")
        word: dict[str, object] = {"public_id": self.input.public_id}
        words = dict.fromkeys(("input-decide", "input-file"), word)
        rooms = ("", "-after", "-ask", "-support", "-choose", "-screen", "-desk", "-change", "-hands")
        here = ("documents", "document-new", "commune-indicators")
        paper, survey = {"public_id": self.paper.public_id}, {"code": self.survey.code}
        leads = ("thanks", "lead", "check", "check-decide", "close", "sheet", "tickets")
        asked = ("survey", *(f"survey-{part}" for part in leads))
        return {
            **{f"meeting{part}": meeting for part in (*parts, "-indicators", "-here", "-door-whom")},
            **dict.fromkeys((*years, *here), commune),
            **words,
            **dict.fromkeys(("document", "document-replace", "document-off"), paper),
            "document-file": paper | {"number": 1},
            **{f"room{part}": meeting for part in rooms},
            **dict.fromkeys(("room-decide", "room-report", "room-settle", "meeting-choose"), meeting | {"number": 1}),
            **dict.fromkeys(asked, survey),
            "survey-ticket-sheet": survey | {"sheet": 1},
            "meeting-confirm": meeting | {"pk": self.check_in.pk},
            "invitation-withdraw": meeting | {"pk": 1},
            "meeting-from": meeting | {"channel": "poster"},
            "meeting-feedback-read": {"public_id": self.past.public_id},
            "meeting-feedback": {"token": make_address(self.past, self.person, FeedbackStage.DAYS).split("/")[-2]},
            "meeting-link": {"code": make_own_link(self.meeting, by=self.person, is_volunteer=False).code},
        }

    def values_of_serving(self) -> dict[str, dict[str, object]]:
        """The learner has hours and a shift at the office."""
        own = {
            "hours": self.hours,
            "hours-answer": self.hours,
            "desk-hours-correct": self.hours,
            "dispute-hours": self.disputed,
            "shift-roll": self.signup.shift,
            "guided-request": self.request,
            "guided-roll": self.signup.shift,
            "shift-code": self.signup.shift,
            "signup-appeal": self.signup,
            "signup-hours": self.signup,
            "signup-out": self.signup,
            "shift-ics": self.signup,
            "appeal-answer": self.signup,
            "api-shift-answer": self.signup.shift,
            "api-roll-people": self.signup.shift,
            "api-roll-marks": self.signup.shift,
            "dispute-appeal": self.signup,
        }
        values: dict[str, dict[str, object]] = {name: {"public_id": row.public_id} for name, row in own.items()}
        return {**values, "calendar-feed": {"token": self.feed.token}}

    def find(self, name: str) -> dict[str, object]:
        """What the address needs."""
        asked = {"idea": self.idea, "poll": self.poll, "question": self.topic}.get(name.split("-")[0])
        if asked and "-" in name:
            return {"public_id": asked.public_id} | ({"number": 1} if name in {"idea-photo", "idea-words"} else {})
        is_after = name in AFTER or name.startswith("record")
        return self.values_after(name) if is_after else self.values(name)

    def values_after(self, name: str) -> dict[str, object]:
        """The learner's place at the clerk's office is over."""
        known: dict[str, dict[str, object]] = {
            "records": {},
            "record-status": {"issuer": self.request.office.public_id, "number": 0},
            "returning-invite": {"public_id": self.wish.public_id},
        }
        if name in known:
            return known[name]
        if name.startswith("record") or name == "api-service-detail":
            return {"code": self.record.code if self.record else ""}
        return {"public_id": self.ended.public_id}

    def find_own(self, name: str) -> Notification | SavedSearch | None:
        """The learner's own row that the address names."""
        if name in {"notification", "notification-read", "notification-stop"}:
            return self.notification
        return self.search if name in {"search-edit", "search-switch", "search-delete"} else None

    def values_of_organisations(self) -> dict[str, dict[str, object]]:
        """The office's and the NGO's addresses, and what the NGO issues."""
        return {
            "did-of-ngo": {"issuer": self.ngo.public_id},
            "issuer-profile-of-ngo": {"issuer": self.ngo.public_id},
            "badge-status": {"number": 0},
            "badge-status-of-ngo": {"issuer": self.ngo.public_id, "number": 0},
            "issuer-edit": {"public_id": self.ngo.public_id},
            "api-verify-detail": {"code": self.certificate.code},
            "office-member-end": {"pk": self.membership.pk},
            "office-invitation": {"pk": self.membership.pk},
            "ngo-member-role": {"pk": self.membership.pk},
            "ngo-member-end": {"pk": self.membership.pk},
        }

    def values_of_cohorts(self, name: str) -> dict[str, object]:
        """The learner is in the cohort, which is the programme's."""
        cohort: dict[str, object] = {"public_id": self.session.cohort.public_id}
        known: dict[str, dict[str, object]] = {
            "cohorts": {},
            "cohort-new": {},
            "cohort-join": {"token": self.session.cohort.token},
            "cohort-session": {"public_id": self.session.public_id},
            "cohort-session-edit": {"public_id": self.session.public_id},
            "cohort-export": {**cohort, "file_name": "progress.csv"},
        }
        return known.get(name, cohort)


def needed(name: str) -> list[str]:
    """The names of what an address carries."""
    found: list[str] = get_resolver().reverse_dict.getlist(name)[0][0][0][1]
    return found


@pytest.fixture
def world(office: Organisation, learner: User, clerk: User, moderator: User) -> World:
    return World(office, learner, clerk, moderator)


def ask(world: World, name: str) -> str:
    """Statuses of a GET by each role, in the order of `ROLES`."""
    statuses = []
    for person in world.people.values():
        client = Client(raise_request_exception=False)
        if person is not None:
            client.force_login(person)
        statuses.append(str(client.get(reverse(name, kwargs=world.find(name) or None)).status_code))
    return " ".join(statuses)


def test_every_role_at_every_address(world: World) -> None:
    assert {name: ask(world, name) for name in sorted(set(ours()))} == TABLE


def test_every_role_at_a_request_in_every_state(world: World) -> None:
    seen = {}
    for status in STATUSES:
        VolunteerRequest.objects.filter(pk=world.request.pk).update(status=status)
        for name in ("request", "request-edit", "request-shortlist", "volunteer-request-detail"):
            seen[f"{name}/{status}"] = ask(world, name)
    assert seen == BY_STATUS


@pytest.mark.parametrize("name", ["request", "topic", "application", "request-shortlist", "request-edit"])
def test_a_guessed_address_is_not_found(world: World, name: str) -> None:
    client = Client()
    client.force_login(world.people["clerk"])
    assert client.get(reverse(name, kwargs={"public_id": uuid.uuid4()})).status_code == 404
