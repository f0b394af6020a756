"""An answer sent from a page of a signed-in person whose session has run out: it waits for one sign-in."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import LessonPage

MOST = 5000  # letters of a kept answer; no page of ours sends more


def is_signed_out(request: HttpRequest) -> bool:
    """Whether the form stood on a page of a person who is no longer signed in."""
    return bool(request.POST.get("owner")) and not request.user.is_authenticated


def keep_answer_for_sign_in(request: HttpRequest, page: LessonPage) -> HttpResponse:
    """Keep what was chosen or typed, and ask to sign in; the quiz then shows it again."""
    parcel = request.POST.copy()
    parcel.pop("csrfmiddlewaretoken", None)
    words = parcel.urlencode()
    if len(words) <= MOST:
        request.session[_to_key(page)] = words
    messages.info(request, _("You were signed out meanwhile. Sign in: your answer is still here."))
    return redirect_to_login(request.path)


def take_kept_answer(request: HttpRequest, page: LessonPage) -> QueryDict | None:
    """The kept answer, once, for the person who gave it; nothing for another one on the same phone."""
    key = _to_key(page)
    if not isinstance(request.user, User) or key not in request.session:
        return None
    parcel = QueryDict(request.session.pop(key))
    return parcel if parcel["owner"] == str(request.user.public_id) else None


def _to_key(page: LessonPage) -> str:
    return f"answer:{page.translation_key}"
