"""What every part of the API that takes something shares: reading what was sent, refusing, the brake of the pages."""

from typing import Any, cast

from allauth.core import ratelimit
from drf_spectacular.utils import OpenApiResponse
from rest_framework.exceptions import APIException, Throttled
from rest_framework.request import Request

NOT_NOW = {409: OpenApiResponse(description="Not now; `detail` says why, in the language of the answer.")}
TOO_FAST = {429: OpenApiResponse(description="Too fast, on pages and here together.")}

UUID_PATTERN = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


class Refused(APIException):
    """A condition is not met, or somebody was faster."""

    status_code = 409
    default_code = "refused"


def read(kind: Any, request: Request) -> dict[str, Any]:
    """What was sent, or 400."""
    sent = kind(data=request.data)
    sent.is_valid(raise_exception=True)
    found: dict[str, Any] = sent.validated_data
    return found


def brake(request: Request, action: str) -> None:
    """Count one more `action` of this person, with those on the pages; too many are 429."""
    if not ratelimit.consume(cast(Any, request)._request, action=action, user=request.user):
        raise Throttled
