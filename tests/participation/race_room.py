"""Many voices in one live room at the same moment."""

import uuid
from datetime import timedelta
from functools import partial

from django.utils import timezone

from participation.models import Support
from participation.services.room import asking, opening
from participation.services.room.hands import ask_for_hands, raise_hand
from participation.services.room.voices import Voice
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.participation import MeetingFactory
from tests.races import run_together, split_results

VOICES = 4


def one_room(rounds: int) -> None:
    """Numbers and events without gaps, one question for a repeated sending, counts that say what is kept."""
    office = OfficeFactory.create()
    clerk = MembershipFactory.create(organisation=office).user
    voices = [Voice(user=UserFactory.create()) for _ in range(2)] + [Voice(guest=digit * 32) for digit in "12"]
    for _ in range(rounds):
        begin = timezone.now() - timedelta(minutes=5)
        meeting = MeetingFactory.create(office=office, starts_at=begin, ends_at=begin + timedelta(hours=2))
        room = opening.open_room(meeting, by=clerk, takes_guests=True)
        client_id = uuid.uuid4()
        jobs = [partial(asking.ask, room, voice=voice, text=f"Question {at}?") for at, voice in enumerate(voices)]
        jobs += [partial(asking.ask, room, voice=voices[0], text="Twice?", client_id=client_id)] * 2
        asked, _refused = split_results(run_together(jobs))
        first = asked[0]
        first.room = room
        hands = ask_for_hands(room, by=clerk, title="Now?", choices=["Yes", "No"])
        taps = [partial(asking.support, first, voice=voice) for voice in voices] * 2
        taps += [partial(raise_hand, room, voice=voice, of=hands.pk, choice=at % 2) for at, voice in enumerate(voices)]
        split_results(run_together(taps))
        room.refresh_from_db()
        hands.refresh_from_db()
        first.refresh_from_db()
        numbers = list(room.questions.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, VOICES + 2)), numbers
        assert list(room.events.order_by("seq").values_list("seq", flat=True)) == list(range(1, room.last_seq + 1))
        assert (room.last_number, room.question_count) == (VOICES + 1, VOICES + 1)
        assert first.support_count == Support.objects.filter(question=first).count() == VOICES
        assert (hands.counts, hands.raised.count()) == ([2, 2], VOICES)
