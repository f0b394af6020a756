"""The person's own page of skills: what is proved, and what they say they can do."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.services.asking import know
from courses.models import Skill
from volunteers.services.skills import claim_skills, list_mine

MOST_CLAIMS = 100


@login_required
def show_skills(request: HttpRequest) -> HttpResponse:
    user = know(request)
    if request.method == "POST":
        codes = request.POST.getlist("skills")[:MOST_CLAIMS]
        claim_skills(user, list(Skill.objects.filter(code__in=codes)))
        messages.success(request, _("Saved. Your own word is marked as claimed until a course or a commune proves it."))
        return redirect("my-skills")
    return render(request, "volunteers/skills.html", {"tab": "me", "skills": list_mine(user)})
