"""A person's own copy of what followed their places; and what stays when they leave."""

from typing import Any

from accounts.models import User
from volunteers.enums import Speaker
from volunteers.models import Feedback, FeedbackAsk, ReturnWish, ServiceRecord
from volunteers.services.after.badge import sign_badge
from volunteers.services.after.feedback import find_answer, find_words_on_volunteer, forget_feedback
from volunteers.services.after.records import forget_records
from volunteers.services.after.returning import forget_wishes


def describe_after(user: User) -> dict[str, Any]:
    """JSON-ready. What the office said is in it once the person may read it; with the badge in hand a record can be
    proved after the account is gone.
    """
    records = ServiceRecord.objects.of(user).with_owner().select_related("placement__application__request")
    asks = FeedbackAsk.objects.with_placement().filter(placement__application__applicant=user)
    wishes = ReturnWish.objects.filter(person=user).prefetch_related("invitations__request")
    return {
        "service_records": [_describe_record(record) for record in records],
        "feedback": [_describe_ask(ask) for ask in asks],
        "wishes_to_return": [_describe_wish(wish) for wish in wishes],
    }


def forget_after(user: User) -> None:
    """The account is being deleted."""
    forget_records(user)
    forget_feedback(user)
    forget_wishes(user)


def _describe_record(record: ServiceRecord) -> dict[str, Any]:
    return {
        "code": record.shown_code,
        "state": record.state.value,
        "issued_at": record.issued_at.isoformat(),
        "sharing": record.sharing,
        "facts": record.facts,
        "badge": sign_badge(record),
    }


def _describe_ask(ask: FeedbackAsk) -> dict[str, Any]:
    return {
        "asked_at": ask.asked_at.isoformat(),
        "mine": _describe_answer(find_answer(ask, Speaker.VOLUNTEER)),
        "of_the_office": _describe_answer(find_words_on_volunteer(ask)),
    }


def _describe_answer(answer: Feedback | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    return {"scores": [answer.first, answer.second, answer.third], "words": answer.words}


def _describe_wish(wish: ReturnWish) -> dict[str, Any]:
    return {
        "made_at": wish.made_at.isoformat(),
        "ended_at": wish.ended_at.isoformat() if wish.ended_at else None,
        "invited_to": [invitation.request.title for invitation in wish.invitations.all()],
    }
