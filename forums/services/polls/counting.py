"""What a ballot counts.

One option or several: one vote each. In an order: points by place (Borda's count). Of n options the first choice gets
n points, the next one less, and so on; what a ballot leaves out gets none, so nobody gains by leaving out.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from forums.enums import PollWay


def weigh_ballot(choices: Sequence[int], *, way: str, options: int) -> Counter[int]:
    """Votes or points that one ballot gives, by the numbers of options."""
    if way == PollWay.RANKED:
        return Counter({number: options - place for place, number in enumerate(choices)})
    return Counter(choices)


def count_ballots(ballots: Iterable[Sequence[int]], *, way: str, options: int) -> Counter[int]:
    """Of many ballots, from nothing: what the stored counts must be."""
    total: Counter[int] = Counter()
    for choices in ballots:
        total.update(weigh_ballot(choices, way=way, options=options))
    return total


def is_valid(choices: Sequence[int], *, way: str, options: int, most: int) -> bool:
    """Distinct numbers of options, not too many, and at least one."""
    limit = options if way == PollWay.RANKED else most
    return (
        1 <= len(choices) <= limit and len(set(choices)) == len(choices) and set(choices) <= set(range(1, options + 1))
    )
