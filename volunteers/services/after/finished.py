"""The volunteers whose place ended, as the office may see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from ui.words import to_digits
from volunteers.enums import Speaker
from volunteers.models import FeedbackAsk
from volunteers.rules import may_read_name
from volunteers.services.after.feedback import find_answer


@dataclass(frozen=True)
class Finished:
    """One row. The name only where the office may still read it; `is_answered` by the office."""

    ask: FeedbackAsk
    code_name: str
    name: str
    work: str
    is_answered: bool


def describe_finished(asks: Sequence[FeedbackAsk], *, by: User) -> list[Finished]:
    """After `with_placement()`: no query of its own."""
    return [_describe(ask, by) for ask in asks]


def _describe(ask: FeedbackAsk, by: User) -> Finished:
    application = ask.placement.application
    application.placement = ask.placement
    return Finished(
        ask=ask,
        code_name=to_digits(application.code_name),
        name=application.applicant.get_full_name() if may_read_name(by, application) else "",
        work=application.request.title,
        is_answered=find_answer(ask, Speaker.OFFICE) is not None,
    )
