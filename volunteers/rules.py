"""Who may do what. A predicate takes the person and the row and asks the database at most once."""

from collections.abc import Callable

import rules
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.rules import is_clerk_of, is_moderator, is_programme_staff, may_manage, may_volunteer, speaks_for
from volunteers.models import (
    Application,
    HoursEntry,
    Partnership,
    Placement,
    ReviewerAppointment,
    Round,
    ShiftSignup,
    VolunteerRequest,
)

predicate: Callable[[Callable[..., bool]], Callable[..., bool]] = rules.predicate
Reader = User | AnonymousUser
Row = VolunteerRequest | Application | Placement | ShiftSignup | HoursEntry | Round


def find_application(row: Row) -> Application | None:
    """The application that a row belongs to; a request or a round has none of its own."""
    if isinstance(row, ShiftSignup | HoursEntry):
        row = row.placement
    if isinstance(row, Placement):
        row = row.application
    return row if isinstance(row, Application) else None


def find_placement(row: Row) -> Placement | None:
    """The place that a row is or belongs to."""
    if isinstance(row, ShiftSignup | HoursEntry):
        return row.placement
    return row if isinstance(row, Placement) else None


def find_request(row: Row) -> VolunteerRequest:
    """The request that a row belongs to; never asked of a round."""
    if isinstance(row, VolunteerRequest):
        return row
    application = find_application(row)
    assert application is not None  # noqa: S101 every other row of a request has one
    return application.request


@predicate
def is_of_office(user: Reader, row: Row) -> bool:
    """Acts now for the commune office that posted the request."""
    return bool(is_clerk_of(user, find_request(row).office))


@predicate
def may_choose(user: Reader, row: Row) -> bool:
    """Chooses among the applicants: the office, and a reviewer whom the programme appointed for now."""
    return bool(is_of_office(user, row) or is_reviewer(user, row))


@predicate
def is_reviewer(user: Reader, row: Row) -> bool:
    """Decides for now in the place of an office that does not answer."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return ReviewerAppointment.objects.active().filter(request=find_request(row), reviewer=user).exists()


@predicate
def is_applicant(user: Reader, row: Row) -> bool:
    """Is the person who applied."""
    application = find_application(row)
    return isinstance(user, User) and application is not None and application.applicant_id == user.pk


@predicate
def is_staff(user: Reader, row: Row | None = None) -> bool:
    """Belongs to the programme's staff."""
    return isinstance(user, User) and bool(is_programme_staff(user))


@predicate
def is_third_party(user: Reader, row: Row) -> bool:
    """Programme staff who are neither the volunteer nor of the office: who may settle what those two disagree on."""
    return bool(is_staff(user, row)) and not is_applicant(user, row) and not is_of_office(user, row)


@predicate
def is_partner_office(user: Reader, row: Partnership) -> bool:
    """Speaks for the commune office of a partnership: a verified one."""
    return bool(speaks_for(user, row.office))


@predicate
def is_partner_ngo(user: Reader, row: Partnership) -> bool:
    """Manages the NGO of a partnership: a verified one."""
    return bool(may_manage(user, row.ngo))


@predicate
def is_proposer(user: Reader, row: Partnership) -> bool:
    """Acts for the side that proposed the partnership."""
    return bool((is_partner_ngo if row.is_from_ngo else is_partner_office)(user, row))


@predicate
def is_asked(user: Reader, row: Partnership) -> bool:
    """Acts for the side that a partnership was proposed to, and not for the other as well."""
    return bool((is_partner_office if row.is_from_ngo else is_partner_ngo)(user, row) and not is_proposer(user, row))


@predicate
def may_read_name(user: Reader, application: Application) -> bool:
    """Reads the name and the contact behind a code name: the office alone, and only once the offer was accepted."""
    return application.is_named and bool(is_of_office(user, application))


@predicate
def may_score(user: Reader, application: Application) -> bool:
    """Gives points to an applicant, without knowing who it is."""
    return bool(may_choose(user, application))


@predicate
def may_moderate(user: Reader, row: object = None) -> bool:
    """Looks at messages to minors and at reported ones: the programme's staff and moderators."""
    return bool(is_programme_staff(user) or is_moderator(user))


@predicate
def may_write(user: Reader, application: Application) -> bool:
    """Writes in the thread of an application: the applicant and whoever chooses."""
    return bool(is_applicant(user, application) or may_choose(user, application))


@predicate
def may_apply(user: Reader, request: VolunteerRequest) -> bool:
    """Open, old enough (with a guardian's consent below 18), and not for one's own office."""
    if not isinstance(user, User) or not request.is_open or not may_volunteer(user):
        return False
    return user.age is not None and user.age >= request.minimum_age and not is_of_office(user, request)


rules.add_perm("volunteers.edit_request", is_of_office)
rules.add_perm("volunteers.approve_request", is_staff)
rules.add_perm("volunteers.lead_round", is_staff)
rules.add_perm("volunteers.apply", may_apply)
rules.add_perm("volunteers.score", may_score)
rules.add_perm("volunteers.read_name", may_read_name)
