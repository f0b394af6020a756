"""Columns that a change of an application writes together with its state."""

from datetime import datetime, timedelta
from typing import Any

from volunteers.models import Application
from volunteers.models.application import OFFER_HOURS


def sent_clock(application: Application, now: datetime) -> dict[str, Any]:
    return {"sent_at": now}


def offer_clock(application: Application, now: datetime) -> dict[str, Any]:
    return {"offer_expires_at": now + timedelta(hours=OFFER_HOURS)}
