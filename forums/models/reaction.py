"""One tap in place of a post that says only "thank you". There is no tap against anybody."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils import timezone

from forums.enums import ReactionKind


class Reaction(models.Model):
    """One person's reaction of one kind to one post. The post's `tallies` count these rows."""

    post = models.ForeignKey("forums.Post", models.CASCADE, related_name="reactions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="post_reactions")
    kind = models.CharField(max_length=8, choices=ReactionKind)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("post", "user", "kind"), name="forums_reaction_once"),)

    def __str__(self) -> str:
        return f"{self.post_id} {self.kind}"


@dataclass(frozen=True)
class Tally:
    """How often one kind was given to a post, and whether this reader gave it (only where the page has asked)."""

    kind: ReactionKind
    count: int
    is_mine: bool

    @property
    def value(self) -> str:
        """What the button sends before the post's number: a minus takes the reaction back."""
        return "-" if self.is_mine else ""


def count_up(post: object, tallies: dict[str, int]) -> list[Tally]:
    """Every kind in its order; `for_reader` has put the reader's own on the post."""
    return [
        Tally(kind, tallies.get(kind.value, 0), getattr(post, f"gave_{kind.value}", False)) for kind in ReactionKind
    ]
