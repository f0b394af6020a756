"""Rounds for everybody: the calendar and the rules, one's own list, the outcome, the record."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.services.asking import know
from ui.keyset import paginate_by_key
from volunteers.models import Round, RoundEntry, RoundRun
from volunteers.querysets import list_office_ids
from volunteers.rules import is_staff
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.rounds import lists
from volunteers.services.rounds.clocks import advance_if_due
from volunteers.services.rounds.outcomes import read_number
from volunteers.services.rounds.planning import describe_tuning_log, find_place
from volunteers.services.rounds.tuning import Tuning, spell
from volunteers.services.rounds.wording import list_gone, list_outcomes, spell_number

PAGE_SIZE, REQUESTS_SHOWN = 20, 10


@require_safe
def list_rounds(request: HttpRequest) -> HttpResponse:
    """Those that run and those that are over, the newest first."""
    rows = Round.objects.visible_to(request.user).with_counts()
    context = {
        "tab": "volunteer",
        "page": paginate_by_key(rows, request, by="-opens_at", size=PAGE_SIZE),
        "is_staff": is_staff(request.user),
    }
    return render(request, "volunteers/rounds/list.html", context)


@require_safe
def show_round(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    row = advance_if_due(get_object_or_404(Round.objects.visible_to(request.user), public_id=public_id))
    places = row.requests.with_place().order_by("request__office__commune__code", "pk")
    entry = lists.find_entry(row, request.user)
    context = {
        "tab": "volunteer",
        "row": row,
        "place": find_place(row),
        "rules": spell(Tuning.of(row)),
        "tuning_log": describe_tuning_log(row),
        "page": paginate_by_key(row.requests.with_place(), request, by="pk", size=REQUESTS_SHOWN),
        "total": places.count(),
        "runs": row.runs.filter(confirmed_at__isnull=False) if row.is_drawn else [],
        "is_staff": is_staff(request.user),
        "is_office": is_office_in(row, request.user),
        **describe_entry(row, entry),
    }
    return render(request, "volunteers/rounds/round.html", context)


def is_office_in(row: Round, user: User | AnonymousUser) -> bool:
    """Whether the reader acts for an office that gives places here; no query for whoever has no office."""
    return bool(list_office_ids(user)) and row.requests.of_offices_of(user).exists()


def describe_entry(row: Round, entry: RoundEntry | None) -> dict[str, Any]:
    """The reader's own list, or what became of it."""
    if entry is None:
        return {"entry": None, "outcomes": []}
    found = list_outcomes(entry) if row.is_drawn else []
    number = spell_number(read_number(row.seed, str(entry.public_id))) if row.seed else ""
    return {
        "entry": entry,
        "choices": list(entry.choices.all()),
        "outcomes": found,
        "gone": list_gone(entry, found[-1]) if found else [],
        "number": number,
    }


@login_required
@require_POST
def change_list(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One button for each: save the numbers, one line up or down, one line off."""
    row = get_object_or_404(Round.objects.visible_to(request.user), public_id=public_id)
    user = know(request)
    try:
        apply_change(row, request, by=user)
    except (NotReadyError, WrongStateError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved. Your list counts as it stands when choosing closes."))
    return redirect(f"{row.get_absolute_url()}#list")


def apply_change(row: Round, request: HttpRequest, *, by: User) -> None:
    verb, _colon, key = request.POST.get("do", "save").partition(":")
    place = read_uuid(key)
    if verb == "strike" and place:
        lists.strike_choice(row, place, by=by)
    elif verb in ("up", "down") and place:
        lists.shift_choice(row, place, -1 if verb == "up" else 1, by=by)
    else:
        typed = {read_uuid(name.removeprefix("rank-")): str(value) for name, value in request.POST.items()}
        numbers = {name: int(value) for name, value in typed.items() if name and value.isdigit()}
        lists.save_order(row, numbers, by=by)


def read_uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@require_safe
def get_record(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """The record of a confirmed run, for everybody: hashes, the seed and the proof, no person."""
    row = get_object_or_404(Round.objects.visible_to(request.user), public_id=public_id)
    runs = RoundRun.objects.filter(round=row, confirmed_at__isnull=False)
    kept = get_object_or_404(runs, number=number)
    return as_file(kept.record_text, f"record-{number}.json")


def as_file(text: bytes, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
