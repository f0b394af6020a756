from django.urls import URLPattern, path

from courses.views import cohort_invitations, cohort_sessions, cohorts

urlpatterns: list[URLPattern] = [
    path("", cohorts.list_cohorts, name="cohorts"),
    path("new/", cohorts.open_new, name="cohort-new"),
    path("join/<str:token>/", cohort_invitations.show_invitation, name="cohort-join"),
    path("sessions/<uuid:public_id>/", cohort_sessions.show_session, name="cohort-session"),
    path("sessions/<uuid:public_id>/edit/", cohort_sessions.edit_session, name="cohort-session-edit"),
    path("<uuid:public_id>/", cohorts.show_cohort, name="cohort"),
    path("<uuid:public_id>/edit/", cohorts.edit_cohort, name="cohort-edit"),
    path("<uuid:public_id>/facilitators/", cohorts.change_facilitators, name="cohort-facilitators"),
    path("<uuid:public_id>/nudge/", cohorts.nudge, name="cohort-nudge"),
    path("<uuid:public_id>/seen/", cohorts.see_nudges, name="cohort-seen"),
    path("<uuid:public_id>/leave/", cohort_invitations.leave, name="cohort-leave"),
    path("<uuid:public_id>/invite/", cohort_invitations.show_link, name="cohort-invite"),
    path("<uuid:public_id>/qr.svg", cohort_invitations.draw_code, name="cohort-code"),
    path("<uuid:public_id>/poster/", cohort_invitations.show_poster, name="cohort-poster"),
    path("<uuid:public_id>/sessions/new/", cohort_sessions.plan_session, name="cohort-session-new"),
    path("<uuid:public_id>/export/<str:file_name>/", cohorts.export, name="cohort-export"),
]
