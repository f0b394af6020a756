"""What the forum hears from below."""

from typing import Any

from django.dispatch import receiver

from accounts.enums import OrganisationKind
from accounts.models import Organisation, User
from accounts.signals import deleting_account, exporting, organisation_verified
from forums.services import collect_appeals, collect_posts, collect_reports, get_board_of
from forums.services.drafts import collect_drafts, forget_drafts
from forums.services.files import forget_files
from forums.services.following import collect_following, forget_writer
from forums.services.holding import collect_held, forget_held
from forums.services.ideas.reading import collect_ideas, forget_ideas
from forums.services.keeping import collect_bookmarks
from forums.services.mentions import forget_mentions
from forums.services.moving import move_topics, rename_boards
from forums.services.polls.voting import collect_ballots, forget_ballots
from forums.services.protecting import collect_masked, collect_masked_waiting, collect_openings, forget_masks
from forums.services.questions.answering import collect_ratings, forget_ratings
from forums.services.questions.clock import start_clocks
from forums.services.quieting import collect_quieted, forget_quieted
from forums.services.reactions import collect_reactions, forget_reactions
from forums.services.reports import forget_reports
from forums.services.seats import open_board_of_office
from forums.services.taking_back import stop_clocks
from forums.services.traces import collect_duties, collect_traces
from forums.services.unquoting import forget_quoted
from forums.services.unread import forget_reader
from places.models import Commune
from places.signals import commune_ended, communes_renamed


@receiver(organisation_verified)
def make_board_of_verified_office(sender: object, organisation: Organisation, **_: Any) -> None:
    """A verified office has a place to answer, and a verified office or NGO one of its own."""
    open_board_of_office(organisation)
    if organisation.kind == OrganisationKind.COMMUNE_OFFICE and organisation.commune is not None:
        get_board_of(organisation.commune)
        start_clocks(organisation)


@receiver(exporting)
def export_posts(sender: object, user: User, parts: dict[str, Any], **_: Any) -> None:
    """A person takes their words along. On leaving the words stay without a name: the foreign keys let go of it."""
    parts["forums"] = collect_posts(user)
    parts["forum_reports"] = collect_reports(user)
    parts["forum_appeals"] = collect_appeals(user)
    parts["forum_waiting"] = collect_held(user)
    parts["forum_protected"] = collect_masked(user)
    parts["forum_reactions"] = collect_reactions(user)
    parts["forum_drafts"] = collect_drafts(user)
    parts["forum_ratings"] = collect_ratings(user)
    parts["forum_ballots"] = collect_ballots(user)
    parts["forum_ideas"] = collect_ideas(user)
    parts["forum_following"] = collect_following(user)
    parts["forum_bookmarks"] = collect_bookmarks(user)
    parts["forum_quieted"] = collect_quieted(user)
    parts["forum_traces"] = collect_traces(user)
    parts["forum_duties"] = collect_duties(user)
    parts["forum_protected_waiting"] = collect_masked_waiting(user)
    parts["forum_seals"] = collect_openings(user)


@receiver(deleting_account)
def forget_person(sender: object, user: User, **_: Any) -> None:
    """What they wrote stays without a name; the rest goes."""
    forget_reactions(user)
    forget_mentions(user)
    forget_writer(user)
    forget_quoted(user)
    forget_drafts(user)
    forget_ideas(user)
    forget_reader(user)
    forget_quieted(user)
    forget_held(user)
    forget_ballots(user)
    forget_files(user)
    forget_reports(user)
    forget_masks(user)
    forget_ratings(user)
    stop_clocks(user)


@receiver(commune_ended)
def follow_commune(sender: object, commune: Commune, successor: Commune, **_: Any) -> dict[str, int]:
    """What was asked there waits for an answer where the commune became part of."""
    return move_topics(commune, successor=successor)


@receiver(communes_renamed)
def follow_names(sender: object, codes: set[str], **_: Any) -> None:
    """A board is called as its commune is."""
    rename_boards(codes)
