"""Private boards: who has a seat. Whoever acts for an office reads its board without one."""

import uuid

from django.db import transaction

from accounts.models import Membership, Organisation, User
from forums import rules
from forums.enums import BoardKind, SeatRole
from forums.errors import check
from forums.models import Board, Seat

WITHIN_KM, WITHIN_EN = "ខាងក្នុង៖ {name}", "Inside: {name}"


def open_board_of_office(office: Organisation) -> Board:
    """The board that only those who act for the office read; made once, when the office is verified."""
    titles = {
        "title_km": WITHIN_KM.format(name=office.name_km)[:200],
        "title_en": WITHIN_EN.format(name=office.name_en)[:200],
    }
    made = {**titles, "kind": BoardKind.OFFICE, "slug": f"office-{office.public_id.hex[:12]}"}
    return Board.objects.update_or_create(office=office, defaults=titles, create_defaults=made)[0]


@transaction.atomic
def seat_cohort(key: uuid.UUID, *, title_km: str, title_en: str, leads: set[int], members: set[int]) -> Board:
    """The cohort's board as its people are now: courses call it with the keys of facilitators and of learners whenever
    they change. Guests stay.
    """
    titles = {"title_km": (title_km or title_en)[:200], "title_en": (title_en or title_km)[:200]}
    made = {**titles, "kind": BoardKind.COHORT, "slug": f"cohort-{key.hex[:12]}"}
    board, _ = Board.objects.update_or_create(cohort_key=key, defaults=titles, create_defaults=made)
    wanted = dict.fromkeys(members, SeatRole.MEMBER) | dict.fromkeys(leads, SeatRole.LEAD)
    board.seats.exclude(role=SeatRole.GUEST).exclude(user__in=wanted).delete()
    rows = [Seat(board=board, user_id=person, role=role) for person, role in sorted(wanted.items())]
    Seat.objects.bulk_create(rows, update_conflicts=True, unique_fields=["board", "user"], update_fields=["role"])
    return board


def invite_guest(board: Board, *, by: User, username: str) -> Seat | None:
    """Somebody known by name may read and write here until taken out; None where nobody has that name. Whoever has a
    seat keeps it. Raises `NotAllowedError`.
    """
    check(rules.leads, by, board)
    person = User.objects.filter(username__iexact=username.strip(), is_active=True).first()
    if person is None:
        return None
    return Seat.objects.get_or_create(board=board, user=person, defaults={"role": SeatRole.GUEST, "given_by": by})[0]


def remove_guest(board: Board, *, by: User, person: uuid.UUID) -> bool:
    """Take back a guest's seat, or give up one's own as a guest. Open pages lose it when their token runs out, within
    three minutes. Raises `NotAllowedError`.
    """
    if by.public_id != person:
        check(rules.leads, by, board)
    return bool(board.seats.filter(role=SeatRole.GUEST, user__public_id=person).delete()[0])


def list_officials(board: Board) -> list[Membership]:
    """Who reads an office's board because they act for the office."""
    if board.office_id is None:
        return []
    return list(Membership.objects.active().filter(organisation=board.office_id).select_related("user"))


def list_seats(board: Board) -> list[Seat]:
    """Everyone with a seat, who leads first."""
    order = [SeatRole.LEAD, SeatRole.MEMBER, SeatRole.GUEST]
    seats = board.seats.select_related("user", "given_by")
    return sorted(seats, key=lambda seat: order.index(SeatRole(seat.role)))
