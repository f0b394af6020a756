"""Which questions an attempt asks: drawn by chance from a seed, the same seed drawing the same questions anywhere."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from courses.querysets import Learner

Question = Mapping[str, Any]


def draw(questions: Sequence[Question], pools: Mapping[str, int], seed: str, first: str = "") -> list[str]:
    """Ids of the questions asked, in the quiz's order; empty where nothing is drawn: all are asked.

    `first` is the id of a question that was asked already: it is among them whatever the seed says.
    """
    if not any(pools.values()):
        return []
    taken: set[str] = set()
    for pool in {question.get("pool", "") for question in questions}:
        members = [question["id"] for question in questions if question.get("pool", "") == pool]
        by_chance = sorted(members, key=lambda key: (key != first, hashlib.sha256(f"{seed}/{key}".encode()).digest()))
        taken.update(by_chance[: pools.get(pool) or None])
    return [question["id"] for question in questions if question["id"] in taken]


def make_seed(
    learner: Learner, *, lesson_key: uuid.UUID, attempt_id: uuid.UUID, taken: int, was_kept: bool = False
) -> str:
    """A person gets the same questions on every device until the attempt is over. A visitor, who has one device and
    may not be known yet, gets them by the id that the page carries; so does everybody on a phone without network,
    whose pages were fetched for nobody (`was_kept`).
    """
    if learner.user is not None and not was_kept:
        return f"{learner.user.pk}/{lesson_key}/{taken}"
    return str(attempt_id)
