"""What is typed protected before it is sent: locked on the person's own phone (box.js), and for the time of a sign-in
in their session, likewise locked. Neither tells that there is anything.
"""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.services.asking import know
from forums import seals
from forums.models import HeldPost, Post, Topic
from forums.views.keeping import keep_unsent, take_unsent

COOKIE, CELLS = "box", ("0", "1", "2", "3")
SECONDS = 300


def describe_box(request: HttpRequest, place: str) -> dict[str, str]:
    """For the form: the key that only this person's sign-in gets, and where the words belong."""
    user = know(request)
    return {"box": seals.make_box_key(user.public_id, user.password), "place": place}


def wait_for_sign_in(request: HttpRequest, place: str) -> HttpResponse:
    """The session ran out: what was sent comes back into the form after the sign-in."""
    if request.method == "POST":
        keep_unsent(request, f"protected:{place}", request.POST.get("source", ""), request.POST.get("title", ""))
    return redirect_to_login(request.get_full_path())


def begin_with(request: HttpRequest, place: str) -> dict[str, str]:
    """The words that waited for the sign-in."""
    key = f"protected:{place}"
    return {"source": take_unsent(request, key), "title": take_unsent(request, f"{key}:title")}


def go_to_sent(request: HttpRequest, sent: Post | Topic | HeldPost) -> HttpResponse:
    """The server has it: the phone's cell can be emptied. By a cookie of minutes, which no row keeps."""
    response = redirect(sent)
    cell = request.POST.get("cell", "")
    if cell in CELLS:
        response.set_cookie(COOKIE, cell, max_age=SECONDS, samesite="Lax", secure=request.is_secure())
    return response
