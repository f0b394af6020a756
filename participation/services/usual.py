"""The usual dates of a planning year, for whoever has set none.

From what could be found of past years (project lists, workshops and forums of 2013 to 2025): the months differ from
place to place, and a circular sets them anew each year. So they are shown as usual, never as a rule.
"""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.enums import StepKind

Day = tuple[int, int, int]  # years from the plan's first year, month, day

USUAL: dict[StepKind, tuple[Day, Day]] = {
    StepKind.PREPARE: ((-1, 2, 1), (-1, 5, 31)),
    StepKind.VILLAGE: ((-1, 6, 1), (-1, 9, 30)),
    StepKind.COMMUNE: ((-1, 8, 1), (-1, 9, 30)),
    StepKind.INTEGRATION: ((-1, 11, 15), (-1, 12, 10)),
    StepKind.ADOPT: ((-1, 12, 1), (-1, 12, 31)),
    StepKind.RESULTS: ((0, 1, 1), (0, 1, 31)),
}

ABOUT: dict[StepKind, Promise] = {
    StepKind.PREPARE: _("The council looks at last year's plan and gathers figures. You can ask what became of it."),
    StepKind.VILLAGE: _("Each village says what it needs most. Anyone may come and speak, without an invitation."),
    StepKind.COMMUNE: _("The needs of all villages become one list, in order. Come, or send your input beforehand."),
    StepKind.INTEGRATION: _("The district brings communes, departments and partners together to find money and help."),
    StepKind.ADOPT: _("The council decides the plan and the budget. Ask what was taken in and what was not, and why."),
    StepKind.RESULTS: _("Read what was decided, and help to see that it is done."),
}


def date_of(year: int, day: Day) -> date:
    """The day in the plan that begins in `year`."""
    shift, month, number = day
    return date(year + shift, month, number)


def plan_year_on(day: date) -> int:
    """The plan people work on: in January last year's work ends with its results, from February the next begins."""
    return day.year if day.month == 1 else day.year + 1
