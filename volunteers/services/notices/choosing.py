"""What people are told while an office chooses: the standby list, messages, talks, reviewers."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from volunteers.services.notices import DESK, MINE, PROGRAMME, URGENT, declare

STANDS_BY = declare(
    "stands_by",
    MINE,
    _("I am on a standby list"),
    _("You stand by: %(request)s"),
    _("If a place becomes free, it is offered to you by itself when your turn comes. You may still say no."),
)
STANDS_DOWN = declare(
    "stands_down",
    MINE,
    _("I am no longer on a standby list"),
    _("You no longer stand by: %(request)s"),
    _("You are still on the shortlist. %(office)s decides whom it offers a place."),
)
PROMOTED = declare(
    "promoted",
    MINE,
    _("A place became free for me"),
    _("A place became free for you: %(request)s"),
    _("Answer before %(until_at)s. After that it goes to the next who stands by."),
    **URGENT,
)
STANDBY_OFFERED = declare(
    "standby_offered",
    DESK,
    _("A free place was offered to the next on the standby list"),
    _("%(code)s was offered the free place: %(request)s"),
    _("You need not do anything. The answer comes within 72 hours."),
)
APPOINTED = declare(
    "appointed",
    MINE,
    _("I decide for a silent office"),
    _("You are asked to choose: %(request)s"),
    _("The programme asks you until %(until_at)s, because %(office)s does not answer. Why: %(note)s"),
    **URGENT,
)
REVIEWER_NAMED = declare(
    "reviewer_named",
    DESK,
    _("Somebody decides in our place"),
    _("A reviewer chooses for you: %(request)s"),
    _("Applicants waited too long. As soon as you decide yourself, the choice is yours again."),
    **URGENT,
)
MESSAGE_OF_OFFICE = declare(
    "message_of_office",
    MINE,
    _("The office wrote to me"),
    _("%(office)s wrote to you: %(request)s"),
    many=ngettext_lazy("%(count)s message: %(request)s", "%(count)s messages: %(request)s", "count"),
)
MESSAGE_OF_APPLICANT = declare(
    "message_of_applicant",
    DESK,
    _("An applicant wrote to us"),
    _("%(code)s wrote to you: %(request)s"),
    many=ngettext_lazy("%(count)s message: %(request)s", "%(count)s messages: %(request)s", "count"),
)
MESSAGE_RETURNED = declare(
    "message_returned",
    DESK,
    _("A message of ours was not passed on"),
    _("A moderator did not pass on your message: %(request)s"),
    _("Reason: %(reason)s. Write it differently."),
)
MESSAGE_WAITS = declare(
    "message_waits",
    PROGRAMME,
    _("A message to somebody under 18 waits"),
    _("A message to somebody under 18 waits for you"),
    _("Let it through or return it: the young person sees it only then."),
    many=ngettext_lazy("%(count)s message waits for you", "%(count)s messages wait for you", "count"),
)
MESSAGE_REPORTED = declare(
    "message_reported",
    PROGRAMME,
    _("A message was reported"),
    _("A message was reported: %(request)s"),
    _("Read it and decide."),
    **URGENT,
)
TALK_PROPOSED = declare(
    "talk_proposed",
    MINE,
    _("An office proposes times to talk"),
    _("Pick a time to talk: %(request)s"),
    _("%(office)s proposes times. None fits? Ask for others."),
)
TALK_PICKED = declare(
    "talk_picked",
    DESK,
    _("An applicant picked a time to talk"),
    _("%(code)s picked %(talk_at)s: %(request)s"),
)
TALK_OTHER = declare(
    "talk_other",
    DESK,
    _("An applicant asks for other times"),
    _("%(code)s asks for other times: %(request)s"),
    "%(note)s",
)
TALK_CANCELLED = declare(
    "talk_cancelled",
    MINE,
    _("A talk is cancelled"),
    _("The talk is cancelled: %(request)s"),
    _("Reason: %(reason)s."),
    **URGENT,
)
TALK_CANCELLED_BY_APPLICANT = declare(
    "talk_called_off",
    DESK,
    _("An applicant cancelled a talk"),
    _("%(code)s cancelled the talk: %(request)s"),
    _("Reason: %(reason)s."),
    **URGENT,
)
TALK_SOON = declare(
    "talk_soon",
    MINE,
    _("A talk is tomorrow"),
    _("Your talk: %(talk_at)s"),
    _("%(office)s, about “%(request)s”."),
    **URGENT,
)
TALK_SOON_DESK = declare(
    "talk_soon_desk",
    DESK,
    _("A talk of ours is tomorrow"),
    _("You talk with %(code)s: %(talk_at)s"),
    _("About “%(request)s”."),
    **URGENT,
)
