"""A cohort's life: opened, its link, its facilitators, who joins and who leaves."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import Organisation, User
from accounts.rules import is_programme_staff, may_post, may_volunteer
from courses.enums import JoinObstacle
from courses.models import Cohort, CohortMember, CoursePage, PublisherPage
from courses.models.cohorts import make_token
from courses.querysets import facilitated_organisations
from courses.rules import is_facilitator
from courses.services.boards import seat_people
from courses.services.learning import STEP
from places.models import Commune


class CannotJoinError(Exception):
    """`obstacle` says why, in a sentence."""

    def __init__(self, obstacle: JoinObstacle) -> None:
        super().__init__(str(obstacle.label))
        self.obstacle = obstacle


class NoFacilitatorError(Exception):
    """The person is no adult who facilitates for a verified organisation or the programme."""


@dataclass(frozen=True)
class Led:
    """A course somebody may open a cohort for, and whose cohort that will be (None: the programme's)."""

    course: CoursePage
    organisation: Organisation | None


def list_led_courses(user: User, language: str = "") -> dict[uuid.UUID, Led]:
    """Live courses this person may open a cohort for, by key, in this language or else the other. Two queries.

    Those of the own organisation, and the programme's, which the own organisation then leads (the first of several).
    """
    sections = {page.path: page.organisation for page in PublisherPage.objects.select_related("organisation")}
    is_staff, own = is_programme_staff(user), set(facilitated_organisations(user))
    home = next((each.organisation for each in user.active_memberships if each.organisation_id in own), None)
    wanted = language or get_language() or "km"
    found: dict[uuid.UUID, Led] = {}
    pages = CoursePage.objects.live().select_related("locale").order_by("path")
    for page in sorted(pages, key=lambda page: page.locale.language_code != wanted):
        maker = sections.get(page.path[:-STEP])
        leader = maker if is_staff else maker or home
        if is_staff or (leader is not None and leader.pk in own):
            found.setdefault(page.translation_key, Led(page, leader))
    return found


@transaction.atomic
def open_cohort(
    led: Led,
    *,
    by: User,
    title_km: str = "",
    title_en: str = "",
    start_date: date,
    end_date: date,
    commune: Commune | None = None,
    most_members: int | None = None,
) -> Cohort:
    """Whoever opens it is its first facilitator."""
    cohort = Cohort.objects.create(
        course_key=led.course.translation_key,
        organisation=led.organisation,
        title_km=title_km,
        title_en=title_en,
        start_date=start_date,
        end_date=end_date,
        commune=commune,
        most_members=most_members,
        opened_by=by,
    )
    cohort.facilitators.add(by)
    seat_people(cohort)
    return cohort


@transaction.atomic
def add_facilitator(cohort: Cohort, *, username: str) -> User | None:
    """Name another facilitator; None where nobody has this username. Raises NoFacilitatorError."""
    person = User.objects.filter(username__iexact=username.strip(), is_active=True).first()
    if person is None:
        return None
    if person.is_minor or not is_facilitator(person):
        raise NoFacilitatorError
    cohort.facilitators.add(person)
    seat_people(cohort)
    return person


@transaction.atomic
def remove_facilitator(cohort: Cohort, person: User) -> bool:
    """Take a name off; the last one stays, so that learners always know whom to ask."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    if cohort.facilitators.count() < 2:
        return False
    cohort.facilitators.remove(person)
    seat_people(cohort)
    return True


def change_link(cohort: Cohort) -> None:
    """The old link and every printed poster stop working at once; the new one is open."""
    cohort.token, cohort.invite_closed_at = make_token(), None
    cohort.save(update_fields=["token", "invite_closed_at"])


def close_link(cohort: Cohort) -> None:
    """Nobody joins by the link any more, until it is opened again."""
    cohort.invite_closed_at = timezone.now()
    cohort.save(update_fields=["invite_closed_at"])


def open_link(cohort: Cohort) -> None:
    """The same link lets people in again."""
    cohort.invite_closed_at = None
    cohort.save(update_fields=["invite_closed_at"])


def find_obstacle(cohort: Cohort, user: User) -> JoinObstacle | None:
    """What keeps this person from joining, as the page shows it; the last word is `join_cohort`'s."""
    if not cohort.is_inviting:
        return JoinObstacle.CLOSED
    if not may_post(user):
        return JoinObstacle.NO_AGE if user.age is None else JoinObstacle.TOO_YOUNG
    if not may_volunteer(user):
        return JoinObstacle.NO_CONSENT
    return JoinObstacle.FULL if cohort.is_full else None


@transaction.atomic
def join_cohort(cohort: Cohort, *, by: User) -> CohortMember:
    """Take a seat. Joining twice is joining once. Raises CannotJoinError."""
    locked = Cohort.objects.select_for_update().get(pk=cohort.pk)
    member = locked.members.filter(user=by).first()
    if member is not None and member.left_at is None:
        return member
    obstacle = find_obstacle(locked, by)
    if obstacle is not None:
        raise CannotJoinError(obstacle)
    seats = Cohort.objects.filter(Q(most_members=None) | Q(member_count__lt=F("most_members")), pk=cohort.pk)
    if not seats.update(member_count=F("member_count") + 1):
        raise CannotJoinError(JoinObstacle.FULL)
    if member is None:
        member = CohortMember(cohort=locked, user=by)
    member.left_at = None
    member.save()
    seat_people(locked)
    return member


@transaction.atomic
def leave_cohort(cohort: Cohort, *, by: User) -> bool:
    """Give the seat back; what was recorded stays, unseen. Whether the person was in it."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    left = cohort.members.current().filter(user=by).update(left_at=timezone.now())
    if left:
        Cohort.objects.filter(pk=cohort.pk).update(member_count=F("member_count") - 1)
        seat_people(cohort)
    return bool(left)


@transaction.atomic
def leave_all_cohorts(user: User) -> None:
    """The guardian took the consent back, or the person leaves for good."""
    for cohort in Cohort.objects.joined_by(user).order_by("pk"):
        leave_cohort(cohort, by=user)
