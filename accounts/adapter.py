"""Where allauth meets our accounts."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.services.people import find_login_key
from accounts.services.recovery import make_recovery_codes
from accounts.usernames import validate_username

USERNAME_VALIDATORS = [validate_username]
SEED = "recovery_seed"


class AccountAdapter(DefaultAccountAdapter):
    """One sentence for every failed sign-in; after sign-up the recovery codes come first."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The name or number and the password do not fit together. Check both."),
        "too_many_login_attempts": _("Too many tries. Please wait five minutes, then try again."),
        "username_taken": _("Somebody has this name already. Try another."),
        "incorrect_password": _("This is not your password. Try again."),
        "enter_current_password": _("This is not your password. Try again."),
    }

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: these pages are for people, and our fields hold more than JSON can say."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """All ways of writing one name or number share one limit."""
        return f"login:{find_login_key(credentials.get('username', ''))}"

    def post_login(
        self, request: HttpRequest, user: Any, *, signup: bool, redirect_url: str | None, **kwargs: Any
    ) -> HttpResponse:
        """After sign-up the codes are shown, once."""
        if signup:
            request.session[SEED] = make_recovery_codes(user)
            query = f"?{urlencode({'next': redirect_url})}" if redirect_url else ""
            redirect_url = reverse("recovery-codes") + query
        return super().post_login(request, user, signup=signup, redirect_url=redirect_url, **kwargs)
