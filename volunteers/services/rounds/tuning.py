"""From averages to bands and from shares to kept seats: everything about a round that its planners choose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from volunteers.enums import ReserveFlag
from volunteers.matching.instance import INELIGIBLE, NOT_SCORED
from volunteers.models import Round

LOWEST_FLOOR, HIGHEST_FLOOR = 100, 500
MOST_BANDS = 5
NOT_ALLOWED = -1  # instead of an average: the person may not volunteer now


@dataclass(frozen=True)
class Tuning:
    """`floors` are the least averages of bands 1, 2, ...; `reserves` are (flag, per cent) in their order."""

    floors: tuple[int, ...]
    reserves: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, row: Round) -> "Tuning":
        return cls(tuple(row.band_floors), tuple((flag, share) for flag, share in row.reserves))

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Tuning":
        return cls(tuple(data["floors"]), tuple((flag, share) for flag, share in data["reserves"]))

    def write(self) -> dict[str, Any]:
        return {"floors": list(self.floors), "reserves": [list(row) for row in self.reserves]}

    @property
    def is_sound(self) -> bool:
        """Floors go down within 1 to 5 points; each flag stands once; the shares are at most the whole."""
        flags = [flag for flag, _ in self.reserves]
        return (
            1 <= len(self.floors) <= MOST_BANDS
            and all(LOWEST_FLOOR <= floor <= HIGHEST_FLOOR for floor in self.floors)
            and all(low < high for high, low in pairwise(self.floors))
            and len(set(flags)) == len(flags)
            and set(flags) <= set(ReserveFlag.values)
            and all(1 <= share <= 100 for _, share in self.reserves)
            and sum(share for _, share in self.reserves) <= 100
        )

    def band(self, average: int | None) -> int:
        """The band of an average in hundredths; `NOT_SCORED` without one, `INELIGIBLE` under the last floor."""
        if average is None:
            return NOT_SCORED
        return next((band for band, floor in enumerate(self.floors, 1) if average >= floor), INELIGIBLE)

    def keep(self, seats: int, own: Mapping[str, int] | None = None) -> list[tuple[str, int]]:
        """Kept seats of one request by flag, half a seat counting as one, never more than there are."""
        left, kept = seats, []
        for flag, share in self.reserves:
            wanted = (seats * share + 50) // 100 if own is None else own.get(flag, 0)
            if count := min(wanted, left):
                kept.append((flag, count))
                left -= count
        return kept


def spell(tuning: Tuning) -> dict[str, Sequence[Any]]:
    """For pages: bands with their floors in points, reserves with their words."""
    return {
        "bands": [(band, floor / 100) for band, floor in enumerate(tuning.floors, 1)],
        "reserves": [(ReserveFlag(flag).label, share) for flag, share in tuning.reserves],
    }
