"""Questions to an office: until when it wants to answer, and whether the answer helped."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from accounts.enums import MembershipRole
from accounts.models import Organisation
from forums.enums import Rating
from forums.models.topic import Topic
from ui.dates import to_local_date

USUAL_DAYS = 7
PROMISES = (3, 5, 7, 10, 14)  # days
WORDS_LENGTH = 400
ADDRESSEES = [
    (each.value, each.label) for each in (MembershipRole.CHIEF, MembershipRole.CLERK, MembershipRole.OFFICIAL)
]


class Promise(models.Model):
    """Within how many days an office says it answers; an office without a row has said nothing."""

    office = models.OneToOneField(Organisation, models.CASCADE, primary_key=True, related_name="answer_promise")
    days = models.PositiveSmallIntegerField(default=USUAL_DAYS)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(days__in=PROMISES), name="forums_promise_of_the_list"),)

    def __str__(self) -> str:
        return f"{self.days}"


class Asked(models.Model):
    """What a question on a commune's board has beside its posts. The clock runs from `since` to `due_at` once the
    commune has a verified office; opened again it begins anew, and `turn` counts how often. `reminded` counts reminders
    of this turn. The meeting it was answered at is kept by its address, title and day: meetings stand above this app.
    """

    topic = models.OneToOneField(Topic, models.CASCADE, primary_key=True, related_name="asked")
    role = models.CharField(max_length=20, choices=ADDRESSEES, blank=True, default="")
    since = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    turn = models.PositiveSmallIntegerField(default=1)
    meeting_url = models.CharField(max_length=200, blank=True, default="")
    meeting_km = models.CharField(max_length=200, blank=True, default="")
    meeting_en = models.CharField(max_length=200, blank=True, default="")
    meeting_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(since__isnull=True, due_at__isnull=True) | Q(due_at__gt=models.F("since")),
                name="forums_asked_due_later",
            ),
            models.CheckConstraint(
                condition=Q(meeting_url="", meeting_date__isnull=True)
                | ~Q(meeting_url="") & Q(meeting_date__isnull=False),
                name="forums_asked_meeting_has_day",
            ),
        )
        indexes = (
            models.Index(fields=("due_at",), condition=Q(due_at__isnull=False), name="forums_asked_due"),
            models.Index(fields=("meeting_url", "topic"), name="forums_asked_at_meeting"),
        )

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def days(self) -> int:
        """The whole length of the clock."""
        return (self.due_at - self.since).days if self.due_at and self.since else 0

    @property
    def day(self) -> int:
        """Which day of the clock it is today, from 1; on the morning of its end still the last one."""
        return min((timezone.localdate() - to_local_date(self.since)).days + 1, self.days) if self.since else 0

    @property
    def late_days(self) -> int:
        """Days of the calendar past the end, at least one once it is over; 0 in time."""
        if self.due_at is None or self.due_at > timezone.now():
            return 0
        return max(1, (timezone.localdate() - to_local_date(self.due_at)).days)

    def keep_meeting(self, url: str = "", title_km: str = "", title_en: str = "", day: date | None = None) -> None:
        """Which meeting it was answered at; without an address at none."""
        self.meeting_url, self.meeting_date = url, day if url else None
        self.meeting_km, self.meeting_en = (title_km[:200], title_en[:200]) if url else ("", "")

    @property
    def meeting(self) -> str:
        return self.meeting_en if get_language() == "en" and self.meeting_en else self.meeting_km


class AnswerRating(models.Model):
    """The asker's word on the answer of one turn. The words are for the office; everybody reads sums alone. `read_at`:
    when somebody of the office first had it before their eyes.
    """

    asked = models.ForeignKey(Asked, models.CASCADE, related_name="ratings")
    turn = models.PositiveSmallIntegerField()
    rating = models.CharField(max_length=6, choices=Rating)
    words = models.CharField(max_length=WORDS_LENGTH, blank=True, default="")
    rated_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("asked", "turn")
        constraints = (models.UniqueConstraint(fields=("asked", "turn"), name="forums_answerrating_once"),)

    def __str__(self) -> str:
        return f"{self.asked_id} {self.rating}"
