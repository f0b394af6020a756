"""Keeping order: one page with every act on a topic that this person may do."""

import uuid
from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from forums import rules
from forums.errors import CannotRearrangeError, check
from forums.forms.order import LockForm, MergeForm, MoveForm, PinForm, ReasonForm, SplitForm
from forums.models import Topic
from forums.services import order, rearranging
from forums.views.boards import TAB
from forums.views.topics import find_topic

Act = Callable[..., Topic]
KEEPING: dict[str, tuple[type[ReasonForm], Act]] = {
    "pin": (PinForm, order.pin),
    "unpin": (ReasonForm, order.unpin),
    "lock": (LockForm, order.lock),
    "unlock": (ReasonForm, order.unlock),
}
REARRANGING: dict[str, tuple[type[ReasonForm], Act]] = {
    "move": (MoveForm, rearranging.move_topic),
    "merge": (MergeForm, rearranging.merge),
    "split": (SplitForm, rearranging.split),
}


def list_acts(topic: Topic, user: Any) -> list[str]:
    """What can be done with the topic as it is, by this person."""
    acts = ["unpin" if topic.pin_scope else "pin", "unlock" if topic.is_locked else "lock"]
    return acts + (list(REARRANGING) if rules.can_rearrange(user, topic) else [])


@login_required
def keep_order(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The acts as forms; `act` says which was sent."""
    topic = find_topic(request, public_id)
    check(rules.can_keep_order, request.user, topic)
    names, sent = list_acts(topic, request.user), request.POST.get("act", "")
    acts = KEEPING | REARRANGING
    forms = {}
    for name in names:
        data = request.POST if name == sent else None
        forms[name] = acts[name][0](data, topic=topic, user=request.user, prefix=name, auto_id="id_%s")
    form = forms.get(sent)
    if form is not None and form.is_valid():
        try:
            made = acts[sent][1](topic, by=cast(User, request.user), **form.values)
        except CannotRearrangeError as error:
            form.add_error(None, str(error) or _("That does not go together. Look at the topics once more."))
        else:
            messages.success(request, _("Done. It stands in the log of moderation."))
            return redirect(made)
    context = {"tab": TAB, "topic": topic, "forms": forms, "sent": sent}
    return render(request, "forums/order.html", context, status=422 if form is not None else 200)
