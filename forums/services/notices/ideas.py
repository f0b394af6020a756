"""What is told of ideas: to those who want them, and to the office that is asked."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import User
from accounts.rules import CLERK_ROLES
from forums.enums import IdeaStatus, Refusal, StepBack
from forums.services.notices import DECIDING, declare
from notifications.services import Category

REASONS = {**dict(Refusal.choices), **dict(StepBack.choices)}


def acts_for_commune(user: User) -> bool:
    """Whom questions and ideas reach at work."""
    return any(held.role in CLERK_ROLES and held.organisation.commune_id for held in user.active_memberships)


IDEAS = Category(
    "forums_ideas", _("Ideas I wrote or support"), _("Each step to the end, and why. Whoever asked hears the answer.")
)
OFFICE = Category(
    "forums_office",
    _("Questions and ideas for our office"),
    _("Residents write to the commune here and wait for a word."),
    concerns=acts_for_commune,
)


def read_codes(data: Mapping[str, Any]) -> dict[str, str]:
    """The state and the reason as words."""
    status, reason = data.get("status", ""), data.get("reason", "")
    words = {"status": str(IdeaStatus(status).label)} if status in IdeaStatus.values else {}
    return words | ({"reason": str(REASONS[reason])} if reason in REASONS else {})


def declare_idea(code: str, label: Any, title: Any, body: Any, category: Category = IDEAS, **more: Any) -> Any:
    return declare(f"idea_{code}", label, title, body, category=category, words=read_codes, **more)


MOVED = declare_idea("moved", _("An idea moves on"), _("%(status)s: %(idea)s"), _("%(commune)s says: %(words)s"))
BACK = declare_idea(
    "back", _("An idea goes back a step"), _("Back to “%(status)s”: %(idea)s"), _("%(reason)s. %(words)s")
)
REFUSED = declare_idea(
    "refused",
    _("An idea is refused, and why"),
    _("The commune does not take it up: %(idea)s"),
    _("%(reason)s. %(words)s"),
)
DONE = declare_idea(
    "done",
    _("The commune says that an idea is done"),
    _("Is it really done? %(idea)s"),
    _("%(commune)s says: %(words)s Go and look, then say yes or no."),
)
CONFIRMED = declare_idea(
    "confirmed",
    _("Residents confirm that an idea is done"),
    _("Done, and residents confirm it: %(idea)s"),
    _("%(yes)s people looked and said yes."),
)
REOPENED = declare_idea(
    "reopened",
    _("Residents say that an idea is not done"),
    _("Not done yet: %(idea)s"),
    _("A resident says: %(words)s"),
)

# To moderators
LOOK = declare_idea(
    "words_looked_at",
    _("Words or a photo of residents on an idea wait for a look"),
    _("Look at what a resident says: %(idea)s"),
    _("Show it to everybody, or take words and photo out."),
    DECIDING,
)

# To the office
SENT = declare_idea(
    "sent",
    _("A resident writes an idea"),
    _("A new idea for your commune: %(idea)s"),
    _("Read it, and say whether you look at it."),
    OFFICE,
    many=ngettext_lazy("%(count)s new idea for your commune", "%(count)s new ideas for your commune", "count"),
)
PROVED = declare_idea(
    "proved",
    _("Residents confirm what we did"),
    _("Residents confirm it: %(idea)s"),
    _("%(yes)s people looked and said yes. Thank you."),
    OFFICE,
)
DENIED = declare_idea(
    "denied",
    _("Residents say that it is not done"),
    _("Residents say it is not done: %(idea)s"),
    _("They say: %(words)s"),
    OFFICE,
)
