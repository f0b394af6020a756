"""What is told of topics that moderators moved, joined or closed."""

from django.utils.translation import gettext_lazy as _

from forums.services.notices import declare

MOVED = declare(
    "topic_moved",
    _("A topic of mine, or one that I follow, is moved"),
    _("Moved to another board: %(title)s"),
    _("It stands on “%(board)s” now. Reason: %(reason)s"),
)
JOINED = declare(
    "topic_joined",
    _("A topic of mine, or one that I follow, is joined with another"),
    _("Joined with another topic: %(title)s"),
    _("It goes on in “%(into)s”. Reason: %(reason)s"),
)
CLOSED = declare(
    "topic_closed",
    _("A topic of mine is closed for replies"),
    _("Closed for replies: %(title)s"),
    _("Reason: %(reason)s"),
)
