"""Who may say of an idea whether it is really done."""

from accounts.models import Membership, Organisation, User
from forums import rules
from forums.models import Topic
from forums.querysets import Reader
from forums.signals import finding_followers
from places.models import Commune


def find_followers(commune: Commune, among: set[int] | None = None) -> set[int]:
    """Keys of the people who follow the commune; the app above knows."""
    found: set[int] = set()
    finding_followers.send(sender=None, commune=commune, among=among, found=found)
    return found


def may_judge(user: Reader, topic: Topic) -> bool:
    """The author, who supports it, who is at home in the commune or follows it; never the office itself, nor whom it
    has asked to join.
    """
    commune = topic.board.commune
    if not isinstance(user, User) or commune is None or topic.is_hidden or not rules.can_write_in(user):
        return False
    offices = Organisation.objects.commune_offices().filter(commune=commune)
    if Membership.objects.filter(user=user, organisation__in=offices, ended_at=None).exists():
        return False
    is_near = user.pk == topic.author_id or user.home_commune_id == commune.pk
    return is_near or topic.idea.supports.filter(user=user).exists() or user.pk in find_followers(commune, {user.pk})
