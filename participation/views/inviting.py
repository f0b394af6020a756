"""Who was invited: the ledger, links that are passed on, and the button of whoever was not told."""

import uuid
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.rules import is_programme_staff
from accounts.services.asking import know
from participation import rules
from participation.enums import Channel
from participation.errors import RefusedError
from participation.forms.inviting import InvitationForm, UntoldForm
from participation.models import Meeting, ShareLink, Untold
from participation.services.following import is_following
from participation.services.inviting import links
from participation.services.inviting.ledger import note_invitation, withdraw_invitation
from participation.services.inviting.reading import read_ledger
from participation.services.inviting.untold import (
    find_untold,
    list_for_programme,
    make_key,
    say_untold,
    say_where,
    take_back,
)
from participation.views.meetings import HEARD, get_meeting
from participation.views.networks import address_of
from ui.keyset import paginate_by_key

PHONE = "meetings_phone"  # of the session: tells one phone from another, not whose it is
PAGE_SIZE = 20


def get_inviting_meeting(request: HttpRequest, public_id: uuid.UUID) -> Meeting:
    meeting = get_meeting(request, public_id)
    if not rules.can_invite(request.user, meeting):
        raise PermissionDenied
    return meeting


@login_required
@never_cache
def show_ledger(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """By village and channel, with the form for the next line: for the office and whoever serves there."""
    meeting = get_inviting_meeting(request, public_id)
    form = InvitationForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if form.is_valid():
        try:
            note_invitation(meeting, form.told, by=know(request))
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down."))
            return redirect("meeting-invitations", meeting.public_id)
    context = {"meeting": meeting, "form": form, "ledger": read_ledger(meeting)}
    context |= {"link": links.find_own_link(meeting, know(request)), "tab": "desk"}
    context["may_organise"] = rules.can_organise(request.user, meeting.office)
    return render(request, "participation/invitations.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, public_id: uuid.UUID, pk: int) -> HttpResponse:
    """A line written by mistake."""
    meeting = get_inviting_meeting(request, public_id)
    withdraw_invitation(get_object_or_404(meeting.invitations, pk=pk), by=know(request))
    messages.success(request, _("Taken back. It counts no more."))
    return redirect("meeting-invitations", meeting.public_id)


@login_required
@require_POST
def make_link(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A link of one's own to pass on."""
    meeting, user = get_meeting(request, public_id), know(request)
    if meeting.is_draft:
        raise Http404
    links.make_own_link(meeting, by=user, is_volunteer=rules.can_invite(user, meeting))
    messages.success(request, _("Here is your link. Pass it on; we count how often it is opened, not by whom."))
    return redirect(f"{meeting.get_absolute_url()}#share")


@require_safe
def open_meetings_link(request: HttpRequest, public_id: uuid.UUID, channel: str) -> HttpResponse:
    """From the poster, or a share button."""
    meeting = get_meeting(request, public_id)
    if channel not in Channel.values:
        raise Http404
    return _lead_on(request, meeting, links.get_meetings_link(meeting, Channel(channel)))


@require_safe
def open_link(request: HttpRequest, code: str) -> HttpResponse:
    """From somebody's own link."""
    link = get_object_or_404(ShareLink.objects.select_related("meeting"), code=code)
    return _lead_on(request, get_meeting(request, link.meeting.public_id), link)


def _lead_on(request: HttpRequest, meeting: Meeting, link: ShareLink) -> HttpResponse:
    """To the meeting's page. A phone that opens it again counts once."""
    heard = request.session.get(HEARD, {})
    is_first = str(meeting.pk) not in heard and request.method == "GET"
    if is_first:
        agent = request.headers.get("User-Agent", "")
        links.count_opening(link, agent=agent, address=address_of(request))
        request.session[HEARD] = {**heard, str(meeting.pk): link.channel}
    return redirect(meeting)


@never_cache
def untold(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The tap (`do=tap`), then the village and the reason for who likes to say them."""
    meeting = get_meeting(request, public_id)
    key = read_key(request, meeting)
    row = find_untold(meeting, key)
    if request.method == "POST" and request.POST.get("do") == "tap":
        if row is None:
            tap(request, meeting, key)
        return redirect("meeting-untold", meeting.public_id)
    if row is None:
        return render(request, "participation/untold.html", {"tab": "forum", "meeting": meeting})
    return answer_untold(request, row)


def tap(request: HttpRequest, meeting: Meeting, key: str) -> None:
    if not ratelimit.consume(request, action="untold"):
        messages.error(request, _("Many taps came from this network just now. Try again in an hour."))
        return
    try:
        say_untold(meeting, key)
    except RefusedError as refusal:
        messages.error(request, str(refusal))


def answer_untold(request: HttpRequest, row: Untold) -> HttpResponse:
    """What the person adds, changes or takes back."""
    meeting = row.meeting
    if request.POST.get("do") == "back":
        take_back(row)
        messages.success(request, _("Taken back."))
        return redirect(meeting)
    form = UntoldForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_valid():
        say_where(row, form.read_where())
        messages.success(request, _("Thank you. It helps to reach everybody next time."))
        return redirect(meeting)
    context: dict[str, Any] = {"tab": "forum", "meeting": meeting, "row": row, "form": form}
    context["follows"] = is_following(request.user, meeting.commune)
    return render(request, "participation/untold.html", context)


def read_key(request: HttpRequest, meeting: Meeting) -> str:
    """Of the account, else of the phone: a number in its session that stands for nobody."""
    if isinstance(request.user, User):
        return make_key(meeting, user=request.user, phone=uuid.uuid4())
    phone = request.session.get(PHONE)
    if phone is None and request.method == "POST":
        phone = request.session[PHONE] = uuid.uuid4().hex
    return make_key(meeting, user=None, phone=uuid.UUID(phone) if phone else uuid.uuid4())


@login_required
@never_cache
@require_safe
def list_left_out(request: HttpRequest) -> HttpResponse:
    """People who say that they were left out for their views: the programme's staff alone read it, and of meetings of
    an office they act for themselves nothing.
    """
    if not is_programme_staff(request.user):
        raise PermissionDenied
    page = paginate_by_key(list_for_programme(know(request)), request, by="-day_date", size=PAGE_SIZE)
    return render(request, "participation/left_out.html", {"tab": "forum", "page": page})
