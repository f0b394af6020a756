"""Who reads a private board, and its guests."""

import uuid
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from forums import rules, services
from forums.errors import check
from forums.forms.seats import GuestForm
from forums.models import Board
from forums.views.boards import TAB


def find_private_board(request: HttpRequest, slug: str) -> Board:
    """404 for whoever may not read it, and for boards that everybody reads."""
    board = services.get_board(slug, user=request.user)
    if not board.is_private:
        raise Http404
    return board


@login_required
def readers(request: HttpRequest, slug: str) -> HttpResponse:
    """Everyone who reads the board knows who else does; who leads it invites guests."""
    board = find_private_board(request, slug)
    form = GuestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        check(rules.leads, request.user, board)
        if form.is_valid():
            seat = services.invite_guest(board, by=cast(User, request.user), username=form.cleaned_data["username"])
            if seat is not None:
                messages.success(request, _("%(name)s reads this board now.") % {"name": seat.user.public_name})
                return redirect("board-readers", slug=slug)
            form.say_unknown()
    context = {
        "tab": TAB,
        "board": board,
        "form": form,
        "seats": services.list_seats(board),
        "officials": services.list_officials(board),
        "leads": rules.leads(request.user, board),
    }
    return render(request, "forums/readers.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def unseat(request: HttpRequest, slug: str, person: uuid.UUID) -> HttpResponse:
    """Take a guest out, or leave as one."""
    board, user = find_private_board(request, slug), cast(User, request.user)
    services.remove_guest(board, by=user, person=person)
    messages.success(request, _("The guest no longer reads this board."))
    return redirect("forum") if user.public_id == person else redirect("board-readers", slug=slug)
