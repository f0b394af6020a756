"""Charts as data: drawn on the server as SVG, each with the table it stands for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """One bar. `share`: its length in per cent of the whole; `shown`: the figure as a person reads it."""

    label: str
    share: float
    shown: str
    note: str = ""
    is_loss: bool = False  # the note tells of something lost

    @property
    def width(self) -> str:
        """The length for SVG: never with a comma, whatever the language."""
        return f"{min(max(self.share, 0), 100):.1f}%"


def scale(bars: list[tuple[str, int, str]]) -> list[Bar]:
    """Bars of counts, as long as their share of the largest. From (label, count, shown)."""
    top = max((count for _label, count, _shown in bars), default=0)
    return [Bar(label, count * 100 / top if top else 0, shown) for label, count, shown in bars]
