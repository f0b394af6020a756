"""Links that are passed on: each counts its openings by channel, and knows nobody who opened it."""

import secrets

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.rules import may_post
from participation.enums import Channel
from participation.models import Meeting, ShareLink
from participation.models.invitation import LINK_LENGTH

READERS = ("bot", "preview", "facebookexternalhit", "crawler", "spider", "whatsapp")  # programs that fetch a preview
MOST_OPENINGS = 60  # that count from one network in an hour: without a cookie every time is the first


def count_opening(link: ShareLink, *, agent: str, address: str) -> None:
    """Once more. A program that only draws a preview does not count, nor does a network that opens it all the time."""
    if any(name in agent.lower() for name in READERS):
        return
    key = f"link-openings:{address}"
    cache.add(key, 0, 60 * 60)
    if cache.incr(key) <= MOST_OPENINGS:
        ShareLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1)


def get_meetings_link(meeting: Meeting, channel: Channel) -> ShareLink:
    """The link of the poster, or of the meeting's share buttons; made when it is first opened."""
    link, _made = ShareLink.objects.get_or_create(meeting=meeting, channel=channel, code="")
    return link


@transaction.atomic
def make_own_link(meeting: Meeting, *, by: User, is_volunteer: bool) -> ShareLink:
    """A link of one's own, to see how many it reached; twice is once. Raises `PermissionDenied` under 15."""
    if not may_post(by):
        raise PermissionDenied
    User.objects.select_for_update().filter(pk=by.pk).values("pk").get()
    channel = Channel.VOLUNTEER if is_volunteer else Channel.TELEGRAM
    link, _made = ShareLink.objects.get_or_create(
        meeting=meeting, user=by, defaults={"channel": channel, "code": secrets.token_hex(LINK_LENGTH // 2)}
    )
    return link


def find_own_link(meeting: Meeting, user: User) -> ShareLink | None:
    return meeting.share_links.filter(user=user).first()


def forget_links(user: User) -> None:
    """The links go on working, and are nobody's."""
    ShareLink.objects.filter(user=user).update(user=None)
