"""`/health/`: 200 while the database answers, 503 with the failing part's name otherwise."""

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache


def check_database() -> None:
    """Raise whatever the driver raises when the database does not answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_cache() -> None:
    """Raise when the cache does not give back what it got."""
    cache.set("health", "ok", 10)
    if cache.get("health") != "ok":
        raise RuntimeError("the cache forgets")


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Names and states only: no version, no address, no message of an exception."""
    states = {}
    for name, check in (("database", check_database), ("cache", check_cache)):
        try:
            check()
        except Exception:  # noqa: BLE001  any failure of a part is that part's state
            states[name] = "failing"
        else:
            states[name] = "ok"
    return JsonResponse(states, status=200 if set(states.values()) == {"ok"} else 503)
