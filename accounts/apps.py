from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """After every migration the programme's staff have their group; hear allauth's announcements."""
        from accounts import receivers  # noqa: F401 models must be loaded first

        post_migrate.connect(make_staff_group, sender=self)


class UsersAdminConfig(WagtailUsersAppConfig):
    """Wagtail's user pages, for people without first and last names."""

    user_viewset = "accounts.admin_users.PeopleViewSet"


def make_staff_group(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Programme staff enter the editors' admin and look after organisations, memberships and consents."""
    from django.contrib.auth.management import create_permissions  # models are not ready when this module loads
    from django.contrib.auth.models import Group, Permission

    from accounts.rules import STAFF

    create_permissions(sender, using=using, verbosity=0)
    group, _created = Group.objects.using(using).get_or_create(name=STAFF)
    wanted = Permission.objects.using(using).filter(
        content_type__app_label__in=("accounts", "wagtailadmin"),
        codename__in=(
            "access_admin",
            *(f"{verb}_{name}" for verb in ("view", "add", "change") for name in ("organisation", "membership")),
        ),
    )
    group.permissions.add(*wanted)
