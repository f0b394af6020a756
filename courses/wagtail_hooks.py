"""The editors' admin: the way to one's own section, and translation kept inside it."""

from collections.abc import Iterator
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet, Subquery
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.models import GroupPagePermission, Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import TranslationSource
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from accounts.models import User
from courses import authoring_hooks  # noqa: F401  registers its own
from courses.models import CourseIndexPage, CoursePage, LessonPage, PublisherPage, QuestionBankPage
from courses.rules import may_manage_certificates
from courses.services.reports import may_read_reports
from courses.services.xapi import may_export
from courses.views import coursefile, question_import, upkeep, xapi


def submit_translation(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """As wagtail-localize, which asks for a right of its own but not whether the page is one's own."""
    check_can_change(request, get_object_or_404(Page, pk=page_id))
    response: HttpResponseBase = SubmitPageTranslationView.as_view()(request, page_id=page_id)
    return response


def update_translations(request: HttpRequest, translation_source_id: int) -> HttpResponseBase:
    """As wagtail-localize, for one's own pages."""
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    instance = source.get_source_instance()
    if isinstance(instance, Page):
        check_can_change(request, instance)
    response: HttpResponseBase = UpdateTranslationsView.as_view()(request, translation_source_id=translation_source_id)
    return response


def report_translations(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    """The list of every organisation's translations is for the programme, not for one of them."""
    if not request.user.is_superuser:
        raise PermissionDenied
    response: HttpResponseBase = TranslationsReportView.as_view(**kwargs)(request)
    return response


def check_can_change(request: HttpRequest, page: Page) -> None:
    """Raises PermissionDenied for a page of somebody else's section."""
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied


@hooks.register("register_admin_urls", order=-1)  # type: ignore[untyped-decorator]
def guard_translation() -> list[URLPattern]:
    """Stand before wagtail-localize's addresses of the same name."""
    return [
        path("localize/submit/page/<int:page_id>/", submit_translation),
        path("localize/update/<int:translation_source_id>/", update_translations),
        path("localize/reports/translations/", report_translations),
        path("localize/reports/translations/results/", report_translations, {"results_only": True}),
    ]


class SectionPanel(Component):
    """The first thing an NGO's editor sees: their section in both languages."""

    order = 50
    template_name = "courses/section_panel.html"

    def __init__(self, sections: list[PublisherPage]) -> None:
        self.sections = sections

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        user = parent_context["request"].user if parent_context else None
        rows = [
            (page, user is not None and page.permissions_for_user(user).can_add_subpage()) for page in self.sections
        ]
        organisations = {page.organisation_id: page.organisation for page in self.sections}.values()
        issuer = next((each for each in organisations if may_manage_certificates(user, each)), None) if user else None
        return {"sections": rows, "issuer": issuer}


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def show_section(request: HttpRequest, panels: list[Component]) -> None:
    """For editors of an organisation; the programme's staff see the whole tree anyway."""
    rights = GroupPagePermission.objects.filter(group__user=cast(User, request.user))
    sections = PublisherPage.objects.filter(group_permissions__in=rights)
    sections = sections.select_related("locale", "organisation").distinct()
    if sections:
        panels.append(SectionPanel(list(sections)))


@hooks.register("construct_page_chooser_queryset")  # type: ignore[untyped-decorator]
def hide_drafts_of_others(pages: "QuerySet[Page]", request: HttpRequest) -> "QuerySet[Page]":
    """Whoever picks a page sees what everybody may read, and their own section."""
    user = cast(User, request.user)
    if user.is_superuser:
        return pages
    own = page_permission_policy.explorable_instances(user)
    return pages.filter(Q(live=True) | Q(pk__in=own.values("pk")))


@hooks.register("construct_page_chooser_queryset")  # type: ignore[untyped-decorator]
def hide_banks_of_others(pages: "QuerySet[Page]", request: HttpRequest) -> "QuerySet[Page]":
    """Question banks are chosen from one's own section and from the programme's."""
    user = cast(User, request.user)
    if user.is_superuser:
        return pages
    own = page_permission_policy.explorable_instances(user)
    depths = CourseIndexPage.objects.values("depth")[:1]
    hidden = QuestionBankPage.objects.exclude(pk__in=own.values("pk")).filter(depth__gt=Subquery(depths) + 1)
    return pages.exclude(pk__in=hidden.values("pk"))


class SectionMenuItem(MenuItem):
    """For whoever works on courses: an organisation's members, moderators, administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        rights = ["add", "change", "publish"]
        return bool(page_permission_policy.user_has_any_permission(request.user, rights))


@hooks.register("register_reports_menu_item")  # type: ignore[untyped-decorator]
def show_due() -> MenuItem:
    return SectionMenuItem(
        _("Courses to look through"), reverse_lazy("course-due"), name="course-due", icon_name="calendar-check"
    )


class FiguresMenuItem(MenuItem):
    """For whoever may read the figures of a course."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read_reports(cast(User, request.user))


@hooks.register("register_reports_menu_item")  # type: ignore[untyped-decorator]
def show_figures() -> MenuItem:
    return FiguresMenuItem(
        _("How courses are used"), reverse_lazy("course-reports"), name="course-reports", icon_name="history"
    )


class RecordsMenuItem(MenuItem):
    """For whoever may take learning records along."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_export(cast(User, request.user))


@hooks.register("register_reports_menu_item")  # type: ignore[untyped-decorator]
def show_records() -> MenuItem:
    return RecordsMenuItem(
        _("Learning records (xAPI)"), reverse_lazy("course-xapi"), name="course-xapi", icon_name="download"
    )


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def publish_urls() -> list[URLPattern]:
    return [
        path("courses/due/", upkeep.list_due, name="course-due"),
        path("courses/due/<int:page_id>/", upkeep.confirm_due, name="course-due-confirm"),
        path("courses/export/<int:page_id>/", coursefile.export_file, name="course-export"),
        path("courses/import/<int:page_id>/", coursefile.import_file, name="course-import"),
        path("courses/import/preview/<uuid:public_id>/", coursefile.preview_import, name="course-import-preview"),
        path("courses/questions/<int:page_id>/", question_import.import_questions, name="question-import"),
        path("courses/questions/template.<str:extension>", question_import.download_template, name="question-template"),
        path("courses/xapi/", xapi.export_statements, name="course-xapi"),
        path("courses/copy/", coursefile.list_copyable, name="course-copyable"),
        path("courses/copy/<int:course_id>/", coursefile.copy_into_section, name="course-copy"),
    ]


@hooks.register("before_edit_page")  # type: ignore[untyped-decorator]
def mark_due(request: HttpRequest, page: Page) -> None:
    """The editor of a course is told that its date is past."""
    if isinstance(page, CoursePage) and request.method == "GET":
        upkeep.warn_when_due(request, page)


@hooks.register("register_page_header_buttons")  # type: ignore[untyped-decorator]
def offer_files(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """At a section: import, copy. At a course: export, copy."""
    page = page.specific
    rights = page.permissions_for_user(user)
    if isinstance(page, PublisherPage) and rights.can_add_subpage():
        into = reverse("course-import", args=[page.pk])
        yield Button(_("Import a course"), url=into, icon_name="upload", priority=70)
        yield Button(_("Copy a course"), url=reverse("course-copyable"), icon_name="copy", priority=71)
    if isinstance(page, LessonPage) and rights.can_edit() and not rights.page_locked():
        bring = reverse("question-import", args=[page.pk])
        yield Button(_("Import questions"), url=bring, icon_name="list-ol", priority=70)
    if isinstance(page, CoursePage) and rights.can_edit():
        out = reverse("course-export", args=[page.pk])
        yield Button(_("Export as a file"), url=out, icon_name="download", priority=70)
        into = reverse("course-copy", args=[page.pk])
        yield Button(_("Copy with its lessons"), url=into, icon_name="copy", priority=71)
