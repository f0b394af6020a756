"""What follows a placement, below `/requests/`."""

from django.urls import URLPattern, path

from volunteers.views import after, after_desk, records

urlpatterns: list[URLPattern] = [
    path("placements/<uuid:public_id>/after/", after.show_after, name="placement-after"),
    path("placements/<uuid:public_id>/feedback/", after.give_feedback, name="feedback"),
    path("placements/<uuid:public_id>/again/", after.serve_again, name="serve-again"),
    path("desk/finished/", after_desk.list_finished, name="finished"),
    path("desk/finished/<uuid:public_id>/", after_desk.give_feedback, name="feedback-office"),
    path("desk/returning/", after_desk.list_returning, name="returning"),
    path("desk/returning/<uuid:public_id>/invite/", after_desk.invite_again, name="returning-invite"),
    path("records/", records.list_records, name="records"),
    path("records/<str:code>/", records.show_record, name="record"),
    path("records/<str:code>/pdf/", records.download_record, name="record-pdf"),
    path("records/<str:code>/change/", records.change_record, name="record-change"),
    path("records/<str:code>/withdraw/", records.withdraw_record, name="record-revoke"),
]
