"""Staff come in by the same door as everybody: one sign-in page, with one limit on tries."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache


@never_cache
def staff_door(request: HttpRequest) -> HttpResponse:
    """In place of the editors' admin's own sign-in page, which counts no tries."""
    asked = request.GET.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    address = asked if is_safe else reverse("wagtailadmin_home")
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': address})}")
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied  # the sign-in page would send them straight back here, again and again
    return HttpResponseRedirect(address)
