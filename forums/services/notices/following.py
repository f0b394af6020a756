"""What is told of topics and boards that a person follows."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from forums.services.notices import declare
from notifications.services import Category

FOLLOWED = Category(
    "forums_followed", _("What I follow in the forum"), _("New replies and topics, gathered when they come together.")
)
REPLIED = declare(
    "replied",
    _("Somebody replies in a topic that I follow"),
    _("%(name)s replied: %(topic)s"),
    category=FOLLOWED,
    many=ngettext_lazy("%(count)s new reply: %(topic)s", "%(count)s new replies: %(topic)s", "count"),
)
BEGUN = declare(
    "begun",
    _("Somebody begins a topic on a board that I follow"),
    _("New on “%(board)s”: %(topic)s"),
    category=FOLLOWED,
    many=ngettext_lazy("%(count)s new topic on “%(board)s”", "%(count)s new topics on “%(board)s”", "count"),
)
