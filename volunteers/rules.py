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
    RequestPartner,
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
    """Acts now for the commune office that posted the request; for nobody's own application, place or hours."""
    return bool(is_clerk_of(user, find_request(row).office)) and not is_applicant(user, row)


@predicate
def competes(user: Reader, row: VolunteerRequest | Application) -> bool:
    """Waits for an answer to the same request; asked once for each request that was read."""
    if not isinstance(user, User):
        return False
    request = find_request(row)
    known: dict[int, bool] = request.__dict__.setdefault("competing", {})
    if user.pk not in known:
        known[user.pk] = request.applications.on_the_desk().filter(applicant=user).exists()
    return known[user.pk]


@predicate
def may_choose(user: Reader, row: VolunteerRequest | Application) -> bool:
    """Chooses among the applicants: the office, and a reviewer whom the programme appointed for now.

    Nobody does who is or was among them: not about themselves, and not about the others while they compete.
    """
    if is_applicant(user, row) or not (is_of_office(user, row) or is_reviewer(user, row)):
        return False
    return not competes(user, row)


@predicate
def may_end_choosing(user: Reader, row: VolunteerRequest) -> bool:
    """Ends the request, and with it the hope of everybody who waits: the office, except who is among them."""
    return bool(is_of_office(user, row)) and not competes(user, row)


@predicate
def is_reviewer(user: Reader, row: Row) -> bool:
    """Decides for now in the place of an office that does not answer."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return ReviewerAppointment.objects.active().filter(request=find_request(row), reviewer=user).exists()


@predicate
def guides_here(user: Reader, row: Row) -> bool:
    """Guides for a partner of the office in this request, while both sides want it; nobody guides themselves."""
    if is_applicant(user, row):
        return False
    return RequestPartner.objects.guided_by(user).filter(request=find_request(row)).exists()


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
    """Programme staff who are neither the volunteer nor of the office, and guide nobody there: who may settle what
    those two disagree on.
    """
    return bool(is_staff(user, row)) and not is_party(user, row) and not guides_here(user, row)


@predicate
def is_party(user: Reader, row: Row) -> bool:
    """Is one of the two sides of the row: the volunteer, or somebody who acts for the office."""
    if is_applicant(user, row) or is_of_office(user, row):
        return True
    return isinstance(row, VolunteerRequest) and bool(competes(user, row))


@predicate
def moderates(user: Reader, application: Application) -> bool:
    """Decides about messages of a thread, and is of neither side of it."""
    return bool(may_moderate(user)) and not is_party(user, application) and not is_reviewer(user, application)


@predicate
def leads_round(user: Reader, row: Round) -> bool:
    """Programme staff who take no part in it: neither as an applicant nor for an office whose request is in it."""
    if not isinstance(user, User) or not is_staff(user):
        return False
    if row.pk is None:
        return True
    return not row.entries.filter(person=user).exists() and not row.requests.of_offices_of(user).exists()


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
    """Open, old enough (with a guardian's consent below 18), and not where one chooses or has chosen."""
    if not isinstance(user, User) or not request.is_open or not may_volunteer(user):
        return False
    if user.age is None or user.age < request.minimum_age or is_of_office(user, request):
        return False
    return not was_reviewer(user, request)


@predicate
def was_reviewer(user: Reader, request: VolunteerRequest) -> bool:
    """Decides or has decided here in the place of the office."""
    return isinstance(user, User) and ReviewerAppointment.objects.filter(request=request, reviewer=user).exists()


rules.add_perm("volunteers.edit_request", is_of_office)
rules.add_perm("volunteers.approve_request", is_third_party)
rules.add_perm("volunteers.lead_round", leads_round)
rules.add_perm("volunteers.apply", may_apply)
rules.add_perm("volunteers.score", may_score)
rules.add_perm("volunteers.read_name", may_read_name)
