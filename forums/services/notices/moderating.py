"""What is told of reports, decisions and appeals."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from forums.enums import HideReason, HoldReason, ModerationKind, SealReason
from forums.services.notices import DECIDING, declare
from notifications.enums import Importance

RULINGS = {
    ModerationKind.HIDE: _("The post was hidden."),
    ModerationKind.WARN: _("Its author was warned."),
    ModerationKind.DISMISS: _("It breaks no rule, so it stays."),
    ModerationKind.UPHOLD: _("The decision stands."),
    ModerationKind.OVERTURN: _("The decision was taken back."),
}


def read_reason(data: Mapping[str, Any]) -> dict[str, str]:
    """Codes of reason and ruling as words."""
    reason, ruling = data.get("reason", ""), data.get("ruling", "")
    words = {"reason": str(HideReason(reason).label)} if reason in HideReason.values else {}
    return words | ({"ruling": str(RULINGS[ruling])} if ruling in RULINGS else {})


def read_hold(data: Mapping[str, Any]) -> dict[str, str]:
    """Why it waits, in words."""
    why = data.get("why", "")
    return {"why": str(HoldReason(why).label) if why in HoldReason.values else ""}


def read_danger(data: Mapping[str, Any]) -> dict[str, str]:
    """The kind of danger as words."""
    danger = data.get("danger", "")
    return {"danger": str(SealReason(danger).label)} if danger in SealReason.values else {}


# To those who decide
ALARM = declare(
    "case_alarm",
    _("Somebody reports a danger to a young person"),
    _("Danger to a young person: a post on %(board)s"),
    _("Open it now and decide. If somebody is in danger, call the police, 117, or Child Helpline Cambodia, 1280."),
    category=DECIDING,
    importance=Importance.ALARM,
    words=read_reason,
)
EXCLUDED = declare(
    "case_excluded",
    _("Somebody reports being left out because of their views"),
    _("Left out because of views: a post on %(board)s"),
    _("Only the programme sees this report, never the commune."),
    category=DECIDING,
    importance=Importance.URGENT,
    words=read_reason,
)
ARRIVED = declare(
    "case_arrived",
    _("A post is reported"),
    _("A post on %(board)s is reported: %(reason)s"),
    category=DECIDING,
    words=read_reason,
    many=ngettext_lazy("%(count)s reported post", "%(count)s reported posts", "count"),
)
APPEALED = declare(
    "case_appealed",
    _("An author appeals against a decision"),
    _("An appeal: a post on %(board)s"),
    _("Somebody decides who did not decide before and is from elsewhere."),
    category=DECIDING,
    words=read_reason,
)
OVERDUE = declare(
    "case_overdue",
    _("A report or appeal waits too long"),
    _("Nobody has decided yet: a post on %(board)s"),
    _("%(reason)s. Find somebody who decides today."),
    category=DECIDING,
    importance=Importance.URGENT,
    words=read_reason,
)

HELD = declare(
    "post_held",
    _("A post waits to be let through"),
    _("A post on %(board)s waits to be let through"),
    _("%(why)s Its author waits for you."),
    category=DECIDING,
    words=read_hold,
    many=ngettext_lazy("%(count)s post waits to be let through", "%(count)s posts wait to be let through", "count"),
)

HELD_WAITS = declare(
    "post_held_waits",
    _("A post still waits to be let through"),
    _("Nobody has looked yet: a post on %(board)s waits to be let through"),
    _("%(why)s Its author waits for you."),
    category=DECIDING,
    words=read_hold,
    many=ngettext_lazy("%(count)s post still waits for you", "%(count)s posts still wait for you", "count"),
)
HELD_LATE = declare(
    "post_held_late",
    _("A post waits too long to be let through"),
    _("No moderator has looked: a post on %(board)s waits to be let through"),
    _("%(why)s You may let it through now, or find a moderator who decides today."),
    category=DECIDING,
    importance=Importance.URGENT,
    words=read_hold,
)

SEAL_ASKED = declare(
    "seal_asked",
    _("A moderator asks to open a seal"),
    _("A moderator asks who wrote a protected post on %(board)s"),
    _("%(danger)s. A second person decides: read the reason and answer now."),
    category=DECIDING,
    importance=Importance.URGENT,
    words=read_danger,
)
SEAL_OPENED = declare(
    "seal_opened",
    _("A seal that I asked about is opened"),
    _("The programme agreed: the seal of a post on %(board)s is open"),
    _("You can read the name for 48 hours."),
    category=DECIDING,
    importance=Importance.URGENT,
)
SEAL_REFUSED = declare(
    "seal_refused",
    _("A seal that I asked about stays closed"),
    _("The programme refused: the seal of a post on %(board)s stays closed"),
    category=DECIDING,
)

# To members
STILL_HELD = declare(
    "post_still_held",
    _("My post that waits has waited long"),
    _("Your post still waits: %(title)s"),
    _("No moderator has looked yet. The programme is asked to look now. You can take your words back at any time."),
)
RELEASED = declare(
    "post_released",
    _("My post that waited can be read"),
    _("Everybody can read your post now: %(title)s"),
)
REFUSED = declare(
    "post_refused",
    _("My post that waited is refused"),
    _("Your post was not let through: %(title)s"),
    _("%(reason)s. Nobody could read it."),
    words=read_reason,
)
REPORT_DECIDED = declare(
    "report_decided",
    _("A post that I reported is decided"),
    _("Your report is decided: %(title)s"),
    _("%(ruling)s Thank you for telling us."),
    words=read_reason,
)
HIDDEN = declare(
    "post_hidden",
    _("A post of mine is hidden"),
    _("Your post was hidden: %(title)s"),
    _("%(reason)s. %(answer)s You can appeal for 30 days; somebody from elsewhere looks again."),
    words=read_reason,
)
WARNED = declare(
    "post_warned",
    _("I am warned about a post"),
    _("A warning about your post: %(title)s"),
    _("%(reason)s. %(answer)s You can appeal for 30 days; somebody from elsewhere looks again."),
    words=read_reason,
)
APPEAL_DECIDED = declare(
    "appeal_decided",
    _("My appeal is decided"),
    _("Your appeal is decided: %(title)s"),
    _("%(ruling)s %(answer)s"),
    words=read_reason,
)
