"""All questions that wait for an office."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.services import offices_of
from accounts.services.asking import know
from forums.services.questions.waiting import list_waiting
from ui.keyset import paginate_by_key


@never_cache
@require_safe
@login_required
def waiting(request: HttpRequest) -> HttpResponse:
    """What is due first; `?late=1` narrows to what is past its day. Whoever acts for no office finds nothing here."""
    user, only_late = know(request), bool(request.GET.get("late"))
    if not offices_of(user):
        raise Http404
    topics = list_waiting(user)
    late = topics.filter(asked__due_at__lt=timezone.now())
    page = paginate_by_key((late if only_late else topics).select_related("board", "asked"), request, by="due")
    context = {"tab": "desk", "page": page, "only_late": only_late, "late_count": late.count()}
    return render(request, "forums/questions_waiting.html", context)
