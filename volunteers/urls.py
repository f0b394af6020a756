from django.urls import include, path

from volunteers.views import applying, desk, finding, posting, profile, safeguarding, searches, skills

urlpatterns = [
    path("", include("volunteers.placement_urls")),
    path("", include("volunteers.serving_urls")),
    path("", finding.list_requests, name="requests"),
    path("", include("volunteers.after_urls")),
    path("new/", posting.choose_template, name="request-new"),
    path("new/form/", posting.write_request, name="request-write"),
    path("programme/", include("volunteers.programme_urls")),
    path("rounds/", include("volunteers.round_urls")),
    path("desk/", desk.show_desk, name="desk"),
    path("desk/<uuid:public_id>/", desk.show_shortlist, name="request-shortlist"),
    path("applications/<uuid:public_id>/", applying.show_application, name="application"),
    path("applications/<uuid:public_id>/answer/", applying.answer_application, name="application-answer"),
    path("applications/<uuid:public_id>/decide/", desk.decide_application, name="application-decide"),
    path("applications/<uuid:public_id>/undo/", desk.undo_decision, name="application-undo"),
    path("applications/<uuid:public_id>/up/", desk.raise_standby, name="application-up"),
    path("skills/", skills.show_skills, name="my-skills"),
    path("safeguarding/", safeguarding.show_guide, name="safeguarding"),
    path("profile/", profile.edit_profile, name="volunteer-profile"),
    path("searches/", searches.list_searches, name="searches"),
    path("searches/keep/", searches.keep_search, name="search-keep"),
    path("searches/<uuid:public_id>/", searches.edit_search, name="search-edit"),
    path("searches/<uuid:public_id>/switch/", searches.switch_search, name="search-switch"),
    path("searches/<uuid:public_id>/delete/", searches.drop_search, name="search-delete"),
    path("<uuid:public_id>/", finding.show_request, name="request"),
    path("<uuid:public_id>/why/", finding.show_why, name="request-why"),
    path("<uuid:public_id>/apply/", applying.apply_to_request, name="request-apply"),
    path("<uuid:public_id>/edit/", posting.edit_request, name="request-edit"),
    path("<uuid:public_id>/change/", posting.change_request, name="request-change"),
]
