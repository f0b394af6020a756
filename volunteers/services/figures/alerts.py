"""What staff of the programme should look at: unequal chances, silent offices, offices that pass their own order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import InclusionGroup
from accounts.models import User
from accounts.rules import STAFF
from notifications.services import notify
from places.models import Commune, Province
from ui.words import to_digits
from volunteers.enums import AlertKind
from volunteers.models import Alert, Application, StandingFigures, Transition
from volunteers.rules import is_staff
from volunteers.services.figures.groups import GroupFigures, compare, count_all, read_line
from volunteers.services.figures.scope import APPLICATION, Scope
from volunteers.services.ledger.events import OVERRIDE
from volunteers.services.machine import NotReadyError
from volunteers.services.notices import ALERTS_RAISED

SILENT_DAYS = 10
OVERRIDE_DAYS = 90
MOST_OVERRIDES, MOST_SHARE = 3, 20  # from so many on, and from this per cent of the offers on


@dataclass(frozen=True)
class Finding:
    kind: AlertKind
    place: str
    group: str
    facts: Mapping[str, int]

    @property
    def key(self) -> tuple[str, str, str]:
        return self.kind.value, self.place, self.group


def refresh_alerts() -> int:
    """Raise what is new, bring the rest up to date, end what is no longer so. Answers how many are new."""
    found = {each.key: each for each in (*_find_unequal(), *_find_silent(), *_find_overriding())}
    with transaction.atomic():
        now = timezone.now()
        known = {(row.kind, row.place, row.group): row for row in Alert.objects.select_for_update().open()}
        for key, row in known.items():
            row.ended_at = None if key in found else now
            row.facts = dict(found[key].facts) if key in found else row.facts
            row.updated_at = now
        Alert.objects.bulk_update(known.values(), ["ended_at", "facts", "updated_at"], batch_size=500)
        new = [each for key, each in found.items() if key not in known]
        rows = [Alert(kind=each.kind, place=each.place, group=each.group, facts=dict(each.facts)) for each in new]
        Alert.objects.bulk_create(rows, ignore_conflicts=True)
    if new:
        _tell_staff(len(new))
    return len(new)


@transaction.atomic
def acknowledge(alert: Alert, *, by: User, note: str) -> Alert:
    """Staff looked at it and say what they found. Raises `PermissionDenied`, `NotReadyError` without words."""
    if not is_staff(by):
        raise PermissionDenied
    if not note.strip():
        raise NotReadyError(_("Say in a sentence what you found or will do."))
    alert = Alert.objects.select_for_update().get(pk=alert.pk)
    alert.note, alert.acknowledged_by, alert.acknowledged_at = note.strip()[:600], by, timezone.now()
    alert.save(update_fields=["note", "acknowledged_by", "acknowledged_at", "updated_at"])
    return alert


@dataclass(frozen=True)
class AlertLine:
    """An alert in words; `url` leads to the figures behind it."""

    alert: Alert
    place: str
    text: str
    url: str


def describe_alerts(alerts: Sequence[Alert]) -> list[AlertLine]:
    """Two queries for all of them."""
    codes = {alert.place for alert in alerts}
    names = {each.code: each.name for each in Province.objects.filter(code__in=codes)}
    names |= {each.code: each.full_name for each in Commune.objects.with_parents().filter(code__in=codes)}
    return [AlertLine(each, names.get(each.place, _("The whole country")), _say(each), _link(each)) for each in alerts]


def _say(alert: Alert) -> str:
    """What was found, in one sentence."""
    facts = {name: to_digits(number) for name, number in alert.facts.items()}
    if alert.kind == AlertKind.RATIO:
        facts["group"] = str(InclusionGroup(alert.group).label)
        words = _("%(group)s: %(rate)s of 100 are offered a place, of all others %(others)s of 100.")
        if "rate" not in alert.facts:
            words = _(
                "%(group)s: offered a place less often than others. So few are behind it that no number is shown."
            )
    elif alert.kind == AlertKind.SILENT:
        words = _("%(waiting)s applications without an answer, the oldest for %(days)s days.")
    else:
        words = _("%(overrides)s of %(offers)s offers in 90 days went to somebody whom the office had scored lower.")
    return words % facts


def _link(alert: Alert) -> str:
    if alert.kind == AlertKind.RATIO:
        return reverse("programme") + (f"?province={alert.place}" if alert.place else "")
    return reverse("commune", args=[alert.place])


def _find_unequal() -> Iterator[Finding]:
    """Looked for in all figures, also in those too small to be told: then the point stands without numbers."""
    told = {row.scope: row for row in StandingFigures.objects.all()}
    for part in (None, Scope().place_of(APPLICATION)):
        sums = count_all(part)
        for key, group in product(list(sums.everybody), InclusionGroup):
            place = str(key or "")
            if compare(sums, group, key).is_low:
                yield Finding(AlertKind.RATIO, place, group.value, _describe(read_line(told.get(place), group)))


def _describe(line: GroupFigures) -> dict[str, int]:
    """The rates as they are told, {} where they are not, or no longer low."""
    if not line.is_low or line.ratio is None or line.rate is None or line.others_rate is None:
        return {}
    return {
        "ratio": round(line.ratio * 100),
        "rate": round(line.rate * 100),
        "others": round(line.others_rate * 100),
    }


def _find_silent() -> Iterator[Finding]:
    since = timezone.now() - timedelta(days=SILENT_DAYS)
    waiting = Application.objects.unanswered_since(since).order_by().values_list("request__office__commune__code")
    for place, count, oldest in waiting.annotate(n=Count("pk"), oldest=Min("sent_at")):
        days = (timezone.now() - oldest).days
        yield Finding(AlertKind.SILENT, place, "", {"waiting": count, "days": days})


def _find_overriding() -> Iterator[Finding]:
    since = timezone.now() - timedelta(days=OVERRIDE_DAYS)
    offers = Transition.objects.filter(application__isnull=False, target="offered", at__gte=since).order_by()
    passed = Count("pk", filter=Q(reason__startswith=OVERRIDE))
    rows = offers.values_list("application__request__office__commune__code").annotate(n=Count("pk"), passed=passed)
    for place, count, overrides in rows:
        if overrides >= MOST_OVERRIDES and overrides * 100 >= count * MOST_SHARE:
            yield Finding(AlertKind.OVERRIDES, place, "", {"overrides": overrides, "offers": count})


def _tell_staff(count: int) -> None:
    today = timezone.localdate().isoformat()
    staff = list(User.objects.filter(groups__name=STAFF, is_active=True))
    notify(staff, kind=ALERTS_RAISED, url=reverse("alerts"), dedupe_key=f"alerts:{today}", data={"count": count})
