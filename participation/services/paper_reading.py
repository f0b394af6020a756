"""Papers as a commune's pages read them."""

from forums.querysets import Reader
from participation.models import CommuneDocument
from participation.querysets import DocumentQuerySet
from places.models import Commune

SHOWN = 4


def list_papers(commune: Commune, *, user: Reader, kind: str = "", year: int | None = None) -> DocumentQuerySet:
    """Those the reader may see, of one kind and year where asked."""
    rows = CommuneDocument.objects.visible_to(user).filter(commune=commune)
    rows = rows.filter(kind=kind) if kind else rows
    return rows.filter(year=year) if year else rows


def read_papers(commune: Commune, *, user: Reader) -> list[CommuneDocument]:
    """The latest, for the commune's page. One query."""
    return list(list_papers(commune, user=user).filter(withdrawn_at=None).newest()[:SHOWN])


def list_years(commune: Commune, *, user: Reader) -> list[int]:
    """The years that there are papers of, the latest first. One query."""
    rows = list_papers(commune, user=user).order_by("-year")
    return list(rows.values_list("year", flat=True).distinct())
