"""Which groups of a table stay hidden."""

import pytest

from ui.small_groups import (
    Funnel,
    find_hidden,
    find_hidden_in_grid,
    hide_beside,
    join_apart,
    join_within,
    measure_depths,
)


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


def funnel(*cells: tuple[int, int]) -> Funnel:
    return [[cell] for cell in cells]


@pytest.mark.parametrize(
    ("cells", "depth"),
    [
        ([(5, 5), (1, 0)], 1),  # who was chosen is a member
        ([(0, 10), (0, 1)], 0),  # nobody is a member: nothing to compare
        ([(9, 0)], 0),  # everybody is
        ([(9, 9), (0, 9)], 1),  # all who were left out are members
        ([(9, 20), (0, 9)], 2),
        ([(9, 20), (7, 9)], 1),  # two members fell out
        ([(20, 20), (12, 12), (6, 12), (6, 12)], 2),  # nobody but six members fell out between the second and the third
        ([(20, 20), (12, 14), (0, 0)], 3),
    ],
)
def test_a_stage_is_shown_where_neither_it_nor_what_fell_out_tells(cells: list[tuple[int, int]], depth: int) -> None:
    assert measure_depths({"a": funnel(*cells)}, least=5) == {"a": depth}


def test_what_is_hidden_in_one_part_does_not_follow_from_the_others() -> None:
    parts = {"a": funnel((20, 20), (1, 9)), "b": funnel((30, 30), (9, 9)), "c": funnel((40, 40), (10, 10))}
    depths = measure_depths(parts, least=5)
    assert depths == {"a": 1, "b": 2, "c": 2}
    hide_beside(parts, depths, least=5, join=join_apart)
    assert depths == {"a": 1, "b": 1, "c": 2}


def test_an_age_does_not_follow_from_the_other_ages() -> None:
    parts = {"young": funnel((3, 27)), "middle": funnel((12, 18)), "old": funnel((15, 15))}
    depths = measure_depths(parts, least=5)
    assert depths == {"young": 0, "middle": 1, "old": 1}
    hide_beside(parts, depths, least=5, join=join_within)
    assert depths == {"young": 0, "middle": 0, "old": 1}
