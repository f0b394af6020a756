"""A commune became part of another: its people live there now, and its office goes on there."""

from typing import cast

from django.db import transaction
from django.db.models import F

from accounts.enums import OrganisationKind, Verification
from accounts.models import Membership, Organisation, User
from accounts.services.organisations import name_office
from accounts.signals import office_succeeded, organisation_verified
from places.khmer import normalise
from places.models import Commune, Village
from places.services import CannotEndError

Moved = dict[str, int]


@transaction.atomic
def move_accounts(commune: Commune, *, successor: Commune) -> Moved:
    """People and office of the commune. Raises `CannotEndError` where staff must decide about an office first."""
    return move_people(commune, successor=successor) | hand_over_office(commune, successor=successor)


def move_people(commune: Commune, *, successor: Commune) -> Moved:
    """Whoever is at home or lives there. The village follows where exactly one of the same name is found there."""
    homes = User.objects.filter(home_commune=commune)
    by_name: dict[str, list[int]] = {}
    for pk, name in Village.objects.filter(commune=successor).values_list("pk", "name_km"):
        by_name.setdefault(normalise(name), []).append(pk)
    for village in Village.objects.filter(commune=commune, people_at_home__isnull=False).distinct():
        same = by_name.get(normalise(village.name_km), [])
        homes.filter(home_village=village).update(home_village=same[0] if len(same) == 1 else None)
    at_home = homes.update(home_commune=successor)
    living = User.objects.filter(current_commune=commune).update(current_commune=successor)
    User.objects.filter(current_commune=successor, home_commune=F("current_commune")).update(current_commune=None)
    return {"people at home": at_home, "people who live there": living}


def hand_over_office(commune: Commune, *, successor: Commune) -> Moved:
    """What the office did stays its own, under the old commune; its members act for the successor's office as well.

    An office that staff refused hands nothing over.
    """
    office = Organisation.objects.select_for_update().filter(commune=commune).first()
    if office is None or office.is_refused:
        return {}
    heir = find_heir(office, successor)
    members = add_members(office, heir)
    moved: Moved = {"members of the office": members}
    for _receiver, counts in office_succeeded.send(Organisation, office=office, successor=heir):
        moved |= cast("Moved", counts)
    return moved


def find_heir(office: Organisation, successor: Commune) -> Organisation:
    """The successor's office; where it has none, a new one that is verified as the old one is."""
    heir = Organisation.objects.select_for_update().filter(commune=successor).first()
    if heir is None:
        heir = Organisation.objects.create(
            kind=OrganisationKind.COMMUNE_OFFICE,
            commune=successor,
            verification=office.verification,
            verified_at=office.verified_at,
            verified_by=office.verified_by,
            **name_office(successor),
        )
        if heir.is_verified:
            organisation_verified.send(Organisation, organisation=heir)
    elif office.verification == Verification.WAITING:
        raise CannotEndError(f"Decide about the office of {office.commune} first: it waits to be verified.")
    elif not heir.is_verified:
        raise CannotEndError(f"Verify the office of {successor} first: it takes over what the other one does.")
    return heir


def add_members(office: Organisation, heir: Organisation) -> int:
    """Current members, and those invited, each as they were. Who is there already stays what they are there."""
    there = set(heir.memberships.current().values_list("user", flat=True))
    new = [row for row in office.memberships.current() if row.user_id not in there]
    for row in new:
        Membership.objects.create(
            user_id=row.user_id,
            organisation=heir,
            role=row.role,
            title_km=row.title_km,
            title_en=row.title_en,
            accepted_at=row.accepted_at,
        )
    return len(new)
