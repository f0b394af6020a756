"""Who hears of an idea."""

from django.db.models import Q

from accounts.models import User
from forums.enums import FollowLevel
from forums.models import Idea, Subscription
from forums.services.ideas.residents import find_followers
from forums.services.questions.clock import find_office


def to_fans(idea: Idea) -> list[User]:
    """Its author, whoever supports it, and whoever watches the topic; not who wants to hear nothing of it."""
    topic = idea.topic
    watching = Subscription.objects.watching(topic).values("user")
    people = User.objects.filter(Q(pk=topic.author_id) | Q(pk__in=idea.supports.values("user")) | Q(pk__in=watching))
    muted = topic.subscriptions.filter(level=FollowLevel.MUTE).values("user")
    return list(people.exclude(pk__in=muted))


def to_residents(idea: Idea) -> list[User]:
    """Whoever follows the commune: they live near it, or care for it, and can look."""
    commune = idea.topic.board.commune
    return list(User.objects.filter(pk__in=find_followers(commune))) if commune else []


def to_office(idea: Idea) -> list[User]:
    """Everybody who acts for the verified office of the commune."""
    return find_office(idea.topic.board.commune)
