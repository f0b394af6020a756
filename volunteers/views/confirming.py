"""Hours on the commune desk: confirmed in bulk, taken back with one tap, or corrected with a reason."""

import uuid
from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from accounts.services.asking import know
from ui.dates import to_minutes
from ui.keyset import paginate_by_key
from ui.words import to_digits
from volunteers.models import HoursEntry
from volunteers.querysets import list_office_ids
from volunteers.services.serving.desk import group_by_person, list_to_confirm, name_of
from volunteers.services.serving.hours import MOST_AT_ONCE, confirm_hours, correct_hours, undo_confirm
from volunteers.serving_forms import CorrectHoursForm, split_minutes
from volunteers.views.minutes import write_minutes

PAGE_SIZE = 60
LAST = "hours_confirmed"  # of the session: what one tap takes back, and when it was confirmed
SHOWN_FOR = timedelta(minutes=10)


@login_required
@never_cache
def confirm(request: HttpRequest) -> HttpResponse:
    """All that waits, by person, ticked; one button."""
    user = know(request)
    if not list_office_ids(user):
        raise Http404
    if request.method == "POST":
        return undo(request) if "undo" in request.POST else confirm_ticked(request)
    page = paginate_by_key(list_to_confirm(user), request, by=("placement_id", "day_date"), size=PAGE_SIZE)
    context = {
        "tab": "desk",
        "people": group_by_person(page.items),
        "page": page,
        "confirmed": count_confirmed(request),
    }
    return render(request, "volunteers/desk_hours.html", context)


def confirm_ticked(request: HttpRequest) -> HttpResponse:
    user = know(request)
    chosen = [key for key in request.POST.getlist("entry")[:MOST_AT_ONCE] if key.isdecimal()]
    result = confirm_hours(list_to_confirm(user).filter(pk__in=chosen), by=user)
    request.session[LAST] = {"at": timezone.now().timestamp(), "entries": [entry.pk for entry in result.entries]}
    if result.entries:
        count, minutes = len(result.entries), to_minutes(result.minutes)
        text = ngettext("Confirmed: %(count)s day, %(minutes)s.", "Confirmed: %(count)s days, %(minutes)s.", count)
        messages.success(request, to_digits(text % {"count": count, "minutes": minutes}))
    if not chosen:
        messages.warning(request, _("Tick at least one day."))
    if len(result.entries) < len(chosen):
        messages.warning(request, _("Some were answered meanwhile by somebody else. Look again at what is left."))
    return go_back(request)


def count_confirmed(request: HttpRequest) -> int:
    """How many days one tap takes back; 0 some minutes after they were confirmed."""
    kept = request.session.get(LAST, {})
    is_late = timezone.now().timestamp() > kept.get("at", 0) + SHOWN_FOR.total_seconds()
    return 0 if is_late else len(kept["entries"])


def undo(request: HttpRequest) -> HttpResponse:
    user = know(request)
    rows = (
        HoursEntry.objects.of_offices_of(user)
        .with_work()
        .filter(pk__in=request.session.pop(LAST, {}).get("entries", []))
    )
    result = undo_confirm(rows, by=user)
    if result.entries:
        messages.success(request, _("Taken back. They wait for your answer again."))
    if result.others:
        messages.warning(request, _("What was confirmed more than a day ago, or changed meanwhile, stays as it is."))
    return go_back(request)


def go_back(request: HttpRequest) -> HttpResponse:
    """To where it was tapped."""
    return redirect("desk" if request.POST.get("from") == "desk" else "desk-hours")


@login_required
@never_cache
def correct(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Another number, and why: the volunteer agrees or asks the programme."""
    user = know(request)
    rows = HoursEntry.objects.of_offices_of(user).with_work().prefetch_related("transitions__by")
    entry = get_object_or_404(rows, public_id=public_id)
    form = CorrectHoursForm(request.POST or None, initial=split_minutes(entry.minutes))
    if request.method == "POST" and write_minutes(form, partial(correct_hours, entry, by=user)):
        messages.success(request, _("Sent. The volunteer agrees, or asks the programme to settle it."))
        return redirect("desk-hours")
    context = {"tab": "desk", "entry": entry, "form": form, "name": name_of(entry.placement.application)}
    return render(request, "volunteers/correct_hours.html", context)
