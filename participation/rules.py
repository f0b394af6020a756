"""Who may do what in the planning year."""

import rules

from accounts.models import Organisation, User
from accounts.rules import is_clerk_of, is_programme_staff, speaks_for
from forums.querysets import Reader
from participation.models import Meeting, Survey
from places.models import Commune, District
from volunteers.enums import PlacementStatus
from volunteers.models import Placement


def can_set_dates(user: Reader, place: Commune | District | None) -> bool:
    """The dates of a commune: its verified office; of a commune, a district or the country: the programme's staff."""
    if is_programme_staff(user):
        return True
    return isinstance(place, Commune) and bool(speaks_for(user, place))


def can_organise(user: Reader, office: Organisation) -> bool:
    """Write, change and call off meetings of an office: whoever acts for it."""
    return bool(is_clerk_of(user, office))


def can_announce(user: Reader, meeting: Meeting) -> bool:
    """Tell the public: only a verified office."""
    return bool(speaks_for(user, meeting.office))


def can_judge_questions(user: Reader, office: Organisation) -> bool:
    """Decide on reported questions of a room: the programme's staff, but nobody of the office itself."""
    return is_programme_staff(user) and not is_clerk_of(user, office)


def can_invite(user: Reader, meeting: Meeting) -> bool:
    """Write down who was invited: the office, and whoever serves there now."""
    if can_organise(user, meeting.office):
        return True
    serving = Placement.objects.filter(application__request__office=meeting.office, status=PlacementStatus.ACTIVE)
    return isinstance(user, User) and serving.of(user).exists()


def can_publish_papers(user: Reader, office: Organisation) -> bool:
    """The commune's programme, budget, minutes and the like: only a verified office."""
    return bool(speaks_for(user, office))


def can_survey(user: Reader, office: Organisation | None) -> bool:
    """Ask people the study's questions: a verified office in its own commune; the programme's staff anywhere."""
    return is_programme_staff(user) or (office is not None and bool(speaks_for(user, office)))


def can_check_bursts(user: Reader, survey: Survey) -> bool:
    """Whether answers that came in a burst count: the programme's staff, but not of their own office's survey nor of
    one they began themselves.
    """
    if not is_programme_staff(user) or survey.created_by_id == user.pk:
        return False
    return survey.office is None or not can_organise(user, survey.office)


rules.add_perm("participation.invite", rules.predicate(can_invite))
rules.add_perm("participation.judge_questions", rules.predicate(can_judge_questions))
rules.add_perm("participation.organise", rules.predicate(can_organise))
rules.add_perm("participation.announce", rules.predicate(can_announce))
rules.add_perm("participation.set_dates", rules.predicate(can_set_dates))
rules.add_perm("participation.publish_papers", rules.predicate(can_publish_papers))
rules.add_perm("participation.survey", rules.predicate(can_survey))
