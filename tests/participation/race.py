"""N + 1 people and the last chairs of a meeting, at the same moment."""

from functools import partial

from participation.enums import RsvpStatus
from participation.services.rsvp import answer
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.participation import MeetingFactory
from tests.races import run_together, split_results

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
