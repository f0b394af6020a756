"""Every address of the site. Pages carry their language; machines' addresses do not."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.urls import serve_pattern

from config import api
from config.crawlers import SITEMAPS, favicon, robots
from config.health import health
from config.media import media
from config.staff_door import staff_door
from ui.routing import serve_page
from ui.views import choose_media, front_door, offline, service_worker

handler400 = "ui.views.bad_request"
handler500 = "ui.views.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front_door, name="front-door"),
    path("sw.js", service_worker, name="service-worker"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("favicon.ico", favicon, name="favicon"),
    path("health/", health, name="health"),
    path("api/v1/", include(api)),
    path("admin/login/", staff_door, name="staff-door"),
    path("admin/", include(wagtailadmin_urls)),
    path("media/<path:path>", media, name="media"),
    path("", include("courses.badge_urls")),
    path("", include("volunteers.badge_urls")),
]

urlpatterns += i18n_patterns(
    path("offline/", offline, name="offline"),
    path("text-only/", choose_media, name="text-only"),
    path("places/", include("places.urls")),
    path("me/", include("accounts.urls")),
    path("notifications/", include("notifications.urls")),
    path("accounts/", include("allauth.urls")),
    path("forum/", include("forums.urls")),
    path("requests/", include("volunteers.urls")),
    path("learn/", include("courses.urls")),
    path("cohorts/", include("courses.cohort_urls")),
    path("learn/", include("courses.certificate_urls")),
    path("verify/", include("courses.verify_urls")),
    path("service/", include("volunteers.service_urls")),
    path("", include("participation.urls")),
    path("", include("home.urls")),
    re_path(serve_pattern, serve_page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=True,
)
