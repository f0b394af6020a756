"""The safeguarding guide for whoever guides volunteers at an office, and their word that they know it."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.services.safeguarding import RULES, confirm_training, find_training


def show_guide(request: HttpRequest) -> HttpResponse:
    """Anybody reads it: parents and volunteers should know what to expect. A signed-in person may confirm it."""
    user = request.user
    if request.method != "POST":
        context = {"rules": RULES, "training": find_training(user) if isinstance(user, User) else None}
        return render(request, "volunteers/safeguarding.html", context)
    if not isinstance(user, User):
        return redirect_to_login(request.get_full_path())
    if "agrees" not in request.POST:
        messages.error(request, _("Please tick that you will keep to it."))
    else:
        confirm_training(user)
        messages.success(request, _("Thank you. Requests that you guide now say so."))
    return redirect("safeguarding")
