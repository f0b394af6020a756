"""What the frame around every page needs to know. Costs no query for a visitor without a session."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

MEDIA_COOKIE = "media"
TEXT_ONLY, EVERYTHING = "text", "all"
MEDIA_CHOICES = (TEXT_ONLY, EVERYTHING)


class Shell:
    """The frame's facts about the reader. `ui` knows no model: it asks the user object for attributes it may have."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user: Any = getattr(request, "user", None)
        self.is_signed_in = bool(self.user and self.user.is_authenticated)

    @property
    def theme(self) -> str:
        """ "light" or "dark" where the person chose one, else "" (as the phone says)."""
        choice = getattr(self.user, "contrast", "")
        return choice if choice in ("light", "dark") else ""

    @property
    def owner(self) -> str:
        """Whose drafts a shared phone may show here; "" for visitors."""
        return str(getattr(self.user, "public_id", "")) if self.is_signed_in else ""

    @property
    def saves_data(self) -> bool:
        """Whether pictures wait until the person opens them: by the switch of this phone, else by the person's setting
        or the browser's own (`Save-Data`).
        """
        choice = self.request.COOKIES.get(MEDIA_COOKIE)
        if choice in MEDIA_CHOICES:
            return choice == TEXT_ONLY
        setting = self.is_signed_in and bool(getattr(self.user, "saves_data", False))
        return setting or self.request.headers.get("Save-Data", "").lower() == "on"

    @property
    def has_desk(self) -> bool:
        """Whether the fifth tab is the commune desk."""
        return self.is_signed_in and bool(getattr(self.user, "has_desk", False))

    @property
    def unread(self) -> int:
        """How many notifications wait at the bell; kept beside the account, so no query."""
        return int(getattr(self.user, "unread_notifications", 0)) if self.is_signed_in else 0


def shell(request: HttpRequest) -> dict[str, Any]:
    """Adds `shell`, worked out only when a template looks at it."""
    return {"shell": SimpleLazyObject(lambda: Shell(request))}
