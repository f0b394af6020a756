"""The one order in which rows are locked: person, then request (then shift). So nobody waits in a ring."""

from accounts.models import User
from volunteers.models import VolunteerRequest


def lock(person: User, request_pk: int) -> VolunteerRequest:
    """Both rows held until the transaction ends; the request is read again."""
    User.objects.select_for_update().filter(pk=person.pk).values("pk").get()
    return VolunteerRequest.objects.select_for_update().get(pk=request_pk)
