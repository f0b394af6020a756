"""What notifications does: features declare kinds (`kinds`) and call `notify`; the rest happens by itself."""

from notifications.services.kinds import Category, Kind, register
from notifications.services.own_data import change_told
from notifications.services.telling import notify, strip_language

__all__ = ["Category", "Kind", "change_told", "notify", "register", "strip_language"]
