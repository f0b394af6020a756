"""What publishing needs beside the pages: the review task, and a course file between its preview and its import."""

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState

from courses.models.pages import PublisherPage


class ReviewTask(AbstractGroupApprovalTask):
    """A member of one of the groups approves, or asks for changes: never of what they wrote or sent in themselves."""

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def get_actions(self, obj: Any, user: Any) -> list[Any]:
        """Wagtail's for others' work, none for one's own. An administrator may always: somebody must be able to."""
        if not user.is_superuser and has_worked_on(user, obj):
            return []
        actions: list[Any] = super().get_actions(obj, user)
        return actions

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Wagtail offers actions by the page of the address, but acts on the task state of the address: asks again."""
        if not self.get_actions(task_state.workflow_state.content_object, user):
            raise PermissionDenied
        return super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> "models.QuerySet[TaskState]":
        """The list of what waits leaves out what one sent in oneself."""
        states: models.QuerySet[TaskState] = super().get_task_states_user_can_moderate(user, **kwargs)
        return states if user.is_superuser else states.exclude(workflow_state__requested_by=user)

    @classmethod
    def get_description(cls) -> Any:
        return _("A reviewer or moderator approves what somebody else wrote.")


def has_worked_on(user: Any, page: Page) -> bool:
    """Wrote one of the drafts since the page was last published, or sent it to the review."""
    state = page.current_workflow_state
    if state is not None and state.requested_by_id == user.pk:
        return True
    drafts = page.revisions.filter(user=user)
    live = page.live_revision
    return bool(drafts.filter(created_at__gt=live.created_at).exists() if live and page.live else drafts.exists())


class CourseUpload(models.Model):
    """A course file that was checked and shown, and waits for the word to import it: a day, then it goes.

    In the database, because the media folder is open to everybody and not every server shares one disk.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    section = models.ForeignKey(PublisherPage, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "section"), name="courses_courseupload_one_each"),)

    def __str__(self) -> str:
        return self.name
