"""Offices and NGOs: applying, verifying, joining, leaving."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.enums import MembershipRole, OrganisationKind, Verification
from accounts.models import Membership, Organisation, User
from accounts.rules import is_member_of
from accounts.signals import organisation_refused, organisation_verified
from places.models import Commune


class MinorError(Exception):
    """People under 18, and those whose age nobody knows, act for no office and no NGO."""


class LastManagerError(Exception):
    """An NGO that has a manager keeps one: somebody must be able to invite and to take out."""


class OfficeTakenError(Exception):
    """This commune has an office here already; its members or the programme's staff add new people."""


def find_office_of(user: User) -> Organisation | None:
    """The commune office a person acts for now, the verified one first."""
    return offices_of(user)[0] if offices_of(user) else None


def offices_of(user: User) -> list[Organisation]:
    """All commune offices a person acts for now, with their places; verified ones first, those of a commune that ended
    after them. Asked once per user object.
    """
    return organisations_of(user, OrganisationKind.COMMUNE_OFFICE)


def find_ngo_of(user: User) -> Organisation | None:
    """The NGO a person acts for now, the verified one first."""
    ngos = organisations_of(user, OrganisationKind.NGO)
    return ngos[0] if ngos else None


def organisations_of(user: User, kind: OrganisationKind) -> list[Organisation]:
    if not user.is_authenticated:
        return []
    return sorted(
        (membership.organisation for membership in user.active_memberships if membership.organisation.kind == kind),
        key=lambda organisation: (
            organisation.commune is not None and organisation.commune.is_ended,
            not organisation.is_verified,
            organisation.is_refused,
            organisation.pk,
        ),
    )


def name_office(commune: Commune) -> dict[str, str]:
    """What the office of a commune is called, by column."""
    return {
        "name_km": f"សាលា{commune.KHMER_KINDS[commune.kind]}{commune.name_km}",
        "name_en": f"{commune.name_en} commune office",
    }


@transaction.atomic
def apply_for_office(
    user: User, *, commune: Commune, role: MembershipRole, title_km: str = "", title_en: str = ""
) -> Organisation:
    """A clerk, chief or official registers their office; staff verify it. Raises OfficeTakenError.

    An office that staff refused stands open again: whoever registered it wrongly must not keep the true clerk out.
    """
    office, is_new = Organisation.objects.select_for_update().get_or_create(
        commune=commune,
        defaults={
            "kind": OrganisationKind.COMMUNE_OFFICE,
            **name_office(commune),
        },
    )
    if not is_new:
        if office.verification != Verification.REFUSED:
            raise OfficeTakenError
        for membership in office.memberships.current().select_related("user", "organisation"):
            end_membership(membership)
        office.verification = Verification.WAITING
        office.save(update_fields=["verification"])
    join(user, organisation=office, role=role, title_km=title_km, title_en=title_en)
    return office


@transaction.atomic
def join(
    user: User,
    *,
    organisation: Organisation,
    role: MembershipRole,
    title_km: str = "",
    title_en: str = "",
    accepted: bool = True,
) -> Membership:
    """Make the person a member, or change the role and title of the membership they have. Raises MinorError.

    Not `accepted`, a new membership is an invitation, and one that is there stays what it is.
    """
    if user.is_minor:
        raise MinorError
    fields = {"role": role, "title_km": title_km, "title_en": title_en}
    membership, _created = Membership.objects.update_or_create(
        user=user,
        organisation=organisation,
        ended_at=None,
        defaults=fields,
        create_defaults={**fields, "accepted_at": None},
    )
    if accepted:
        accept_membership(membership)
    user.forget_memberships()
    return membership


def add_member(organisation: Organisation, *, username: str, role: MembershipRole) -> Membership | None:
    """Invite a colleague by username; None when nobody has it. Raises MinorError."""
    person = User.objects.filter(username__iexact=username.strip(), is_active=True).first()
    return join(person, organisation=organisation, role=role, accepted=False) if person else None


@transaction.atomic
def change_role(membership: Membership, *, role: MembershipRole) -> Membership:
    """Another role in an NGO, from now on. Raises LastManagerError. Saved row by row: apps above hear it."""
    if role != MembershipRole.MANAGER:
        check_manager_stays(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    membership.user.forget_memberships()
    return membership


def leave_ngo(membership: Membership) -> None:
    """As `end_membership`, for an NGO. Raises LastManagerError while others would stay without a manager."""
    with transaction.atomic():
        check_manager_stays(membership)
        end_membership(membership)


def check_manager_stays(membership: Membership) -> None:
    """Raises LastManagerError where this member is the only manager and not the only one there."""
    if membership.role != MembershipRole.MANAGER or membership.accepted_at is None:
        return
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)  # two managers leave one by one
    others = Membership.objects.active().filter(organisation=membership.organisation_id).exclude(pk=membership.pk)
    if others.exists() and not others.filter(role=MembershipRole.MANAGER).exists():
        raise LastManagerError


@transaction.atomic
def accept_membership(membership: Membership) -> None:
    """The person takes the invitation up. Raises MinorError. Saved row by row: apps above hear it and give rights."""
    if membership.user.is_minor:
        raise MinorError
    if membership.accepted_at is None:
        membership.accepted_at = timezone.now()
        membership.save(update_fields=["accepted_at"])
    membership.user.forget_memberships()


@transaction.atomic
def end_membership(membership: Membership) -> None:
    """The person no longer acts for the organisation, or never will; the row stays as its history.

    Saved row by row: apps above hear the save and take back what came with the membership.
    """
    if membership.ended_at is None:
        membership.ended_at = timezone.now()
        membership.save(update_fields=["ended_at"])
    membership.user.forget_memberships()


@transaction.atomic
def verify_organisation(organisation: Organisation, *, by: User) -> Organisation:
    """Staff have checked that the office or NGO is real. Verifying again changes nothing.

    Raises `PermissionDenied` for a member of it: nobody vouches for themselves.
    """
    if is_member_of(by, organisation):
        raise PermissionDenied
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if locked.is_verified:
        return locked
    locked.verification = Verification.VERIFIED
    locked.verified_at, locked.verified_by = timezone.now(), by
    locked.save(update_fields=["verification", "verified_at", "verified_by"])
    organisation_verified.send(Organisation, organisation=locked)
    return locked


@transaction.atomic
def refuse_organisation(organisation: Organisation, *, by: User) -> Organisation:
    """Staff could not confirm the office or NGO, or take an earlier verification back."""
    organisation.verification = Verification.REFUSED
    organisation.verified_at, organisation.verified_by = None, by
    organisation.save(update_fields=["verification", "verified_at", "verified_by"])
    organisation_refused.send(Organisation, organisation=organisation)
    return organisation
