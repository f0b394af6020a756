"""Which groups of a table stay hidden."""

import pytest

from ui.small_groups import find_hidden, find_hidden_in_grid


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({}, set()),
        ({"a": 5, "b": 60}, set()),
        ({"a": 4, "b": 3, "c": 60}, {"a", "b"}),  # together 7: neither can be worked out
        ({"a": 4, "b": 9, "c": 60}, {"a", "b"}),  # alone it would follow from the total
        ({"a": 1, "b": 2, "c": 9, "d": 60}, {"a", "b", "c"}),  # together 3: still few
        ({"a": 4}, {"a"}),
        ({"a": 0, "b": 60}, set()),  # nobody is nobody's secret
    ],
)
def test_small_groups_and_what_would_tell_on_them(sizes: dict[str, int], hidden: set[str]) -> None:
    assert find_hidden(sizes, least=5) == hidden


def test_no_row_and_no_column_of_a_grid_tells_on_a_cell() -> None:
    sizes = {("p", "1"): 3, ("p", "2"): 20, ("q", "1"): 30, ("q", "2"): 40, ("r", "1"): 50, ("r", "2"): 60}
    hidden = find_hidden_in_grid(sizes, least=5)
    assert hidden == {("p", "1"), ("p", "2"), ("q", "1"), ("q", "2")}
    assert find_hidden_in_grid({("p", "1"): 9, ("q", "1"): 9}, least=5) == set()
