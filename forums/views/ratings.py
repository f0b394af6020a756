"""What askers say of an office's answers."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.services.asking import know
from forums.services.questions.ratings import (
    list_ratings,
    mark_ratings_read,
    reads_ratings,
    sum_ratings,
    with_questions,
)
from ui.keyset import paginate_by_key


@never_cache
@require_safe
@login_required
def ratings(request: HttpRequest) -> HttpResponse:
    """The latest first, with the words; whoever acts for no verified office finds nothing here."""
    user = know(request)
    if not reads_ratings(user):
        raise Http404
    page = paginate_by_key(list_ratings(user), request, by="-rated_at", dress=with_questions)
    mark_ratings_read(page.items)
    context = {"tab": "desk", "page": page, "said": sum_ratings(user)}
    return render(request, "forums/ratings.html", context)
