from django.urls import URLPattern, path

from courses.views import ask_about_lesson, finish_lesson, show_finished
from courses.views.mine import show_mine
from courses.views.reports import export_report, list_reports, show_report
from courses.views.reviews import list_confirmations, list_reviews, review_work
from courses.views.tasks import serve_task_file, show_task, take_task_back

urlpatterns: list[URLPattern] = [
    path("", show_mine, name="my-learning"),
    path("lessons/<uuid:lesson_key>/done/", finish_lesson, name="lesson-done"),
    path("lessons/<uuid:lesson_key>/ask/", ask_about_lesson, name="lesson-ask"),
    path("finished/<uuid:course_key>/", show_finished, name="course-finished"),
    path("tasks/<uuid:lesson_key>/", show_task, name="task"),
    path("tasks/<uuid:public_id>/take-back/", take_task_back, name="task-take-back"),
    path("tasks/files/<uuid:public_id>/", serve_task_file, name="task-file"),
    path("reviews/", list_reviews, name="reviews"),
    path("confirmations/", list_confirmations, name="confirmations"),
    path("reviews/<uuid:public_id>/", review_work, name="review"),
    path("reports/", list_reports, name="course-reports"),
    path("reports/<uuid:course_key>/", show_report, name="course-report"),
    path("reports/<uuid:course_key>/<slug:table>.<slug:kind>", export_report, name="course-report-table"),
]
