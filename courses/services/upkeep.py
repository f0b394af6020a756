"""What time does to courses: they go live or down when scheduled, and are looked through again once a year."""

import datetime
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.permissions import page_permission_policy

from courses.models import CoursePage, CourseUpload

LOOK_AGAIN = datetime.timedelta(days=365)
SOON = datetime.timedelta(days=30)
UPLOAD_LIFE = datetime.timedelta(days=1)


def publish_due() -> None:
    """Publish what was approved for a time that has come, take down what expires: Wagtail's own command."""
    call_command("publish_scheduled", verbosity=0)


def forget_uploads() -> None:
    """Course files that nobody imported within a day."""
    CourseUpload.objects.filter(created_at__lt=timezone.now() - UPLOAD_LIFE).delete()


@transaction.atomic
def plan_review(course: CoursePage) -> None:
    """A published course without a date is looked through again in a year."""
    if course.review_by is None:
        write_review_date(course, timezone.localdate() + LOOK_AGAIN)


@transaction.atomic
def confirm_content(course: CoursePage) -> datetime.date:
    """An editor read the course and all is still right: the next look is in a year. In both languages."""
    date = timezone.localdate() + LOOK_AGAIN
    for page in CoursePage.objects.filter(translation_key=course.translation_key).select_for_update():
        write_review_date(page, date)
    return date


def write_review_date(course: CoursePage, date: datetime.date) -> None:
    """In the row and in the latest draft, so that the editor's form shows it and publishing again keeps it."""
    course.review_by = date
    CoursePage.objects.filter(pk=course.pk).update(review_by=date)
    revision = course.latest_revision
    if revision is not None:
        revision.content["review_by"] = date.isoformat()
        revision.save(update_fields=["content"])


def find_due(user: Any, *, until: datetime.date | None = None) -> "QuerySet[CoursePage]":
    """Live courses of this person's sections whose date is near or past, the most overdue first."""
    until = until or timezone.localdate() + SOON
    mine = page_permission_policy.instances_user_has_any_permission_for(user, ["add", "change", "publish"])
    due: QuerySet[CoursePage] = CoursePage.objects.live().filter(review_by__lte=until, pk__in=mine.values("pk"))
    return due.select_related("locale").order_by("review_by", "pk")
