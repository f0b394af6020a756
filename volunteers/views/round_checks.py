"""What everybody can check of a round: the sealed names, and a confirmed run made and proved again."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from volunteers.models import Round, RoundRun
from volunteers.rules import is_staff
from volunteers.services.rounds.names import write_names
from volunteers.services.rounds.verifying import verify


@require_safe
def check_run(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """For everybody once the run is confirmed, for programme staff before."""
    row = get_object_or_404(Round.objects.visible_to(request.user), public_id=public_id)
    runs = RoundRun.objects.filter(round=row).select_related("round")
    if not is_staff(request.user):
        runs = runs.filter(confirmed_at__isnull=False)
    kept = get_object_or_404(runs, number=number)
    context = {"tab": "volunteer", "row": row, "kept": kept, "verdict": verify(kept)}
    return render(request, "volunteers/rounds/check.html", context)


@require_safe
def get_names(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The names in the draw, one a line: random, and meaning nothing to anybody but their owners."""
    row = get_object_or_404(Round.objects.visible_to(request.user), public_id=public_id)
    if not row.names_hash:
        raise Http404
    response = HttpResponse(write_names(row), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="names.txt"'
    return response
