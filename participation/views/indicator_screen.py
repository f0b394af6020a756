"""What a page of indicators shows: charts, and the tables they stand for; the same rows go into the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.enums import FunnelStep, InvitedBy, SurveyGroup, WhyNot
from participation.services.indicators.baseline import EVERYWHERE, SAMPLE, StudyFigure
from participation.services.indicators.reading import Figures, Indicators, Split
from participation.services.indicators.shares import Share, tell_people
from ui.charts import Bar, scale
from ui.funnels import Chart, MarkedShare, fall
from ui.tables import Table
from ui.words import to_digits, to_number

SPLITS = {"invited_by": InvitedBy, "why_not": WhyNot}

MET_LABELS = {
    "heard": gettext_lazy("Were reached by an invitation or a link"),
    "invited": gettext_lazy("Stand in the invitation list"),
    "untold": gettext_lazy("Said that nobody told them"),
    "coming": gettext_lazy("Said that they come"),
    "joined": gettext_lazy("Came"),
    "gave_input": gettext_lazy("Sent or said something"),
}


@dataclass(frozen=True)
class IndicatorScreen:
    """`step` is what places and groups are compared by."""

    shown: Indicators
    step: FunnelStep

    @property
    def funnel(self) -> Chart:
        every = self.shown.everybody
        rows = [mark(str(step.label), every.share(step), EVERYWHERE[step]) for step in FunnelStep]
        return Chart(fall(rows))

    @property
    def lede(self) -> str:
        """The answer to the page's question, in one sentence; "" without figures."""
        heard, joined = (self.shown.everybody.share(step) for step in (FunnelStep.HEARD, FunnelStep.JOINED))
        if heard is None or joined is None:
            return ""
        words = _("Of 100 people who answered, %(heard)s have heard of the plan, %(joined)s took part.")
        if not heard.is_exact:
            words = _("Of 100 people who answered, about %(heard)s have heard of the plan, about %(joined)s took part.")
        return to_digits(words % {"heard": heard.percent, "joined": joined.percent})

    @property
    def biggest_loss(self) -> str:
        """Between which steps most people are lost; "" where nobody is, or nothing is told."""
        lines = list(zip(FunnelStep, self.funnel.rows, strict=True))
        for (before, _row), (step, row) in pairwise(lines):
            if row.is_strong:
                words = _("The biggest loss is between “%(before)s” and “%(after)s”.")
                return words % {"before": before.label, "after": step.label}
        return ""

    @property
    def studied_here(self) -> list[str]:
        """What the study says of this very province; nothing of any other place."""
        found = [(step, self.shown.everybody.study(step)) for step in FunnelStep] if self.shown.scope else []
        return [f"{step.label}: {figure.words}" for step, figure in found if figure]

    @property
    def places(self) -> Chart:
        return Chart([mark(each.name, each.share(self.step), each.study(self.step)) for each in self.shown.parts])

    @property
    def groups(self) -> Chart:
        """Each with how many answered, against everybody's share."""
        every = self.shown.everybody.share(self.step)
        shares = [(each, each.share(self.step)) for each in self.shown.groups]
        return Chart(
            [
                MarkedShare(each.name, share.percent, share.sign, every.percent, note=tell_people(each.people))
                for each, share in shares
                if share and every and each.people
            ]
        )

    @property
    def average(self) -> str:
        share = self.shown.everybody.share(self.step)
        return share.sign if share else ""

    @property
    def hidden_groups(self) -> int:
        return sum(each.people is None for each in self.shown.groups)

    @property
    def splits(self) -> list[tuple[str, list[Bar], int]]:
        """Who invites, and why people do not come: title, bars, how many answered."""
        titles = {"invited_by": _("Who invites?"), "why_not": _("Why do people not come?")}
        return [(titles[name], make_bars(name, split), split.people) for name, split in self.shown.splits.items()]

    @property
    def met_bars(self) -> list[Bar]:
        """People counted at meetings, as long as their share of the most."""
        met = self.shown.met
        found = [(str(label), met.steps.get(name)) for name, label in MET_LABELS.items()] if met else []
        return scale([(label, count, to_number(count)) for label, count in found if count])

    @property
    def met_groups(self) -> list[Bar]:
        met = self.shown.met
        return [Bar(name, share.percent, share.sign) for name, share in met.groups] if met else []

    @property
    def met_groups_table(self) -> Table:
        """Group by group at meetings; where these know nothing, what the survey says of the group."""
        header = [_("Group"), *(str(step.label) for step in FunnelStep)]
        rows = [
            [each.name, *(self._tell_met(group, step, each) for step in FunnelStep)] for group, each in self._groups
        ]
        return Table("met-groups", _("Group by group, counted at meetings"), header, rows)

    @property
    def _groups(self) -> list[tuple[SurveyGroup, Figures]]:
        return list(zip(SurveyGroup, self.shown.groups, strict=True))

    def _tell_met(self, group: SurveyGroup, step: FunnelStep, answered: Figures) -> str:
        met = self.shown.met
        share = met.by_step.get(step, {}).get(group.value) if met else None
        if share:
            return share.words
        said = answered.share(step)
        return _("not known; survey: %(share)s") % {"share": said.words} if said else _("not known")

    @property
    def met_table(self) -> Table:
        met, rows = self.shown.met, []
        for name, label in MET_LABELS.items():
            count = met.steps.get(name) if met else None
            rows.append([str(label), few() if count is None else to_number(count)])
        return Table("met", _("Counted at meetings"), [_("Step"), _("People")], rows)

    @property
    def steps_table(self) -> Table:
        every = self.shown.everybody
        rows = [[str(step.label), *compare(every.share(step), EVERYWHERE[step])] for step in FunnelStep]
        return Table("steps", _("From hearing to being satisfied"), [_("Step"), *name_columns()], rows)

    @property
    def places_table(self) -> Table:
        rows = [
            [each.name, people_of(each), *compare(each.share(self.step), each.study(self.step))]
            for each in self.shown.parts
        ]
        return Table("places", str(self.step.label), [_("Place"), _("People who answered"), *name_columns()], rows)

    @property
    def groups_table(self) -> Table:
        header = [_("Group"), _("People who answered"), *(str(step.label) for step in FunnelStep), _("Study")]
        rows = []
        for each in self.shown.groups:
            shares = [each.share(step) for step in FunnelStep]
            people = tell_people(each.people) if each.people else few()
            rows.append([each.name, people, *(share.words if share else None for share in shares), _("no figure")])
        return Table("groups", _("Group by group"), header, rows)

    @property
    def sample_table(self) -> Table:
        """Who answered here, beside whom the study asked."""
        every, rows = self.shown.everybody.people or 0, []
        for group, figures in zip(SurveyGroup, self.shown.groups, strict=True):
            share = Share.of(figures.people, every) if figures.people else None
            rows.append([figures.name, share.words if share else few(), f"{to_digits(SAMPLE[group])}%"])
        return Table("sample", _("Who answered"), [_("Group"), _("Of those who answered here"), _("Study")], rows)


def name_columns() -> list[str]:
    return [_("Here"), _("Study"), _("Difference")]


def mark(label: str, share: Share | None, study: StudyFigure | None) -> MarkedShare:
    """Our share with the study's tick."""
    mark_shown = " " + _("(study: %(figure)s)") % {"figure": study.sign if study else _("no figure")}
    return MarkedShare(
        label,
        share.percent if share else None,
        share.sign if share else _("no figure"),
        study.percent if study else None,
        mark_shown,
    )


def compare(share: Share | None, study: StudyFigure | None) -> list[str]:
    """Here, in the study, and the change in points, which is about where one of the two is."""
    change = ""
    if share and study:
        points = share.percent - study.percent
        change = to_digits(f"{'' if share.is_exact and study.is_exact else '~'}{points:+d}".replace("-", "−"))
    return [share.words if share else few(), study.words if study else _("no figure"), change]


def people_of(figures: Figures) -> Any:
    return few() if figures.people is None else figures.people


def few() -> str:
    return _("no figure, or fewer than 10 people")


def make_bars(name: str, split: Split) -> list[Bar]:
    kinds = SPLITS[name]
    return [Bar(str(kinds(value).label), share.percent, share.sign) for value, share in split.shares]


def make_file(screen: IndicatorScreen, place: str) -> tuple[list[str], list[list[str]]]:
    """All shares that the page could show, one a line: the source in each, so that no two are mixed."""
    header = [
        _("Source"), _("Place"), _("Code"), _("Group"), _("Step"), _("People who answered"), _("Share"), _("Study"),
    ]  # fmt: skip
    source, shown = _("Survey, plan of %(year)s") % {"year": screen.shown.year}, screen.shown
    lines: Sequence[tuple[str, str, str, Figures]] = [
        (place, shown.scope, "", shown.everybody),
        *((place, shown.scope, each.name, each) for each in shown.groups),
        *((each.name, each.scope, "", each) for each in shown.parts),
    ]
    rows = []
    for name, code, group, figures in lines:
        people = few() if figures.people is None else tell_people(figures.people) if group else figures.people
        for step in FunnelStep:
            share, study = figures.share(step), figures.study(step)
            told = [share.words if share else few(), study.words if study else _("no figure")]
            rows.append([source, name, code, group, str(step.label), str(people), *told])
    return header, [*rows, *_list_met(screen, place)]


def _list_met(screen: IndicatorScreen, place: str) -> list[list[str]]:
    """Numbers of people where the shares stand: sources stay apart."""
    met, source = screen.shown.met, _("Counted at meetings, plan of %(year)s") % {"year": screen.shown.year}
    found = [(str(label), met.steps.get(name)) for name, label in MET_LABELS.items()] if met else []
    lines = [
        [source, place, screen.shown.scope, "", label, few() if count is None else str(count), "", ""]
        for label, count in found
    ]
    groups = [
        [source, place, screen.shown.scope, name, str(step.label), "", cell, ""]
        for name, *cells in (screen.met_groups_table.rows if met else [])
        for step, cell in zip(FunnelStep, cells, strict=True)
    ]
    return lines + groups


def measure_file(header: list[str], rows: list[list[str]]) -> int:
    """About how many bytes the file has."""
    return sum(len(",".join(row).encode()) + 2 for row in (header, *rows)) + 3
