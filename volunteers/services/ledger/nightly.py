"""For the clocks: the days that are over go into the ledger, and the figures are looked at anew after each night."""

from volunteers.services.figures.alerts import refresh_alerts
from volunteers.services.figures.standing import renew_groups
from volunteers.services.ledger.daily import write_due


def keep_ledger() -> int:
    """How many days were written."""
    written = write_due()
    if written:
        renew_groups()
        refresh_alerts()
    return written
