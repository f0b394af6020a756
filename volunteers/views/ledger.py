"""The ledger: read and taken along by staff, and by each office its own."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.services.asking import know
from ui.exports import TableStream, write_csv
from ui.keyset import paginate_by_key
from volunteers.forms.programme import PlaceForm
from volunteers.models import LedgerChain
from volunteers.rules import is_staff
from volunteers.services.ledger.exporting import export_lines, list_header, list_rows
from volunteers.services.ledger.reading import describe_entries, list_chains, name_period, sum_up
from volunteers.services.ledger.writing import find_head
from volunteers.views.programme import check_staff

PAGE_SIZE = 20
JSON_LINES = "application/jsonl; charset=utf-8"


@login_required
@require_GET
def list_ledger(request: HttpRequest) -> HttpResponse:
    """All chains of offices, the latest period first, and the programme's own."""
    check_staff(request)
    form = PlaceForm(request.GET)
    page = paginate_by_key(list_chains(form.read()), request, by="-period", size=PAGE_SIZE)
    own = LedgerChain.objects.filter(office=None).first()
    context = {"tab": "volunteer", "page": page, "form": form, "lines": sum_up(page.items), "own": own}
    return render(request, "volunteers/programme/ledger.html", context)


@login_required
@require_GET
def show_chain(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    chain = find_chain(request, public_id)
    page = paginate_by_key(chain.entries.all(), request, by="-number", size=PAGE_SIZE)
    context = {
        "tab": "desk" if chain.office else "volunteer",
        "chain": chain,
        "name": name_period(chain.period) if chain.office else _("The programme's own chain"),
        "page": page,
        "lines": describe_entries(page.items),
        "head": find_head(chain)[1],
        "is_staff": is_staff(request.user),
    }
    return render(request, "volunteers/programme/chain.html", context)


@login_required
@require_GET
def export_chain(request: HttpRequest, public_id: uuid.UUID, kind: str) -> HttpResponseBase:
    """As JSON lines for the verifier, or as CSV for people."""
    chain = find_chain(request, public_id)
    name = chain.file_name
    if kind == "csv":
        return write_csv(name, list_header(), list_rows(chain.entries.order_by("number").iterator(chunk_size=500)))
    if kind != "jsonl":
        raise Http404
    response = TableStream(export_lines(chain), content_type=JSON_LINES)
    response["Content-Disposition"] = f'attachment; filename="{name}.jsonl"'
    response["Cache-Control"] = "private, no-store"
    return response


def find_chain(request: HttpRequest, public_id: uuid.UUID) -> LedgerChain:
    """Staff find all, an office its own, everybody else nothing."""
    user = know(request)
    rows = LedgerChain.objects.visible_to(user, is_staff=bool(is_staff(user)))
    return get_object_or_404(rows.select_related("office__commune__district__province"), public_id=public_id)
