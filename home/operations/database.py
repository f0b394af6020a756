"""Migrating and remembering: the database itself keeps the digests of what was loaded into it."""

from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection

from home.models import LoadedContent
from home.operations.digest import digest_of_files


def is_loaded(name: str, digest: str) -> bool:
    """Whether this very state of `name` is in the database; False in a database without our tables."""
    try:
        return LoadedContent.objects.filter(name=name, digest=digest).exists()
    except DatabaseError:
        return False


def remember(name: str, digest: str) -> None:
    LoadedContent.objects.update_or_create(name=name, defaults={"digest": digest})


def load_once(name: str, digest: str, load: Callable[[], str]) -> str:
    """Call `load` unless this state is loaded; returns the remark for the progress line."""
    if is_loaded(name, digest):
        return "up to date"
    remark = load()
    remember(name, digest)
    return remark


def migration_files() -> list[Path]:
    """The migrations of every installed app."""
    return [path for app in apps.get_app_configs() for path in Path(app.path).glob("migrations/*.py")]


def migrate() -> str:
    """Bring the tables to the code's state; the files' digest spares the seconds that loading the graph takes."""
    return load_once("migrations", digest_of_files(migration_files()), apply_migrations)


def apply_migrations() -> str:
    if connection.vendor == "sqlite":
        # The first load may be lost to a power cut and is repeated then: no need to wait for the disk.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    return "migrated"
