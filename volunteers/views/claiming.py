"""Hours as the volunteer claims and answers them."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.services.asking import know
from ui.kept import ask_to_sign_in, find_typed
from ui.keyset import paginate_by_key
from volunteers.models import HoursEntry, ShiftSignup
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.serving.checking_out import claim_shift
from volunteers.services.serving.hours import answer_hours, change_claim, claim_hours
from volunteers.services.serving.kept import tell_claim_refused
from volunteers.services.serving.mine import list_claimable
from volunteers.serving_forms import ChangeHoursForm, HoursForm, describe_claim

PAGE_SIZE = 30
TYPED = "hours_typed"  # of the session
REFUSALS = (NotReadyError, WrongStateError)


@never_cache
def claim(request: HttpRequest) -> HttpResponse:
    """The form, and below it all that was claimed. Signed out it is the bare form, which phones keep for later."""
    user = request.user
    if not isinstance(user, User):
        form = HoursForm([], request.POST or None, initial={"hours": 2})
        return ask_to_sign_in(request, form, TYPED) if request.method == "POST" else show_hours(request, form)
    begin = {"day": timezone.localdate(), "hours": 2, "client_id": uuid.uuid4(), **read_begin(request)}
    form = HoursForm(list_claimable(user), request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid() and save_claim(form, user):
        messages.success(request, _("Claimed. The office sees it on its desk and confirms it."))
        return redirect("my-hours")
    if form.is_kept:
        tell_claim_refused(user, form.read_typed(), why=form.say_why(), client_id=form.read_id())
    return show_hours(request, form)


def read_begin(request: HttpRequest) -> dict[str, Any]:
    """What waited for a sign-in, else what the address says: a link from a notification fills the form in."""
    named = {name: request.GET[name] for name in HoursForm.TYPED if name in request.GET}
    return named | find_typed(request, TYPED)


@login_required
@require_POST
def claim_of_shift(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One tap: the time of a shift that nobody recorded. It opens the claim, which can still be changed."""
    user = know(request)
    signup = get_object_or_404(ShiftSignup.objects.of(user).with_rows(), public_id=public_id)
    try:
        entry = claim_shift(signup, by=user)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return redirect("my-service")
    messages.success(request, _("Claimed. Change it here if you were there for a shorter or longer time."))
    return redirect("hours", entry.public_id)


def save_claim(form: HoursForm, user: User) -> bool:
    """False with the reason at the form."""
    data, placement = form.cleaned_data, form.find_placement()
    if placement is None:
        form.add_error(None, _("You have no place in which hours can be claimed now."))
        return False
    words = {"day": data["day"], "minutes": data["total"], "what": data["what"]}
    try:
        claim_hours(placement, by=user, client_id=form.read_id(), happened_at=form.read_moment(), **words)
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def show_hours(request: HttpRequest, form: HoursForm) -> HttpResponse:
    user = request.user
    context: dict[str, Any] = {"tab": "volunteer", "form": form}
    if isinstance(user, User):
        rows = HoursEntry.objects.of(user).with_work()
        page = paginate_by_key(rows, request, by=("-day_date", "-id"), size=PAGE_SIZE)
        context |= {"page": page, "totals": HoursEntry.objects.of(user).total()}
    return render(request, "volunteers/my_hours.html", context)


@login_required
@never_cache
def change_hours(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One claim: changed or taken back until the office answers; agreed to or disputed once it was corrected."""
    user = know(request)
    rows = HoursEntry.objects.visible_to(user).with_work().prefetch_related("transitions")
    entry = get_object_or_404(rows, public_id=public_id)
    form = ChangeHoursForm(request.POST or None, initial=describe_claim(entry))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            change_claim(entry, by=user, minutes=data["total"], what=data["what"])
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Changed. The office sees the new number."))
            return redirect("my-hours")
    context = {"tab": "volunteer", "entry": entry, "form": form, "history": entry.transitions.all()}
    return render(request, "volunteers/my_entry.html", context)


@login_required
@require_POST
def answer(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take back, agree, or ask the programme."""
    user = know(request)
    entry = get_object_or_404(HoursEntry.objects.visible_to(user).with_work(), public_id=public_id)
    try:
        answer_hours(entry, request.POST.get("verb", ""), by=user, note=request.POST.get("note", "")[:600])
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return redirect("hours", entry.public_id)
    messages.success(request, _("Done. The office sees your answer on its desk."))
    return redirect("my-hours")
