from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from home.services.dashboard import read_dashboard


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """The member's own page."""
    dashboard = read_dashboard(cast(User, request.user))
    return render(request, "home/me.html", {"dashboard": dashboard, "tab": "me"})
