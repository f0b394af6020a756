import random

import pytest

from ui.differences import GONE, NEW, SAME, Piece, compare


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("ដូចគ្នា", "ដូចគ្នា", [(SAME, "ដូចគ្នា")]),
        ("", "ថ្មី", [(NEW, "ថ្មី")]),
        ("ផ្លូវខូចណាស់", "ផ្លូវល្អណាស់", [(SAME, "ផ្លូវ"), (GONE, "ខូច"), (NEW, "ល្អ"), (SAME, "ណាស់")]),
        ("ខ្មែរ", "ខ្មៅ", [(GONE, "ខ្មែរ"), (NEW, "ខ្មៅ")]),
        ("pay 300 now", "pay 500 now", [(SAME, "pay "), (GONE, "300"), (NEW, "500"), (SAME, " now")]),
        ("a b c", "x b y", [(GONE, "a b c"), (NEW, "x b y")]),
    ],
)
def test_changes_are_whole_words(before: str, after: str, pieces: list[tuple[str, str]]) -> None:
    assert compare(before, after) == [Piece(kind, text) for kind, text in pieces]


def test_the_pieces_make_both_texts_again() -> None:
    dice = random.Random(7)
    alphabet = ["ក", "ខា", "ស្រី", " ", "\n", "ab", "១", "្", "់"]
    for _ in range(200):
        before, after = ("".join(dice.choices(alphabet, k=dice.randrange(30))) for _ in range(2))
        found = compare(before, after)
        assert "".join(piece.text for piece in found if piece.kind != NEW) == before
        assert "".join(piece.text for piece in found if piece.kind != GONE) == after


def test_long_texts_are_compared_by_lines() -> None:
    before, after = ("\n".join(f"{word} {n} {word}" for n in range(3000)) for word in ("ក", "ខ"))
    assert [piece.kind for piece in compare(before, after)] == [GONE, NEW]
