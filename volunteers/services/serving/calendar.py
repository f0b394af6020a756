"""A person's shifts as a calendar: by a secret address that calendar programs read, or one shift as a file."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.enums import SignupStatus
from volunteers.models import CalendarFeed, ShiftSignup
from volunteers.models.calendar import make_token
from volunteers.services.serving.ics import Event, write_calendar

KEPT = timedelta(days=92)  # past shifts stay for a season, so that programs do not forget what was
MOST_EVENTS = 500
HOST = "chuoykhum"  # of the ids: not the address of the site, which may change

STATUSES = {
    SignupStatus.SIGNED_UP: "CONFIRMED",
    SignupStatus.ATTENDED: "CONFIRMED",
    SignupStatus.NO_SHOW: "CONFIRMED",
    SignupStatus.NOT_TRACKED: "CONFIRMED",
    SignupStatus.CALLED: "TENTATIVE",
    SignupStatus.WAITING: "TENTATIVE",
    SignupStatus.EXCUSED: "CANCELLED",
    SignupStatus.CANCELLED: "CANCELLED",
}


@transaction.atomic
def renew_feed(user: User) -> CalendarFeed:
    """A first address, or a new one: the old one ends at once."""
    feed, _made = CalendarFeed.objects.update_or_create(user=user, defaults={"token": make_token()})
    return feed


def end_feed(user: User) -> None:
    """From now on nobody reads this calendar."""
    CalendarFeed.objects.filter(user=user).delete()


def find_feed(user: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(user=user).first()


def find_feed_owner(token: str) -> User | None:
    """Whose calendar this is, while the account is active."""
    feed = CalendarFeed.objects.select_related("user").filter(token=token, user__is_active=True).first()
    return feed.user if feed else None


def write_feed(user: User) -> bytes:
    """The shifts of the last season and all to come, in the owner's language. One query."""
    rows = ShiftSignup.objects.filter(person=user, ends_at__gte=timezone.now() - KEPT)
    rows = rows.select_related("shift__request__office").order_by("starts_at", "pk")[:MOST_EVENTS]
    with override(user.language):
        return write_calendar(
            [describe_shift(row) for row in rows], name=_("Chuoy Khum: my shifts"), language=user.language
        )


def write_shift(signup: ShiftSignup) -> bytes:
    """A file of one shift."""
    event = describe_shift(signup)
    return write_calendar([event], name=event.title, language=get_language() or "km")


def describe_shift(signup: ShiftSignup) -> Event:
    """Of the person's own sign-up; nobody else is named."""
    shift, request = signup.shift, signup.shift.request
    status = "CANCELLED" if shift.cancelled_at else STATUSES[SignupStatus(signup.status)]
    changed = [signup.created_at, signup.updated_at, shift.created_at, shift.changed_at, shift.cancelled_at]
    return Event(
        uid=f"shift-{shift.public_id}@{HOST}",
        title=say_title(signup, status),
        starts=shift.starts_at,
        ends=shift.ends_at,
        made_at=shift.created_at,
        changed_at=max(moment for moment in (*changed, request.updated_at) if moment),
        status=status,
        place=", ".join(part for part in (request.place, request.office.name) if part),
        notes=shift.note,
        url=f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{request.get_absolute_url()}",
    )


def say_title(signup: ShiftSignup, status: str) -> str:
    title = signup.shift.request.title
    if status == "CANCELLED":
        return _("Cancelled: %(title)s") % {"title": title}
    if signup.status == SignupStatus.CALLED:
        return _("Please confirm: %(title)s") % {"title": title}
    return _("Waiting list: %(title)s") % {"title": title} if signup.status == SignupStatus.WAITING else title


def make_etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'
