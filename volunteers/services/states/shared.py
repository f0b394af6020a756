"""Who acts, and why a change may pass in silence: words that the declarations share."""

from volunteers.rules import (
    guides_here,
    is_applicant,
    is_of_office,
    is_third_party,
    leads_round,
    may_choose,
    may_end_choosing,
)

OFFICE, APPLICANT = (is_of_office,), (is_applicant,)
# Who keeps the roll: the office, and the guide whom it named from a partner NGO.
KEEPERS = (is_of_office, guides_here)
JUDGE = (is_third_party,)
CLOSERS = (may_end_choosing,)
LEADERS = (leads_round,)
ITS_OWN = "The office did it itself, and nobody outside waits for it."
EACH_HEARS = "Everybody concerned hears it by the change of their own application or place."
# Those who choose among applicants: the office, and while it is silent a reviewer whom the programme appointed.
CHOOSERS = (may_choose,)
NOT_HEARD = "Nobody has heard of the change that is taken back: its news was held."
