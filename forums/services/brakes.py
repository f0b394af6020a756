"""Brakes on what a person writes: links, pictures, the same again, noise. They count for each person, never for an
address, and loosen as the forum gets to know the person.
"""

import re
import unicodedata
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.enums import TrustLevel
from forums.services.pace import Sent
from places.khmer import normalise
from ui.typed import INVISIBLE
from ui.words import to_number

ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.@])[\w-]+\.(?:com|net|org|info|biz|shop|xyz|top|me|ly|kh)\b", re.IGNORECASE
)
PHONE = re.compile(r"(?:\d[\s.-]?){9}")
PICTURE = re.compile(r"!\[")
NOISE = re.compile(r"(\S)\1{29,}|(\S{1,12}?)(?:\s*\2){19,}")
RULES = re.compile(r"[-=_*.~#\s]{3,}")
MOST_INVISIBLE = 0.5  # of the letters; a Khmer text with a break after each word has 0.25 at most
SHORT = 20  # letters below which the same word may be said twice: "thank you"
ALIKE = 0.65  # one word changed in a sentence leaves about 0.7; two sentences on one thing share 0.3
REMEMBERED = 20


@dataclass(frozen=True)
class Room:
    """How much one post may hold."""

    links: int
    pictures: int


ROOM = {
    TrustLevel.NEW: Room(links=1, pictures=1),
    TrustLevel.KNOWN: Room(links=5, pictures=4),
    TrustLevel.TRUSTED: Room(links=20, pictures=8),
    TrustLevel.OFFICE: Room(links=100, pictures=20),
}


def find_refusal(source: str, *, level: TrustLevel, recent: list[Sent], client_id: uuid.UUID | None = None) -> str:
    """Why this cannot be posted, in the person's language; "" when it can. The text stays in the form. `recent`: what
    the person sent in a day.
    """
    room = ROOM[level]
    if is_noise(source):
        return _("This repeats one sign or one word again and again. Write it in a few words.")
    if is_veiled(source):
        return _("This text is full of signs that nobody sees. Type it again without them.")
    links, pictures = len(set(ADDRESS.findall(source))), len(PICTURE.findall(source))
    if links > room.links:
        most = to_number(room.links)
        text = ngettext(
            "You can put %(most)s link into one post for now. Read why under “What I can do here”.",
            "You can put %(most)s links into one post for now. Read why under “What I can do here”.",
            room.links,
        )
        return text % {"most": most}
    if pictures > room.pictures:
        return _("You can put %(most)s pictures into one post for now.") % {"most": to_number(room.pictures)}
    if level != TrustLevel.OFFICE and is_said_before(source, recent, client_id):
        return _("You have posted nearly the same today. Add what is new to that post, or wait a day.")
    return ""


def refuse_reason(reason: str) -> str:
    """Why this cannot be the reason of a deletion, which stays under the deleted post; "" when it can."""
    if ADDRESS.search(reason) or PHONE.search(reason):
        return _("Leave links and phone numbers out: everybody reads this line from now on.")
    return find_refusal(reason, level=TrustLevel.NEW, recent=[])


def refuse_files(count: int, *, level: TrustLevel, is_held: bool) -> str:
    """Why so many files cannot stand under this post; "" when they can. A post that waits carries none: a moderator
    reads words.
    """
    if not count:
        return ""
    if is_held:
        return _("Somebody looks at your first posts before others read them. Send the words alone, photos later.")
    if count > ROOM[level].pictures:
        return _("You can put %(most)s pictures into one post for now.") % {"most": to_number(ROOM[level].pictures)}
    return ""


def is_noise(source: str) -> bool:
    """One sign or word over and over; lines and rules of dashes are none."""
    return bool(NOISE.search(RULES.sub(" ", source[:5000])))


def is_veiled(source: str) -> bool:
    """Whether invisible signs are strewn between the letters, to get past word lists."""
    hidden = len(re.findall(f"[{INVISIBLE}]", source))
    seen = sum(unicodedata.category(sign)[0] == "L" for sign in source)
    return hidden > 10 and hidden > seen * MOST_INVISIBLE


def is_said_before(source: str, recent: list[Sent], client_id: uuid.UUID | None) -> bool:
    """Among the person's own posts of a day, and those that wait. The same post sent twice is not the same again."""
    if any(row.client_id == client_id for row in recent):
        return False
    mine = strip(source)
    return any(is_alike(mine, strip(row.source)) for row in recent[:REMEMBERED] if row.is_visible)


def strip(source: str) -> str:
    """Letters alone, in comparable form: another space, digit or full stop makes no other text."""
    return "".join(sign for sign in normalise(source[:4000]) if unicodedata.category(sign)[0] in "LM")


def is_alike(one: str, other: str) -> bool:
    """Nearly the same letters in nearly the same order: shared runs of four."""
    if min(len(one), len(other)) < SHORT:
        return False
    if one == other:
        return True
    mine, theirs = ({text[at : at + 4] for at in range(len(text) - 3)} for text in (one, other))
    return len(mine & theirs) >= ALIKE * len(mine | theirs)
