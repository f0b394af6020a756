"""What happens to an application inside a round: put on a list, taken off it, offered a place, passed over."""

from volunteers.enums import ApplicationStatus as A
from volunteers.services import conditions as need
from volunteers.services import notices as news
from volunteers.services.audiences import to_applicant
from volunteers.services.machine import Change, Tell
from volunteers.services.rounds.conditions import round_takes_choices
from volunteers.services.states.shared import APPLICANT
from volunteers.services.states.stamps import offer_clock, sent_clock

NOT_YET = "Lists change until choosing closes; the office hears when there is something to score."
AT_ONCE = "The round tells each person of the whole list at once."

ROUND_CHANGES = (
    Change(
        "enter",
        (A.DRAFT,),
        A.SUBMITTED,
        APPLICANT,
        needs=(need.request_is_open, round_takes_choices),
        stamps=sent_clock,
        silence=NOT_YET,
    ),
    Change("strike", (A.SUBMITTED,), A.WITHDRAWN, APPLICANT, needs=(round_takes_choices,), silence=NOT_YET),
    Change(
        "place",
        (A.SUBMITTED, A.SHORTLISTED),
        A.OFFERED,
        needs=(need.request_is_choosing, need.work_has_days_left, need.seat_is_free, need.office_may_offer),
        stamps=offer_clock,
        tells=(Tell(to_applicant, news.OFFERED),),
    ),
    Change("pass_over", (A.SUBMITTED, A.SHORTLISTED), A.NOT_PLACED, silence=AT_ONCE),
)
