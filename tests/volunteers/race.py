"""People who act at the same moment: inside a test on PostgreSQL, or as a program on a database file of SQLite."""

import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

CLIENTS = 3


def run_together(jobs: list[Callable[[], Any]]) -> list[Any]:
    """Each job in a thread of its own, all released at once; their results or exceptions in order."""
    from django.db import connection

    barrier = threading.Barrier(len(jobs))
    results: list[Any] = [None] * len(jobs)

    def work(index: int) -> None:
        try:
            barrier.wait()
            results[index] = jobs[index]()
        except Exception as error:  # noqa: BLE001 the test looks at it
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(index,)) for index in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def race_for_the_last_seat(rounds: int) -> None:
    """N + 1 offers for N seats, accepted at once: N succeed, the others are told, nothing is overfilled."""
    from tests.factories.volunteers import ApplicationFactory, RequestFactory
    from volunteers.models import Placement, VolunteerRequest
    from volunteers.services.applications import answer
    from volunteers.services.machine import NotReadyError
    from volunteers.services.states import SeatsFullError

    for number in range(rounds):
        seats = 1 + number % 2
        request = RequestFactory.create(seats=seats)
        offers = [ApplicationFactory.create(request=request, offered=True) for _ in range(seats + 1)]
        results = run_together([partial(answer, offer, "accept", by=offer.applicant) for offer in offers])
        refused = [result for result in results if isinstance(result, SeatsFullError | NotReadyError)]
        unexpected = [result for result in results if isinstance(result, Exception) and result not in refused]
        assert unexpected == []
        assert len(refused) == 1
        request = VolunteerRequest.objects.get(pk=request.pk)
        assert (request.seats_filled, request.status) == (seats, "filled")
        assert Placement.objects.filter(application__request=request).count() == seats


def race_to_apply_twice(rounds: int) -> None:
    """One person taps "send" on two phones: one application."""
    from tests.factories.accounts import UserFactory
    from tests.factories.volunteers import RequestFactory
    from volunteers.services.applications import NotEligibleError, send_application

    for _ in range(rounds):
        person, request = UserFactory.create(), RequestFactory.create()
        send = partial(send_application, request, by=person, answers=("a", "b"), times=[])
        results = run_together([send] * CLIENTS)
        assert [type(result) for result in results].count(NotEligibleError) == CLIENTS - 1
        assert request.applications.count() == 1


def race_two_declines(rounds: int) -> None:
    """Two people decline while two stand by: each place goes to one of them, and no third offer is made."""
    from tests.factories.volunteers import ApplicationFactory, RequestFactory
    from volunteers.services.applications import answer

    for _ in range(rounds):
        request = RequestFactory.create(seats=2)
        offers = [ApplicationFactory.create(request=request, offered=True) for _ in range(2)]
        line = [
            ApplicationFactory.create(request=request, status="shortlisted", standby_rank=rank) for rank in (1, 2, 3)
        ]
        decline = [partial(answer, row, "decline", by=row.applicant, reason="times") for row in offers]
        results = run_together(decline)
        assert [result for result in results if isinstance(result, Exception)] == []
        for row in line:
            row.refresh_from_db()
        assert [row.status for row in line] == ["offered", "offered", "shortlisted"]
        clashes = run_together([partial(answer, row, "accept", by=row.applicant) for row in line])
        assert sum(isinstance(result, Exception) for result in clashes) == 1


if __name__ == "__main__":
    import django

    django.setup()
    race_for_the_last_seat(int(sys.argv[1]))
    race_to_apply_twice(int(sys.argv[1]) // 5)
    race_two_declines(int(sys.argv[1]) // 5)
    print("never overfilled")
