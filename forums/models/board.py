"""A place to talk: one for each commune, one for each course, and general ones."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, override

from forums.enums import BoardKind
from forums.querysets import BoardQuerySet
from places.models import Commune

COMMUNE_PREFIX = "commune-"
KIND_ICONS: dict[str, str] = {
    BoardKind.GENERAL: "messages",
    BoardKind.COURSE: "book-2",
    BoardKind.COMMUNE: "map-pin",
}


class Board(models.Model):
    """`course_key` is the course's translation key: courses stand above this app and are known by key alone."""

    kind = models.CharField(max_length=10, choices=BoardKind)
    slug = models.SlugField(max_length=80, unique=True)
    title_km = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    description_km = models.TextField(blank=True, default="")
    description_en = models.TextField(blank=True, default="")
    commune = models.OneToOneField(Commune, models.PROTECT, null=True, blank=True, related_name="board")
    course_key = models.UUIDField(null=True, blank=True, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    topic_count = models.PositiveIntegerField(default=0)
    unanswered_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=BoardKind.COMMUNE, commune__isnull=False, course_key__isnull=True)
                | Q(kind=BoardKind.COURSE, commune__isnull=True, course_key__isnull=False)
                | Q(kind=BoardKind.GENERAL, commune__isnull=True, course_key__isnull=True),
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
    def is_of_commune(self) -> bool:
        return self.kind == BoardKind.COMMUNE

    def get_absolute_url(self) -> str:
        return reverse("board", args=[self.slug])
