"""Editors' admin: a course goes out as one file, comes in from one, and is copied into one's own section."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from courses.forms import CourseFileForm, SectionForm
from courses.models import CoursePage, CourseUpload, PublisherPage
from courses.services.copies import (
    Sections,
    copy_course,
    find_copyable,
    find_sections,
    import_upload,
    keep_upload,
    may_copy,
    pack_for_copy,
)
from courses.services.coursefile import CourseFileError, open_parcel, outline, pack


def export_file(request: HttpRequest, page_id: int) -> HttpResponse:
    """The course as a file, for whoever may change it."""
    course = get_object_or_404(CoursePage, pk=page_id)
    if not course.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    response = HttpResponse(pack(pack_for_copy(request.user, course)), content_type="application/zip")
    name = slugify(course.slug) or f"course-{course.pk}"
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response


def import_file(request: HttpRequest, page_id: int) -> HttpResponse:
    """Choose a file; what is wrong with it is listed, a right one is shown before anything is made."""
    section, _sections = get_section(request, page_id)
    form = CourseFileForm(request.POST or None, request.FILES or None)
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = keep_upload(file.read(), name=file.name, section=section, by=request.user)  # type: ignore[arg-type]
            return redirect("course-import-preview", upload.public_id)
        except CourseFileError as error:
            problems = error.problems
    context = {"form": form, "problems": problems[:100], "more": max(0, len(problems) - 100), "under": section.title}
    return show(request, "import", _("Import a course"), context, status=400 if problems else 200)


def preview_import(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What the file will make; a POST makes it, as drafts."""
    upload = get_object_or_404(CourseUpload, public_id=public_id, user=request.user.pk)
    _section, sections = get_section(request, upload.section_id)
    try:
        if request.method == "POST":
            courses = import_upload(upload, sections=sections, by=request.user)  # type: ignore[arg-type]
            return go_to(request, courses, _("The course is imported as a draft."))
        shown = outline(open_parcel(bytes(upload.content)), sections)
    except CourseFileError as error:
        context = {"form": CourseFileForm(), "problems": error.problems, "under": upload.name}
        return show(request, "import", _("Import a course"), context, status=400)
    except CourseUpload.DoesNotExist:
        raise Http404 from None
    context = {"outline": shown, "under": upload.name, "button": _("Import as a draft")}
    return show(request, "outline", _("This will be made"), context)


def list_copyable(request: HttpRequest) -> HttpResponse:
    """Courses of others that may be copied."""
    if not find_sections(request.user):
        raise PermissionDenied
    return show(request, "copyable", _("Copy a course"), {"courses": find_copyable(request.user)[:200]})


def copy_into_section(request: HttpRequest, course_id: int) -> HttpResponse:
    """Shows what the copy will be; a POST makes it, as drafts."""
    course = get_object_or_404(CoursePage, pk=course_id)
    sections = find_sections(request.user)
    if not may_copy(request.user, course):
        raise Http404
    if not sections:
        raise PermissionDenied
    form = SectionForm(sections, request.POST or None)
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            courses = copy_course(course, sections=form.chosen, by=request.user)  # type: ignore[arg-type]
            return go_to(request, courses, _("The course is copied as a draft."))
        except CourseFileError as error:
            problems = error.problems
    shown = outline(pack_for_copy(request.user, course), sections[0])
    context = {"outline": shown, "form": form, "problems": problems, "under": course.title, "button": _("Copy")}
    return show(request, "outline", _("Copy a course"), context)


def get_section(request: HttpRequest, page_id: int) -> tuple[PublisherPage, Sections]:
    """The section and its pages by language. Raises PermissionDenied where this person does not write."""
    section = get_object_or_404(PublisherPage, pk=page_id)
    for pages in find_sections(request.user):
        if section.pk in {page.pk for page in pages.values()}:
            return section, pages
    raise PermissionDenied


def go_to(request: HttpRequest, courses: dict[str, CoursePage], text: str) -> HttpResponse:
    """To the new course in the explorer."""
    messages.success(request, text)
    return redirect("wagtailadmin_explore", next(iter(courses.values())).pk)


def show(request: HttpRequest, name: str, heading: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    context = {"heading": heading, "sign": "doc-full-inverse", **context}
    return render(request, f"courses/admin/{name}.html", context, status=status)
