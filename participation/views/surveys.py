"""A survey: answered by anybody without an account, begun and watched by offices and the programme."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Organisation
from accounts.services import offices_of
from accounts.services.asking import know
from courses.services.qr import draw_qr
from participation import rules
from participation.errors import RefusedError
from participation.forms.checks import AskForm, DecideForm
from participation.forms.surveys import AnswerSurveyForm, SurveyForm, TicketsForm
from participation.models import Meeting, Survey
from participation.services.surveys.answering import answer_survey, has_good_ticket
from participation.services.surveys.asking import (
    SHEET,
    begin_survey,
    close_survey,
    list_tickets,
    make_tickets,
    tally,
)
from participation.services.surveys.checking import list_waiting
from participation.services.surveys.tokens import make_form_token, read_phone_count, write_phone_count
from participation.views.networks import address_of
from participation.views.sharing import find_link
from ui.keyset import paginate_by_key

PAGE_SIZE = 20
COOKIE_DAYS = 180


def get_survey(code: str) -> Survey:
    return get_object_or_404(Survey.objects.with_place(), code=code)


@never_cache
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The questions; thanks once they are sent. Nothing of who sends them is kept."""
    survey = get_survey(code)
    count = read_phone_count(survey, request.COOKIES.get(f"survey_{code}", ""))
    if request.method != "POST":
        return show_questions(request, survey, count=count, ticket=request.GET.get("t", "")[:40])
    form = AnswerSurveyForm(request.POST, survey=survey)
    ticket = request.POST.get("ticket", "")[:40]
    if form.is_valid():
        try:
            sent: dict[str, Any] = {
                "token": form.form_token,
                "ticket": ticket,
                "phone_count": count,
                "address": address_of(request),
            }
            row = answer_survey(survey, form.answers, **sent)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            response = redirect("survey-thanks", code)
            mark_phone(request, response, survey, max(count, row.nth_of_phone))
            return response
    return show_questions(request, survey, count=count, ticket=ticket, form=form)


def mark_phone(request: HttpRequest, response: HttpResponse, survey: Survey, count: int) -> None:
    """The phone keeps a number: how many answers it has given to this survey."""
    response.set_cookie(
        f"survey_{survey.code}", write_phone_count(survey, count), max_age=COOKIE_DAYS * 86_400,
        httponly=True, samesite="Lax", secure=request.is_secure(),
    )  # fmt: skip


def show_questions(
    request: HttpRequest, survey: Survey, *, count: int, ticket: str, form: AnswerSurveyForm | None = None
) -> HttpResponse:
    """A form whose token grew old comes back as typed with a new one."""
    fresh = {"token": make_form_token(survey), "ticket": ticket}
    if form is None:
        form = AnswerSurveyForm(survey=survey, initial=fresh)
    elif "token" in form.errors:
        form.renew_token(fresh["token"])
    is_ticket_bad = survey.needs_ticket and not (form.is_bound or has_good_ticket(survey, ticket))
    context = {"tab": "forum", "survey": survey, "form": form, "count": count, "is_ticket_bad": is_ticket_bad}
    return render(request, "participation/survey.html", context)


@never_cache
@require_safe
def thank(request: HttpRequest, code: str) -> HttpResponse:
    """It has arrived; what happens with it; somebody else's turn."""
    return render(request, "participation/survey_thanks.html", {"tab": "forum", "survey": get_survey(code)})


@login_required
@require_safe
def list_surveys(request: HttpRequest) -> HttpResponse:
    """Those of one's own office; all of them for the programme's staff."""
    may_ask, office = find_asker(request)
    if not may_ask:
        raise PermissionDenied
    page = paginate_by_key(Survey.objects.led_by(request.user).with_place(), request, size=PAGE_SIZE)
    context = {"tab": "desk", "page": page, "office": office, "checks": list_waiting(know(request))}
    return render(request, "participation/surveys.html", context)


def find_asker(request: HttpRequest) -> tuple[bool, Organisation | None]:
    """Whether the reader may begin surveys, and for which office; None is the programme."""
    user = know(request)
    office = next((office for office in offices_of(user) if rules.can_survey(user, office)), None)
    return office is not None or rules.can_survey(user, None), office


def find_meeting(request: HttpRequest) -> Meeting | None:
    """`?meeting=`: the one that the survey is to ask about."""
    try:
        public_id = uuid.UUID(request.GET.get("meeting", ""))
    except ValueError:
        return None
    return Meeting.objects.visible_to(request.user).filter(public_id=public_id).first()


@login_required
def begin(request: HttpRequest) -> HttpResponse:
    """A new survey of the reader's office, or of the programme."""
    may_ask, office = find_asker(request)
    if not may_ask:
        raise PermissionDenied
    data, about = request.POST if request.method == "POST" else None, find_meeting(request)
    form = SurveyForm(data, commune=office.commune if office else None, about=about)
    if form.is_valid():
        try:
            chosen = {"meeting": form.cleaned_data.get("meeting"), "commune": form.cleaned_data.get("place")}
            survey = begin_survey(form.question, by=know(request), office=office, **chosen)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The survey is open. Print the sheet, or share the link."))
            return redirect("survey-lead", survey.code)
    return render(request, "participation/survey_new.html", {"tab": "desk", "form": form, "office": office})


def get_led(request: HttpRequest, code: str) -> Survey:
    """One the reader leads; its questions are public, so others get 403."""
    survey = get_survey(code)
    if not rules.can_survey(request.user, survey.office):
        raise PermissionDenied
    return survey


@login_required
@never_cache
@require_safe
def lead(request: HttpRequest, code: str) -> HttpResponse:
    """How many answered, the link, sheets and tickets to print."""
    return show_lead(request, get_led(request, code))


def show_lead(request: HttpRequest, survey: Survey, form: TicketsForm | None = None, **forms: Any) -> HttpResponse:
    """`form`, `ask_form` and `decide_form` as typed where they were refused."""
    tickets = survey.tickets.count() if survey.needs_ticket else 0
    context = {
        "tab": "desk",
        "survey": survey,
        "tally": tally(survey.answers.all()),
        "address": find_address(request, survey),
        "tickets": tickets,
        "used": survey.tickets.filter(is_used=True).count() if tickets else 0,
        "sheets": range(1, -(-tickets // SHEET) + 1),
        "form": form or TicketsForm(initial={"after": tickets}),
        "checks": list(survey.burst_checks.all()),
        "may_check": rules.can_check_bursts(request.user, survey),
        "ask_form": AskForm(),
        "decide_form": DecideForm(),
    }
    return render(request, "participation/survey_lead.html", context | forms)


def find_address(request: HttpRequest, survey: Survey) -> str:
    return find_link(request, survey.get_absolute_url())


@login_required
@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    survey = get_led(request, code)
    close_survey(survey, by=know(request))
    messages.success(request, _("Closed. No more answers are taken."))
    return redirect("survey-lead", code)


@login_required
@require_POST
def print_tickets(request: HttpRequest, code: str) -> HttpResponse:
    """More sheets of tickets."""
    survey = get_led(request, code)
    form = TicketsForm(request.POST)
    if form.is_valid():
        try:
            make_tickets(survey, by=know(request), **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("survey-lead", code)
    return show_lead(request, survey, form)


@login_required
@never_cache
@require_safe
def show_tickets(request: HttpRequest, code: str, sheet: int) -> HttpResponse:
    """Twelve tickets on one sheet, to print and cut."""
    survey = get_led(request, code)
    found = list_tickets(survey, sheet=sheet) if survey.needs_ticket else []
    if not found:
        raise Http404
    address = find_address(request, survey)
    tickets = [(ticket, draw_qr(f"{address}?t={ticket}")) for ticket in found]
    return render(request, "participation/survey_tickets.html", {"survey": survey, "tickets": tickets, "sheet": sheet})


@login_required
@require_safe
def show_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """One sheet for the wall, in both languages, with the address as a code."""
    survey = get_led(request, code)
    if survey.needs_ticket:
        raise Http404
    address = find_address(request, survey)
    context = {"survey": survey, "address": address, "qr": draw_qr(address)}
    return render(request, "participation/survey_sheet.html", context)
