"""The live room of a meeting: questions from people at home and in the hall, support, a show of hands.

What happens is an event with a gap-free number: whoever has every number up to the room's `last_seq` missed nothing.
"""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.enums import AsideReason, MeetingStatus, QuestionState, RoomPart
from participation.models.meeting import Meeting

LONGEST_QUESTION = 300
LONGEST_NOTE = 500
LONGEST_CHOICE = 60
CODE_LENGTH = 6
LATE = timedelta(hours=6)  # after the meeting's planned end: meetings run late


class LiveRoom(models.Model):
    """One for each meeting, made when it is first opened. `code` lets people in the hall ask without an account, where
    `takes_guests`; it is an open room's alone.
    """

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="live_room")
    code = models.CharField(max_length=CODE_LENGTH, blank=True, default="")
    takes_guests = models.BooleanField(default=True)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    on_screen = models.ForeignKey("Question", models.SET_NULL, null=True, blank=True, related_name="+")
    last_number = models.PositiveIntegerField(default=0)
    last_seq = models.PositiveIntegerField(default=0)
    question_count = models.PositiveIntegerField(default=0)  # that people can read
    answered_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("code",), condition=~Q(code=""), name="participation_room_code_once"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) & ~Q(code="") | Q(closed_at__isnull=False, code="", on_screen=None),
                name="participation_room_open_has_code",
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def takes_words(self) -> bool:
        """Open, and its meeting is neither called off nor long over."""
        meeting = self.meeting
        is_held = meeting.status == MeetingStatus.ANNOUNCED and timezone.now() <= meeting.ends_at + LATE
        return self.is_open and is_held

    def get_absolute_url(self) -> str:
        return reverse("room", args=[self.meeting.public_id])


class ByVoice(models.Model):
    """Done by a signed-in person, or by a guest in the hall: of a guest only a hash of the phone's pass is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    guest = models.CharField(max_length=32, blank=True, default="", editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class Question(ByVoice):
    """Numbered from 1 without gaps. The same `client_id` of the same voice twice is the same question. One that was set
    aside for what it says is not read by anybody but the office.
    """

    room = models.ForeignKey(LiveRoom, models.CASCADE, related_name="questions")
    number = models.PositiveIntegerField()
    client_id = models.UUIDField(default=uuid.uuid4, editable=False)
    text = models.CharField(max_length=LONGEST_QUESTION)
    hides_name = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=QuestionState, default=QuestionState.WAITING)
    reason = models.CharField(max_length=9, choices=AsideReason, blank=True, default="")
    note = models.CharField(max_length=LONGEST_NOTE, blank=True, default="")
    support_count = models.PositiveIntegerField(default=0)
    hall_count = models.PositiveIntegerField(default=0)  # of these, guests by the code
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("room", "number")
        constraints = (
            models.UniqueConstraint(fields=("room", "number"), name="participation_question_number"),
            models.UniqueConstraint(fields=("room", "client_id"), name="participation_question_once"),
            models.CheckConstraint(
                condition=Q(state=QuestionState.ASIDE) & ~Q(reason="") | ~Q(state=QuestionState.ASIDE) & Q(reason=""),
                name="participation_question_aside_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.room_id}/{self.number}"

    @property
    def is_readable(self) -> bool:
        return self.reason not in AsideReason.unreadable()

    @property
    def from_whom(self) -> str:
        """As everybody reads it."""
        if self.guest:
            return _("Someone in the hall")
        if self.hides_name or self.user is None:
            return _("A resident who does not give a name")
        return self.user.public_name


class QuestionReport(ByVoice):
    """One voice tells the programme that a question insults or is party content. Settled, with others of the question:
    `is_upheld` once its words were taken out, which the office cannot take back.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=9, choices=AsideReason)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    is_upheld = models.BooleanField(default=False)

    class Meta:
        ordering = ("created_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("question", "user"), condition=Q(user__isnull=False), name="participation_report_one"
            ),
            models.UniqueConstraint(
                fields=("question", "guest"), condition=~Q(guest=""), name="participation_report_one_guest"
            ),
        )
        indexes = (
            models.Index(
                fields=("created_at", "id"), condition=Q(settled_at__isnull=True), name="participation_report_waiting"
            ),
        )

    def __str__(self) -> str:
        return f"{self.question_id} {self.reason}"


class Support(ByVoice):
    """One voice for one question."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="supports")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("question", "user"), condition=Q(user__isnull=False), name="participation_support_one"
            ),
            models.UniqueConstraint(
                fields=("question", "guest"), condition=~Q(guest=""), name="participation_support_one_guest"
            ),
        )

    def __str__(self) -> str:
        return f"{self.question_id}"


class ShowOfHands(models.Model):
    """A quick poll in the room. `counts` stands beside `choices`, in the same order. `hall_counts`: how many of these
    are guests by the code, whom nobody knows.
    """

    room = models.ForeignKey(LiveRoom, models.CASCADE, related_name="hands")
    title = models.CharField(max_length=LONGEST_QUESTION)
    choices = models.JSONField()
    counts = models.JSONField()
    hall_counts = models.JSONField(default=list)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("room", "-opened_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("room",), condition=Q(closed_at__isnull=True), name="participation_hands_one_open"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def lines(self) -> list[dict[str, object]]:
        """Each choice with its hands and its share of the most, for bars."""
        most = max([*self.counts, 1])
        rows = zip(self.choices, self.counts, self.hall_counts, strict=True)
        return [
            {"at": at, "choice": choice, "count": count, "hall": hall, "share": round(100 * count / most)}
            for at, (choice, count, hall) in enumerate(rows)
        ]


class Hand(ByVoice):
    """One voice's choice; it may change while the hands are up."""

    hands = models.ForeignKey(ShowOfHands, models.CASCADE, related_name="raised")
    choice = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("hands", "user"), condition=Q(user__isnull=False), name="participation_hand_one"
            ),
            models.UniqueConstraint(
                fields=("hands", "guest"), condition=~Q(guest=""), name="participation_hand_one_guest"
            ),
        )

    def __str__(self) -> str:
        return f"{self.hands_id}"


class RoomEvent(models.Model):
    """A question changed, or a part of the page did."""

    room = models.ForeignKey(LiveRoom, models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField()
    question = models.ForeignKey(Question, models.CASCADE, null=True, blank=True, related_name="+")
    part = models.CharField(max_length=8, choices=RoomPart, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("room", "seq")
        constraints = (
            models.UniqueConstraint(fields=("room", "seq"), name="participation_roomevent_seq"),
            models.CheckConstraint(
                condition=Q(question__isnull=False, part="") | Q(question__isnull=True) & ~Q(part=""),
                name="participation_roomevent_of_one",
            ),
        )

    def __str__(self) -> str:
        return f"{self.room_id}/{self.seq}"
