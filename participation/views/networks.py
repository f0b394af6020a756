"""Where a request comes from."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The phone's, not the proxy's."""
    return str(get_adapter(request).get_client_ip(request))
