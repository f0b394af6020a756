"""The word list, read in comparable Khmer, and the quiet time. Neither takes anything away: a person decides."""

import re
from datetime import date
from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import is_programme_staff
from forums import rules
from forums.enums import HideReason, HoldReason, WordEffect
from forums.errors import NotAllowedError, check
from forums.models import Board, Post, QuietPeriod, WatchedWord
from forums.services.cases.opening import open_case
from forums.services.cases.telling import tell_arrival_task
from forums.services.trust import is_known_to_programme
from places.khmer import normalise

# A word ends where a syllable ends: no vowel, sign or subscript of the same syllable may follow, none stand before.
BEFORE, AFTER = r"(?<![a-z\u17d2])", r"(?![a-z\u17b4-\u17d3\u17dd])"
KEPT, LISTED, SECONDS = "forums:quiet", "forums:words", 300


def find_words(text: str) -> list[WatchedWord]:
    """The words of the list that stand in the text, their false friends left out."""
    form = normalise(text)
    listed: list[WatchedWord] = cache.get_or_set(LISTED, lambda: list(WatchedWord.objects.all()), SECONDS) or []
    return [word for word in listed if stands_in(word, form)]


def stands_in(word: WatchedWord, form: str) -> bool:
    for friend in sorted(filter(None, map(normalise, word.friends.splitlines())), key=len, reverse=True):
        form = form.replace(friend, " ")
    return bool(re.search(f"{BEFORE}{re.escape(word.form)}{AFTER}", form))


def find_new_words(text: str, former: str) -> list[WatchedWord]:
    """Those that did not stand in the former text, which somebody may have let through."""
    found = find_words(text)
    known = {word.pk for word in find_words(former)} if found and former else set()
    return [word for word in found if word.pk not in known]


def find_word_hold(text: str, *, former: str = "") -> HoldReason | None:
    """Whether a word makes the post wait: always, or in the quiet time."""
    effects = {word.effect for word in find_new_words(text, former)}
    if WordEffect.HOLD in effects:
        return HoldReason.WORDS
    return HoldReason.QUIET if WordEffect.QUIET in effects and find_quiet() else None


def refuse_words(text: str, *, by: User, board: Board, former: str = "") -> str:
    """Why what cannot wait (an edit, a poll) cannot be said either, in the person's language; "" when it can."""
    if is_known_to_programme(by, board) or not find_word_hold(text, former=former):
        return ""
    return _("A moderator must read one of these words first. Leave it out here, or say it in a new post.")


def flag(post: Post, text: str = "", *, former: str = "") -> None:
    """A post that stands, but holds a word to look at (in its text, its topic's title, or another `text` beside it),
    waits in the queue. Under the topic's lock.
    """
    title = post.topic.title if post.number == 1 else ""
    for word in find_new_words(text or f"{title}\n{post.source}", former)[:1]:
        case = open_case(post, reason=HideReason(word.reason))
        transaction.on_commit(partial(tell_arrival_task.enqueue, case.pk))


def find_quiet(today: date | None = None) -> dict[str, str] | None:
    """The quiet time that is now, as both languages say why; asked of the database every five minutes."""
    found = cache.get(KEPT)
    if found is None or today is not None:
        day = today or timezone.localdate()
        row = QuietPeriod.objects.filter(ended_at=None, start_date__lte=day, end_date__gte=day).first()
        found = {"km": row.why_km, "en": row.why_en, "until": row.end_date.isoformat()} if row else {}
        if today is None:
            cache.set(KEPT, found, SECONDS)
    return found or None


def save_word(row: WatchedWord, *, by: User) -> None:
    """Raises `NotAllowedError`."""
    check(rules.can_see_queue, by, None)
    row.changed_by = by
    row.save()
    cache.delete(LISTED)


def drop_word(row: WatchedWord, *, by: User) -> None:
    """Raises `NotAllowedError`."""
    check(rules.can_see_queue, by, None)
    row.delete()
    cache.delete(LISTED)


def set_quiet(row: QuietPeriod, *, by: User) -> None:
    """By the programme's staff; who set it is kept. Raises `NotAllowedError`."""
    if not is_programme_staff(by):
        raise NotAllowedError("set_quiet")
    row.set_by = by
    row.save()
    cache.delete(KEPT)


def end_quiet(row: QuietPeriod, *, by: User) -> None:
    """Before its day; who ended it is kept. Raises `NotAllowedError`."""
    if not is_programme_staff(by):
        raise NotAllowedError("end_quiet")
    QuietPeriod.objects.filter(pk=row.pk, ended_at=None).update(ended_by=by, ended_at=timezone.now())
    cache.delete(KEPT)


def list_words() -> QuerySet[WatchedWord]:
    return WatchedWord.objects.select_related("changed_by")


def list_quiet() -> list[QuietPeriod]:
    return list(QuietPeriod.objects.select_related("set_by", "ended_by")[:20])
