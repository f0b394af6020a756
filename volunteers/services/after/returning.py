"""Serving again: a wish of who served, an invitation of the office, and then the usual way for both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import Organisation, User
from accounts.rules import may_volunteer
from ui.words import to_digits
from volunteers.models import Placement, RequestInvitation, ReturnWish, VolunteerRequest
from volunteers.models.after import MOST_INVITATIONS, WISH_DAYS
from volunteers.rules import is_applicant, is_of_office
from volunteers.services.after.facts import has_ended, sum_minutes_at
from volunteers.services.announcing import tell_all
from volunteers.services.audiences import Hearer, list_office
from volunteers.services.machine import NotReadyError
from volunteers.services.notices import after as news


@dataclass(frozen=True)
class Returning:
    """One row of the desk. The name only where the office may still read it (`Application.is_named`)."""

    wish: ReturnWish
    code_name: str
    name: str
    work: str
    minutes: int
    invited_to: list[str]


@transaction.atomic
def wish_again(placement: Placement, *, by: User) -> ReturnWish:
    """One tap; a second one changes nothing, and one after taking it back makes it new."""
    if not is_applicant(by, placement):
        raise PermissionDenied
    if not has_ended(placement):
        raise NotReadyError(_("This place has not ended yet."))
    User.objects.select_for_update().filter(pk=by.pk).values("pk").get()
    wish, made = ReturnWish.objects.get_or_create(
        placement=placement, defaults={"office": placement.application.request.office, "person": by}
    )
    if not made and not wish.is_live:
        wish.made_at, wish.ended_at = timezone.now(), None
        wish.save(update_fields=["made_at", "ended_at"])
        made = True
    if made:
        transaction.on_commit(lambda: tell_wish_task.enqueue(wish.pk), robust=True)
    return wish


def take_back(placement: Placement, *, by: User) -> None:
    """The wish is over; invitations that went out stay in the count."""
    if not is_applicant(by, placement):
        raise PermissionDenied
    ReturnWish.objects.filter(placement=placement, ended_at=None).update(ended_at=timezone.now())


@transaction.atomic
def invite(wish: ReturnWish, request: VolunteerRequest, *, by: User) -> RequestInvitation:
    """The office asks this person to apply to an open request of its own. Said twice it is one invitation."""
    if not is_of_office(by, request) or request.office_id != wish.office_id:
        raise PermissionDenied
    request = VolunteerRequest.objects.select_for_update().select_related("office").get(pk=request.pk)
    if obstacle := find_obstacle(wish, request):
        raise NotReadyError(obstacle)
    invitation, made = RequestInvitation.objects.get_or_create(request=request, wish=wish, defaults={"by": by})
    if made:
        transaction.on_commit(lambda: tell_invitation_task.enqueue(invitation.pk), robust=True)
    return invitation


def find_obstacle(wish: ReturnWish, request: VolunteerRequest) -> str:
    """Why this person cannot be invited to it; "" where they can. What stands in the way of a person is not told."""
    person = wish.person
    if not request.is_open:
        return _("This request takes no applications now.")
    if not wish.is_live or person.is_deleted:
        return _("This person does not wish it any more.")
    fits = may_volunteer(person) and person.age is not None and person.age >= request.minimum_age
    if not fits or request.applications.filter(applicant=person).exists():
        return _("This person cannot be invited to this request.")
    if request.invitations.exclude(wish=wish).count() >= MOST_INVITATIONS:
        return _("You have invited as many people as a request may. The others find it in the list.")
    return ""


def list_wishes(user: User) -> "QuerySet[ReturnWish]":
    """To the offices the person acts for, ready for a page."""
    since = timezone.now() - timedelta(days=WISH_DAYS)
    return ReturnWish.objects.of_offices_of(user).live(since).with_placement()


def describe_wishes(wishes: Sequence[ReturnWish]) -> list[Returning]:
    """Rows of one office, with what was confirmed there. One query."""
    if not wishes:
        return []
    minutes = sum_minutes_at(wishes[0].placement.application.request.office, [wish.person for wish in wishes])
    return [_describe(wish, minutes.get(wish.person_id, 0)) for wish in wishes]


def list_invitable(office: Organisation) -> list[VolunteerRequest]:
    """The office's open requests, the newest first."""
    return list(VolunteerRequest.objects.open().filter(office=office).order_by("-opened_at", "-pk"))


def list_invitations(placement: Placement) -> list[RequestInvitation]:
    """To whom served there: the open requests they were invited to since."""
    rows = RequestInvitation.objects.filter(wish__placement=placement).select_related("request__office__commune")
    return [row for row in rows if row.request.is_open]


def forget_wishes(user: User) -> None:
    """The person leaves for good; the invitations stay in the count."""
    ReturnWish.objects.filter(person=user, ended_at=None).update(ended_at=timezone.now())


def _describe(wish: ReturnWish, minutes: int) -> Returning:
    application = wish.placement.application
    application.placement = wish.placement
    return Returning(
        wish=wish,
        code_name=to_digits(application.code_name),
        name=wish.person.get_full_name() if application.is_named else "",
        work=application.request.title,
        minutes=minutes,
        invited_to=[invitation.request.title for invitation in wish.invitations.all()],
    )


@task()
def tell_wish_task(pk: int) -> None:
    wish = ReturnWish.objects.select_related("placement__application__request__office").get(pk=pk)
    request = wish.placement.application.request
    hearers = list_office(request, reverse("returning"))
    tell_all(lambda _row: hearers, news.WISH_MADE, wish.placement, key=f"wish:{pk}:{wish.made_at.isoformat()}")


@task()
def tell_invitation_task(pk: int) -> None:
    invitation = RequestInvitation.objects.select_related("request__office", "wish__person").get(pk=pk)
    person = invitation.wish.person
    hearers = [] if person.is_deleted else [Hearer(person, invitation.request.get_absolute_url())]
    tell_all(lambda _row: hearers, news.INVITED, invitation.request, key=f"invitation:{pk}")
