"""A partnership of an NGO and a commune office: proposed by one, agreed by the other, ended by either."""

from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.enums import PartnershipStatus as S
from volunteers.enums import PartReason
from volunteers.models import Partnership
from volunteers.rules import is_asked, is_partner_ngo, is_partner_office, is_proposer
from volunteers.services.announcing import announce_task
from volunteers.services.audiences import to_partners
from volunteers.services.machine import Change, Machine, Tell
from volunteers.services.notices import partnerships as news


def both_are_verified(row: Partnership) -> str:
    if row.ngo.is_verified and row.office.is_verified:
        return ""
    return _("Both sides must be verified by the programme.")


def last_day_is_ahead(row: Partnership) -> str:
    return _("The agreed time is over. Propose it anew with other days.") if row.is_over_by_date else ""


def take_out_of_requests(row: Partnership, by: User | None) -> None:
    """The NGO guides nobody and pays nothing from now on; what it did stays in the rows."""
    row.requests.taking_part().take_out()


PARTNERSHIP = Machine(
    "partnership",
    S,
    (
        # The first line of the log; the row is made in this state.
        Change(
            "propose",
            (S.PROPOSED,),
            S.PROPOSED,
            (is_proposer,),
            needs=(both_are_verified, last_day_is_ahead),
            tells=(Tell(to_partners, news.PROPOSED),),
        ),
        Change(
            "agree",
            (S.PROPOSED,),
            S.ACTIVE,
            (is_asked,),
            needs=(both_are_verified, last_day_is_ahead),
            tells=(Tell(to_partners, news.AGREED),),
        ),
        Change(
            "decline",
            (S.PROPOSED,),
            S.DECLINED,
            (is_asked,),
            reasons=PartReason,
            tells=(Tell(to_partners, news.DECLINED),),
        ),
        Change("withdraw", (S.PROPOSED,), S.WITHDRAWN, (is_proposer,), tells=(Tell(to_partners, news.WITHDRAWN),)),
        Change(
            "end",
            (S.ACTIVE,),
            S.ENDED,
            (is_partner_office, is_partner_ngo),
            reasons=PartReason,
            effects=(take_out_of_requests,),
            tells=(Tell(to_partners, news.ENDED),),
        ),
        Change(
            "run_out",
            (S.PROPOSED, S.ACTIVE),
            S.ENDED,
            effects=(take_out_of_requests,),
            tells=(Tell(to_partners, news.ENDED),),
        ),
    ),
    announce=announce_task.enqueue,
)
