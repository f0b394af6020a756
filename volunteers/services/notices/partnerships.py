"""What an office and an NGO are told of their partnership, and what volunteers are told of the NGO's cohorts."""

from django.utils.translation import gettext_lazy as _

from accounts.enums import MembershipRole
from notifications.services import Category
from volunteers.services.notices import MINE, URGENT, declare

PARTNERS = Category(
    "partners",
    _("Partnerships of my office or NGO"),
    _("What the other side proposes, agrees to or ends."),
    lambda user: user.has_desk or any(row.role == MembershipRole.MANAGER for row in user.active_memberships),
)

PROPOSED = declare(
    "partnership_proposed",
    PARTNERS,
    _("Somebody wants to work with us"),
    _("A partnership is proposed: %(ngo)s and %(office)s"),
    _("Read what is proposed. The side that was asked says yes or no."),
)
AGREED = declare(
    "partnership_agreed",
    PARTNERS,
    _("A partnership begins"),
    _("%(ngo)s and %(office)s work together"),
    _("What you agreed on stands on one page. Either side can end it."),
)
DECLINED = declare(
    "partnership_declined",
    PARTNERS,
    _("A partner said no"),
    _("No partnership for now: %(ngo)s and %(office)s"),
    "%(reason)s",
)
WITHDRAWN = declare(
    "partnership_withdrawn",
    PARTNERS,
    _("A proposal was taken back"),
    _("The proposal was taken back: %(ngo)s and %(office)s"),
)
ENDED = declare(
    "partnership_ended",
    PARTNERS,
    _("A partnership ended"),
    _("%(ngo)s and %(office)s no longer work together"),
    "%(reason)s",
    **URGENT,
)
COHORT_OFFERED = declare(
    "cohort_offered",
    MINE,
    _("A cohort for volunteers of my commune"),
    _("%(ngo)s leads a cohort for you: %(cohort)s"),
    _("%(office)s works with %(ngo)s. You join only if you want to; until then nobody there knows your name."),
)
