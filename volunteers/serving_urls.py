"""Addresses of attendance, hours and the calendar; included below those of requests."""

from django.urls import path

from volunteers.views import calendar, checking_in, claiming, confirming, guiding, roll, serving, settling

urlpatterns = [
    # The volunteer's own
    path("mine/", serving.show_my_service, name="my-service"),
    path("mine/hours/", claiming.claim, name="my-hours"),
    path("mine/hours/<uuid:public_id>/", claiming.change_hours, name="hours"),
    path("mine/hours/<uuid:public_id>/answer/", claiming.answer, name="hours-answer"),
    path("mine/shifts/<uuid:public_id>/appeal/", serving.appeal_attendance, name="signup-appeal"),
    path("mine/shifts/<uuid:public_id>/out/", checking_in.go, name="signup-out"),
    path("mine/shifts/<uuid:public_id>/hours/", claiming.claim_of_shift, name="signup-hours"),
    path("mine/shifts/<uuid:public_id>/shift.ics", calendar.read_shift, name="shift-ics"),
    path("mine/calendar/", calendar.set_up, name="calendar"),
    path("calendar/<str:token>.ics", calendar.read_feed, name="calendar-feed"),
    path("check-in/", checking_in.type_code, name="check-in"),
    # The office's desk
    path("desk/hours/", confirming.confirm, name="desk-hours"),
    path("desk/hours/<uuid:public_id>/", confirming.correct, name="desk-hours-correct"),
    path("desk/attendance/", roll.show_attendance, name="desk-attendance"),
    path("desk/attendance/<uuid:public_id>/", roll.show_roll, name="shift-roll"),
    path("desk/attendance/<uuid:public_id>/code/", roll.show_code, name="shift-code"),
    path("desk/appeals/<uuid:public_id>/", roll.answer, name="appeal-answer"),
    # The guide from a partner NGO
    path("guided/", guiding.list_guided, name="guided"),
    path("guided/<uuid:public_id>/", guiding.show_guided, name="guided-request"),
    path("guided/shifts/<uuid:public_id>/", roll.show_guided_roll, name="guided-roll"),
    # Programme staff
    path("disputes/", settling.list_disputes, name="disputes"),
    path("disputes/hours/<uuid:public_id>/", settling.settle, name="dispute-hours"),
    path("disputes/appeals/<uuid:public_id>/", settling.rule, name="dispute-appeal"),
]
