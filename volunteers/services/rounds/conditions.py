"""What the changes of a round, and of applications inside one, wait for. Each answers "" or a sentence."""

from hashlib import sha256

from django.utils import timezone
from django.utils.translation import gettext as _

from ui.words import to_digits
from volunteers.enums import ApplicationStatus, RequestStatus, RoundStage, SecondMode
from volunteers.models import Application, Round, RoundChoice, RoundOutcome, RoundRequest, RoundRun
from volunteers.round_querysets import CHOOSING


def has_requests(row: Round) -> str:
    return "" if row.requests.active().exists() else _("Put at least one request into the round.")


def requests_are_open(row: Round) -> str:
    """A learner must be able to read and to choose each of them."""
    closed = row.requests.active().exclude(request__status=RequestStatus.OPEN).count()
    if not closed:
        return ""
    return to_digits(_("%(count)s requests of the round are not open. Take them out, or ask their offices.")) % {
        "count": to_digits(closed)
    }


def nobody_waits(row: Round) -> str:
    """Whoever applied in the ordinary way is answered first."""
    waiting = Application.objects.on_the_desk().filter(request__round_rows__in=row.requests.active()).count()
    if not waiting:
        return ""
    return _("Somebody applied to these requests before the round and waits: the offices answer them first.")


def draw_is_announced(row: Round) -> str:
    """Said before anybody chooses, so that nobody can pick a number that suits them."""
    return "" if row.seed_source_km else _("Say where the public number of the draw will come from.")


def time_to_choose(row: Round) -> str:
    return "" if row.choices_close_at > timezone.now() else _("The day on which choosing closes is past.")


def choosing_is_over(row: Round) -> str:
    return "" if row.choices_close_at <= timezone.now() else _("People may still change their lists.")


def scoring_is_over(row: Round) -> str:
    return "" if row.scoring_closes_at <= timezone.now() else _("The offices still have time to score.")


def everything_is_scored(row: Round) -> str:
    return _("Some applications have no points yet.") if count_unscored(row) else ""


def count_unscored(row: Round) -> int:
    """Applications in play that nobody gave points to."""
    rows = RoundChoice.objects.filter(
        entry__round=row,
        round_request__in=row.requests.active().choosing(),
        application__status__in=(ApplicationStatus.SUBMITTED, ApplicationStatus.SHORTLISTED),
    )
    return rows.filter(application__scores=None).count()


def time_to_score(row: Round) -> str:
    return "" if row.scoring_closes_at > timezone.now() else _("Set a later day on which scoring closes first.")


def seed_is_unknown(row: Round) -> str:
    stored = Round.objects.filter(pk=row.pk).values_list("seed", flat=True).first()
    return _("The number of the draw is entered already and cannot change.") if stored else ""


def draw_took_place(row: Round) -> str:
    """Before its moment a public number is nobody's to know, so what is typed then is another one."""
    return "" if row.draw_at <= timezone.now() else _("The number is not drawn yet: the calendar says when.")


def seed_is_plain(row: Round) -> str:
    """Digits alone: "No. 12 34" and "1234" would be two draws, and somebody could pick. A number whose SHA-256 was
    published can be written in one way only as it is.
    """
    if row.seed_commitment:
        return "" if row.seed.strip() and "\n" not in row.seed else _("Enter the number in one line.")
    is_number = row.seed.isascii() and row.seed.isdigit()
    return "" if is_number else _("Enter the digits of the number and nothing else, as in 123456.")


def seed_keeps_the_promise(row: Round) -> str:
    """Where a hash was published beforehand, the number must be the one behind it."""
    if not row.seed_commitment or sha256(row.seed.encode()).hexdigest() == row.seed_commitment.lower():
        return ""
    return _("This is not the number whose SHA-256 was published before the draw.")


def first_run_is_confirmed(row: Round) -> str:
    return "" if _is_confirmed(row, RoundStage.FIRST) else _("Confirm a run first.")


def second_run_is_confirmed(row: Round) -> str:
    return "" if _is_confirmed(row, RoundStage.SECOND) else _("Confirm a run first.")


def _is_confirmed(row: Round, stage: RoundStage) -> bool:
    return RoundRun.objects.filter(round=row, stage=stage, confirmed_at__isnull=False).exists()


def offers_are_answered(row: Round) -> str:
    out = RoundChoice.objects.filter(entry__round=row, application__status=ApplicationStatus.OFFERED).exists()
    return _("Some offers are not answered yet. Their 72 hours still run.") if out else ""


def everybody_has_heard(row: Round) -> str:
    """The offers of a confirmed run went out to all."""
    left = RoundOutcome.objects.filter(run__round=row, run__confirmed_at__isnull=False, settled_at=None).exists()
    return _("The offers are still being sent. Please wait a moment.") if left else ""


def has_second_round(row: Round) -> str:
    return "" if row.second_mode != SecondMode.NONE else _("This round has no second round.")


def end_is_reached(row: Round) -> str:
    return "" if row.second_closes_at <= timezone.now() else _("The last day of the round is not reached.")


# Of applications


def find_active(request_pk: int) -> RoundRequest | None:
    """The round that decides about this request now, if one does."""
    return RoundRequest.objects.active().select_related("round").filter(request=request_pk).first()


def not_in_a_round(application: Application) -> str:
    """The office decides by itself only outside rounds; a request that ends takes its applications along."""
    if application.request.status not in CHOOSING or find_active(application.request_id) is None:
        return ""
    return _("This request is part of a round: give points, and the round gives the places.")


def round_takes_choices(application: Application) -> str:
    row = find_active(application.request_id)
    return "" if row is not None and row.round.takes_choices else _("Lists of this round can no longer be changed.")
