"""The editors' admin: size and hints of a draft, both languages at once."""

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from courses.views import authoring


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def authoring_urls() -> list[URLPattern]:
    return [
        path("courses/aids/<int:page_id>/", authoring.show_aids, name="course-aids"),
        path("courses/both/<int:page_id>/", authoring.show_both, name="course-both"),
    ]


@hooks.register("insert_editor_js")  # type: ignore[untyped-decorator]
def fill_aids() -> SafeString:
    return format_html('<script src="{}"></script>', static("authoring.js"))


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def style_aids() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("authoring.css"))
