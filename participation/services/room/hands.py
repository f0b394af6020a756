"""A show of hands: a quick poll in the room, one at a time."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from participation.enums import RoomPart
from participation.errors import RefusedError
from participation.models import Hand, LiveRoom, ShowOfHands
from participation.services.room.ledger import Ledger, writing_in
from participation.services.room.moderating import check_moderator
from participation.services.room.voices import Voice

FEWEST, MOST = 2, 5  # choices


def ask_for_hands(room: LiveRoom, *, by: User, title: str, choices: list[str]) -> ShowOfHands:
    """A new question to the hall; the one before it is closed. The one that is open asked again is the same.

    Raises `PermissionDenied`, `RefusedError`.
    """
    check_moderator(room.meeting, by)
    with writing_in(room) as ledger:
        ledger.check_open()
        same = ledger.room.hands.filter(closed_at=None, title=title, choices=choices[:MOST]).first()
        if same is not None:  # a double click: hands that went up in between stay up
            return same
        lower_hands(ledger)
        hands = ShowOfHands.objects.create(
            room=ledger.room,
            title=title,
            choices=choices[:MOST],
            counts=[0] * len(choices[:MOST]),
            hall_counts=[0] * len(choices[:MOST]),
            opened_at=timezone.now(),
        )
        ledger.note_part(RoomPart.HANDS)
        return hands


def end_hands(room: LiveRoom, *, by: User) -> None:
    """The tally stands. Raises `PermissionDenied`."""
    check_moderator(room.meeting, by)
    with writing_in(room) as ledger:
        lower_hands(ledger)


def raise_hand(room: LiveRoom, *, voice: Voice, of: int, choice: int) -> None:
    """Choose in show of hands `of`, or choose otherwise; twice is once, and so is the guest that a person was before.

    Raises `RefusedError` when it is over or there is no such choice.
    """
    with writing_in(room) as ledger:
        hands = ledger.room.hands.filter(pk=of).first()
        if hands is None or not hands.is_open or not ledger.room.takes_words:
            raise RefusedError(_("The counting is over."))
        if not 0 <= choice < len(hands.choices):
            raise RefusedError(_("Choose one of the answers."))
        mine = list(Hand.objects.filter(Q(**voice.fields) | Q(guest=voice.spare, guest__gt=""), hands=hands))
        if [(hand.choice, hand.guest) for hand in mine] == [(choice, voice.guest)]:
            return
        for hand in mine:
            _count(hands, hand, -1)
            hand.delete()
        _count(hands, Hand.objects.create(hands=hands, choice=choice, **voice.fields), 1)
        hands.save(update_fields=["counts", "hall_counts"])
        ledger.note_part(RoomPart.HANDS)


def _count(hands: ShowOfHands, hand: Hand, step: int) -> None:
    hands.counts[hand.choice] += step
    if hand.guest:
        hands.hall_counts[hand.choice] += step


def lower_hands(ledger: Ledger) -> None:
    """In the caller's write: whatever is open is closed."""
    if ledger.room.hands.filter(closed_at=None).update(closed_at=timezone.now()):
        ledger.note_part(RoomPart.HANDS)
