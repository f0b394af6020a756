"""Below `/verify/`, in the reader's language."""

from django.urls import URLPattern, path

from courses.views import verify

urlpatterns: list[URLPattern] = [
    path("", verify.ask_code, name="verify-code"),
    path("<str:code>/", verify.verify, name="verify"),
]
