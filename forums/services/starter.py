"""The general boards that every site begins with, each with a word of welcome from the site itself."""

import uuid
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from accounts.models import User
from forums import rendering
from forums.enums import BoardKind, EventKind, TopicKind
from forums.models import Board, Post
from forums.services.ledger import writing_to
from forums.services.writing import write_topic

NAMESPACE = uuid.UUID("6d1d2c0e-2b0a-5e0c-9d5e-1c6f2a4b7e90")
SITE_USERNAME = "chuoykhum"


@transaction.atomic
def load_boards(path: Path) -> int:
    """Bring the boards in step with the file; returns how many. Run again, it changes only what the file changed.

    What people wrote, and boards that the file no longer names, stay.
    """
    entries: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    voice = get_site_user()
    for position, entry in enumerate(entries):
        board, _ = Board.objects.update_or_create(
            slug=entry["slug"],
            defaults={
                "kind": BoardKind.GENERAL,
                "position": position,
                **{f"title_{language}": entry["title"][language] for language in ("km", "en")},
                **{f"description_{language}": entry["description"][language].strip() for language in ("km", "en")},
            },
        )
        write_welcome(board, entry["welcome"], voice)
    return len(entries)


def get_site_user() -> User:
    """The site's own voice: nobody can sign in with it."""
    user, made = User.objects.get_or_create(
        username=SITE_USERNAME, defaults={"given_name_km": "ជួយឃុំ", "given_name_latin": "Chuoy Khum"}
    )
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def write_welcome(board: Board, welcome: dict[str, dict[str, str]], voice: User) -> None:
    """One topic in both languages, Khmer first; its words follow the file."""
    title = f"{welcome['title']['km']} · {welcome['title']['en']}"
    source = rendering.clean(f"{welcome['body']['km']}\n\n---\n\n{welcome['body']['en']}")
    client_id = uuid.uuid5(NAMESPACE, board.slug)
    post = Post.objects.select_related("topic").filter(author=voice, client_id=client_id).first()
    if post is None:
        write_topic(board, by=voice, kind=TopicKind.ANNOUNCEMENT, title=title, source=source, client_id=client_id)
    elif (post.topic.title, post.source) != (title, source):
        rewrite(post, title=title, source=source)


def rewrite(post: Post, *, title: str, source: str) -> None:
    """The file's new words in place of its old ones."""
    with writing_to(post.topic) as ledger:
        ledger.topic.title = title
        post.source, post.html, post.renderer_version = source, rendering.to_html(source), rendering.VERSION
        post.save()
        ledger.note(EventKind.EDITED, post)
