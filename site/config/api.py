"""The one router of `/api/v1/`, its root and the schema's address. Each app registers its viewsets here."""

from typing import NoReturn

from django.urls import URLPattern, URLResolver, path, re_path
from django.utils.translation import override
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from accounts.api.views import MeView, TokenView
from courses.api.answers import AnswersView, AttemptViewSet
from courses.api.certificates import CertificateViewSet, VerifyViewSet
from courses.api.events import EventsView
from courses.api.views import CourseViewSet, LessonViewSet, ProgressViewSet, SkillViewSet
from forums.api.ideas import IdeaViewSet
from forums.api.taking_part import TakingPartViewSet
from forums.api.views import BoardViewSet, TopicViewSet
from participation.api.figures import IndicatorsView
from participation.api.meetings import MeetingViewSet
from participation.api.plan import PlanOfView, PlanView
from places.api.views import PlaceViewSet
from volunteers.api.desk import DeskHoursViewSet, RollViewSet
from volunteers.api.records import CheckedRecordViewSet, OwnRecordViewSet
from volunteers.api.rounds import RoundViewSet
from volunteers.api.serving import CheckInView, OwnHoursViewSet, OwnPlacementViewSet, OwnShiftViewSet
from volunteers.api.views import VolunteerRequestViewSet

router = SimpleRouter()
router.register("courses", CourseViewSet, basename="course")
router.register("lessons", LessonViewSet, basename="lesson")
router.register("skills", SkillViewSet, basename="skill")
router.register("me/progress", ProgressViewSet, basename="progress")
router.register("me/attempts", AttemptViewSet, basename="attempt")
router.register("me/certificates", CertificateViewSet, basename="own-certificate")
router.register("verify", VerifyViewSet, basename="api-verify")
router.register("me/service-records", OwnRecordViewSet, basename="own-record")
router.register("me/placements", OwnPlacementViewSet, basename="api-placement")
router.register("me/shifts", OwnShiftViewSet, basename="api-shift")
router.register("me/hours", OwnHoursViewSet, basename="api-hours")
router.register("desk/rolls", RollViewSet, basename="api-roll")
router.register("desk/hours", DeskHoursViewSet, basename="api-desk-hours")
router.register("service", CheckedRecordViewSet, basename="api-service")
router.register("requests", VolunteerRequestViewSet, basename="volunteer-request")
router.register("rounds", RoundViewSet, basename="api-round")
router.register("boards", BoardViewSet, basename="board")
router.register("topics", TakingPartViewSet, basename="api-topic")  # before the next, which has the list
router.register("topics", TopicViewSet, basename="topic")
router.register("ideas", IdeaViewSet, basename="api-idea")
router.register("meetings", MeetingViewSet, basename="api-meeting")
router.register("places", PlaceViewSet, basename="place")

COLLECTIONS = ("courses", "lessons", "skills", "requests", "rounds", "boards", "topics", "ideas", "meetings", "places")


class RootView(APIView):
    """Where the collections, the schema and its documentation are."""

    schema = None

    def get(self, request: Request) -> Response:
        names = {prefix: f"{basename}-list" for prefix, _, basename in router.registry if prefix in COLLECTIONS}
        names |= {"schema": "api-schema", "docs": "api-docs"}
        return Response({key: reverse(name, request=request) for key, name in names.items()})


class SchemaView(SpectacularAPIView):
    """The schema in English, like its descriptions, whatever the reader's language."""

    schema = None

    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        with override("en"):
            answer: Response = super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]
        return answer


class UnknownView(APIView):
    """404 in the API's own form for every other address."""

    schema = None

    def initial(self, request: Request, *args: object, **kwargs: object) -> NoReturn:
        raise NotFound


urlpatterns: list[URLPattern | URLResolver] = [
    path("", RootView.as_view(), name="api-root"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(url_name="api-schema", template_name="api_docs.html"),
        name="api-docs",
    ),
    path("me/", MeView.as_view(), name="api-me"),
    path("me/events/", EventsView.as_view(), name="api-events"),
    path("me/answers/", AnswersView.as_view(), name="api-answers"),
    path("me/check-in/", CheckInView.as_view(), name="api-check-in"),
    path("participation/", IndicatorsView.as_view(), name="api-indicators"),
    path("planning/", PlanView.as_view(), name="api-plan"),
    re_path(r"^planning/(?P<code>\d{4}|\d{6})/$", PlanOfView.as_view(), name="api-plan-of"),
    path("token/", TokenView.as_view(), name="api-token"),
    *router.urls,
    re_path(r"^.*/$", UnknownView.as_view()),  # without the last slash Django first looks whether it is only that
]
