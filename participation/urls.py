"""Addresses of the planning year and its meetings."""

from django.urls import URLPattern, path, re_path

from participation.views import inputs, meetings, year

urlpatterns: list[URLPattern] = [
    path("planning/", year.show_year, name="planning"),
    path("planning/dates/", year.edit_year, name="planning-dates"),
    re_path(r"^planning/(?P<code>\d{4}|\d{6})/$", year.show_year, name="planning-year"),
    re_path(r"^planning/(?P<code>\d{4}|\d{6})/dates/$", year.edit_year, name="planning-year-dates"),
    re_path(r"^planning/(?P<code>\d{4}|\d{6})/dates/drop/$", year.drop_year, name="planning-year-drop"),
    re_path(r"^communes/(?P<code>\d{6})/follow/$", year.change_follow, name="follow"),
    re_path(r"^communes/(?P<code>\d{6})/meetings/$", meetings.list_meetings, name="meetings"),
    re_path(r"^communes/(?P<code>\d{6})/meetings/new/$", meetings.write_meeting, name="meeting-new"),
    path("meetings/<uuid:public_id>/", meetings.show_meeting, name="meeting"),
    path("meetings/<uuid:public_id>/answer/", meetings.answer_meeting, name="meeting-answer"),
    path("meetings/<uuid:public_id>/edit/", meetings.write_meeting, name="meeting-edit"),
    path("meetings/<uuid:public_id>/announce/", meetings.announce_meeting, name="meeting-announce"),
    path("meetings/<uuid:public_id>/call-off/", meetings.call_off_meeting, name="meeting-call-off"),
    path("meetings/<uuid:public_id>/meeting.ics", meetings.read_ics, name="meeting-ics"),
    path("meetings/<uuid:public_id>/poster/", meetings.show_poster, name="meeting-poster"),
    path("meetings/<uuid:public_id>/send/", inputs.send, name="meeting-send"),
    path("meetings/<uuid:public_id>/inputs/", inputs.list_inputs, name="meeting-inputs"),
    path("meetings/<uuid:public_id>/minutes/", inputs.write_minutes, name="meeting-minutes"),
    path("inputs/<uuid:public_id>/", inputs.decide_input, name="input-decide"),
    path("inputs/<uuid:public_id>/file/", inputs.read_file, name="input-file"),
]
