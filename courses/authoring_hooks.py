"""The editors' admin: size and hints of a draft, both languages at once, translations left behind."""

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

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
