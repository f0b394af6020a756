"""What was asked in the live room of the meeting that was."""

from datetime import timedelta

from home.services.cast.clock import at
from home.services.cast.people import Cast
from participation.enums import AsideReason
from participation.models import Meeting
from participation.services.room.asking import ask, support
from participation.services.room.hands import ask_for_hands, raise_hand
from participation.services.room.moderating import Act, Decision, decide
from participation.services.room.opening import close_room, open_room
from participation.services.room.voices import Voice

HALL = tuple(Voice(guest=f"{number:032d}") for number in range(1, 8))  # phones that showed the code
ASKED = (
    ("តើផ្លូវទៅសាលាជួសជុលមុនរដូវវស្សាទេ? (គំរូ)", Decision(Act.ANSWERED, note="បាទ គ្រោងក្នុងខែមេសា។ (គំរូ)")),
    ("តើយុវជនចូលគណៈកម្មការអណ្ដូងបានទេ? (គំរូ)", Decision(Act.ANSWERED, note="បាន មានកន្លែងពីរ។ (គំរូ)")),
    ("ហេតុអ្វីផ្សារមិនទាន់មានភ្លើង? (គំរូ)", Decision(Act.ASIDE, reason=AsideReason.TIME.value)),
)


def hold_room(meeting: Meeting, cast: Cast) -> None:
    """People in the hall and the learner at home ask, support and raise their hands."""
    with at(meeting.starts_at + timedelta(hours=1)):
        room = open_room(meeting, by=cast.clerk, takes_guests=True)
        voices = (Voice(user=cast.learner), HALL[0], HALL[1])
        for place, (voice, (text, decision)) in enumerate(zip(voices, ASKED, strict=True)):
            question = ask(room, voice=voice, text=text)
            question.room = room
            for other in HALL[2 : 7 - place]:
                support(question, voice=other)
            decide(question, decision, by=cast.clerk)
        hands = ask_for_hands(room, by=cast.clerk, title="អ្វីមុនគេ? (គំរូ)", choices=["ផ្លូវ", "អណ្ដូង", "មិនប្រាកដ"])
        for place, voice in enumerate(HALL):
            raise_hand(room, voice=voice, of=hands.pk, choice=(0, 0, 1, 0, 1, 2, 0)[place])
        close_room(room, by=cast.clerk)
