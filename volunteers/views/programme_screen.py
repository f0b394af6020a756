"""What the programme's dashboard shows: numbers, a map, bars, and the tables they stand for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.services.inclusion_counts import PEOPLE
from places.services import read_province_shapes
from ui.charts import Bar, Region, scale
from ui.small_groups import STAFF_LEAST
from ui.tables import Table
from ui.words import to_digits, to_number
from volunteers.forms.programme import FiguresForm
from volunteers.services.figures.counts import Figures, Report
from volunteers.services.figures.groups import GroupFigures
from volunteers.services.figures.measures import Measure
from volunteers.services.figures.stages import ACCEPTED, ELIGIBLE, OFFERED, SERVED
from volunteers.services.figures.trend import QuarterFigures

MOST_BARS = 12


@dataclass(frozen=True)
class ProgrammeScreen:
    """`groups` is None where a place and a quarter are chosen together."""

    form: FiguresForm
    report: Report
    measure: Measure
    names: dict[str, str]
    trend: Sequence[QuarterFigures]
    groups: Sequence[GroupFigures] | None

    @property
    def regions(self) -> list[Region]:
        """One a province, with the chosen measure; none inside a province."""
        if self.report.scope.province:
            return []
        figures = {code: self.measure.read(each) for code, each in self.report.parts.items()}
        steps = self.measure.make_steps(list(figures.values()))
        return [
            Region(
                outline,
                self.names.get(code, code),
                self.measure.show(figures.get(code)),
                steps.find_level(figures.get(code)),
                f"?{self.form.make_query(province=code)}",
            )
            for code, outline in read_province_shapes().items()
        ]

    @property
    def legend(self) -> list[tuple[int, str]]:
        figures = [self.measure.read(each) for each in self.report.parts.values()]
        bounds = self.measure.make_steps(figures).bounds
        unit = "%" if self.measure.is_share else ""
        words = [to_digits(f"{low}–{high}{unit}") if low < high else to_digits(f"{low}{unit}") for low, high in bounds]
        return [(0, _("none or hidden")), *enumerate(words, start=1)]

    @property
    def shown_places(self) -> list[tuple[str, int]]:
        """Names with the chosen measure, the largest first; without those that are hidden."""
        found = [(self.names.get(code, code), self.measure.read(each)) for code, each in self.report.parts.items()]
        shown = [(name, figure) for name, figure in found if figure or (figure == 0 and self.measure.is_share)]
        return sorted(shown, key=lambda pair: -pair[1])

    @property
    def more_places(self) -> int:
        return max(0, len(self.shown_places) - MOST_BARS)

    @property
    def place_bars(self) -> list[Bar]:
        shown = self.shown_places[:MOST_BARS]
        if self.measure.is_share:
            return [Bar(name, figure, self.measure.show(figure)) for name, figure in shown]
        return scale([(name, figure, self.measure.show(figure)) for name, figure in shown])

    @property
    def trend_bars(self) -> list[Bar]:
        return make_trend_bars(self.trend)

    @property
    def country_query(self) -> str:
        """What was chosen, without the province."""
        return self.form.make_query(province="")

    @property
    def group_bars(self) -> list[Bar]:
        """Offers, in per cent of those the offices could choose from, beside those of all others."""
        bars = []
        for each in self.groups or ():
            if each.rate is None or each.others_rate is None:
                continue
            others = _("others: %(n)s%%") % {"n": to_digits(round(each.others_rate * 100))}
            look = _("look at this") if each.is_low else ""
            rate = round(each.rate * 100)
            bars.append(Bar(str(each.group.label), rate, f"{to_digits(rate)}% ({others})", look, is_loss=True))
        return bars

    @property
    def hidden_places(self) -> int:
        return sum(each.is_hidden for each in self.report.parts.values())

    @property
    def hidden_groups(self) -> int:
        return sum(each.members is None or SERVED not in each.members for each in self.groups or ())

    @property
    def tables(self) -> list[Table]:
        return [self.places, self.quarters, *([self.group_table] if self.groups is not None else [])]

    @property
    def places(self) -> Table:
        level = _("Commune") if self.report.scope.province else _("Province")
        header = [level, *(str(measure.label) for measure in SHOWN)]
        rows: list[list[Any]] = [
            [self.names.get(code, code), *_cells(each)] for code, each in self.report.parts.items()
        ]
        return Table("places", _("Place by place"), header, rows)

    @property
    def quarters(self) -> Table:
        rows = [
            [each.quarter.code, _few() if each.applied is None else each.applied, each.accepted] for each in self.trend
        ]
        return Table("quarters", _("Quarter by quarter"), [_("Quarter"), _("Applications"), _("Accepted")], rows)

    @property
    def group_table(self) -> Table:
        header = [
            _("Group"), _("People"), _("To choose from"), _("Offered"), _("Accepted"), _("Completed"),
            _("Offered, per cent"), _("Others, per cent"), _("Ratio"),
        ]  # fmt: skip
        return Table("groups", _("Group by group"), header, [_group_row(each) for each in self.groups or ()])


SHOWN = (
    Measure.REQUESTS, Measure.FILL, Measure.APPLIED, Measure.DECISION,
    Measure.ACCEPTANCE, Measure.SERVICE, Measure.IDLE,
)  # fmt: skip


def _cells(figures: Figures) -> list[Any]:
    cells: list[Any] = [measure.read(figures) for measure in SHOWN]
    return [
        _few() if figures.is_hidden and measure == Measure.APPLIED else cell
        for measure, cell in zip(SHOWN, cells, strict=True)
    ]


def _group_row(each: GroupFigures) -> list[Any]:
    name = str(each.group.label)
    if each.members is None:
        return [name, _few(), *[None] * 7]
    found = each.members
    rates = [None if rate is None else round(rate * 100) for rate in (each.rate, each.others_rate)]
    ratio = None if each.ratio is None else round(each.ratio, 2)
    return [name, *(found.get(key) for key in (PEOPLE, ELIGIBLE, OFFERED, ACCEPTED, SERVED)), *rates, ratio]


def make_trend_bars(trend: Sequence[QuarterFigures]) -> list[Bar]:
    """Applications by quarter; hidden quarters have no bar."""
    return scale([(each.quarter.label, each.applied, to_number(each.applied)) for each in trend if each.applied])


def find_table(screen: ProgrammeScreen, name: str) -> Table | None:
    """The table with this name, or None."""
    return next((table for table in screen.tables if table.name == name), None)


def _few() -> str:
    return _("fewer than %(n)s, or hidden with them") % {"n": to_digits(STAFF_LEAST)}
