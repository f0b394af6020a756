"""What an answer tells a browser about who is learning."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from courses.services.visitors import tell_visitor


class VisitorMiddleware(MiddlewareMixin):
    """Keeps the cookie of a visitor who learns without an account."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        tell_visitor(request, response)
        return response
