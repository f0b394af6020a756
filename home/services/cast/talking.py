"""A board that people talk on: answers, quotes, names, reactions, polls, order, and what moderators do."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from forums.enums import HideReason, HoldReason, PinScope, PollShows, PollWay, Rating, ReactionKind, TopicKind
from forums.models import ModerationAction, Poll, Post, Topic
from forums.services import hide, invite_guest, make_quote, open_board_of_office, react, report
from forums.services.holding import hold
from forums.services.mentions import name_to
from forums.services.order import lock, pin
from forums.services.polls.making import PollFacts, add_poll, end_poll
from forums.services.polls.voting import vote
from forums.services.questions.answering import rate
from forums.services.writing import reply, start_topic
from home.services.cast.clock import days_ago
from home.services.cast.ideas import write
from home.services.cast.people import Cast
from participation.models import Meeting
from participation.services.questions import name_meeting

HELP = ("តើយុវជនជួយអ្វីបានក្នុងឃុំយើង?", "ខ្ញុំទំនេរថ្ងៃសៅរ៍។ អ្នកណាមានគំនិត?\n\n(សារគំរូ)")
ROAD = ("តើផ្លូវទៅសាលាជួសជុលនៅពេលណា?", "រដូវវស្សា ក្មេងៗទៅសាលាមិនបាន។\n\n(សំណួរគំរូ)")
ROAD_ANSWER = "យើងយកសំណួរនេះទៅប្រជុំ។ ផ្លូវនេះជាគម្រោងទី ១ ហើយជាងចាប់ផ្ដើមក្នុងខែមេសា។ សុំទោសដែលឆ្លើយយឺត។\n\n(ចម្លើយគំរូ)"
HOURS = ("ម៉ោងធ្វើការរបស់សាលាឃុំ", "ច័ន្ទ ដល់សុក្រ ម៉ោង ៧:៣០ ដល់ ១១:៣០ និង ១៤:០០ ដល់ ១៧:០០។\n\n(សេចក្ដីប្រកាសគំរូ)")
TRIP = ("អ្នកណាទៅប្រជុំភូមិជាមួយគ្នា?", "យើងជួបគ្នានៅវត្ត ម៉ោង ៧ ព្រឹក។\n\n(សារគំរូ)")
DAY = ("ថ្ងៃណាល្អសម្រាប់ជួបជុំយុវជន?", "សូមបោះឆ្នោត។ អ្នកណាបោះក៏មើលឃើញឈ្មោះដែរ។\n\n(សារគំរូ)")
LEARN = ("យើងចង់រៀនអ្វីបន្ថែម?", "ជ្រើសបានពីរ។\n\n(សារគំរូ)")
INSIDE = ("បញ្ជីអ្នកជួយរៀបចំប្រជុំ", "សូមពិនិត្យបញ្ជីមុនថ្ងៃសុក្រ។\n\n(សារគំរូ)")
ASKED, ANSWERED, RATED, TALKED = 45, 22, 20, 12  # days ago


def make_talking(cast: Cast) -> None:
    """After the meetings and the ideas."""
    answer_late(cast)
    help_out = discuss(cast)
    moderate(cast, help_out)
    ask_with_names(cast)
    ask_for_several(cast)
    keep_order(cast)
    talk_inside(cast)


def say(topic: Topic, person: User, text: str) -> Post:
    """A reply at the clock's hour."""
    post = reply(topic, by=person, source=f"{text}\n\n(សារគំរូ)")
    Post.objects.filter(pk=post.pk).update(created_at=timezone.now())
    return post


def answer_late(cast: Cast) -> None:
    """The office needed three weeks, and a meeting; its asker has said so."""
    asker = cast.crowd[2]
    with days_ago(ASKED):
        topic = write(cast, asker, ROAD, None, kind=TopicKind.QUESTION)
    with days_ago(ANSWERED):
        answer = reply(topic, by=cast.clerk, source=ROAD_ANSWER, as_answer=True)
        Post.objects.filter(pk=answer.pk).update(created_at=timezone.now())
        held = Meeting.objects.filter(office=cast.office).earliest("starts_at")
        name_meeting(topic, held, by=cast.clerk)
    with days_ago(RATED):
        rate(topic, by=asker, rating=Rating.PARTLY, words="អរគុណ ប៉ុន្តែយូរណាស់ទើបបានចម្លើយ។ (គំរូ)")
    for person in (cast.learner, *cast.crowd[3:7]):
        react(answer, by=person, kind=ReactionKind.THANKS)


def discuss(cast: Cast) -> Topic:
    """With a quote, a name and reactions."""
    first, second, third = cast.crowd[3], cast.crowd[0], cast.crowd[5]
    with days_ago(TALKED):
        topic = write(cast, first, HELP, None)
        offer = say(topic, second, "យើងអាចបង្រៀនចាស់ៗប្រើទូរស័ព្ទ នៅសាលាឃុំ ព្រឹកថ្ងៃសៅរ៍។")
    with days_ago(TALKED - 1):
        say(topic, third, f"{make_quote(offer)}ខ្ញុំចូលរួម។ ខ្ញុំមានម៉ាស៊ីនចាក់បញ្ចាំង។")
    with days_ago(TALKED - 2):
        name = name_to(topic.posts.get(number=1), topic, by=cast.learner)
        say(topic, cast.learner, f"{name}តើយើងចាប់ផ្ដើមថ្ងៃសៅរ៍នេះទេ?")
        word = say(topic, cast.clerk, "សាលាឃុំបើកទ្វារជូន។ សូមប្រាប់យើងមុនថ្ងៃព្រហស្បតិ៍ ថាមានប៉ុន្មាននាក់។")
    for place, person in enumerate((cast.learner, *cast.crowd[4:8])):
        react(offer, by=person, kind=(ReactionKind.THANKS, ReactionKind.ME_TOO, ReactionKind.AGREE)[place % 3])
    react(word, by=first, kind=ReactionKind.THANKS)
    return topic


def moderate(cast: Cast, topic: Topic) -> None:
    """One case waits, one was decided, and the first post of somebody new waits for a look."""
    loud = cast.crowd[8]
    with days_ago(TALKED - 3):
        rude = say(topic, loud, "អ្នកមិនចេះអ្វីទេ កុំសរសេរនៅទីនេះ។")
        report(rude, by=cast.crowd[3], reason=HideReason.INSULT)
        hide(rude, by=cast.moderator, reason=HideReason.INSULT, note="វាមើលងាយអ្នកដទៃ។ (គំរូ)")
        ModerationAction.objects.filter(post=rude).update(created_at=timezone.now())
    with days_ago(1):
        advert = say(topic, loud, "លក់ទូរស័ព្ទថោកៗ សូមទាក់ទងខ្ញុំ។")
    for person in (cast.learner, cast.crowd[1]):
        report(advert, by=person, reason=HideReason.SPAM)
    hold(
        topic.board, by=cast.crowd[9], why=HoldReason.FIRST, topic=topic, client_id=UUID(int=1),
        source="សួស្ដី ខ្ញុំថ្មីនៅទីនេះ។ ខ្ញុំអាចជួយបកប្រែបាន។\n\n(សារគំរូ)",
    )  # fmt: skip


def ask_with_names(cast: Cast) -> None:
    """A poll whose votes everybody reads, after their own."""
    author = cast.crowd[0]
    with days_ago(4):
        topic = write(cast, author, DAY, None)
    options = ["សៅរ៍ ព្រឹក", "សៅរ៍ រសៀល", "អាទិត្យ ព្រឹក"]
    facts = PollFacts("ថ្ងៃណា? (គំរូ)", options, PollWay.SINGLE, days=21, is_secret=False, shows=PollShows.VOTED)
    add_poll(topic, facts, by=author)
    for place, person in enumerate(cast.crowd[:6]):
        vote(topic, [(1, 3, 1, 2, 1, 3)[place]], by=person)


def ask_for_several(cast: Cast) -> None:
    """A closed poll that is over."""
    author = cast.crowd[4]
    with days_ago(30):
        topic = write(cast, author, LEARN, None)
    options = ["កុំព្យូទ័រ", "ភាសាអង់គ្លេស", "កសិកម្ម", "សរសេរសំណើគម្រោង"]
    facts = PollFacts("យុវជនចង់រៀនអ្វី? (គំរូ)", options, PollWay.SEVERAL, days=14, most=2, shows=PollShows.END)
    add_poll(topic, facts, by=author)
    for place, person in enumerate(cast.crowd[:9]):
        vote(topic, ((1, 2), (1, 4), (3,))[place % 3], by=person)
    end_poll(topic, by=author)
    now = timezone.now()
    begun, over = now - timedelta(days=30), now - timedelta(days=16)
    Poll.objects.filter(topic=topic).update(created_at=begun, ends_at=over, ended_at=over)


def keep_order(cast: Cast) -> None:
    """One topic stays at the top, one is closed."""
    with days_ago(60):
        hours = write(cast, cast.clerk, HOURS, None, kind=TopicKind.ANNOUNCEMENT)
    until = timezone.now() + timedelta(days=60)
    pin(hours, by=cast.clerk, scope=PinScope.BOARD, until=until, reason="គ្រប់គ្នាត្រូវការដឹង។ (គំរូ)")
    with days_ago(27):
        trip = write(cast, cast.crowd[6], TRIP, None)
        say(trip, cast.crowd[7], "ខ្ញុំទៅដែរ។")
    with days_ago(24):
        lock(trip, by=cast.moderator, reason="ប្រជុំបានចប់ហើយ។ សូមអានកំណត់ហេតុនៅទំព័រប្រជុំ។ (គំរូ)")


def talk_inside(cast: Cast) -> None:
    """The office's own board, with a guest."""
    hall, guest = open_board_of_office(cast.office), cast.crowd[1]
    invite_guest(hall, by=cast.clerk, username=guest.username)
    title, source = INSIDE
    topic = start_topic(hall, by=cast.clerk, kind=TopicKind.DISCUSSION, title=title, source=source)
    reply(topic, by=guest, source="ខ្ញុំបានពិនិត្យហើយ។ ខ្វះឈ្មោះពីរនៅភូមិទី ៣។ (សារគំរូ)")
