"""Finding a commune, and what its page shows."""

from dataclasses import dataclass, field

from accounts.models import Organisation
from forums.models import Board, Idea, Topic
from forums.querysets import Reader
from forums.services.boards import answer_days
from forums.services.ideas.reading import list_ideas
from home.services.officials import Official, Waiting, count_waiting, read_officials
from participation.models import CommuneDocument, Survey
from participation.services.following import count_followers, is_following
from participation.services.meeting_reading import CommuneMeetings, read_meetings
from participation.services.paper_reading import read_papers
from participation.services.surveys.finding import find_open_survey
from participation.services.timeline import Timeline, read_timeline
from places.models import Commune, Place, Village
from places.services import LEVELS, find_place, find_places, places_of
from volunteers.models import VolunteerRequest

SHOWN_PLACES = 20
SHOWN_TOPICS = 5
SHOWN_IDEAS = 3
SHOWN_REQUESTS = 5
DYES = ("", "k2", "k3", "k4")
BELOW = {"": "province", "province": "district", "district": "commune"}


@dataclass(frozen=True)
class Directory:
    """Either what a search found, or the places one step below `above` (provinces at the top)."""

    query: str = ""
    found: list[Place] = field(default_factory=list)
    above: Place | None = None
    below: list[Place] = field(default_factory=list)
    are_communes: bool = False


def read_directory(*, query: str, inside: str) -> Directory:
    """`query` is a name or code as typed; `inside` the code of a province or district, else the top."""
    query = " ".join(query.split())
    if query:
        return Directory(query=query, found=find_places(query, ("commune",), SHOWN_PLACES), are_communes=True)
    above = find_place(inside) if len(inside) in (2, 4) else None
    level = BELOW[level_of(above)]
    below = list(places_of(level).inside(above.code if above else ""))
    return Directory(above=above, below=below, are_communes=level == "commune")


def level_of(place: Place | None) -> str:
    """The name of the level, such as "province"; "" for none."""
    return next((name for name, model in LEVELS.items() if isinstance(place, model)), "")


@dataclass(frozen=True)
class CommunePage:
    """What a resident finds on the page of their commune."""

    commune: Commune
    office: Organisation | None
    officials: list[Official]
    waiting: Waiting
    village_count: int
    board: Board
    topics: list[Topic]
    ideas: list[Idea]
    answer_days: int | None
    requests: list[VolunteerRequest]
    meetings: CommuneMeetings
    timeline: Timeline
    papers: list[CommuneDocument]
    survey: Survey | None
    follower_count: int
    is_followed: bool

    @property
    def dye(self) -> str:
        """The colour of the commune's krama square, always the same."""
        return DYES[int(self.commune.code) % len(DYES)]


def read_commune(commune: Commune, *, user: Reader) -> CommunePage:
    """`officials` act for a verified office only; an office that waits is shown as waiting.

    The board may be one that nobody has written in yet: it is not saved then.
    """
    office = Organisation.objects.select_related("volunteer_figures").filter(commune=commune).first()
    board = Board.objects.visible_to(user).filter(commune=commune).first() or Board.for_commune(commune)
    return CommunePage(
        commune=commune,
        office=office,
        officials=read_officials(office, board),
        waiting=count_waiting(board),
        village_count=Village.objects.filter(commune=commune).count(),
        board=board,
        topics=list(Topic.objects.visible_to(user).filter(board=board)[:SHOWN_TOPICS]) if board.pk else [],
        ideas=list(list_ideas(board, user=user).order_by("-support_count", "-pk")[:SHOWN_IDEAS]),
        answer_days=answer_days(board),
        requests=list(VolunteerRequest.objects.open().in_commune(commune).newest(SHOWN_REQUESTS)),
        meetings=read_meetings(commune, user=user),
        timeline=read_timeline(commune),
        papers=read_papers(commune, user=user),
        survey=find_open_survey(commune),
        follower_count=count_followers(commune),
        is_followed=is_following(user, commune),
    )
