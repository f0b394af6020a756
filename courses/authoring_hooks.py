"""The editors' admin: size and hints of a draft, both languages at once, translations left behind."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from accounts.models import User
from courses.models import CoursePage, LessonPage, QuestionBankPage
from courses.views import authoring, authoring_stale


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def authoring_urls() -> list[URLPattern]:
    return [
        path("courses/aids/<int:page_id>/", authoring.show_aids, name="course-aids"),
        path("courses/both/<int:page_id>/", authoring.show_both, name="course-both"),
        path("courses/stale/", authoring_stale.list_stale, name="course-stale"),
        path("courses/stale/<int:translation_id>/", authoring_stale.show_stale, name="course-stale-changes"),
    ]


@hooks.register("insert_editor_js")  # type: ignore[untyped-decorator]
def fill_aids() -> SafeString:
    return format_html('<script src="{}"></script>', static("authoring.js"))


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def style_aids() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("authoring.css"))


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def show_stale() -> MenuItem:
    return authoring_stale.StaleMenuItem(
        _("Old translations"),
        reverse_lazy("course-stale"),
        name="course-stale",
        icon_name="wagtail-localize-language",
        order=450,
    )


@hooks.register("construct_reports_menu")  # type: ignore[untyped-decorator]
def hide_all_translations(request: HttpRequest, items: list[MenuItem]) -> None:
    """The list of every organisation's translations is closed to all but the programme's staff: no dead end."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.url != reverse("wagtail_localize:translations_report")]


@hooks.register("register_page_header_buttons")  # type: ignore[untyped-decorator]
def offer_aids(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """At a course, a lesson or a bank; also where a course is only listed."""
    if page.specific_class in (CoursePage, LessonPage, QuestionBankPage) and page.permissions_for_user(user).can_edit():
        aids, both = (reverse(name, args=[page.pk]) for name in ("course-aids", "course-both"))
        yield Button(_("Size and hints"), url=aids, icon_name="glasses", priority=75)
        yield Button(_("See both languages on a phone"), url=both, icon_name="mobile-alt", priority=76)
