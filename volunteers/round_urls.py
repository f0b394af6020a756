from django.urls import path

from volunteers.views import round_checks, round_leading, round_office, round_runs, rounds

urlpatterns = [
    path("", rounds.list_rounds, name="rounds"),
    path("new/", round_leading.write_round, name="round-new"),
    path("applications/<uuid:public_id>/score/", round_office.score_application, name="round-score"),
    path("<uuid:public_id>/", rounds.show_round, name="round"),
    path("<uuid:public_id>/list/", rounds.change_list, name="round-list"),
    path("<uuid:public_id>/record-<int:number>.json", rounds.get_record, name="round-record"),
    path("<uuid:public_id>/record-<int:number>/", round_checks.check_run, name="round-check"),
    path("<uuid:public_id>/names.txt", round_checks.get_names, name="round-names"),
    path("<uuid:public_id>/office/", round_office.show_office, name="round-office"),
    path("<uuid:public_id>/office/<uuid:place_id>/", round_office.show_place, name="round-place"),
    path("<uuid:public_id>/lead/", round_leading.lead_round, name="round-staff"),
    path("<uuid:public_id>/lead/scoring/", round_leading.show_progress, name="round-progress"),
    path("<uuid:public_id>/lead/edit/", round_leading.edit_round, name="round-edit"),
    path("<uuid:public_id>/lead/requests/", round_leading.choose_requests, name="round-requests"),
    path("<uuid:public_id>/lead/change/", round_leading.change_round, name="round-change"),
    path("<uuid:public_id>/lead/draw/", round_leading.enter_seed, name="round-draw"),
    path("<uuid:public_id>/lead/try/", round_runs.try_round, name="round-try"),
    path("<uuid:public_id>/lead/run/", round_runs.make_run, name="round-run"),
    path("<uuid:public_id>/lead/runs/<int:number>/", round_runs.show_run, name="round-run-page"),
    path("<uuid:public_id>/lead/runs/<int:number>/confirm/", round_runs.confirm_run, name="round-confirm"),
    path("<uuid:public_id>/lead/runs/<int:number>/override/", round_runs.override_run, name="round-override"),
    path("<uuid:public_id>/lead/runs/<int:number>/<slug:name>.json", round_runs.get_file, name="round-file"),
]
