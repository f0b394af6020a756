"""What a person tells about helping."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.services.asking import know
from volunteers.forms.finding import ProfileForm
from volunteers.services.profile import find_or_start_profile, save_profile


@login_required
def edit_profile(request: HttpRequest) -> HttpResponse:
    """Saving comes back to this page: somebody may add another commune."""
    user = know(request)
    form = ProfileForm(request.POST or None, instance=find_or_start_profile(user))
    if request.method == "POST" and form.is_valid():
        skills = list(form.cleaned_data["skills"])
        save_profile(form.instance, slots=form.chosen_slots, communes=form.chosen_communes, skills=skills)
        messages.success(request, _("Saved. Your list of work follows it at once."))
        return redirect("volunteer-profile")
    return render(request, "volunteers/profile.html", {"tab": "me", "form": form})
