"""Programme staff see what became of what was sent."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.rules import is_programme_staff
from notifications.enums import DeliveryStatus
from notifications.models import Delivery
from notifications.services.log import NotAgainError, describe, list_outcomes, try_again
from ui.keyset import paginate_by_key


class LogMenuItem(MenuItem):
    """Shown to staff alone."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(is_programme_staff(request.user))


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def register_menu_item() -> MenuItem:
    item = (gettext_lazy("Notifications sent"), reverse_lazy("delivery-log"))
    return LogMenuItem(*item, name="delivery-log", icon_name="mail", order=530)  # type: ignore[no-untyped-call]


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def register_urls() -> list[URLPattern]:
    return [
        path("notifications/", show_log, name="delivery-log"),
        path("notifications/<uuid:public_id>/again/", send_again, name="delivery-again"),
    ]


def show_log(request: HttpRequest) -> HttpResponse:
    """The newest first, all or those of one state."""
    _check_staff(request)
    status = request.GET.get("status", "")
    rows = Delivery.objects.with_kind()
    if status in DeliveryStatus.values:
        rows = rows.filter(status=status)
    page = paginate_by_key(rows, request, size=50)
    context = {
        "log": page,
        "lines": [describe(row) for row in page],
        "outcomes": list_outcomes(),
        "statuses": DeliveryStatus.choices,
        "chosen": status,
    }
    return render(request, "notifications/admin/log.html", context)


@require_POST
def send_again(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    _check_staff(request)
    try:
        try_again(get_object_or_404(Delivery, public_id=public_id))
    except NotAgainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is tried again now."))
    return redirect("delivery-log")


def _check_staff(request: HttpRequest) -> None:
    if not is_programme_staff(request.user):
        raise PermissionDenied
