"""What the loaders remember."""

from django.db import models


class LoadedContent(models.Model):
    """Which state of a source this database holds, so that a later start skips what is done already."""

    name = models.CharField(max_length=40, unique=True)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name
