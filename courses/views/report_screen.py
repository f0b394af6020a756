"""What the screen of a report shows: sentences, bars, and the tables they stand for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from courses.models import CoursePage
from courses.services.items import ItemFigures
from courses.services.reports import CourseReport, MonthFigures, PlaceFigures
from places.models import Commune, Province
from ui.charts import Bar, scale
from ui.dates import to_month
from ui.small_groups import STAFF_LEAST
from ui.tables import Table
from ui.words import to_digits, to_number

MOST_DOUBTFUL = 6


@dataclass(frozen=True)
class ReportScreen:
    course: CoursePage
    report: CourseReport
    items: Sequence[ItemFigures]

    @property
    def visitors(self) -> int:
        """How many learn without an account, unless they or those with an account but no place are few."""
        count = self.report.totals.visitors
        is_shown = all(each.totals for each in self.report.places if each.place is None)
        return count if count >= STAFF_LEAST and is_shown else 0

    @property
    def lesson_bars(self) -> list[Bar]:
        """Who got through each lesson, in per cent of those who began, with what was lost on the way."""
        bars = []
        for figures in self.report.lessons:
            label = f"{to_digits(figures.line.number)}. {figures.line.page.title}"
            lost = f"−{to_digits(figures.lost)}" if figures.lost > 0 else ""
            bars.append(Bar(label, figures.share, f"{to_digits(figures.share)}%", lost, is_loss=True))
        return bars

    @property
    def month_bars(self) -> list[Bar]:
        rows = [
            (f"{to_month(each.month)} {to_digits(each.month.year)}", each.began, to_number(each.began))
            for each in self.report.months
            if each.began is not None
        ]
        return scale(rows)

    @property
    def place_bars(self) -> list[Bar]:
        """Finished, in per cent of those who began there; hidden groups have no bar."""
        return [
            Bar(
                name_place(each.place),
                each.totals.rate,
                f"{to_digits(each.totals.rate)}%",
                _("%(n)s began") % {"n": to_number(each.totals.enrolled)},
            )
            for each in self.report.places
            if each.totals
        ]

    @property
    def doubtful(self) -> list[tuple[ItemFigures, str]]:
        """The questions that an author should look at first, with the reason."""
        found = [item for item in self.items if judge(item) and item.verdict != "few"]
        found.sort(key=lambda item: (item.discrimination is None, item.discrimination, item.difficulty))
        return [(item, judge(item)) for item in found[:MOST_DOUBTFUL]]

    @property
    def gain_bars(self) -> list[Bar]:
        """Right answers before and after the course, in per cent; nothing where too few did both checks."""
        gain = self.report.gain
        if gain is None:
            return []
        shares = [(_("Before the course"), round(gain.before)), (_("After the course"), round(gain.after))]
        return [Bar(label, share, f"{to_digits(share)}%") for label, share in shares]

    @property
    def gain_share(self) -> int | None:
        """Of what was missing before, how much was learnt, in per cent."""
        gain = self.report.gain
        return round(gain.gain * 100) if gain and gain.gain is not None else None

    @property
    def hidden_places(self) -> int:
        return sum(each.totals is None for each in self.report.places)

    @property
    def tables(self) -> list[Table]:
        places = [] if self.report.scope.has_days else [self.places]
        return [self.lessons, self.questions, self.gain, self.work, *places, self.months]

    @property
    def lessons(self) -> Table:
        header = [_("No."), _("Lesson"), _("Done"), _("Quiz passed"), _("Per cent of who began"), _("Median minutes")]
        rows = [
            [each.line.number, each.line.page.title, each.done, each.passed, each.share, each.minutes]
            for each in self.report.lessons
        ]
        return Table("lessons", _("Lesson by lesson"), header, rows)

    @property
    def questions(self) -> Table:
        numbers = {each.line.page.translation_key: each.line.number for each in self.report.lessons}
        header = [_("Lesson"), _("Question"), _("Answers"), _("Right, per cent"), _("Discrimination"), _("Look at")]
        rows = [
            [numbers[item.lesson_key], item.text, *_item_row(item), judge(item)]
            for item in sorted(self.items, key=lambda item: numbers.get(item.lesson_key, 0))
            if item.lesson_key in numbers
        ]
        return Table("questions", _("Question by question"), header, rows)

    @property
    def gain(self) -> Table:
        header = [_("Learners with both checks"), _("Before, per cent right"), _("After, per cent right"), _("Gain")]
        gain = self.report.gain
        row = (
            [gain.count, round(gain.before, 1), round(gain.after, 1), gain.gain and round(gain.gain, 2)] if gain else []
        )
        return Table("gain", _("Learning gain"), header, [row] if row else [])

    @property
    def work_bars(self) -> list[Bar]:
        """Who uses the skill alone at a commune office, in per cent of those whom an office rated."""
        told = _("%(n)s rated")
        return [
            Bar(each.skill.name, each.share, f"{to_digits(each.share)}%", told % {"n": to_number(each.rated)})
            for each in self.report.at_work
        ]

    @property
    def work(self) -> Table:
        header = [_("Skill"), _("Rated"), _("Uses it alone"), _("Uses it with help"), _("Not seen yet")]
        rows = [
            [each.skill.name, each.rated, each.alone, each.with_help, each.not_seen] for each in self.report.at_work
        ]
        return Table("work", _("Skills at work"), header, rows)

    @property
    def places(self) -> Table:
        level = _("Commune") if self.report.scope.province else _("Province")
        header = [level, _("Began"), _("Finished"), _("Finished, per cent")]
        return Table("places", _("Place by place"), header, [_place_row(each) for each in self.report.places])

    @property
    def months(self) -> Table:
        rows = [_month_row(each) for each in self.report.months]
        return Table("months", _("Month by month"), [_("Month"), _("Began"), _("Finished")], rows)


def find_table(screen: ReportScreen, name: str) -> Table | None:
    """The table with this name, or None."""
    return next((table for table in screen.tables if table.name == name), None)


def name_place(place: Province | Commune | None) -> str:
    return place.name if place else _("Not given")


def judge(item: ItemFigures) -> str:
    """What the author should look at, in words."""
    return {
        "few": _("Too few answers to say"),
        "weak": _("Does not tell who knows it: look for an unclear word or a second right choice"),
        "hard": _("Hard: does the lesson say it?"),
        "easy": _("Easy for nearly all"),
        "good": "",
    }[item.verdict]


def _item_row(item: ItemFigures) -> list[Any]:
    if item.answered < STAFF_LEAST:
        return [_few(), None, None]
    return [item.answered, item.difficulty, None if item.discrimination is None else round(item.discrimination, 2)]


def _month_row(each: MonthFigures) -> list[Any]:
    numbers = [_few() if count is None else count for count in (each.began, each.finished)]
    return [each.month.strftime("%Y-%m"), *numbers]


def _few() -> str:
    return _("fewer than %(n)s, or hidden with them") % {"n": to_digits(STAFF_LEAST)}


def _place_row(each: PlaceFigures) -> list[Any]:
    if each.totals is None:
        return [name_place(each.place), _few(), None, None]
    return [name_place(each.place), each.totals.enrolled, each.totals.finished, each.totals.rate]
