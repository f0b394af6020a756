"""What an applicant and an office write to each other about one application."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from volunteers.enums import MessageReason
from volunteers.models.application import Application
from volunteers.thread_querysets import MessageQuerySet

LONGEST_MESSAGE = 1000


class Message(models.Model):
    """Plain text, never deleted: a moderator returns it before it is read, or hides it later, with a reason.

    `client_id` is made with the form: sent twice, it is one message. `has_contact` keeps it from the other side until
    an offer is accepted; `needs_moderator` until somebody of the programme let it through (`passed_at`).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    client_id = models.UUIDField(unique=True, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_from_office = models.BooleanField(editable=False)
    text = models.TextField(_("message"), max_length=LONGEST_MESSAGE)
    has_contact = models.BooleanField(default=False, editable=False)
    needs_moderator = models.BooleanField(default=False, editable=False)
    passed_at = models.DateTimeField(null=True, blank=True, editable=False)
    returned_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    reason = models.CharField(max_length=16, choices=MessageReason, blank=True, default="", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        indexes = (
            models.Index(fields=("application", "created_at", "id"), name="volunteers_message_thread"),
            models.Index(fields=("author", "created_at"), name="volunteers_message_pace"),
            models.Index(
                fields=("created_at", "id"),
                condition=Q(needs_moderator=True, passed_at=None, returned_at=None),
                name="volunteers_message_waiting",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(returned_at=None, hidden_at=None) | ~Q(reason=""), name="volunteers_message_kept_for_reason"
            ),
            models.CheckConstraint(
                condition=Q(passed_at=None) | Q(returned_at=None), name="volunteers_message_decided_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.public_id)


class MessageReport(models.Model):
    """The other side asks a moderator to look at a message."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="reports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=MessageReason)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ("created_at", "pk")
        indexes = (
            models.Index(
                fields=("created_at", "id"), condition=Q(closed_at=None), name="volunteers_messagereport_open"
            ),
        )
        constraints = (models.UniqueConstraint(fields=("message", "by"), name="volunteers_messagereport_once"),)

    def __str__(self) -> str:
        return f"{self.message_id} · {self.by_id}"
