"""The path of an idea, declared: every arrow with where it starts, who goes it, what must be said, and who hears of it.

    received > under review > in the CIP > funded > in work > said done > confirmed by residents

What needs no plan or no money leaves those steps out. The office may refuse with a reason until work has begun, and go
back with a reason. Only residents can confirm; their "no" leads from "said done" back to "in work".
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forums.enums import IdeaStatus as S
from forums.enums import Refusal, StepBack
from forums.models import Idea
from forums.services.ideas.audiences import to_fans, to_office, to_residents
from forums.services.notices import ideas as news
from notifications.services import Kind


class Goer(Enum):
    """Who goes an arrow: the author by writing, the office, or residents together by what they say."""

    AUTHOR = "author"
    OFFICE = "office"
    RESIDENTS = "residents"


@dataclass(frozen=True)
class Tell:
    """Who hears of a step, and in which words. Never the one who did it."""

    who: Callable[[Idea], list[User]]
    kind: Kind


@dataclass(frozen=True)
class Change:
    """One arrow. The office says a sentence at every step, and chooses from `reasons` where there are any."""

    verb: str
    sources: tuple[S, ...]
    target: S
    goer: Goer
    label: str | Promise
    tells: tuple[Tell, ...]
    reasons: type[TextChoices] | None = None


MOVED = (Tell(to_fans, news.MOVED),)
BACK = (Tell(to_fans, news.BACK),)

CHANGES = (
    # The first line of the history; the row is made in this state.
    Change("send", (), S.RECEIVED, Goer.AUTHOR, "", (Tell(to_office, news.SENT),)),
    Change("review", (S.RECEIVED,), S.UNDER_REVIEW, Goer.OFFICE, _("We look at it"), MOVED),
    Change("plan", (S.UNDER_REVIEW,), S.IN_CIP, Goer.OFFICE, _("It is in the CIP"), MOVED),
    Change("fund", (S.UNDER_REVIEW, S.IN_CIP), S.FUNDED, Goer.OFFICE, _("There is money for it"), MOVED),
    Change("start", (S.UNDER_REVIEW, S.IN_CIP, S.FUNDED), S.IN_WORK, Goer.OFFICE, _("The work begins"), MOVED),
    Change(
        "finish",
        (S.IN_WORK,),
        S.SAID_DONE,
        Goer.OFFICE,
        _("It is done: ask the residents"),
        (Tell(to_fans, news.DONE), Tell(to_residents, news.DONE)),
    ),
    Change(
        "confirm",
        (S.SAID_DONE,),
        S.CONFIRMED,
        Goer.RESIDENTS,
        "",
        (Tell(to_fans, news.CONFIRMED), Tell(to_office, news.PROVED)),
    ),
    Change(
        "reopen",
        (S.SAID_DONE,),
        S.IN_WORK,
        Goer.RESIDENTS,
        "",
        (Tell(to_fans, news.REOPENED), Tell(to_office, news.DENIED)),
    ),
    Change(
        "refuse",
        (S.RECEIVED, S.UNDER_REVIEW, S.IN_CIP, S.FUNDED),
        S.REFUSED,
        Goer.OFFICE,
        _("We cannot do it"),
        (Tell(to_fans, news.REFUSED),),
        Refusal,
    ),
    Change(
        "back_review",
        (S.IN_CIP, S.FUNDED, S.IN_WORK, S.REFUSED),
        S.UNDER_REVIEW,
        Goer.OFFICE,
        _("Back: we look at it again"),
        BACK,
        StepBack,
    ),
    Change("back_cip", (S.FUNDED, S.IN_WORK), S.IN_CIP, Goer.OFFICE, _("Back: in the CIP only"), BACK, StepBack),
    Change("back_funded", (S.IN_WORK,), S.FUNDED, Goer.OFFICE, _("Back: work has not begun"), BACK, StepBack),
    Change("back_work", (S.SAID_DONE,), S.IN_WORK, Goer.OFFICE, _("Back: it is not done yet"), BACK, StepBack),
)
PATH = {change.verb: change for change in CHANGES}


def list_changes(status: str) -> list[Change]:
    """What the office may do from here: steps ahead first."""
    return [change for change in CHANGES if change.goer == Goer.OFFICE and status in change.sources]
