"""The record of how people were chosen: chains of lines, each holding the hash of the one before."""

import uuid
from collections.abc import Iterable
from typing import Any, NoReturn

from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from volunteers.enums import LedgerKind
from volunteers.querysets import list_office_ids

NEVER = "The ledger is only ever added to."
HASH_LENGTH = 64


class LedgerIsClosedError(Exception):
    """Somebody tried to change or delete what was written."""


class ChainQuerySet(models.QuerySet["LedgerChain"]):
    def visible_to(self, user: Any, *, is_staff: bool) -> "ChainQuerySet":
        """Staff read all, an office its own."""
        return self if is_staff else self.filter(office__in=list_office_ids(user))

    def of_offices(self) -> "ChainQuerySet":
        """All but the programme's own."""
        return self.filter(office__isnull=False)


class EntryQuerySet(models.QuerySet["LedgerEntry"]):
    """Only reads and inserts."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise LedgerIsClosedError(NEVER)

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> NoReturn:
        raise LedgerIsClosedError(NEVER)

    def delete(self) -> NoReturn:
        raise LedgerIsClosedError(NEVER)


class LedgerChain(models.Model):
    """What one office did with the applications of one period: a month (`2026-11`) or a round (`round-` and its id).

    The programme's own chain (no office, period `programme`) has a line for each day, with the state of all the others.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="ledger_chains")
    period = models.CharField(max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ChainQuerySet.as_manager()

    class Meta:
        ordering = ("-period", "pk")
        indexes = (models.Index(fields=("-period", "id"), name="volunteers_ledger_newest"),)
        constraints = (
            models.UniqueConstraint(fields=("office", "period"), name="volunteers_ledger_one_chain"),
            models.UniqueConstraint(
                fields=("period",), condition=Q(office=None), name="volunteers_ledger_one_of_the_programme"
            ),
        )

    def __str__(self) -> str:
        return f"{self.office_id} · {self.period}"

    @property
    def file_name(self) -> str:
        """As in `ledger-210901-2026-11`; after `select_related("office__commune")`."""
        place = f"{self.office.commune.code}-" if self.office and self.office.commune else ""
        return f"ledger-{place}{self.period}"


class LedgerEntry(models.Model):
    """One line. `body` is the canonical JSON whose bytes were hashed; the database refuses to change or delete it."""

    chain = models.ForeignKey(LedgerChain, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=LedgerKind)
    at = models.DateTimeField()
    body = models.TextField()
    previous_hash = models.CharField(max_length=HASH_LENGTH, blank=True, default="")
    hash = models.CharField(max_length=HASH_LENGTH)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("chain", "number")
        constraints = (
            models.UniqueConstraint(fields=("chain", "number"), name="volunteers_ledger_never_forks"),
            models.CheckConstraint(condition=Q(number__gte=1), name="volunteers_ledger_counts_from_one"),
            models.CheckConstraint(
                condition=Q(number=1, previous_hash="") | Q(number__gt=1) & ~Q(previous_hash=""),
                name="volunteers_ledger_holds_together",
            ),
        )

    def __str__(self) -> str:
        return f"{self.chain_id} · {self.number}"

    def save(
        self,
        *,
        force_insert: bool | tuple[models.base.ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        if self.pk is not None or force_update or update_fields is not None:
            raise LedgerIsClosedError(NEVER)
        super().save(force_insert=True, using=using)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerIsClosedError(NEVER)
