"""Who may do what, by one name in views, API, templates and sockets alike."""

from collections.abc import Callable
from typing import Any

import rules

from accounts.enums import MembershipRole, OrganisationKind
from accounts.models import GuardianConsent, Organisation, User
from accounts.models.user import ADULT_AGE, VOLUNTEER_AGE
from places.models import Commune

predicate: Callable[[Callable[..., bool]], Callable[..., bool]] = rules.predicate
MODERATORS, STAFF = "Moderators", "Programme staff"
CLERK_ROLES = {MembershipRole.CLERK, MembershipRole.CHIEF, MembershipRole.OFFICIAL}


def is_in_group(user: Any, name: str) -> bool:
    """Whether the person is in the group; asked once per user object."""
    if not user.is_authenticated or not user.is_active:
        return False
    if "group_names" not in user.__dict__:
        user.__dict__["group_names"] = set(user.groups.values_list("name", flat=True))
    return name in user.__dict__["group_names"]


@predicate
def is_moderator(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and (user.is_superuser or is_in_group(user, MODERATORS)))


@predicate
def is_programme_staff(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and (user.is_superuser or is_in_group(user, STAFF)))


@predicate
def is_member_of(user: Any, organisation: Organisation | None) -> bool:
    """An active membership, in any role."""
    if organisation is None or not user.is_authenticated or not user.is_active:
        return False
    return any(membership.organisation_id == organisation.pk for membership in user.active_memberships)


@predicate
def may_manage(user: Any, organisation: Organisation | None) -> bool:
    """Invites, changes roles and takes out in a verified NGO: its managers."""
    if organisation is None or not organisation.is_verified or not user.is_authenticated or not user.is_active:
        return False
    return any(
        membership.organisation_id == organisation.pk and membership.role == MembershipRole.MANAGER
        for membership in user.active_memberships
    )


@predicate
def is_clerk_of(user: Any, place: Organisation | Commune | None) -> bool:
    """Acts for this commune office, or for the office of this commune. Not verified yet is enough, refused is not."""
    if place is None or not user.is_authenticated or not user.is_active:
        return False
    for membership in user.active_memberships:
        office = membership.organisation
        if office.kind != OrganisationKind.COMMUNE_OFFICE or office.is_refused or membership.role not in CLERK_ROLES:
            continue
        if place == (office if isinstance(place, Organisation) else office.commune):
            return True
    return False


@predicate
def speaks_for(user: Any, place: Organisation | Commune | None) -> bool:
    """Acts for a verified office: the only one whose word is official."""
    if not is_clerk_of(user, place):
        return False
    return any(
        membership.organisation.is_verified and place in (membership.organisation, membership.organisation.commune)
        for membership in user.active_memberships
    )


@predicate
def may_post(user: Any) -> bool:
    """Under 15: reading only. Of unknown age: only those the programme knows as staff or through an organisation."""
    if not user.is_authenticated or not user.is_active:
        return False
    if user.age is None:
        return bool(is_moderator(user) or is_programme_staff(user) or user.active_memberships)
    return bool(user.age >= VOLUNTEER_AGE)


@predicate
def may_volunteer(user: Any) -> bool:
    """15 and over; from 15 to 17 only with a guardian's valid consent."""
    if not may_post(user):
        return False
    return bool(user.age is None or user.age >= ADULT_AGE or has_consent(user))


def has_consent(user: User) -> bool:
    return GuardianConsent.objects.filter(user=user, withdrawn_at=None).exists()


@predicate
def may_record_consent(user: Any) -> bool:
    """Programme staff, and active members of a verified office or NGO."""
    if is_programme_staff(user):
        return True
    if not user.is_authenticated or not user.is_active or user.is_minor:
        return False
    return any(membership.organisation.is_verified for membership in user.active_memberships)


rules.add_perm("accounts.record_consent", may_record_consent)
rules.add_perm("accounts.verify_organisation", is_programme_staff)
rules.add_perm("accounts.manage_members", may_manage)
rules.add_perm("accounts.volunteer", may_volunteer)
rules.add_perm("accounts.post", may_post)
