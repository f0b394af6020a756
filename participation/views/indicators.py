"""Indicators: of the whole programme, of a province, a commune, a meeting. Public, and the same for everybody."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from participation.forms.indicators import IndicatorForm
from participation.models import Meeting
from participation.services.indicators.baseline import OF_THOSE_WHO_JOINED, SOURCE
from participation.services.indicators.reading import list_told_years, read_indicators
from participation.services.usual import plan_year_on
from participation.views.indicator_screen import IndicatorScreen, make_file, measure_file
from participation.views.meetings import get_meeting
from places.models import Commune, Province
from ui.exports import write_csv


def make_form(request: HttpRequest, *, with_places: bool = False, meeting: Meeting | None = None) -> IndicatorForm:
    """Begins with the meeting's own plan, elsewhere with the one people work on now."""
    day = timezone.localdate(meeting.starts_at) if meeting else timezone.localdate()
    years, first = list_told_years(plan_year_on(day), is_fixed=meeting is not None)
    return IndicatorForm(request.GET or None, years=years, first=first, with_places=with_places)


def make_context(form: IndicatorForm, place: Any) -> dict[str, Any]:
    """The screen of a place; `form` says which plan and what is compared."""
    screen = IndicatorScreen(read_indicators(form.chosen_year, place=place), form.chosen_step)
    name = place.title if place is not None else ""
    return {
        "tab": "forum",
        "form": form,
        "place": place,
        "screen": screen,
        "shown": screen.shown,
        "source": SOURCE,
        "source_note": OF_THOSE_WHO_JOINED,
        "file_size": measure_file(*make_file(screen, name)),
    }


@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """The programme, or one province."""
    form = make_form(request, with_places=True)
    return render(request, "participation/indicators.html", make_context(form, form.chosen_province))


@require_safe
def show_commune(request: HttpRequest, code: str) -> HttpResponse:
    commune = get_object_or_404(Commune.objects.with_parents(), code=code)
    form = make_form(request)
    return render(request, "participation/indicators.html", make_context(form, commune) | {"commune": commune})


@require_safe
def show_meeting(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    meeting = get_meeting(request, public_id)
    form = make_form(request, meeting=meeting)
    context = make_context(form, meeting) | {"meeting": meeting, "commune": meeting.commune}
    return render(request, "participation/indicators.html", context)


@require_safe
def read_file(request: HttpRequest) -> HttpResponseBase:
    """What the page shows as a table to take along: `?commune=` or `?meeting=` besides the page's own choices."""
    place = find_place(request)
    form = make_form(request, with_places=place is None, meeting=place if isinstance(place, Meeting) else None)
    chosen: Commune | Meeting | Province | None = place or form.chosen_province
    screen = IndicatorScreen(read_indicators(form.chosen_year, place=chosen), form.chosen_step)
    header, rows = make_file(screen, chosen.title if chosen else "")
    return write_csv("participation", header, rows)


def find_place(request: HttpRequest) -> Commune | Meeting | None:
    code, meeting = request.GET.get("commune", ""), request.GET.get("meeting", "")
    if code:
        return get_object_or_404(Commune.objects.with_parents(), code=code[:6])
    try:
        public_id = uuid.UUID(meeting)
    except ValueError:
        return None
    return get_meeting(request, public_id)
