"""What volunteering tells people: kinds with their sentences. To whom and when stands at each change in `states`.

Here are the kinds of requests, applications and places; a module beside it holds those of each further part.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext

from accounts.rules import is_programme_staff
from notifications.enums import Importance
from notifications.services import Category, Kind, register
from volunteers.enums import CancelReason, EndReason
from volunteers.models.transition import label_reason

MINE = Category(
    "volunteering",
    _("My applications and places"),
    _("What a commune answers you, and what you must answer. Without it an offer may pass you by."),
)
DESK = Category(
    "desk",
    _("Work of my commune office"),
    _("Who applied, who accepted, who waits. People plan their months by your answer."),
    lambda user: user.has_desk,
)
PROGRAMME = Category(
    "programme",
    _("Work of the programme"),
    _("Requests that wait for approval, offices that do not answer."),
    lambda user: bool(is_programme_staff(user)),
)


def read_codes(data: Mapping[str, Any]) -> dict[str, str]:
    """The reason and the code name in the reader's words."""
    return {
        "reason": label_reason(data.get("reason", ""), data.get("target", "")),
        "code": pgettext("code name", "A-%(number)s") % {"number": data.get("number", "")},
    }


def read_why(data: Mapping[str, Any]) -> dict[str, str]:
    """Also the reason together with the words beside it; the words alone where the reason says to read them."""
    words, note = read_codes(data), data.get("note", "").strip()
    reason = "" if note and data.get("reason") in (EndReason.OTHER, CancelReason.OTHER) else words["reason"]
    return {**words, "why": ": ".join(filter(None, (reason, note)))}


def declare(code: str, category: Category, label: Any, title: Any, body: Any = "", **more: Any) -> Kind:
    kind = Kind(f"volunteers.{code}", category, label, title, body, **{"words": read_codes} | more)
    register(kind)
    return kind


URGENT, LOW = {"importance": Importance.URGENT}, {"importance": Importance.LOW}
ALARM = {"importance": Importance.ALARM}

# To the applicant
SHORTLISTED = declare(
    "shortlisted",
    MINE,
    _("I am on a shortlist"),
    _("You are on the shortlist: %(request)s"),
    _("%(office)s decides soon whom it offers a place."),
)
OFFERED = declare(
    "offered",
    MINE,
    _("A commune offers me a place"),
    _("You are offered a place: %(request)s"),
    _("Answer before %(until_at)s. After that it goes to somebody else."),
    **URGENT,
)
OFFER_ENDS_SOON = declare(
    "offer_ends_soon",
    MINE,
    _("An offer ends within a day"),
    _("Your offer ends soon: %(request)s"),
    _("Answer before %(until_at)s, yes or no. After that the place goes to somebody else."),
    **URGENT,
)
OFFER_LAPSED = declare(
    "offer_lapsed",
    MINE,
    _("An offer lapsed"),
    _("Your offer lapsed: %(request)s"),
    _("The 72 hours passed without an answer. You may apply again while the request is open."),
)
NOT_PLACED = declare(
    "not_placed",
    MINE,
    _("I get no place"),
    _("No place this time: %(request)s"),
    _("Reason: %(reason)s. Other communes are looking for help too."),
)
REQUEST_RESTS = declare(
    "request_rests",
    MINE,
    _("Work I applied for is stopped"),
    _("Stopped for now: %(request)s"),
    _("The programme could not confirm the office. You need not do anything; you may withdraw."),
)
PLACE_BEGAN = declare("place_began", MINE, _("My service began"), _("Your service has begun: %(request)s"), **LOW)
PLACE_PAUSED = declare(
    "place_paused", MINE, _("My place is paused"), _("Your place is paused: %(request)s"), "%(note)s", **URGENT
)
PLACE_RESUMED = declare("place_resumed", MINE, _("My place goes on"), _("Your place goes on: %(request)s"))
PLACE_COMPLETED = declare(
    "place_completed",
    MINE,
    _("My service is completed"),
    _("Your service is completed: %(request)s"),
    _("Thank you. %(office)s has confirmed it."),
)
PLACE_ENDED = declare(
    "place_ended",
    MINE,
    _("The office ended my place early"),
    _("The office ended your place early: %(request)s"),
    _("The office says: “%(why)s”"),
    words=read_why,
    **URGENT,
)

# To the office
NEW_APPLICANT = declare(
    "new_applicant",
    DESK,
    _("Somebody applied"),
    _("A new applicant: %(request)s"),
    _("People wait for your answer. After 3 days we remind you."),
    many=ngettext_lazy("%(count)s new applicant: %(request)s", "%(count)s new applicants: %(request)s", "count"),
)
OFFER_ACCEPTED = declare(
    "offer_accepted",
    DESK,
    _("Somebody accepted an offer"),
    _("%(code)s accepted your offer: %(request)s"),
    _("You can read the name and the phone now. Call before the first day."),
)
OFFER_DECLINED = declare(
    "offer_declined",
    DESK,
    _("Somebody declined an offer"),
    _("%(code)s declined your offer: %(request)s"),
    _("Whoever stands by first is offered the place; with nobody there it is free."),
)
OFFER_UNANSWERED = declare(
    "offer_unanswered",
    DESK,
    _("An offer was not answered"),
    _("%(code)s did not answer your offer: %(request)s"),
    _("Whoever stands by first is offered the place; with nobody there it is free."),
)
APPLICANT_WITHDREW = declare(
    "applicant_withdrew",
    DESK,
    _("Somebody withdrew"),
    _("%(code)s withdrew: %(request)s"),
    many=ngettext_lazy(
        "%(count)s applicant withdrew: %(request)s", "%(count)s applicants withdrew: %(request)s", "count"
    ),
)
REQUEST_APPROVED = declare(
    "request_approved",
    DESK,
    _("Our request is approved"),
    _("Your request is open now: %(request)s"),
    _("The programme approved it. People can apply."),
)
REQUEST_SENT_BACK = declare(
    "request_sent_back",
    DESK,
    _("Our request is sent back"),
    _("Please change your request: %(request)s"),
    "%(reason)s. %(note)s",
)
REQUEST_EXPIRED = declare(
    "request_expired",
    DESK,
    _("Our request reached its closing date"),
    _("Closed by its date: %(request)s"),
    _("One tap renews it. Whoever applied still waits for your answer."),
)
REQUEST_FILLED = declare(
    "request_filled", DESK, _("All places are taken"), _("All places are taken: %(request)s"), **LOW
)
PLACE_FREE = declare(
    "place_free",
    DESK,
    _("A place became free"),
    _("A place became free: %(request)s"),
    _("You can offer it to somebody else on the list."),
)
OFFICE_REFUSED = declare(
    "office_refused",
    DESK,
    _("The programme could not confirm our office"),
    _("Your request is stopped: %(request)s"),
    _("The programme could not confirm your office. Call the programme to clear it up."),
    **URGENT,
)
SERVICE_PAUSED = declare(
    "service_paused",
    DESK,
    _("A volunteer's service is paused"),
    _("%(code)s may not come for now: %(request)s"),
    _("The guardian took the consent back."),
    **URGENT,
)
SERVICE_ENDED = declare(
    "service_ended", DESK, _("A volunteer's place ended early"), _("%(code)s ended the place early: %(request)s")
)
WAITING_3_DAYS = declare(
    "waiting_3_days",
    DESK,
    _("Somebody has waited 3 days"),
    _("Somebody has waited 3 days for your answer: %(request)s"),
    many=ngettext_lazy(
        "%(count)s person has waited 3 days for your answer: %(request)s",
        "%(count)s people have waited 3 days for your answer: %(request)s",
        "count",
    ),
)
WAITING_7_DAYS = declare(
    "waiting_7_days",
    DESK,
    _("Somebody has waited 7 days"),
    _("Somebody has waited 7 days for your answer: %(request)s"),
    _("After 10 days we ask the programme's staff to look."),
    many=ngettext_lazy(
        "%(count)s person has waited 7 days for your answer: %(request)s",
        "%(count)s people have waited 7 days for your answer: %(request)s",
        "count",
    ),
)

# To programme staff
REQUEST_WAITS = declare(
    "request_waits",
    PROGRAMME,
    _("A request waits for approval"),
    _("Waits for approval: %(request)s"),
    _("%(office)s is not verified yet."),
)
ALERTS_RAISED = declare(
    "alerts_raised",
    PROGRAMME,
    _("The figures show something to look at"),
    _("New points to look at in the figures: %(count)s"),
    _("A reason to look, never a verdict."),
)
OFFICE_SILENT = declare(
    "office_silent",
    PROGRAMME,
    _("An office does not answer"),
    _("No answer for 10 days: %(office)s"),
    _("Somebody applied for “%(request)s” and still waits. Call the office, or find somebody there who decides."),
    many=ngettext_lazy(
        "%(count)s person without an answer for 10 days: %(office)s",
        "%(count)s people without an answer for 10 days: %(office)s",
        "count",
    ),
)

CONSENT_PAUSED = declare(
    "consent_paused",
    MINE,
    _("My guardian took the consent back"),
    _("Your place is paused: %(request)s"),
    _("Your guardian took the consent back. With a new one it can go on."),
    **URGENT,
)
