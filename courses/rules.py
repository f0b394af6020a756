"""Who may do what around a course, by one name in views, API, templates and the admin alike."""

from collections.abc import Callable
from typing import Any

import rules

from accounts.enums import MembershipRole
from accounts.models import Organisation
from accounts.rules import is_programme_staff, speaks_for
from courses.models import Cohort, Submission
from courses.querysets import FACILITATOR_ROLES, facilitated_organisations

predicate: Callable[[Callable[..., bool]], Callable[..., bool]] = rules.predicate
AUTHOR_ROLES = frozenset({MembershipRole.AUTHOR, MembershipRole.PUBLISHER, MembershipRole.MANAGER})
REVIEWER_ROLES = frozenset({MembershipRole.REVIEWER, MembershipRole.PUBLISHER, MembershipRole.MANAGER})
PUBLISHER_ROLES = frozenset({MembershipRole.PUBLISHER, MembershipRole.MANAGER})


def holds_role(user: Any, organisation: Organisation | None, roles: frozenset[MembershipRole]) -> bool:
    """An active membership of this organisation, verified, in one of these roles."""
    if organisation is None or not user.is_authenticated or not user.is_active:
        return False
    return any(
        membership.organisation_id == organisation.pk
        and membership.organisation.is_verified
        and membership.role in roles
        for membership in user.active_memberships
    )


@predicate
def may_facilitate(user: Any, organisation: Organisation | None) -> bool:
    """Leads cohorts and reviews submissions of the courses of this organisation; None: of the programme's own.

    Programme staff may everywhere.
    """
    return is_programme_staff(user) or holds_role(user, organisation, FACILITATOR_ROLES)


@predicate
def may_see_reports(user: Any, organisation: Organisation | None) -> bool:
    """Reads the figures of the courses of this organisation; None: of all. Staff see all, an organisation its own."""
    if is_programme_staff(user):
        return True
    return holds_role(user, organisation, FACILITATOR_ROLES | REVIEWER_ROLES | AUTHOR_ROLES)


@predicate
def may_review(user: Any, submission: Submission) -> bool:
    """Decides about work handed in: a facilitator of the course, or who speaks for the office that was asked.

    Nobody reviews their own.
    """
    if submission.user_id == user.pk:
        return False
    if submission.office is not None:
        return speaks_for(user, submission.office)
    return may_facilitate(user, submission.organisation)


@predicate
def is_facilitator(user: Any) -> bool:
    """Programme staff, and whoever facilitates for a verified organisation now."""
    return is_programme_staff(user) or bool(facilitated_organisations(user))


@predicate
def may_lead(user: Any, cohort: Cohort) -> bool:
    """Whoever may facilitate for its organisation, and a facilitator of elsewhere that these added to it."""
    if may_facilitate(user, cohort.organisation):
        return True
    return is_facilitator(user) and cohort.facilitators.filter(pk=user.pk).exists()


@predicate
def may_manage_certificates(user: Any, organisation: Organisation | None) -> bool:
    """Sets the logo and signature of this organisation's certificates and revokes them; None: the programme's own."""
    return is_programme_staff(user) or holds_role(user, organisation, PUBLISHER_ROLES)


rules.add_perm("courses.facilitate", may_facilitate)
rules.add_perm("courses.lead_cohort", may_lead)
rules.add_perm("courses.review", may_review)
rules.add_perm("courses.see_reports", may_see_reports)
rules.add_perm("courses.manage_certificates", may_manage_certificates)
