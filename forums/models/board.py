"""A place to talk: one for each commune, one for each course, general ones, and private ones."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override

from accounts.models import Organisation
from forums.enums import PRIVATE_KINDS, BoardKind, SeatRole
from forums.querysets import BoardQuerySet
from places.models import Commune

COMMUNE_PREFIX = "commune-"
KIND_ICONS: dict[str, str] = {
    BoardKind.GENERAL: "messages",
    BoardKind.COURSE: "book-2",
    BoardKind.COMMUNE: "map-pin",
    BoardKind.OFFICE: "building-community",
    BoardKind.COHORT: "users",
}
OWNERS = ("commune", "course_key", "office", "cohort_key")


def _only(kind: BoardKind, owner: str = "") -> Q:
    """A board of this kind belongs to this and to nothing else."""
    return Q(kind=kind, **{f"{name}__isnull": name != owner for name in OWNERS})


class Board(models.Model):
    """`course_key` is the course's translation key, `cohort_key` the cohort's public id: courses stand above this app
    and are known by key alone. Boards of an office or a cohort are private. `begun_count` counts topics ever begun
    here: what a reader has not seen of a board is a subtraction.
    """

    kind = models.CharField(max_length=10, choices=BoardKind)
    slug = models.SlugField(max_length=80, unique=True)
    title_km = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    description_km = models.TextField(blank=True, default="")
    description_en = models.TextField(blank=True, default="")
    commune = models.OneToOneField(Commune, models.PROTECT, null=True, blank=True, related_name="board")
    course_key = models.UUIDField(null=True, blank=True, unique=True)
    office = models.OneToOneField(Organisation, models.PROTECT, null=True, blank=True, related_name="own_board")
    cohort_key = models.UUIDField(null=True, blank=True, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    topic_count = models.PositiveIntegerField(default=0)
    unanswered_count = models.PositiveIntegerField(default=0)
    begun_count = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=_only(BoardKind.COMMUNE, "commune")
                | _only(BoardKind.COURSE, "course_key")
                | _only(BoardKind.OFFICE, "office")
                | _only(BoardKind.COHORT, "cohort_key")
                | _only(BoardKind.GENERAL),
                name="forums_board_kind_fits",
            ),
        )
        indexes = (models.Index(fields=("kind", "position", "id"), name="forums_board_by_kind"),)

    def __str__(self) -> str:
        return self.title

    @classmethod
    def for_commune(cls, commune: Commune) -> "Board":
        """The commune's board as it will be when its first topic is written; not saved."""
        with override("km"):
            title_km = commune.title
        slug = f"{COMMUNE_PREFIX}{commune.code}"
        return cls(kind=BoardKind.COMMUNE, slug=slug, commune=commune, title_km=title_km, title_en=commune.name_en)

    @property
    def title(self) -> str:
        """In the reader's language."""
        return self.title_en if get_language() == "en" else self.title_km

    @property
    def description(self) -> str:
        return self.description_en if get_language() == "en" else self.description_km

    @property
    def icon(self) -> str:
        """The icon that stands for its kind."""
        return KIND_ICONS[self.kind]

    @property
    def is_private(self) -> bool:
        return self.kind in PRIVATE_KINDS

    @property
    def is_of_commune(self) -> bool:
        return self.kind == BoardKind.COMMUNE

    def get_absolute_url(self) -> str:
        return reverse("board", args=[self.slug])


class Seat(models.Model):
    """A person may read a private board. Whoever loses the right loses the row."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="board_seats")
    role = models.CharField(max_length=8, choices=SeatRole)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("created_at", "pk")
        constraints = (models.UniqueConstraint(fields=("board", "user"), name="forums_seat_one"),)

    def __str__(self) -> str:
        return f"{self.board_id} {self.role}"
