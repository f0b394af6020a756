"""The draw is the published one: on any computer, and whoever else takes part."""

from hashlib import sha256

import numpy as np
import pytest

from volunteers.matching import lottery
from volunteers.matching.lottery import draw_number, draw_places

PEOPLE = tuple(sorted(f"person-{number}" for number in range(300)))


def test_a_number_is_what_sha256sum_prints() -> None:
    # printf '2026-12-01 48 07 19 33\nវិ-0001' | sha256sum
    expected = "e2db74ff624329ae55c43fb560f94614bab673a76983bed2f02608b92987ffda"
    assert draw_number("2026-12-01 48 07 19 33", "វិ-0001") == expected


def test_turns_follow_the_numbers() -> None:
    turns = draw_places("seed", PEOPLE)
    assert [PEOPLE[index] for index in np.argsort(turns)] == sorted(PEOPLE, key=lambda one: draw_number("seed", one))
    assert sorted(turns.tolist()) == list(range(300))
    assert draw_places("other", PEOPLE).tolist() != turns.tolist()


def test_one_person_less_changes_nobody_elses_order() -> None:
    turns = draw_places("seed", PEOPLE)
    rest = [index for index in range(300) if index != 17]
    fewer = draw_places("seed", tuple(PEOPLE[index] for index in rest))
    assert np.argsort(turns[rest]).tolist() == np.argsort(fewer).tolist()


def test_equal_starts_are_told_apart_by_the_whole_number(monkeypatch: pytest.MonkeyPatch) -> None:
    class Half:
        """SHA-256 whose first eight bytes are the same for everybody."""

        def __init__(self, text: bytes = b"") -> None:
            self.inner = sha256(text)

        def copy(self) -> "Half":
            other = Half()
            other.inner = self.inner.copy()
            return other

        def update(self, text: bytes) -> None:
            self.inner.update(text)

        def digest(self) -> bytes:
            return bytes(8) + self.inner.digest()[8:]

    monkeypatch.setattr(lottery, "sha256", Half)
    turns = draw_places("seed", PEOPLE)
    order = sorted(PEOPLE, key=lambda one: sha256(f"seed\n{one}".encode()).digest()[8:])
    assert [PEOPLE[index] for index in np.argsort(turns)] == order


@pytest.mark.parametrize("seed", ["", "two\nlines"])
def test_a_seed_is_one_line(seed: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        draw_places(seed, PEOPLE)


def test_nobody_at_all_is_drawn_too() -> None:
    assert draw_places("seed", ()).tolist() == []
