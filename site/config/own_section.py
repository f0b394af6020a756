"""The editors' admin for people of one section: what Wagtail leaves open to everybody who may enter it is closed.

Wagtail asks for rights where something is changed; a few of its screens show the titles of any page or file, whoever
asks. Superusers pass: the whole tree is theirs.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.auth import permission_denied
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.models import Page
from wagtail.permissions import page_permission_policy, workflow_permission_policy

PAGE_KEYS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
FILE_VIEWS = {"wagtailimages_chooser": image_policy, "wagtaildocs_chooser": document_policy}
FILE_KEYS = ("pk", "image_id", "document_id")
# Lists over all organisations: titles of the page edited last, every file there is, the names of all reviews.
CLOSED = ("wagtailadmin_api:images:", "wagtailadmin_api:documents:", "wagtailadmin_reports:page_types_usage")
RIGHTS = ["add", "change", "delete"]


class OwnSectionMiddleware:
    """Asks, before a view of the admin runs, whether what its address names is this person's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Wagtail's own refusal, or None to go on. Who may not enter the admin at all is sent away by Wagtail."""
        match = request.resolver_match
        if match is None or not request.path.startswith("/admin/") or request.user.is_superuser:
            return None
        if not request.user.has_perm("wagtailadmin.access_admin") or may_open(request.user, match.view_name, kwargs):
            return None
        refusal: HttpResponseBase = permission_denied(request)
        return refusal


def may_open(user: Any, name: str, kwargs: dict[str, Any]) -> bool:
    """Whether this person may open the admin's view `name` for the things its address names."""
    if name.startswith(CLOSED):
        return False
    if name.startswith("wagtailadmin_workflows:task_chooser"):
        return bool(workflow_permission_policy.user_has_any_permission(user, RIGHTS))
    policy = FILE_VIEWS.get(name.partition(":")[0])
    if policy is not None:
        keys = [kwargs[key] for key in FILE_KEYS if key in kwargs]
        return not keys or policy.instances_user_has_any_permission_for(user, ["choose"]).filter(pk__in=keys).exists()
    asked = {int(kwargs[key]) for key in PAGE_KEYS if str(kwargs.get(key, "")).isdigit()}
    return not asked or count_readable(user, asked, is_choosing=name == "wagtailadmin_choose_page_child") == len(asked)


def count_readable(user: Any, keys: set[int], *, is_choosing: bool) -> int:
    """How many of these pages the person's explorer shows; whoever picks a page also reads what is published."""
    own = page_permission_policy.explorable_instances(user).filter(pk__in=keys)
    readable = own | Page.objects.live().filter(pk__in=keys) if is_choosing else own
    return int(readable.distinct().count())
