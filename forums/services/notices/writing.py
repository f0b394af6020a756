"""What is told of words: who was named."""

from django.utils.translation import gettext_lazy as _

from forums.services.notices import declare

MENTIONED = declare(
    "mentioned",
    _("Somebody mentions me in a topic"),
    _("%(name)s mentions you: %(topic)s"),
    _("Read what they say to you."),
)
