"""Service records: issued by themselves when a place ends, again when more is confirmed, and never for a wish alone."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from courses.enums import RevocationReason
from courses.services.certificates import given_name_of, name_of
from courses.services.papers import add_finder, revoke
from volunteers.enums import RecordReason, Sharing
from volunteers.models import Placement, ServiceRecord
from volunteers.services.after.facts import count_time, earns_record, gather_facts
from volunteers.services.announcing import tell_all
from volunteers.services.audiences import Hearer
from volunteers.services.notices import after as news

PROVED = ("skills", "minutes", "days")  # what may be confirmed after the place has ended


@transaction.atomic
def issue_when_due(placement: Placement) -> ServiceRecord | None:
    """The place's record as the facts are now: the first one, a new version, or the one there is. Called twice it
    issues once.

    None while the place does not earn one, and for a person without a name or whose account is deleted. What staff
    withdrew is not issued again by itself.
    """
    placement = _lock(placement)
    person = placement.application.applicant
    if person.is_deleted or not earns_record(placement) or not any(name_of(person).values()):
        return None
    facts = gather_facts(placement, *count_time(placement))
    old = find_current(placement)
    if old is None:
        return _write(placement, facts, version=1)
    reason = find_reason(old, facts)
    if reason is None or not old.is_valid:
        return old
    # The name stays as it was: a corrected one is the owner's own step.
    return _replace(old, {**facts, "name": old.facts["name"], "given_name": old.facts["given_name"]}, reason)


@transaction.atomic
def correct_name(record: ServiceRecord) -> ServiceRecord:
    """A new version with the owner's name as it is now; the same one where nothing changed or it does not hold."""
    _lock(record.placement)
    old = ServiceRecord.objects.with_owner().get(pk=record.pk)
    if old.user is None or not old.is_valid or not is_renamed(old):
        return old
    names = {"name": name_of(old.user), "given_name": given_name_of(old.user)}
    return _replace(old, {**old.facts, **names}, RecordReason.NAME)


def is_renamed(record: ServiceRecord) -> bool:
    """Whether the owner's name differs from the one on the record."""
    owner = record.user
    return owner is not None and any(name_of(owner).values()) and name_of(owner) != record.facts["name"]


def find_current(placement: Placement) -> ServiceRecord | None:
    return ServiceRecord.objects.with_owner().current().filter(placement=placement).first()


def find_reason(record: ServiceRecord, facts: dict[str, Any]) -> RecordReason | None:
    """Why these facts make a new version; None where they prove the same."""
    if (facts["minutes"], facts["days"]) != (record.facts["minutes"], record.facts["days"]):
        return RecordReason.HOURS
    return RecordReason.SKILLS if facts["skills"] != record.facts["skills"] else None


def share(record: ServiceRecord, sharing: Sharing) -> None:
    """The owner says what the public page shows, of all versions of this record."""
    ServiceRecord.objects.filter(placement=record.placement_id, user=record.user).update(sharing=sharing)
    record.sharing = sharing


@transaction.atomic
def revoke_record(record: ServiceRecord, *, by: User, reason: RevocationReason) -> ServiceRecord:
    """Staff withdraw it for good; the owner is told."""
    revoked = revoke(record, by=by, reason=reason)
    transaction.on_commit(lambda: tell_owner(revoked, news.RECORD_REVOKED))
    return revoked


def tell_owner(record: ServiceRecord, kind: Any) -> int:
    """Once for each version and kind."""
    owner = record.user
    if owner is None:
        return 0
    hearers = [Hearer(owner, reverse("record", args=[record.code]))]
    return tell_all(lambda _row: hearers, kind, record.placement, key=f"record:{record.pk}")


def forget_records(user: User) -> None:
    """The owner leaves for good: code, work, commune and dates stay, whoever they were for does not."""
    now = timezone.now()
    for record in ServiceRecord.objects.of(user):
        record.facts = {**record.facts, "name": {}, "given_name": {}}
        record.user, record.erased_at = None, now
        record.save(update_fields=["facts", "user", "erased_at"])


@add_finder
def find_verify_address(code: str) -> str:
    """For the field where people type any code."""
    record = ServiceRecord.objects.filter(code=code or "-").first()
    return record.get_absolute_url() if record else ""


def _lock(placement: Placement) -> Placement:
    """The rows of one placement change one after the other."""
    related = ("application__applicant", "application__request__office__commune__district__province")
    Placement.objects.select_for_update().filter(pk=placement.pk).values("pk").get()
    return Placement.objects.select_related(*related).get(pk=placement.pk)


def _write(placement: Placement, facts: dict[str, Any], *, version: int, **more: Any) -> ServiceRecord:
    application = placement.application
    return ServiceRecord.objects.create(
        placement=placement,
        user=application.applicant,
        organisation=application.request.office,
        version=version,
        minutes=facts["minutes"],
        facts=facts,
        **more,
    )


def _replace(old: ServiceRecord, facts: dict[str, Any], reason: RecordReason) -> ServiceRecord:
    old.superseded_at, old.reissue_reason = timezone.now(), reason
    old.save(update_fields=["superseded_at", "reissue_reason"])
    new = _write(old.placement, facts, version=old.version + 1, sharing=old.sharing)
    old.superseded_by = new
    old.save(update_fields=["superseded_by"])
    return new
