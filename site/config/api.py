"""The one router of `/api/v1/` and the schema's address. Each app registers its viewsets here."""

from django.urls import URLPattern, URLResolver, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from accounts.api.views import MeView, TokenView
from courses.api.views import CourseViewSet, LessonViewSet, ProgressViewSet, SkillViewSet
from forums.api.views import BoardViewSet, TopicViewSet
from places.api.views import PlaceViewSet
from volunteers.api.views import VolunteerRequestViewSet

router = SimpleRouter()
router.register("courses", CourseViewSet, basename="course")
router.register("lessons", LessonViewSet, basename="lesson")
router.register("skills", SkillViewSet, basename="skill")
router.register("me/progress", ProgressViewSet, basename="progress")
router.register("requests", VolunteerRequestViewSet, basename="volunteer-request")
router.register("boards", BoardViewSet, basename="board")
router.register("topics", TopicViewSet, basename="topic")
router.register("places", PlaceViewSet, basename="place")

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(url_name="api-schema", template_name="api_docs.html"),
        name="api-docs",
    ),
    path("me/", MeView.as_view(), name="api-me"),
    path("token/", TokenView.as_view(), name="api-token"),
    *router.urls,
]
