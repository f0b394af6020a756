"""Who came to a meeting: sums by sex and age without anybody's name, and who checked in with a phone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from courses.models.progress import PhoneEvent
from participation.enums import AgeBand, Channel, CountedBy, CountedGroup, Sex, SurveyGroup, ToldStep
from participation.models.meeting import Meeting
from participation.querysets import CheckInQuerySet
from volunteers.enums import Arrival


class HeadCount(models.Model):
    """How many people of one sex and age were counted in one way; "" is what nobody said. Never who.

    A row with a `group` counts those who say it of themselves, whatever their sex and age; they are in the other rows
    too. Times are not kept: beside the times of check-ins they would name people.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="head_counts")
    counted_by = models.CharField(max_length=4, choices=CountedBy)
    sex = models.CharField(max_length=6, choices=Sex, blank=True, default="")
    age = models.CharField(max_length=5, choices=AgeBand, blank=True, default="")
    group = models.CharField(max_length=10, choices=CountedGroup, blank=True, default="")
    people = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "counted_by", "sex", "age", "group"), name="participation_head_count_once"
            ),
            models.CheckConstraint(
                condition=Q(group="") | Q(sex="", age=""), name="participation_head_count_of_a_group_alone"
            ),
        )

    def __str__(self) -> str:
        return f"{self.sex} {self.age} {self.group} {self.people}"


class SelfCount(models.Model):
    """Somebody counted themselves without an account. The id of the form makes a repeated sending one; nothing here
    says who, when, or which of the sums it went into.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="self_counts")
    client_id = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return f"{self.pk}"


class GroupCount(models.Model):
    """Of those who sent input, or told what they thought of the meeting: how many say they belong to a group, and how
    many of these were content. "" are all who said anything of themselves. Sums alone: who said what is kept nowhere.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="group_counts")
    step = models.CharField(max_length=8, choices=ToldStep)
    group = models.CharField(max_length=10, choices=SurveyGroup, blank=True, default="")
    people = models.PositiveIntegerField(default=0)
    content = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("meeting", "step", "group"), name="participation_group_count_once"),
            models.CheckConstraint(
                condition=Q(content__lte=F("people")), name="participation_group_count_content_of_people"
            ),
        )

    def __str__(self) -> str:
        return f"{self.step} {self.group} {self.people}"


class DoorTap(PhoneEvent):
    """One tap of the office at the door: so many people more, or fewer. Sent twice it counts once.

    A `step` of 0 is the moment when the numbers from paper replaced everything before.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="door_taps")
    sex = models.CharField(max_length=6, choices=Sex, blank=True, default="")
    age = models.CharField(max_length=5, choices=AgeBand, blank=True, default="")
    step = models.SmallIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = (models.Index(fields=("meeting", "-id"), name="participation_tap_of"),)

    def __str__(self) -> str:
        return f"{self.pk} {self.step}"


class CheckIn(PhoneEvent):
    """One person came, by the code on the office's screen. `arrival` says how sure that is.

    With `hides_name` nobody but the person reads whose it is. `sex` and `age` are here only while the office has still
    to confirm: once the person is counted they are in the sums alone. `was_counted`: the person says that this phone
    counted them before, without their account, so the sums have them already.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="check_ins")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="meeting_check_ins")
    arrival = models.CharField(max_length=8, choices=Arrival)
    is_counted = models.BooleanField(default=False)
    hides_name = models.BooleanField(default=False)
    was_counted = models.BooleanField(default=False)
    channel = models.CharField(max_length=10, choices=Channel, blank=True, default="")
    sex = models.CharField(max_length=6, choices=Sex, blank=True, default="")
    age = models.CharField(max_length=5, choices=AgeBand, blank=True, default="")

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ("happened_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "user"), name="participation_check_in_once"),
            models.CheckConstraint(
                condition=Q(is_counted=False) | Q(sex="", age=""), name="participation_check_in_counted_says_no_more"
            ),
        )
        indexes = (
            models.Index(fields=("meeting", "is_counted", "happened_at", "id"), name="participation_check_in_of"),
            models.Index(fields=("user", "is_counted"), name="participation_check_in_by"),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.arrival}"
