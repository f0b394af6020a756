"""Which survey a page invites to."""

from participation.enums import SurveyAccess
from participation.models import Survey
from places.models import Commune


def find_open_survey(commune: Commune) -> Survey | None:
    """The latest one that anybody may answer there about the plan. One query."""
    rows = Survey.objects.open().filter(commune=commune, meeting=None, access=SurveyAccess.LINK)
    return rows.order_by("-created_at", "-pk").first()
