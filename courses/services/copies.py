"""Courses into a section: a copy of one that is here, or a file somebody brings."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from wagtail.permissions import page_permission_policy

from accounts.models import User
from courses.models import CoursePage, CourseUpload, PublisherPage
from courses.services.coursefile import CourseFileError, Parcel, Problem, export_course, import_course, open_parcel

Sections = dict[str, PublisherPage]


def find_sections(user: Any) -> list[Sections]:
    """The sections this person writes in, one an organisation, each by language code."""
    mine = page_permission_policy.instances_user_has_permission_for(user, "add").values("pk")
    found: dict[int, Sections] = {}
    for page in PublisherPage.objects.filter(pk__in=mine).select_related("locale", "organisation").order_by("pk"):
        found.setdefault(page.organisation_id, {})[page.locale.language_code] = page
    return list(found.values())


def find_copyable(user: Any) -> "QuerySet[CoursePage]":
    """Live courses of others whose publisher lets them be copied."""
    own = page_permission_policy.instances_user_has_permission_for(user, "change").values("pk")
    courses: QuerySet[CoursePage] = CoursePage.objects.live().filter(may_be_copied=True).exclude(pk__in=own)
    return courses.select_related("locale").order_by("title", "pk")


def may_copy(user: Any, course: CoursePage) -> bool:
    """One's own, or one that is published and free to copy."""
    return bool(course.permissions_for_user(user).can_edit() or (course.live and course.may_be_copied))


def pack_for_copy(user: Any, course: CoursePage) -> Parcel:
    """One's own course as it was saved last; another's as everybody sees it: drafts are not for strangers."""
    return export_course(course, published=not course.permissions_for_user(user).can_edit())


def copy_course(course: CoursePage, *, sections: Mapping[str, PublisherPage], by: User) -> dict[str, CoursePage]:
    """A draft of one's own with ids of its own. Raises CourseFileError."""
    return import_parcel(pack_for_copy(by, course), sections=sections, by=by)


def import_parcel(parcel: Parcel, *, sections: Mapping[str, PublisherPage], by: User) -> dict[str, CoursePage]:
    """As `import_course`. Raises CourseFileError also where the section lacks one of the languages."""
    missing = [language for language in parcel.languages if language not in sections]
    if missing:
        raise CourseFileError([Problem("languages", ", ".join(missing))])
    return import_course(parcel, sections=sections, by=by)


@transaction.atomic
def keep_upload(content: bytes, *, name: str, section: PublisherPage, by: User) -> CourseUpload:
    """Check a file and keep it until its import is confirmed; an older one of theirs goes. Raises CourseFileError."""
    open_parcel(content)
    CourseUpload.objects.filter(user=by, section=section).delete()
    return CourseUpload.objects.create(user=by, section=section, name=name[:200], content=content)


@transaction.atomic
def import_upload(upload: CourseUpload, *, sections: Mapping[str, PublisherPage], by: User) -> dict[str, CoursePage]:
    """Import a kept file, once: a second press finds it gone. Raises CourseFileError, CourseUpload.DoesNotExist."""
    locked = CourseUpload.objects.select_for_update().get(pk=upload.pk)
    courses = import_parcel(open_parcel(bytes(locked.content)), sections=sections, by=by)
    locked.delete()
    return courses
