"""The planning year: read by everybody, dated by offices and the programme's staff."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.services.asking import know
from participation import rules
from participation.forms.year import PlanningYearForm
from participation.services.following import follow, unfollow
from participation.services.planning import drop_dates, set_dates
from participation.services.timeline import find_year, is_own, read_timeline
from participation.services.usual import plan_year_on
from places.models import Commune, District

Place = Commune | District | None


def read_year(request: HttpRequest) -> int:
    """`?year=` from last year's plan to the one after next; the plan people work on where there is none."""
    current = plan_year_on(timezone.localdate())
    asked = request.GET.get("year", "")
    if not asked:
        return current
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4 and abs(int(asked) - current) <= 1):
        raise Http404
    return int(asked)


def get_place(code: str) -> Place:
    """Six digits: a commune; four: a district; "": the whole country."""
    if len(code) == 6:
        return get_object_or_404(Commune.objects.with_parents(), code=code)
    return get_object_or_404(District.objects.with_parents(), code=code) if code else None


@require_safe
def show_year(request: HttpRequest, code: str = "") -> HttpResponse:
    """The timeline of one commune or district; without a code that of the country."""
    place, year = get_place(code), read_year(request)
    timeline = read_timeline(place, year=year)
    may_set = rules.can_set_dates(request.user, place)
    context = {"tab": "forum", "place": place, "timeline": timeline, "may_set": may_set, "years": list_years(year)}
    return render(request, "participation/year.html", context)


def list_years(shown: int) -> list[int]:
    """The other plans one may look at."""
    current = plan_year_on(timezone.localdate())
    return [year for year in (current - 1, current, current + 1) if year != shown]


@login_required
def edit_year(request: HttpRequest, code: str = "") -> HttpResponse:
    """Set the dates, or go back to those of the wider place."""
    place, year = get_place(code), read_year(request)
    if not rules.can_set_dates(request.user, place):
        raise PermissionDenied
    found = find_year(place, year)
    data = request.POST if request.method == "POST" else None
    form = PlanningYearForm(data, year=year, found=found)
    if form.is_valid():
        set_dates(place, year, steps=form.steps, source=form.cleaned_data["source"], by=know(request))
        messages.success(request, _("The dates are set. Everybody sees them now."))
        return go_to(place, year)
    context = {"tab": "desk", "place": place, "year": year, "form": form, "is_own": is_own(found, place)}
    return render(request, "participation/year_edit.html", context)


@login_required
@require_POST
def drop_year(request: HttpRequest, code: str) -> HttpResponse:
    """Back to the dates of the wider place."""
    place, year = get_place(code), read_year(request)
    if place is None or not rules.can_set_dates(request.user, place):
        raise PermissionDenied
    drop_dates(place, year)
    messages.success(request, _("Your own dates are taken away."))
    return go_to(place, year)


def go_to(place: Place, year: int) -> HttpResponse:
    """To the timeline just changed."""
    answer = redirect("planning-year", place.code) if place else redirect("planning")
    answer["Location"] += f"?year={year}"
    return answer


@login_required
@require_POST
def change_follow(request: HttpRequest, code: str) -> HttpResponse:
    """Follow the commune, or with `do=stop` no longer; back to its page."""
    commune = get_object_or_404(Commune, code=code)
    if request.POST.get("do") == "stop":
        unfollow(commune, by=know(request))
        messages.success(request, _("You do not follow this commune any more."))
    else:
        follow(commune, by=know(request))
        messages.success(request, _("You follow this commune. We tell you of its meetings and dates."))
    return redirect("commune", code)
