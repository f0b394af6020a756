"""`/api/v1/me/` and the token for programs that act for a person."""

from typing import Any

from allauth.core import ratelimit
from django.contrib.auth import authenticate
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from drf_spectacular.utils import extend_schema
from rest_framework.authtoken.models import Token
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.generics import RetrieveUpdateAPIView
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from accounts.api.serializers import MeSerializer, TokenRequestSerializer, TokenSerializer
from accounts.models import User
from accounts.services.people import find_login_key

WAIT = 300


class MeView(RetrieveUpdateAPIView[User]):
    """The person asking, and their preferences."""

    serializer_class = MeSerializer
    permission_classes = (IsAuthenticated,)
    http_method_names = ("get", "patch", "head", "options")

    def get_object(self) -> User:
        return self.request.user  # type: ignore[return-value]


class TokenThrottle(AnonRateThrottle):
    """Per address; the tight brake is the one per name."""

    scope = "token"
    rate = "20/min"


@method_decorator(sensitive_post_parameters(), name="dispatch")
class TokenView(APIView):
    """Exchange a name or phone and a password for a token; DELETE ends it."""

    permission_classes = (AllowAny,)
    throttle_classes = (TokenThrottle,)

    @extend_schema(request=TokenRequestSerializer, responses=TokenSerializer)
    def post(self, request: Request) -> Response:
        asked = TokenRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data: dict[str, Any] = asked.validated_data
        key = f"login:{find_login_key(data['login'])}"
        if not ratelimit.consume(request._request, action="login_failed", key=key):
            raise Throttled(wait=WAIT)
        user = authenticate(request._request, username=data["login"], password=data["password"])
        if user is None:
            raise AuthenticationFailed(_("The name or number and the password do not fit together. Check both."))
        ratelimit.clear(request._request, action="login_failed", key=key)
        token, _created = Token.objects.get_or_create(user=user)
        return Response({"token": token.key})

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        if request.user.is_authenticated:
            Token.objects.filter(user=request.user).delete()
        return Response(status=204)
