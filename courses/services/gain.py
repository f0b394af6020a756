"""How much a course teaches: the check after it against the check before it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Avg, Count, ExpressionWrapper, F, FloatField, OuterRef, Q, Subquery

from courses.enums import AttemptPurpose, AttemptStatus
from courses.models import Attempt

PER_CENT = ExpressionWrapper(F("score") * 100.0 / F("total"), output_field=FloatField())


@dataclass(frozen=True)
class Gain:
    """Of `count` learners who did both checks: the mean right answers before and after, in per cent."""

    count: int
    before: float
    after: float

    @property
    def gain(self) -> float | None:
        """The normalised gain (Hake 1998): the part of what was missing before that was learnt, from 1.0 for all of it
        to below 0; None where nothing was missing.
        """
        return (self.after - self.before) / (100 - self.before) if self.before < 100 else None


def learning_gain(course_keys: Sequence[uuid.UUID], *, among: Q | None = None) -> dict[uuid.UUID, Gain]:
    """Gain by course key, for the courses where anybody did both checks; `among`: these learners' rows. One query.

    A pair counts whole: who did one check only is not in either mean. Small groups are the reader's to hide.
    """
    finished = Attempt.objects.filter(course_key__in=course_keys, status=AttemptStatus.FINISHED, total__gt=0)
    same_learner = Q(user=OuterRef("user")) | Q(visitor=OuterRef("visitor"))
    before = finished.filter(same_learner, course_key=OuterRef("course_key"), purpose=AttemptPurpose.BEFORE)
    pairs = finished.filter(purpose=AttemptPurpose.AFTER).annotate(
        share=PER_CENT, share_before=Subquery(before.annotate(share=PER_CENT).values("share")[:1])
    )
    if among is not None:
        pairs = pairs.filter(among)
    rows = (
        pairs.filter(share_before__isnull=False)
        .values("course_key")
        .annotate(count=Count("pk"), before=Avg("share_before"), after=Avg("share"))
    )
    return {row["course_key"]: Gain(row["count"], row["before"], row["after"]) for row in rows.order_by()}
