"""The one order in which rows are locked: person, then request, then shift. So nobody ever waits in a ring."""

from accounts.models import User
from volunteers.models import Placement, Shift, VolunteerRequest


def lock_people(pks: list[int]) -> None:
    """Several at once in the order of their keys, before any request or shift."""
    list(User.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk", flat=True))


def lock(person: User, request_pk: int) -> VolunteerRequest:
    """Both rows held until the transaction ends; the request is read again."""
    lock_people([person.pk])
    return VolunteerRequest.objects.select_for_update().get(pk=request_pk)


def lock_placement(placement: Placement) -> Placement:
    """The place with its person and request locked, as it is now."""
    application = placement.application
    lock(application.applicant, application.request_id)
    return Placement.objects.for_change().select_for_update(of=("self",)).get(pk=placement.pk)


def lock_person_and_shift(person_pk: int, shift_pk: int) -> Shift:
    lock_people([person_pk])
    return lock_shift(shift_pk)


def lock_shift(shift_pk: int) -> Shift:
    return Shift.objects.select_for_update().get(pk=shift_pk)
