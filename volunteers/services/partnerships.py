"""An NGO and a commune office agree to work together, and what the NGO may do then.

It guides volunteers beside the office, pays costs, leads cohorts and reads figures: each only where the two agreed on
it, and only while the partnership is in force. It never reads an application.
"""

from datetime import date
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation, User
from accounts.rules import may_manage, speaks_for
from courses.models import Cohort
from volunteers.enums import Clock
from volunteers.models import PartnerCohort, Partnership, Placement, RequestPartner, VolunteerRequest
from volunteers.models.partnership import LIVE_PARTNERSHIP
from volunteers.rules import is_of_office, is_partner_ngo
from volunteers.services.announcing import tell_all
from volunteers.services.audiences import Hearer
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.notices import partnerships as news
from volunteers.services.safeguarding import find_training
from volunteers.services.states import PARTNERSHIP

VERBS = ("agree", "decline", "withdraw", "end")
SCOPE = ("may_supervise", "sponsors_costs", "leads_cohorts", "reads_figures")


@transaction.atomic
def propose(
    *,
    ngo: Organisation,
    office: Organisation,
    by: User,
    purpose: str,
    scope: list[str],
    start_date: date,
    end_date: date,
) -> Partnership:
    """One side writes it down and asks the other. Raises `PermissionDenied` or `NotReadyError`.

    Whoever acts for both sides proposes for the office: an NGO must not agree with itself.
    """
    is_from_ngo = not speaks_for(by, office)
    if is_from_ngo and not may_manage(by, ngo):
        raise PermissionDenied
    row = Partnership(
        ngo=ngo,
        office=office,
        is_from_ngo=is_from_ngo,
        purpose=purpose,
        start_date=start_date,
        end_date=end_date,
        **{name: name in scope for name in SCOPE},
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        if Partnership.objects.filter(ngo=ngo, office=office, status__in=LIVE_PARTNERSHIP).exists():
            raise NotReadyError(_("The two work together already, or one waits for the other's answer.")) from None
        raise
    PARTNERSHIP.move("propose", row, by=by)
    return row


@transaction.atomic
def change_partnership(partnership: Partnership, verb: str, *, by: User, reason: str = "") -> Partnership:
    """Agree, decline, take back or end. Raises `PermissionDenied`, `NotReadyError` or `WrongStateError`."""
    if verb not in VERBS:
        raise PermissionDenied
    row = Partnership.objects.select_for_update(of=("self",)).with_sides().get(pk=partnership.pk)
    PARTNERSHIP.move(verb, row, by=by, reason=reason)
    return row


def list_partnership_verbs(partnership: Partnership, user: User) -> list[str]:
    return [verb for verb in VERBS if PARTNERSHIP.can(verb, partnership, user)]


def end_if_over(partnership: Partnership) -> Partnership:
    """The partnership with its true state; writes only when its last day is past."""
    if partnership.is_over_by_date:
        try:
            PARTNERSHIP.move("run_out", partnership, by=None, reason=Clock.PART_TIME)
        except WrongStateError:
            partnership.refresh_from_db()
    return partnership


def end_those_over() -> int:
    """For the clocks: every partnership whose last day is past."""
    rows = list(Partnership.objects.over_by_date().with_sides())
    for row in rows:
        end_if_over(row)
    return len(rows)


@transaction.atomic
def let_take_part(
    request: VolunteerRequest,
    partnership: Partnership,
    *,
    by: User,
    supervisor: Membership | None = None,
    pays_costs: bool = False,
) -> RequestPartner:
    """The office lets the NGO guide beside it or pay in one request; a second call replaces the first.

    Raises `PermissionDenied`, or `NotReadyError` where the two did not agree on it.
    """
    if not is_of_office(by, request) or partnership.office_id != request.office_id:
        raise PermissionDenied
    partnership = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if not partnership.is_in_force:
        raise NotReadyError(_("This partnership is not in force today."))
    if supervisor is None and not pays_costs:
        raise NotReadyError(_("Say who guides, or tick that the NGO pays."))
    if (supervisor and not partnership.may_supervise) or (pays_costs and not partnership.sponsors_costs):
        raise NotReadyError(_("You did not agree on this. End the partnership and propose it anew with it."))
    if supervisor and (supervisor.organisation_id != partnership.ngo_id or supervisor.ended_at):
        raise NotReadyError(_("This person does not work for the NGO."))
    if supervisor and request.takes_minors and find_training(supervisor.user) is None:
        raise NotReadyError(_("With people under 18 the NGO's guide reads the safeguarding guide to its end first."))
    take_out(request, partnership, by=by)
    return RequestPartner.objects.create(
        request=request, partnership=partnership, supervisor=supervisor, pays_costs=pays_costs, added_by=by
    )


def take_out(request: VolunteerRequest, partnership: Partnership, *, by: User) -> bool:
    """The NGO takes part in this request no longer; False where it did not. Either side may."""
    if not (is_of_office(by, request) or is_partner_ngo(by, partnership)):
        raise PermissionDenied
    return bool(request.partners.taking_part().filter(partnership=partnership).take_out())


@transaction.atomic
def offer_cohort(partnership: Partnership, cohort: Cohort, *, by: User) -> PartnerCohort:
    """Tell the commune's volunteers of a cohort of the NGO. Nobody there learns who they are until they join.

    Raises `PermissionDenied`, or `NotReadyError` where it was not agreed on, is over or was offered before.
    """
    if not is_partner_ngo(by, partnership) or cohort.organisation_id != partnership.ngo_id:
        raise PermissionDenied
    if not partnership.is_in_force or not partnership.leads_cohorts:
        raise NotReadyError(_("You did not agree on this. End the partnership and propose it anew with it."))
    if not cohort.is_inviting:
        raise NotReadyError(_("This cohort takes nobody any more."))
    row, is_new = PartnerCohort.objects.get_or_create(
        partnership=partnership, cohort=cohort, defaults={"offered_by": by}
    )
    if not is_new:
        raise NotReadyError(_("The volunteers were told of this cohort already."))
    facts = {"cohort": {"km": cohort.title_km or cohort.title_en, "en": cohort.title_en or cohort.title_km}}
    tell_all(
        partial(_list_volunteers, cohort),
        news.COHORT_OFFERED,
        partnership,
        key=f"cohort:{row.pk}",
        but=by.pk,
        facts=facts,
    )
    return row


def _list_volunteers(cohort: Cohort, partnership: Partnership) -> list[Hearer]:
    """Everybody who serves the commune now, or will."""
    url = reverse("cohort-join", args=[cohort.token])
    rows = Placement.objects.live().filter(application__request__office=partnership.office_id)
    people = {row.application.applicant for row in rows.select_related("application__applicant")}
    return [Hearer(person, url) for person in sorted(people, key=lambda person: person.pk)]
