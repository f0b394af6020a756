"""What the study found: its figures and no others, as exactly as it says them.

ANSA Cambodia, "Social inclusion in local planning process and emerging opportunities for new social media uses": 335
people in three provinces, not representative of the country. By groups of people its text gives no figure.
"""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.enums import FunnelStep, SurveyGroup
from ui.words import to_digits

PEOPLE = 335
SOURCE = _(
    "Study: ANSA Cambodia, 335 people in 3 provinces (Siem Reap, Takeo, Ratanakiri). It does not stand for the country."
)
OF_THOSE_WHO_JOINED = _("The study's figure for input may count only those who joined.")
TAKEO, SIEM_REAP, RATANAKIRI = "21", "17", "16"


class Said(Enum):
    """How the study says a figure."""

    EXACTLY = "exactly"
    ABOUT = "about"
    NEARLY = "nearly"

    @property
    def words(self) -> Promise | str:
        return {Said.ABOUT: _("about %(n)s%%"), Said.NEARLY: _("nearly %(n)s%%")}.get(self, "%(n)s%%")


@dataclass(frozen=True)
class StudyFigure:
    """Per cent of those asked."""

    percent: int
    said: Said = Said.EXACTLY

    @property
    def is_exact(self) -> bool:
        return self.said is Said.EXACTLY

    @property
    def words(self) -> str:
        return str(self.said.words) % {"n": to_digits(self.percent)}

    @property
    def sign(self) -> str:
        """For a chart, where there is no room for words."""
        return f"{'' if self.is_exact else '~'}{to_digits(self.percent)}%"


EVERYWHERE: dict[FunnelStep, StudyFigure] = {
    FunnelStep.HEARD: StudyFigure(65),
    FunnelStep.INVITED: StudyFigure(60),
    FunnelStep.JOINED: StudyFigure(45),
    FunnelStep.INPUT: StudyFigure(40, Said.ABOUT),
    FunnelStep.SATISFIED: StudyFigure(40, Said.ABOUT),
}
PROVINCES: dict[str, dict[FunnelStep, StudyFigure]] = {
    TAKEO: {FunnelStep.JOINED: StudyFigure(25)},
    SIEM_REAP: {
        FunnelStep.JOINED: StudyFigure(60, Said.NEARLY),
        FunnelStep.SATISFIED: StudyFigure(70, Said.NEARLY),
    },
    RATANAKIRI: {FunnelStep.SATISFIED: StudyFigure(20, Said.ABOUT)},
}
# Of the 335 asked; for minorities the study counts everybody asked in Ratanakiri.
SAMPLE: dict[SurveyGroup, int] = {
    SurveyGroup.FEMALE: 65,
    SurveyGroup.YOUTH: 34,
    SurveyGroup.ELDERLY: 13,
    SurveyGroup.DISABILITY: 3,
    SurveyGroup.MIGRANT: 34,
    SurveyGroup.MINORITY: 34,
}


def find_study_figure(scope: str, step: FunnelStep) -> StudyFigure | None:
    """Of the country ("") or a province; None where the study gives none, as for every commune, meeting and group."""
    return EVERYWHERE[step] if scope == "" else PROVINCES.get(scope, {}).get(step)
