"""The public draw. One number for each person and round, the same at every request, breaks ties inside a band.

The seed is published before the run (a draw of the state lottery, a block of figures read out in public). A person's
number is SHA-256 of the seed, a line break and the person's public id, in UTF-8; the smallest number goes first.
Anybody can work out their own: `printf '%s\\n%s' SEED ID | sha256sum`. It depends on nothing else, so that one person
more or less changes nobody else's turn, and no computer draws differently from another.
"""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from volunteers.matching.instance import Ints


def draw_number(seed: str, person: str) -> str:
    """One person's number, as 64 hexadecimal digits."""
    return sha256(f"{_check(seed)}\n{person}".encode()).hexdigest()


def draw_places(seed: str, people: Sequence[str]) -> Ints:
    """Each person's turn, from 0, first. `people` are sorted: equal numbers, which nobody will see, follow the id."""
    start = sha256(f"{_check(seed)}\n".encode())
    numbers = []
    for person in people:
        number = start.copy()
        number.update(person.encode())
        numbers.append(number.digest())
    words = np.frombuffer(b"".join(numbers), dtype=">u8").astype(np.uint64).reshape(-1, 4)
    order = np.argsort(words[:, 0], kind="stable")
    leading = words[order, 0]
    if (leading[1:] == leading[:-1]).any():
        order = np.lexsort(words.T[::-1])
    places = np.empty(len(people), dtype=np.int64)
    places[order] = np.arange(len(people))
    return places


def _check(seed: str) -> str:
    if not seed or "\n" in seed:
        raise ValueError("a seed is one line and not empty")
    return seed
