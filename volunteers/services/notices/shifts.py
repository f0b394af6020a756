"""What is told of shifts: to who comes or waits, and to the office."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from volunteers.services.notices import DESK, MINE, URGENT, declare

# To the volunteer
SEAT_FREE = declare(
    "shift_seat_free",
    MINE,
    _("A seat in a shift became free for me"),
    _("A seat is free for you: %(starts_at)s"),
    _("%(request)s. Confirm before %(until_at)s. After that the next on the list is asked."),
    **URGENT,
)
CALL_LAPSED = declare(
    "shift_call_lapsed",
    MINE,
    _("I did not confirm a free seat"),
    _("The seat went to the next on the list: %(starts_at)s"),
    _("%(request)s. You did not confirm in time. You may join the waiting list again."),
)
SHIFT_CHANGED = declare(
    "shift_changed",
    MINE,
    _("A shift of mine changed"),
    _("Your shift changed. It is now: %(starts_at)s"),
    _("%(request)s. If you cannot come then, leave the shift, so that somebody else can."),
    **URGENT,
)
SHIFT_CALLED_OFF = declare(
    "shift_called_off",
    MINE,
    _("A shift of mine is called off"),
    _("Called off: your shift on %(starts_at)s"),
    _("%(request)s. %(note)s"),
    **URGENT,
)
SHIFT_CLASHES = declare(
    "shift_clashes",
    MINE,
    _("A changed shift overlaps another of mine"),
    _("You were taken off a shift: %(starts_at)s"),
    _("%(request)s. The office changed the time, and it now overlaps another shift of yours."),
    **URGENT,
)
SHIFT_BY_NIGHT = declare(
    "shift_by_night",
    MINE,
    _("A changed shift lies too late or too early for me"),
    _("You were taken off a shift: %(starts_at)s"),
    _("%(request)s. The office changed the time. People under 18 help between 6:00 and 18:00 only."),
    **URGENT,
)

# To the office
SHIFT_LEFT = declare(
    "shift_left",
    DESK,
    _("Somebody leaves a shift"),
    _("%(code)s cannot come on %(starts_at)s: %(request)s"),
    _("The first on the waiting list is asked. Without one, the seat is open."),
    many=ngettext_lazy("%(count)s seat became free: %(request)s", "%(count)s seats became free: %(request)s", "count"),
)
