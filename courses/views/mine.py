"""The page of somebody who learns, with or without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.services.mine import read_mine
from courses.services.visitors import get_learner


@never_cache
@require_safe
def show_mine(request: HttpRequest) -> HttpResponse:
    """The next step, courses, skills, work handed in, quizzes taken."""
    learner = get_learner(request)
    context = {"mine": read_mine(learner), "is_kept": learner.user is not None}
    return render(request, "courses/mine.html", context)
