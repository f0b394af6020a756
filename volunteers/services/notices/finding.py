"""News for whoever looks for work."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from notifications.services import Category, Kind, register

SEARCHES = Category(
    "searches",
    _("My searches for work"),
    _("New work that fits a search you saved, at most once a day."),
)


def count_found(data: Mapping[str, Any]) -> dict[str, str]:
    """How much was found, and by which searches."""
    found = int(data.get("found", 0))
    return {
        "sentence": ngettext("%(found)s new request for you", "%(found)s new requests for you", found)
        % {"found": found},
        "searches": ", ".join(f"“{name}”" for name in data.get("names", ())),
    }


NEW_WORK = Kind(
    "volunteers.new_work",
    SEARCHES,
    _("New work for a search of mine"),
    "%(sentence)s: %(request)s",
    _("Found by your search %(searches)s."),
    words=count_found,
)
register(NEW_WORK)
