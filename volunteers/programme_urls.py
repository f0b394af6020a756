"""Figures, alerts and the ledger; under `requests/programme/`."""

from django.urls import path

from volunteers.views import ledger, programme

urlpatterns = [
    path("", programme.show_programme, name="programme"),
    path("<slug:table>.<slug:kind>", programme.export_programme, name="programme-table"),
    path("alerts/", programme.list_alerts, name="alerts"),
    path("alerts/<int:pk>/", programme.acknowledge_alert, name="alert-acknowledge"),
    path("office/", programme.show_office_figures, name="office-figures"),
    path("ledger/", ledger.list_ledger, name="ledger"),
    path("ledger/<uuid:public_id>/", ledger.show_chain, name="ledger-chain"),
    path("ledger/<uuid:public_id>/chain.<slug:kind>", ledger.export_chain, name="ledger-export"),
]
