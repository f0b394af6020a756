"""Pages of the guide whom an office named from a partner NGO; the roll itself is in `views.roll`."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.services.asking import know
from ui.keyset import paginate_by_key
from volunteers.models import RequestPartner
from volunteers.services.guiding import read_guided


@login_required
@never_cache
@require_safe
def list_guided(request: HttpRequest) -> HttpResponse:
    """The requests in which the reader guides; nobody else has such a page."""
    rows = RequestPartner.objects.guided_by(know(request)).select_related("request__office__commune")
    page = paginate_by_key(rows, request, by="-added_at")
    if not page.items:
        raise Http404
    return render(request, "volunteers/guided_list.html", {"tab": "desk", "page": page})


@login_required
@never_cache
@require_safe
def show_guided(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One request: who has a place, the shifts to come, the rolls to keep."""
    user = know(request)
    rows = RequestPartner.objects.guided_by(user).select_related("request__office__commune__district__province")
    row = get_object_or_404(rows, request__public_id=public_id)
    context = {"tab": "desk", "item": row.request, "row": row, "guided": read_guided(row.request, by=user)}
    return render(request, "volunteers/guided.html", context)
