"""The OpenAPI schema speaks of our API only; the editors' admin has interfaces of its own."""

from typing import Any

Endpoint = tuple[str, str, str, Any]


def only_ours(endpoints: list[Endpoint]) -> list[Endpoint]:
    """(path, regex, method, view) of `/api/v1/`."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]
