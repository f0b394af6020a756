"""The files under posts."""

import uuid

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from forums.services.files import files_visible_to
from ui.files.kinds import FileKind
from ui.sandbox import serve


@require_safe
@cache_control(private=True, max_age=3600)
def read(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """One file, for whoever may read the post now."""
    row = get_object_or_404(files_visible_to(request.user), public_id=public_id)
    return serve(row.file, kind=FileKind(row.kind), name=row.name)
