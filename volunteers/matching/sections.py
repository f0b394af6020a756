"""The seats of each request, in the order in which they are given: open seats first, then each reserve as published.

All seats of one section rank people alike. Open seats: by band, then by lottery. Seats kept for a flag: those who
hold it first, then everybody else, so that a kept seat which nobody claims goes to the next in turn. One person takes
one seat and so counts for one flag at most.
"""

from dataclasses import dataclass

import numpy as np

from volunteers.matching.instance import NOTHING, Instance, Ints


@dataclass(frozen=True, eq=False)
class Sections:
    """Section `s` has `seats[s]` seats of `request[s]`, kept for `flag[s]` or open (`NOTHING`).

    Those of request `r` are `first[r]` to `first[r + 1] - 1`.
    """

    first: Ints
    request: Ints
    flag: Ints
    seats: Ints

    @classmethod
    def of(cls, instance: Instance) -> "Sections":
        request, flag, seats, first = [], [], [], [0]
        for index, (total, reserves) in enumerate(zip(instance.seats.tolist(), instance.reserves, strict=True)):
            kept = [(NOTHING, total - sum(count for _, count in reserves)), *reserves]
            request += [index] * len(kept)
            flag += [name for name, _ in kept]
            seats += [count for _, count in kept]
            first.append(len(request))
        columns = (np.array(column, dtype=np.int64) for column in (first, request, flag, seats))
        return cls(*columns)
