"""People at the last chairs, the door, one paper ticket and one form of a meeting, at the same moment."""

import uuid
from datetime import timedelta
from functools import partial

from django.utils import timezone

from participation.enums import RsvpStatus, Satisfaction
from participation.errors import RefusedError
from participation.services.agenda import AgendaPoint
from participation.services.attendance.check_in import Coming, check_in
from participation.services.attendance.counting import Tap, tap
from participation.services.attendance.reconciling import count_came
from participation.services.meetings import save_meeting
from participation.services.rsvp import answer
from participation.services.surveys.answering import Answers, answer_survey
from participation.services.surveys.asking import list_tickets, make_tickets
from participation.services.surveys.tokens import FormToken
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.participation import MeetingFactory
from tests.factories.surveys import SurveyFactory
from tests.races import run_together, split_results
from volunteers.services.serving.codes import code_at

CHAIRS = 2


def last_chairs(rounds: int) -> None:
    """Never more than there are chairs; whoever came too late waits; nobody is lost."""
    office = OfficeFactory.create()
    people = [UserFactory.create() for _ in range(CHAIRS + 2)]
    for _ in range(rounds):
        meeting = MeetingFactory.create(office=office, capacity=CHAIRS)
        jobs = [partial(answer, meeting, by=person, is_coming=True) for person in people]
        split_results(run_together(jobs))
        found = sorted(meeting.rsvps.values_list("status", flat=True))
        assert found == [RsvpStatus.COMING] * CHAIRS + [RsvpStatus.WAITING] * 2, found
        meeting.refresh_from_db()
        assert meeting.coming_count == CHAIRS
        leaving = [row.user for row in meeting.rsvps.coming()]
        split_results(run_together([partial(answer, meeting, by=who, is_coming=False) for who in leaving]))
        meeting.refresh_from_db()
        assert (meeting.coming_count, meeting.rsvps.coming().count()) == (CHAIRS, CHAIRS)


def one_ticket(rounds: int) -> None:
    """Of many phones with the same paper one answers; a form sent by many taps at once is one answer."""
    office = OfficeFactory.create()
    survey = SurveyFactory.create(office=office, access="ticket")
    make_tickets(survey, sheets=rounds, after=0, by=MembershipFactory.create(organisation=office).user)
    answers = Answers(heard=True, invited=True, joined=True, gave_input=True, satisfaction=Satisfaction.VERY)
    for number in range(rounds):
        ticket, other = list_tickets(survey, sheet=number + 1)[:2]
        tokens = [FormToken(uuid.uuid4(), survey.opens_at) for _ in range(4)]
        jobs = [partial(answer_survey, survey, answers, token=token, ticket=ticket) for token in tokens[:3]]
        kept, refused = split_results(run_together(jobs), RefusedError)
        assert (len(kept), len(refused)) == (1, 2)
        taps = [partial(answer_survey, survey, answers, token=tokens[3], ticket=other)] * 3
        kept, refused = split_results(run_together(taps), RefusedError)
        assert (len({row.pk for row in kept}), refused) == (1, [])
        assert survey.answers.count() == survey.tickets.filter(is_used=True).count() == 2 * (number + 1)


def full_door(rounds: int) -> None:
    """Whoever checks in twice at once is one, taps sent twice are one, and no tap is lost beside them."""
    office = OfficeFactory.create()
    clerk = MembershipFactory.create(organisation=office).user
    people = [UserFactory.create() for _ in range(2)]
    for _ in range(rounds):
        begun = timezone.now() - timedelta(minutes=5)
        meeting = MeetingFactory.create(office=office, starts_at=begun, ends_at=begun + timedelta(hours=2))
        code, same = code_at(meeting, timezone.now()), uuid.uuid4()
        come = [partial(check_in, person, code, Coming(sex="female"), at=meeting.public_id) for person in people]
        taps = [
            partial(tap, meeting, Tap("female", "", client_id=each), by=clerk) for each in (same, same, uuid.uuid4())
        ]
        split_results(run_together([*come, *come, *taps]))
        assert (count_came(meeting), meeting.check_ins.count(), meeting.door_taps.count()) == (4, 2, 2)


def one_draft(rounds: int) -> None:
    """The form of a new meeting, sent by many taps at once, is one meeting with its agenda once."""
    office = OfficeFactory.create()
    clerk = MembershipFactory.create(organisation=office).user
    for number in range(rounds):
        typed = [MeetingFactory.build(office=office, commune=office.commune, draft=True) for _ in range(4)]
        for each in typed:
            each.public_id = uuid.UUID(int=number)
        agenda = [AgendaPoint("ស្វាគមន៍"), AgendaPoint("មតិ")]
        jobs = [partial(save_meeting, each, agenda=agenda, by=clerk) for each in typed]
        kept, _refused = split_results(run_together(jobs))
        meeting = office.meetings.get(public_id=uuid.UUID(int=number))
        assert ({row.pk for row in kept}, meeting.agenda.count()) == ({meeting.pk}, 2)
