from django.urls import URLPattern, path

from accounts.views import ngos, organisations, recovery, settings

urlpatterns: list[URLPattern] = [
    path("come-back/", recovery.come_back, name="come-back"),
    path("codes/", recovery.codes, name="recovery-codes"),
    path("codes/new/", recovery.renew, name="recovery-codes-new"),
    path("settings/", settings.overview, name="settings"),
    path("settings/profile/", settings.profile, name="settings-profile"),
    path("settings/preferences/", settings.preferences, name="settings-preferences"),
    path("settings/inclusion/", settings.inclusion, name="settings-inclusion"),
    path("settings/inclusion/withdraw/", settings.inclusion_withdraw, name="settings-inclusion-withdraw"),
    path("settings/export/", settings.export, name="settings-export"),
    path("settings/delete/", settings.delete, name="settings-delete"),
    path("office/", organisations.office, name="office"),
    path("office/members/add/", organisations.member_add, name="office-member-add"),
    path("office/members/<int:pk>/end/", organisations.member_end, name="office-member-end"),
    path("office/invitations/<int:pk>/", organisations.invitation_answer, name="office-invitation"),
    path("ngo/", ngos.ngo, name="ngo"),
    path("ngo/members/add/", ngos.ngo_member_add, name="ngo-member-add"),
    path("ngo/members/<int:pk>/role/", ngos.ngo_member_role, name="ngo-member-role"),
    path("ngo/members/<int:pk>/end/", ngos.ngo_member_end, name="ngo-member-end"),
    path("consent/", organisations.consent, name="guardian-consent"),
]
