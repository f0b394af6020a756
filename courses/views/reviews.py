"""The desk where work handed in is decided about: one queue for facilitators, one for clerks."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import User
from courses.enums import SubmissionStatus
from courses.models import Submission
from courses.querysets import SubmissionQuerySet
from courses.rules import may_review
from courses.services.learning import find_lesson
from courses.services.reviews import (
    clerk_queue,
    facilitates_anything,
    facilitator_queue,
    name_for_reviewer,
    review,
    speaks_for_any_office,
    submissions_visible_to,
)
from courses.services.tasks import AlreadyDecidedError
from courses.task_forms import ReviewForm
from ui.keyset import paginate_by_key

PAGE_SIZE = 20
TABS = {"reviews": "me", "confirmations": "desk"}


@never_cache
@login_required
def list_reviews(request: HttpRequest) -> HttpResponse:
    """For facilitators."""
    if not facilitates_anything(request.user):  # type: ignore[arg-type]
        raise Http404
    return draw_queue(request, facilitator_queue(request.user), "reviews")  # type: ignore[arg-type]


@never_cache
@login_required
def list_confirmations(request: HttpRequest) -> HttpResponse:
    """For those who speak for a commune office."""
    if not speaks_for_any_office(request.user):  # type: ignore[arg-type]
        raise Http404
    return draw_queue(request, clerk_queue(request.user), "confirmations")  # type: ignore[arg-type]


def draw_queue(request: HttpRequest, queue: SubmissionQuerySet, desk: str) -> HttpResponse:
    """What waits, the oldest first; with `?done=1` what was decided, the latest first."""
    is_done = "done" in request.GET
    rows = queue.exclude(status=SubmissionStatus.HANDED_IN) if is_done else queue.waiting()
    rows = rows.select_related("user", "organisation", "office__commune", "review__by")
    page = paginate_by_key(rows, request, by="-decided_at" if is_done else "received_at", size=PAGE_SIZE)
    context = {
        "tab": TABS[desk],
        "desk": desk,
        "is_done": is_done,
        "page": page,
        "rows": [(row, name_for_reviewer(row.user)) for row in page],
        "waiting": None if is_done else queue.waiting().count(),
    }
    return render(request, "courses/reviews.html", context)


@never_cache
@login_required
def review_work(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One piece of work with its rubric; by POST, the decision."""
    visible = submissions_visible_to(request.user).with_story().select_related("user", "organisation")  # type: ignore[arg-type]
    submission = get_object_or_404(visible, public_id=public_id)
    if submission.user_id == request.user.pk:
        raise PermissionDenied
    form = ReviewForm(submission, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not may_review(request.user, submission):
            raise PermissionDenied
        if form.is_valid():
            return decide(request, submission, form)
    return draw_review(request, submission, form)


def decide(request: HttpRequest, submission: Submission, form: ReviewForm) -> HttpResponse:
    """Where somebody was first, their decision is shown with the words typed here, so that nothing is lost."""
    wanted = {name: form.cleaned_data[name] for name in ("results", "comment", "client_id")}
    decision = SubmissionStatus(form.cleaned_data["decision"])
    user: User = request.user  # type: ignore[assignment]
    try:
        review(submission, by=user, decision=decision, **wanted)
    except AlreadyDecidedError:
        return draw_late(request, submission, form)
    told = (
        _("Accepted. The learner reads it now.") if decision == "accepted" else _("Returned. The learner reads it now.")
    )
    messages.success(request, told, f"draft:review-{submission.public_id}")
    return redirect("confirmations" if submission.office_id else "reviews")


def draw_late(request: HttpRequest, submission: Submission, form: ReviewForm) -> HttpResponse:
    fresh = Submission.objects.with_story().select_related("user", "organisation").filter(pk=submission.pk).first()
    if fresh is None:
        messages.info(request, _("The learner took this work back in the meantime."))
        return redirect("confirmations" if submission.office_id else "reviews")
    return draw_review(request, fresh, form, status=409)


def draw_review(request: HttpRequest, submission: Submission, form: ReviewForm, status: int = 200) -> HttpResponse:
    visible = submissions_visible_to(request.user)  # type: ignore[arg-type]
    earlier = visible.filter(user=submission.user_id, lesson_key=submission.lesson_key, number__lt=submission.number)
    desk = "confirmations" if submission.office_id else "reviews"
    context = {
        "tab": TABS[desk],
        "submission": submission,
        "name": name_for_reviewer(submission.user),
        "form": form if submission.is_waiting and may_review(request.user, submission) else None,
        "late": form if status == 409 else None,
        "lesson": find_lesson(submission.lesson_key),
        "earlier": list(earlier.with_story().order_by("-number")),
        "desk": desk,
    }
    return render(request, "courses/review.html", context, status=status)
