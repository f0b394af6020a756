"""How the demo's people were told of a meeting, came, were counted, and what they thought."""

from django.utils import timezone

from home.services.cast.people import Cast
from participation.enums import AgeBand, Channel, CountedGroup, FeedbackStage, MissedBecause, Opinion, Sex
from participation.models import ChoiceQuestion, Meeting
from participation.services.attendance.check_in import Coming, check_in
from participation.services.attendance.counting import set_door
from participation.services.choices import Asked, Chosen, ask, choose
from participation.services.feedback.answering import Asked as Person
from participation.services.feedback.answering import say
from participation.services.feedback.reading import reply
from participation.services.inviting.ledger import Told, note_invitation
from participation.services.inviting.untold import say_untold
from places.models import Village
from volunteers.services.serving.codes import code_at

WELL, ROAD, CLASS = ("អណ្ដូង", "A well"), ("ផ្លូវ", "A road"), ("ថ្នាក់កុំព្យូទ័រ", "A computer class")


def invite(meeting: Meeting, cast: Cast, villages: int) -> None:
    """The chief told some villages, a volunteer others; the rest heard nothing."""
    today = timezone.localdate()
    for number, village in enumerate(Village.objects.filter(commune=meeting.commune)[:villages]):
        line = Told(Channel.CHIEF, 18 + 3 * number, today, village=village, women=9 + number, youth=4 + number)
        note_invitation(meeting, line, by=cast.clerk)
        if number % 2:
            more = Told(Channel.VOLUNTEER, 6 + number, today, village=village, women=3, youth=5)
            note_invitation(meeting, more, by=cast.clerk)
    for number in range(6):
        say_untold(meeting, f"demo-{number}")


def ask_first(meeting: Meeting, cast: Cast) -> ChoiceQuestion:
    """One question with three answers, answered by some."""
    ask(
        meeting, [Asked("អ្វីសំខាន់ជាងគេសម្រាប់ភូមិអ្នក? (គំរូ)", [WELL, ROAD, CLASS], "What matters most? (demo)")], by=cast.clerk
    )
    question: ChoiceQuestion = meeting.choice_questions.get()
    options = list(question.options.values_list("pk", flat=True))
    for number, person in enumerate(cast.crowd[:6]):
        choose(question, Chosen([options[number % 2]]), by=person)
    return question


def count_people(meeting: Meeting, cast: Cast) -> None:
    """Some check in with their phone, most are counted at the door."""
    for number, person in enumerate(cast.crowd[:6]):
        code = code_at(meeting, timezone.now())
        check_in(person, code, Coming(hides_name=bool(number % 2)), at=meeting.public_id)
    cells = {
        (Sex.FEMALE.value, AgeBand.YOUTH.value): 12,
        (Sex.MALE.value, AgeBand.YOUTH.value): 10,
        (Sex.FEMALE.value, AgeBand.MIDDLE.value): 11,
        (Sex.MALE.value, AgeBand.MIDDLE.value): 10,
        (Sex.FEMALE.value, AgeBand.ELDERLY.value): 6,
        (Sex.MALE.value, AgeBand.ELDERLY.value): 4,
    }
    set_door(meeting, cells, {CountedGroup.DISABILITY: 11, CountedGroup.MIGRANT: 14}, by=cast.clerk)


def think(meeting: Meeting, cast: Cast) -> None:
    """What those who came and those who did not said a week later, and what the office changes."""
    words: list[Opinion | MissedBecause] = [Opinion.GOOD, Opinion.GOOD, Opinion.PARTLY, Opinion.BAD, MissedBecause.TIME]
    for number, person in enumerate(cast.crowd):
        came = number < 6
        say(Person(meeting, person, FeedbackStage.DAYS, came), words[number % 4 if came or number > 6 else 4])
    reply(
        meeting,
        "លើកក្រោយយើងប្រជុំពេលល្ងាច ដើម្បីឱ្យអ្នកធ្វើការមកបាន។ (គំរូ)",
        "Next time we meet in the evening. (demo)",
        by=cast.clerk,
    )
