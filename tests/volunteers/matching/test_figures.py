"""What a dry run shows, and what it hides."""

from volunteers.matching.figures import Fill, GroupFigures, measure
from volunteers.matching.instance import Instance, Person, Request
from volunteers.matching.runs import run

FLAG = frozenset({"f"})


def make(group: int, rest: int, *offers: Request) -> Instance:
    """The rest have band 1 everywhere, the group band 2; everybody wants r, then s."""
    people = [Person(f"f{n:02}", (("r", 2), ("s", 2)), FLAG) for n in range(group)]
    people += [Person(f"n{n:02}", (("r", 1), ("s", 1))) for n in range(rest)]
    return Instance.build([*people, Person("idle", ())], offers)


def test_shares_are_of_those_who_chose() -> None:
    figures = measure(run(make(10, 10, Request("r", 8), Request("s", 4)), seed="s"))
    assert (figures.people, figures.placed, figures.by_choice, figures.seats) == (20, 12, (8, 4), 12)
    assert (figures.placed_share, figures.first_share, figures.filled_share) == (0.6, 0.4, 1.0)
    assert figures.fill == (Fill("r", 8, 8, 20), Fill("s", 4, 4, 0))
    assert figures.groups == (GroupFigures("f", 10, 0.2, 0.0, 1.0, 0.2),)
    assert figures.groups[0].alarming


def test_reserves_change_the_figures_of_a_dry_run() -> None:
    instance = make(10, 10, Request("r", 8), Request("s", 4))
    changed = instance.with_requests([Request("r", 8, (("f", 4),)), Request("s", 4, (("f", 2),))])
    group = measure(run(changed, seed="s")).groups[0]
    assert (group.placed_share, group.rest_share, group.alarming) == (0.6, 0.6, False)


def test_a_small_group_or_a_small_rest_is_hidden() -> None:
    offers = (Request("r", 8), Request("s", 4))
    for group, rest in ((9, 20), (20, 9)):
        (hidden,) = measure(run(make(group, rest, *offers), seed="s")).groups
        assert hidden == GroupFigures("f")
        assert (hidden.hidden, hidden.alarming) == (True, False)
    assert not measure(run(make(10, 10, *offers), seed="s")).groups[0].hidden
    assert not measure(run(make(5, 5, *offers), seed="s"), smallest=5).groups[0].hidden


def test_nothing_is_divided_by_nought() -> None:
    empty = measure(run(Instance.build([], []), seed="s"))
    assert (empty.placed_share, empty.first_share, empty.filled_share) == (0.0, 0.0, 0.0)
    nobody = measure(run(make(10, 10, Request("r", 0), Request("s", 0)), seed="s"))
    assert nobody.groups[0].ratio is None
