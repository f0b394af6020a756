"""At which meeting a question of the forum was answered: the office chooses one that was."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.services.asking import know
from forums.models import Topic
from forums.rules import can_name_meeting
from participation.services.questions import address_of, list_held, name_meeting


@never_cache
@login_required
def choose_meeting(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The last meetings of the commune; `meeting` names one, an empty one takes the name away."""
    topics = Topic.objects.visible_to(request.user).select_related("board__commune", "asked")
    topic = get_object_or_404(topics, public_id=public_id)
    if not can_name_meeting(request.user, topic):
        raise PermissionDenied
    meetings = list_held(topic)
    known = {str(row.public_id): row for row in meetings}
    chosen = request.POST.get("meeting")
    is_sent = request.method == "POST"
    if is_sent and chosen is not None and chosen in {"", *known}:
        name_meeting(topic, known.get(chosen), by=know(request))
        said = _("Saved. Whoever reads the question finds the meeting.") if chosen else _("Saved. No meeting is named.")
        messages.success(request, said)
        return redirect(topic)
    named = next((row for row in meetings if address_of(row) == topic.asked.meeting_url), None)
    context = {"tab": "forum", "topic": topic, "meetings": meetings, "named": named, "is_refused": is_sent}
    return render(request, "participation/question_meeting.html", context, status=422 if is_sent else 200)
