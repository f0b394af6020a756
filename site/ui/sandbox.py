"""Files that people brought along cannot act as pages of ours."""

from django.http.response import HttpResponseBase

POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def confine(response: HttpResponseBase) -> HttpResponseBase:
    """Nothing in the file may run, load anything, or be taken for another kind of file."""
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
