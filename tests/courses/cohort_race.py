"""People who act on one cohort at the same moment."""

from functools import partial

from tests.races import run_together


def race(rounds: int) -> None:
    for number in range(rounds):
        race_for_the_last_seat(1 + number % 2)
        race_to_join_twice()
        race_to_nudge()
        race_to_mark()


def race_for_the_last_seat(seats: int) -> None:
    """N + 1 learners for N seats: N are in, one is told."""
    from courses.models import Cohort
    from courses.services.cohorts import CannotJoinError, join_cohort
    from tests.factories.accounts import UserFactory
    from tests.factories.cohorts import CohortFactory

    cohort = CohortFactory.create(most_members=seats)
    people = UserFactory.create_batch(seats + 1)
    results = run_together([partial(join_cohort, cohort, by=person) for person in people])
    refused = [result for result in results if isinstance(result, CannotJoinError)]
    unexpected = [result for result in results if isinstance(result, Exception) and result not in refused]
    assert unexpected == []
    assert len(refused) == 1
    assert Cohort.objects.get(pk=cohort.pk).member_count == cohort.members.current().count() == seats


def race_to_join_twice() -> None:
    """One person taps twice and leaves twice: one seat, then none."""
    from courses.models import Cohort
    from courses.services.cohorts import join_cohort, leave_cohort
    from tests.factories.accounts import UserFactory
    from tests.factories.cohorts import CohortFactory

    cohort, person = CohortFactory.create(), UserFactory.create()
    for act, seats in ((join_cohort, 1), (leave_cohort, 0)):
        results = run_together([partial(act, cohort, by=person)] * 3)
        assert [result for result in results if isinstance(result, Exception)] == []
        assert Cohort.objects.get(pk=cohort.pk).member_count == cohort.members.current().count() == seats


def race_to_nudge() -> None:
    """Two facilitators nudge the same learners: each gets one."""
    from courses.enums import NudgeSentence
    from courses.models import Nudge
    from courses.services.nudges import send_nudges
    from tests.factories.cohorts import CohortFactory, CohortMemberFactory

    cohort = CohortFactory.create()
    keys = [member.pk for member in CohortMemberFactory.create_batch(3, cohort=cohort)]
    send = partial(send_nudges, cohort, by=cohort.opened_by, sentence=NudgeSentence.HELP, members=keys)
    results = run_together([send] * 3)
    assert [result for result in results if isinstance(result, Exception)] == []
    assert Nudge.objects.filter(cohort=cohort).count() == 3


def race_to_mark() -> None:
    """Two facilitators send the form at once: both halves are kept, the learner in both is marked once."""
    from courses.models import Attendance
    from courses.services.attendance import Mark, mark_attendance
    from tests.factories.cohorts import CohortMemberFactory, CohortSessionFactory

    session = CohortSessionFactory.create()
    a, b, c = (member.pk for member in CohortMemberFactory.create_batch(3, cohort=session.cohort))
    forms = [{a: Mark("", "present"), b: Mark("", "present")}, {b: Mark("", "absent"), c: Mark("", "absent")}]
    by = session.cohort.opened_by
    results = run_together([partial(mark_attendance, session, by=by, marks=marks) for marks in forms])
    assert sorted(results, key=len) == [set(), {b}]
    stored = dict(Attendance.objects.filter(session=session).values_list("member_id", "presence"))
    assert (stored[a], stored[c], len(stored)) == ("present", "absent", 3)
