"""Telling of a step: whom and in which words is declared with the path."""

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from forums.models import IdeaStep
from forums.services.following import name_board
from forums.services.ideas.path import PATH
from notifications.services import notify
from ui.words import in_both


@task()
def tell_step_task(pk: int) -> None:
    """Everybody whom the arrow names, once, but for the one who went it."""
    step = IdeaStep.objects.select_related("idea__topic__board__commune", "idea__topic__author").get(pk=pk)
    topic, commune = step.idea.topic, step.idea.topic.board.commune
    if topic.is_hidden or commune is None:
        return
    told: set[int] = {step.by_id} if step.by_id else set()
    for tell in PATH[step.verb].tells:
        people = [person for person in tell.who(step.idea) if person.pk not in told]
        notify(
            people,
            kind=tell.kind,
            url=topic.get_absolute_url(),
            dedupe_key=f"idea:{topic.public_id}:{step.number}",
            group_key=f"ideas:{topic.board_id}",
            data={
                "idea": topic.title,
                "status": step.status,
                "reason": step.reason,
                "words": step.words if step.is_shown else in_both(lambda: _("A moderator reads the words first.")),
                "yes": step.idea.yes_count,
                "commune": name_board(topic.board),
            },
        )
        told |= {person.pk for person in people}
