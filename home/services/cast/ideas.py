"""Ideas of residents on the commune's board, each at another step of the path; a poll; a question that is late."""

from django.utils import timezone

from accounts.models import User
from forums.enums import CostBand, IdeaCategory, PollShows, PollWay, Refusal, TopicKind
from forums.models import IdeaStep, Topic
from forums.services.boards import get_board_of
from forums.services.ideas.facts import IdeaFacts
from forums.services.ideas.judging import judge
from forums.services.ideas.moving import move
from forums.services.ideas.supporting import support
from forums.services.polls.making import PollFacts, add_poll
from forums.services.polls.voting import vote
from forums.services.writing import start_topic
from home.services.cast.clock import days_ago
from home.services.cast.drawing import draw_lamps, draw_well
from home.services.cast.people import Cast

ROAD = ("ចាក់ក្រួសផ្លូវទៅសាលាបឋម", "ពេលភ្លៀង ក្មេងៗដើរទៅសាលាមិនបាន។\n\n(គំនិតគំរូ)")
WELL = ("អណ្ដូងស្នប់នៅសាលាបឋម", "សិស្សយកទឹកពីផ្ទះទៅសាលា។ អណ្ដូងមួយជួយបានសិស្ស ២០០ នាក់។\n\n(គំនិតគំរូ)")
CLASS = ("ថ្នាក់កុំព្យូទ័រសម្រាប់យុវជន ថ្ងៃសៅរ៍", "យើងមានគ្នា ១២ នាក់ដែលចង់រៀន។\n\n(គំនិតគំរូ)")
LAMPS = ("ភ្លើងបំភ្លឺផ្លូវមុខផ្សារ", "ស្ត្រីលក់ដូរត្រឡប់ទៅផ្ទះពេលងងឹត។\n\n(គំនិតគំរូ)")
POOL = ("សាងអាងហែលទឹក", "ក្មេងៗចង់រៀនហែលទឹក។\n\n(គំនិតគំរូ)")
ASK = ("តើយើងគួរជួសជុលផ្លូវណាមុនគេ?", "ឃុំមានលុយគ្រប់តែផ្លូវមួយទេ។ សូមរៀបតាមលំដាប់។\n\n(សារគំរូ)")
LATE = ("តើសំបុត្រកំណើតយឺត ត្រូវបង់ប៉ុន្មាន?", "កូនខ្ញុំអាយុ ៣ ឆ្នាំហើយ។\n\n(សំណួរគំរូ)")
ROADS = ("ផ្លូវទៅផ្សារ", "ផ្លូវទៅវត្ត", "ផ្លូវទៅស្រែ")
WRITTEN, SEEN, PLANNED, FUNDED, BEGUN, DONE = 80, 76, 50, 35, 20, 6  # days ago


def make_ideas(cast: Cast) -> None:
    crowd, clerk = cast.crowd, cast.clerk
    with days_ago(WRITTEN):
        well = write(cast, crowd[0], WELL, IdeaFacts(IdeaCategory.SOCIAL, place="សាលាបឋម", cost=CostBand.MIDDLE))
        road = write(cast, crowd[1], ROAD, IdeaFacts(IdeaCategory.ECONOMY, place="ផ្លូវទៅសាលា", cost=CostBand.LARGE))
        pool = write(cast, crowd[2], POOL, IdeaFacts(IdeaCategory.SOCIAL, cost=CostBand.LARGEST))
        for number, topic in ((6, well), (9, road), (1, pool)):
            for person in crowd[3 : 3 + number]:
                support(topic, by=person)
    with days_ago(SEEN):
        for topic in (well, road, pool):
            move(topic, "review", by=clerk, words="យើងអានហើយ នឹងយកទៅប្រជុំ។ (គំរូ)")
        move(pool, "refuse", by=clerk, words="ឃុំមិនមានដី និងថវិកាថែទាំ។ (គំរូ)", reason=Refusal.MONEY)
    for days, verb, words in (
        (PLANNED, "plan", "ប្រជុំបានដាក់ក្នុងផែនការ។ (គំរូ)"),
        (FUNDED, "fund", "មានថវិកាពីមូលនិធិឃុំ។ (គំរូ)"),
        (BEGUN, "start", "ជាងចាប់ផ្ដើមធ្វើថ្ងៃចន្ទ។ (គំរូ)"),
        (DONE, "finish", "ធ្វើរួចហើយ។ សូមទៅមើល។ (គំរូ)"),
    ):
        with days_ago(days):
            move(well, verb, by=clerk, words=words, photo=draw_well() if verb == "finish" else None)
            if verb == "plan":
                move(road, verb, by=clerk, words="ជាគម្រោងទី ១ ក្នុងផែនការ។ (គំរូ)")
            if verb == "start":
                lamps = write(
                    cast, crowd[4], LAMPS, IdeaFacts(IdeaCategory.GENDER, place="មុខផ្សារ", cost=CostBand.SMALL)
                )
                for person in crowd[5:8]:
                    support(lamps, by=person)
                move(lamps, "review", by=clerk, words="យើងសួរតម្លៃ។ (គំរូ)")
                move(lamps, "start", by=clerk, words="អ្នកជិតខាងជួយលុយ ឃុំជួយបង្គោល។ (គំរូ)", photo=draw_lamps(1))
            if verb == "finish":
                move(lamps, verb, by=clerk, words="ភ្លើងបួនបំភ្លឺហើយ។ (គំរូ)", photo=draw_lamps(4))
    ask_by_poll(cast)
    with days_ago(9):
        write(cast, crowd[7], LATE, None, kind=TopicKind.QUESTION)
    with days_ago(2):
        judge(well, by=crowd[5], is_done=True, words="ទឹកស្អាតល្អ។ (គំរូ)")
        for person in crowd[5:8]:
            judge(lamps, by=person, is_done=True)
        mine = write(cast, cast.learner, CLASS, IdeaFacts(IdeaCategory.SOCIAL, place="សាលាឃុំ", cost=CostBand.MIDDLE))
        for person in crowd[:5]:
            support(mine, by=person)


def ask_by_poll(cast: Cast) -> None:
    """A closed poll that runs, with enough votes for its numbers."""
    with days_ago(3):
        topic = write(cast, cast.crowd[6], ASK, None)
        facts = PollFacts("ផ្លូវណាគួរធ្វើមុន? (គំរូ)", list(ROADS), PollWay.RANKED, days=30, shows=PollShows.ALWAYS)
        add_poll(topic, facts, by=cast.crowd[6])
    for place, person in enumerate(cast.crowd[:7]):
        vote(topic, ((1, 2), (2, 1, 3), (1, 3, 2))[place % 3], by=person)


def write(
    cast: Cast,
    author: User,
    said: tuple[str, str],
    facts: IdeaFacts | None,
    *,
    kind: TopicKind = TopicKind.DISCUSSION,
) -> Topic:
    commune = cast.office.commune
    assert commune is not None  # noqa: S101 the database holds that an office has one
    title, source = said
    kind = TopicKind.IDEA if facts else kind
    topic = start_topic(get_board_of(commune), by=author, kind=kind, title=title, source=source, idea=facts)
    for rows in (Topic.objects.filter(pk=topic.pk), topic.posts.all(), IdeaStep.objects.filter(idea=topic.pk)):
        rows.update(created_at=timezone.now())
    return topic
