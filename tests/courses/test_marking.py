"""Truth tables of marking, by choice ids."""

import pytest

from courses.services.marking import BadAnswerError, is_passed, mark, mix


def question(kind: str, right: str) -> dict[str, object]:
    return {"id": "q", "kind": kind, "choices": [{"id": each, "right": each in right} for each in "abcd"]}


@pytest.mark.parametrize(
    ("kind", "right", "choices", "expected"),
    [
        ("single", "a", "a", True),
        ("single", "a", "b", False),
        ("several", "ab", "ab", True),
        ("several", "ab", "ba", True),
        ("several", "ab", "a", False),
        ("several", "ab", "abc", False),
        ("several", "abcd", "dcba", True),
        ("order", "", "abcd", True),
        ("order", "", "abdc", False),
        ("order", "", "dcba", False),
    ],
)
def test_mark(kind: str, right: str, choices: str, expected: bool) -> None:
    assert mark(question(kind, right), list(choices)) is expected


@pytest.mark.parametrize(
    ("kind", "choices"),
    [
        ("single", []),
        ("single", ["a", "b"]),
        ("single", ["x"]),
        ("several", []),
        ("several", ["a", "a"]),
        ("several", ["a", "x"]),
        ("order", ["a", "b", "c"]),
        ("order", ["a", "b", "c", "c"]),
        ("order", ["a", "b", "c", "x"]),
    ],
)
def test_an_answer_nobody_could_give_is_refused(kind: str, choices: list[str]) -> None:
    with pytest.raises(BadAnswerError):
        mark(question(kind, "a"), choices)


def test_mixing_is_steady_and_never_right() -> None:
    for count in range(2, 7):
        asked = {"id": "q", "kind": "order", "choices": [{"id": str(index)} for index in range(count)]}
        mixed = mix(asked)
        assert mixed == mix(asked)
        assert mixed != asked["choices"]
        assert sorted(choice["id"] for choice in mixed) == sorted(choice["id"] for choice in asked["choices"])


@pytest.mark.parametrize(
    ("score", "total", "pass_mark", "expected"),
    [(3, 5, 60, True), (2, 5, 60, False), (2, 3, 67, False), (2, 3, 66, True), (0, 5, 0, True), (0, 0, 0, False)],
)
def test_pass_mark(score: int, total: int, pass_mark: int, expected: bool) -> None:
    assert is_passed(score, total, pass_mark) is expected
