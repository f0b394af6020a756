"""Searches that a person keeps."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.services.asking import know
from volunteers.forms.finding import FilterForm, SearchNameForm
from volunteers.models import SavedSearch
from volunteers.models.finding import MOST_SEARCHES
from volunteers.services.finding.saved import TooManySearchesError, change_search, save_search


@login_required
def list_searches(request: HttpRequest) -> HttpResponse:
    rows = SavedSearch.objects.filter(user=request.user.pk)
    return render(request, "volunteers/searches.html", {"tab": "volunteer", "searches": rows, "most": MOST_SEARCHES})


@login_required
@require_POST
def keep_search(request: HttpRequest) -> HttpResponse:
    """One tap in the list: its filters, under a name made of them."""
    user = know(request)
    form = FilterForm(QueryDict(request.POST.get("query", "")), user)
    try:
        kept = save_search(user, query=form.query, labels=[label for label, _address in form.chips])
    except TooManySearchesError as refusal:
        messages.error(request, str(refusal))
        return redirect("searches")
    if kept.is_new:
        messages.success(request, _("Saved. We tell you at most once a day when new work comes."))
    else:
        messages.info(request, _("You saved this search before."))
    return redirect(f"{reverse('requests')}?{form.query}")


@login_required
def edit_search(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    search = get_object_or_404(SavedSearch, user=request.user.pk, public_id=public_id)
    form = SearchNameForm(request.POST or None, initial={"name": search.name, "is_told": search.is_told})
    if request.method == "POST" and form.is_valid():
        change_search(search, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("searches")
    return render(request, "volunteers/search.html", {"tab": "volunteer", "search": search, "form": form})


@login_required
@require_POST
def switch_search(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One tap: no more news of this search, or news again."""
    search = get_object_or_404(SavedSearch, user=request.user.pk, public_id=public_id)
    change_search(search, name=search.name, is_told=request.POST.get("told") == "on")
    messages.success(request, _("We tell you of new work.") if search.is_told else _("No more news of this search."))
    return redirect("searches")


@login_required
@require_POST
def drop_search(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Deleting twice is as good as once."""
    SavedSearch.objects.filter(user=request.user.pk, public_id=public_id).delete()
    messages.success(request, _("The search is deleted."))
    return redirect("searches")
