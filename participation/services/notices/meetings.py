"""What is told of meetings."""

from django.utils.translation import gettext_lazy as _

from participation.services.notices import URGENT, declare

ANNOUNCED = declare(
    "meeting_announced",
    _("A commune I follow announces a meeting"),
    _("%(commune)s meets on %(starts_at)s: %(meeting)s"),
    _("Anyone may come. If you cannot, send your input beforehand; the answer comes back to you."),
)
CHANGED = declare(
    "meeting_changed",
    _("Time or place of a meeting changes"),
    _("Changed: %(meeting)s. It is now on %(starts_at)s"),
    _("Place: %(place)s. If you cannot come then, say so, and send your input."),
    **URGENT,
)
CANCELLED = declare(
    "meeting_cancelled",
    _("A meeting is called off"),
    _("Called off: %(meeting)s, %(starts_at)s"),
    _("%(commune)s says: %(note)s"),
    **URGENT,
)
SEAT_FREE = declare(
    "meeting_seat_free",
    _("A chair became free for me"),
    _("There is a chair for you: %(meeting)s, %(starts_at)s"),
    _("If you cannot come after all, say so, so that the next person can."),
    **URGENT,
)
TOMORROW = declare(
    "meeting_tomorrow",
    _("A meeting I come to is tomorrow"),
    _("Soon: %(meeting)s, %(starts_at)s"),
    _("Place: %(place)s. If you cannot come, you can still send your input."),
)
