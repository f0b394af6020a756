"""Where files of the forum lie."""

from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """Where no address leads: these files go out through a view that asks who is asking."""
    return storages["private"]
