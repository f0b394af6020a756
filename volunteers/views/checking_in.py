"""Checking in by the code on the office's screen."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.services.asking import know
from ui.kept import ask_to_sign_in, find_typed
from volunteers.enums import Arrival
from volunteers.models import ShiftSignup
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.serving.check_in import TooManyTriesError, check_in
from volunteers.services.serving.checking_out import check_out
from volunteers.services.serving.codes import clean_code
from volunteers.services.serving.kept import receive_check_in
from volunteers.serving_forms import CodeForm

TYPED = "code_typed"  # of the session


@never_cache
def type_code(request: HttpRequest) -> HttpResponse:
    """The QR code opens this page with the code filled in. Signed out it is the bare form, which phones keep."""
    user, code = request.user, clean_code(request.GET.get("code", ""))
    if not isinstance(user, User):
        form = CodeForm(request.POST or None, initial={"code": code})
        return ask_to_sign_in(request, form, TYPED) if request.method == "POST" else show_form(request, form)
    begin: dict[str, Any] = {"code": code, "client_id": uuid.uuid4()}
    begin |= {name: value for name, value in find_typed(request, TYPED).items() if value}
    form = CodeForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        receive = receive_check_in if form.is_kept else check_in
        try:
            signup = receive(user, form.cleaned_data["code"], happened_at=form.read_moment(), client_id=form.read_id())
        except TooManyTriesError as refusal:
            form.add_error("code", str(refusal))
            return show_form(request, form, status=429)
        except (NotReadyError, WrongStateError) as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, say_arrival(signup))
            return redirect("my-service")
    return show_form(request, form)


@login_required
@require_POST
def go(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One tap as the person leaves before the end."""
    user = know(request)
    signup = get_object_or_404(ShiftSignup.objects.of(user).with_rows(), public_id=public_id)
    try:
        check_out(signup, by=user)
    except (NotReadyError, WrongStateError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Noted. Your claim is as long as you were there; you can still change it."))
    return redirect("my-service")


def show_form(request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    """429 for too many tries: a phone that kept the form keeps it on."""
    return render(request, "volunteers/check_in.html", {"tab": "volunteer", "form": form}, status=status)


def say_arrival(signup: ShiftSignup | None) -> str:
    """None: a phone kept it, and it belongs to no shift; the person is told at the bell."""
    if signup is None:
        return _("This check-in belongs to no shift of yours.")
    if signup.arrival == Arrival.UNPROVED:
        return _("The code was not right. The office is asked to confirm by hand that you came.")
    if signup.arrival == Arrival.UNSURE:
        return _("Noted. The code was not the one of this moment, so the office confirms that you came.")
    if signup.arrival == Arrival.LATE:
        return _("You are checked in, after the beginning. Your hours are claimed from now on.")
    return _("You are checked in. Your hours are claimed; the office confirms them.")
