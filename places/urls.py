from django.urls import URLPattern, path

from places import views

urlpatterns: list[URLPattern] = [
    path("find/", views.find, name="place-find"),
]
