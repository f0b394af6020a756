from django.urls import URLPattern, path

from courses.views import finish_lesson, show_finished

urlpatterns: list[URLPattern] = [
    path("lessons/<uuid:lesson_key>/done/", finish_lesson, name="lesson-done"),
    path("finished/<uuid:course_key>/", show_finished, name="course-finished"),
]
