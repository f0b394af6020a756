"""What people are told while an answer is outstanding: who applied, the office, and at last the programme."""

from django.utils.translation import gettext_lazy as _

from volunteers.services.notices import DESK, LOW, MINE, PROGRAMME, declare

REQUEST_FULL = declare(
    "request_full",
    MINE,
    _("Places of work I applied for are taken"),
    _("All places are taken for now: %(request)s"),
    _("You hear when one becomes free for you, or when the commune closes the request. You may withdraw."),
    **LOW,
)
CLOSED_TO_NEW = declare(
    "closed_to_new",
    MINE,
    _("Work I applied for takes no more applications"),
    _("Now the commune chooses: %(request)s"),
    _("The closing date passed, so nobody else can apply. Your application counts; the answer comes here."),
    **LOW,
)
UNDECIDED = declare(
    "undecided",
    DESK,
    _("Somebody on our shortlist waits"),
    _("Somebody on your shortlist has waited 14 days: %(request)s"),
    _("Offer a place, put the person on the standby list, or say that there is none. People plan by your answer."),
)
UNDECIDED_LONG = declare(
    "undecided_long",
    PROGRAMME,
    _("An office leaves its shortlist without a decision"),
    _("On a shortlist for 28 days: %(office)s"),
    _("Somebody waits for a decision about “%(request)s”. Call the office, or find somebody there who decides."),
)
