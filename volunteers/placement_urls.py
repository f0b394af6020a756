from django.urls import path

from volunteers.views import concerns, placements, shifts

urlpatterns = [
    path("placements/<uuid:public_id>/", placements.show_placement, name="placement"),
    path("placements/<uuid:public_id>/agreement/", placements.show_agreement, name="placement-agreement"),
    path("placements/<uuid:public_id>/confirm/", placements.confirm_agreement, name="placement-confirm"),
    path("placements/<uuid:public_id>/change/", placements.change_place, name="placement-change"),
    path("placements/<uuid:public_id>/concern/", concerns.raise_about, name="placement-concern"),
    path("shifts/<uuid:public_id>/answer/", shifts.answer_shift, name="shift-answer"),
    path("desk/placements/", placements.list_placements, name="desk-placements"),
    path("desk/placements/<uuid:public_id>/", placements.show_on_desk, name="desk-placement"),
    path("desk/<uuid:public_id>/shifts/", shifts.list_shifts, name="request-shifts"),
    path("desk/<uuid:public_id>/shifts/new/", shifts.plan_shifts, name="shift-new"),
    path("desk/shifts/<uuid:public_id>/", shifts.edit_shift, name="shift"),
    path("desk/shifts/<uuid:public_id>/call-off/", shifts.call_off, name="shift-call-off"),
]
