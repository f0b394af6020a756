from django.urls import URLPattern, path

from notifications.views import reading, switches

urlpatterns: list[URLPattern] = [
    path("", reading.show_list, name="notifications"),
    path("read/", reading.read_all, name="notifications-read"),
    path("settings/", switches.choose, name="notifications-settings"),
    path("stop/<str:token>/", switches.stop_by_link, name="notifications-stop"),
    path("<uuid:public_id>/", reading.follow, name="notification"),
    path("<uuid:public_id>/read/", reading.read_one, name="notification-read"),
    path("<uuid:public_id>/stop/", switches.stop_from_list, name="notification-stop"),
]
