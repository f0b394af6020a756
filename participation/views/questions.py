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
from participation.models import Meeting
from participation.services.questions import list_held, name_meeting


@never_cache
@login_required
def choose_meeting(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The last meetings of the commune; `meeting` names one, an empty one takes the name away."""
    topics = Topic.objects.visible_to(request.user).select_related("board__commune", "asked")
    topic = get_object_or_404(topics, public_id=public_id)
    if not can_name_meeting(request.user, topic):
        raise PermissionDenied
    meetings = list_held(topic)
    if request.method == "POST":
        chosen = request.POST.get("meeting", "")
        meeting: Meeting | None = next((row for row in meetings if str(row.public_id) == chosen), None)
        name_meeting(topic, meeting, by=know(request))
        messages.success(request, _("Saved. Whoever reads the question finds the meeting."))
        return redirect(topic)
    return render(
        request, "participation/question_meeting.html", {"tab": "forum", "topic": topic, "meetings": meetings}
    )
