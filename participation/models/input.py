"""What people tell a meeting beforehand, or instead of coming, and what was answered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from courses.models.progress import PhoneEvent
from participation.enums import InputKind, InputStatus, Outcome
from participation.models.meeting import Meeting
from participation.querysets import InputQuerySet
from ui.files.stored import private_storage

LONGEST_TEXT = 2000
LONGEST_ANSWER = 1000
SOUNDS = {
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "webm": "audio/webm",
}
BYTES = "application/octet-stream"


def name_file(row: "Input", name: str) -> str:
    """A name that tells nothing and cannot be guessed."""
    return f"inputs/{row.public_id}.{name.rsplit('.', 1)[-1]}"


class Input(PhoneEvent):
    """One person's word to one meeting: text, or a photo or voice note with or without text.

    It arrives late when `received_at` lies past the meeting's `input_until_at`; it is kept and marked, never dropped.
    With `hides_name` the name is neither read aloud nor printed; the office does not learn it. `under`: the number of
    the agenda's point it was put under, 0 for a point of its own; None is not on the agenda. `shows_file`: the sender
    lets everybody see the photo or hear the recording in the minutes; the office may hold it back (`is_held_back`).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="inputs")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="meeting_inputs"
    )
    kind = models.CharField(max_length=8, choices=InputKind)
    text = models.TextField(max_length=LONGEST_TEXT, blank=True, default="")
    file = models.FileField(storage=private_storage, upload_to=name_file, blank=True)
    size = models.PositiveIntegerField(default=0)
    hides_name = models.BooleanField(default=False)
    shows_file = models.BooleanField(default=False)
    is_held_back = models.BooleanField(default=False)
    under = models.PositiveSmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=InputStatus, default=InputStatus.SENT)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default="")
    answer = models.TextField(max_length=LONGEST_ANSWER, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = InputQuerySet.as_manager()

    class Meta:
        ordering = ("received_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=InputKind.TEXT, file="") & ~Q(text="") | ~Q(kind=InputKind.TEXT) & ~Q(file=""),
                name="participation_input_says_something",
            ),
            models.CheckConstraint(
                condition=Q(status=InputStatus.ANSWERED, answered_at__isnull=False) & ~Q(outcome="") & ~Q(answer="")
                | ~Q(status=InputStatus.ANSWERED) & Q(answered_at__isnull=True, outcome="", answer=""),
                name="participation_input_answered_is_whole",
            ),
        )
        indexes = (
            models.Index(fields=("meeting", "received_at", "id"), name="participation_input_of"),
            models.Index(fields=("user", "-received_at"), name="participation_input_by"),
            models.Index(
                fields=("meeting", "under", "received_at", "id"),
                condition=Q(under__isnull=False),
                name="participation_input_agenda",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.status}"

    @property
    def is_late(self) -> bool:
        return self.received_at > self.meeting.input_until_at

    @property
    def content_type(self) -> str:
        """Of the file: photos are drawn anew in one kind, recordings are what the phone made."""
        return "image/webp" if self.kind == InputKind.PHOTO else SOUNDS.get(str(self.file).rsplit(".", 1)[-1], BYTES)

    @property
    def may_show_file(self) -> bool:
        """Once the minutes are public and it is answered."""
        return bool(self.file) and self.shows_file and not self.is_held_back

    @property
    def from_whom(self) -> str:
        """As the office and the minutes read it."""
        if self.hides_name or self.user is None:
            return _("A resident who does not give a name")
        return self.user.public_name
