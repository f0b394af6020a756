"""Polls: a question with options beside a topic, and the ballots."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from forums.enums import PollShows, PollWay
from forums.models.topic import Topic

OPTION_LENGTH = 120
QUESTION_LENGTH = 200
FEWEST, MOST = 2, 12  # options
SECRET_LEAST = 5  # ballots of a closed poll before any number shows: of four one could guess who chose what


class Poll(models.Model):
    """The counts of options and ballots change in the transaction of the vote they count. `is_secret`: nobody, whatever
    their right, can read from the rows who chose what. `ended_at` is set once, by its author or the clock.
    """

    topic = models.OneToOneField(Topic, models.CASCADE, primary_key=True, related_name="poll")
    question = models.CharField(max_length=QUESTION_LENGTH)
    way = models.CharField(max_length=8, choices=PollWay)
    most = models.PositiveSmallIntegerField(default=1)
    is_secret = models.BooleanField(default=True)
    shows = models.CharField(max_length=8, choices=PollShows)
    ballot_count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(most__range=(1, MOST)), name="forums_poll_most_in_range"),
            models.CheckConstraint(condition=~Q(way=PollWay.SINGLE) | Q(most=1), name="forums_poll_single_is_one"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("created_at")), name="forums_poll_ends_later"),
        )
        indexes = (models.Index(fields=("ends_at",), condition=Q(ended_at__isnull=True), name="forums_poll_running"),)

    def __str__(self) -> str:
        return self.question

    @property
    def mark(self) -> str:
        """Tells it from another poll of the same topic: a page that was open before shows that one."""
        return f"{self.created_at.timestamp():.0f}"

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or self.ends_at <= timezone.now()

    @property
    def is_ranked(self) -> bool:
        return self.way == PollWay.RANKED

    @property
    def is_telling(self) -> bool:
        """Too few closed ballots: their numbers would tell on somebody."""
        return self.is_secret and self.ballot_count < SECRET_LEAST


class PollOption(models.Model):
    """Numbered from 1. `count` holds votes; of a ranked poll points, and `firsts` who put it first."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=OPTION_LENGTH)
    count = models.PositiveIntegerField(default=0)
    firsts = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("poll", "number")
        constraints = (
            models.UniqueConstraint(fields=("poll", "number"), name="forums_polloption_number_unique"),
            models.CheckConstraint(condition=Q(number__range=(1, MOST)), name="forums_polloption_number_in_range"),
        )

    def __str__(self) -> str:
        return self.text


class Ballot(models.Model):
    """One person's choice: numbers of options, the best first. `key` is a seal made of the poll, the person and the
    site's secret: it finds a person's own ballot and names nobody. Only an open poll's ballot has a `voter` and a time.
    """

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="ballots")
    key = models.CharField(max_length=64)
    choices = models.JSONField()
    voter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="poll_ballots"
    )
    voted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("poll", "key"), name="forums_ballot_once"),
            models.CheckConstraint(
                condition=Q(voter__isnull=True) | Q(voted_at__isnull=False), name="forums_ballot_open_has_time"
            ),
        )
        indexes = (models.Index(fields=("poll", "voted_at", "id"), name="forums_ballot_open_list"),)

    def __str__(self) -> str:
        return f"{self.poll_id}"
