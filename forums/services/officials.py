"""Under which name and title an official answers."""

from typing import Any

from django.utils.translation import override

from accounts.models import Membership, User
from forums.models import Board
from forums.rules import find_official_membership
from places.models import Commune


def official_fields(user: User, board: Board) -> dict[str, Any]:
    """The fields that make a post official, as things stand now; empty for anyone else."""
    membership = find_official_membership(user, board)
    if membership is None or board.commune is None:
        return {}
    fields: dict[str, Any] = {"is_official": True, "office": membership.organisation}
    for language in ("km", "en"):
        with override(language):
            fields[f"official_name_{language}"] = user.public_name[:160]
            fields[f"official_title_{language}"] = title_at(membership, board.commune)[:120]
    return fields


def title_at(membership: Membership, commune: Commune) -> str:
    """The title with its place, as people say it: "ស្មៀនឃុំអង្គតាសោម", "Clerk, Angk Ta Saom"."""
    title, place = membership.title, commune.title
    if place == commune.name:
        return f"{title}, {place}"
    kind = place.removesuffix(commune.name)
    return f"{title.removesuffix(kind)}{place}"
