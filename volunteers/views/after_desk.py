"""After a place, at the office: the questions about each volunteer, what volunteers say, who wants to come again."""

import uuid
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Organisation, User
from accounts.services import find_office_of
from ui.keyset import paginate_by_key
from volunteers.enums import Speaker
from volunteers.forms.after import InviteForm, OfficeFeedbackForm
from volunteers.models import FeedbackAsk
from volunteers.services.after.feedback import find_answer, find_levels, give_as_office, list_asked_skills
from volunteers.services.after.figures import find_figures
from volunteers.services.after.finished import describe_finished
from volunteers.services.after.returning import describe_wishes, invite, list_invitable, list_wishes
from volunteers.services.machine import NotReadyError

PAGE_SIZE = 20


@login_required
def list_finished(request: HttpRequest) -> HttpResponse:
    """Volunteers whose place ended, the latest first, with what the office still has to say."""
    office = find_office(request)
    rows = FeedbackAsk.objects.of_offices_of(request.user).with_placement()
    page = paginate_by_key(rows, request, by="-asked_at", size=PAGE_SIZE)
    context = {
        "tab": "desk",
        "office": office,
        "page": page,
        "rows": describe_finished(page.items, by=cast(User, request.user)),
        "figures": find_figures(office),
    }
    return render(request, "volunteers/finished.html", context)


@login_required
def give_feedback(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Three questions and the skills of one volunteer."""
    rows = FeedbackAsk.objects.of_offices_of(request.user).with_placement()
    ask = get_object_or_404(rows, placement__public_id=public_id)
    by = cast(User, request.user)
    form = OfficeFeedbackForm(
        request.POST or None,
        given=find_answer(ask, Speaker.OFFICE),
        skills=list_asked_skills(ask.placement),
        levels=find_levels(ask.placement),
    )
    if request.method == "POST" and form.is_valid():
        try:
            give_as_office(ask, form.read_answers(), levels=form.read_levels(), by=by)
        except NotReadyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. The skills stand in the service record now."))
            return redirect("finished")
    row = describe_finished([ask], by=by)[0]
    context = {"tab": "desk", "ask": ask, "row": row, "form": form, "item": ask.placement.application.request}
    return render(
        request, "volunteers/feedback.html", {**context, "side": "office"}, status=422 if form.errors else 200
    )


@login_required
def list_returning(request: HttpRequest) -> HttpResponse:
    """Who served here and wants to help again."""
    office = find_office(request)
    page = paginate_by_key(list_wishes(cast(User, request.user)), request, by="-made_at", size=PAGE_SIZE)
    context = {
        "tab": "desk",
        "office": office,
        "page": page,
        "rows": describe_wishes(page.items),
        "requests": list_invitable(office),
    }
    return render(request, "volunteers/returning.html", context)


@login_required
@require_POST
def invite_again(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask one of them to apply to an open request."""
    by = cast(User, request.user)
    wish = get_object_or_404(list_wishes(by), public_id=public_id)
    form = InviteForm(request.POST, wish=wish)
    if not form.is_valid():
        messages.error(request, _("Choose a request."))
        return redirect("returning")
    try:
        invite(wish, form.cleaned_data["request"], by=by)
    except NotReadyError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Invited. The person decides, and applies like everybody else."))
    return redirect("returning")


def find_office(request: HttpRequest) -> Organisation:
    """The office the person acts for; 404 for everybody else."""
    office = find_office_of(cast(User, request.user))
    if office is None or office.is_refused:
        raise Http404
    return office
