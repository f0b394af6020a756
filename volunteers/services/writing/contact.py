"""Finds what leads outside the platform: the one detector for requests, answers, messages and talks.

Patterns meet normalised text: Western digits, lower case, one code for one look.
"""

import re

from places.khmer import normalise

# A number of this country: nine or ten digits that begin with 0 or 855. Years such as 2026-2028 are none.
PHONE = r"(?<!\d)(?:\+?855|0)[\s.\-/()]{0,2}\d(?:[\s.\-/()]{0,2}\d){6,8}(?!\d)"
FOREIGN_PHONE = r"\+[\s.\-/()]{0,2}(?:\d[\s.\-/()]{0,2}){8,}"
# An identity card has nine digits in one piece; a sum of money says so.
CARD = r"(?<!\d)\d{9}(?!\d)(?!\s*(?:riel|៛|រៀល))"
MAIL = r"[\w.+-]+\s*(?:@|\(at\)|\[at\])\s*[\w-]+\.\w{2,}"
CHAT = r"(?:t\.me|facebook\.com|fb\.com|m\.me|wa\.me|tiktok\.com|instagram\.com)/|(?<![\w.])@[a-z][a-z0-9_]{3,}"
LINK = r"https?://|www\.|\b[\w-]+\.(?:com|me|kh|org|net|link|info)\b"
CHATS = "telegram|tele|messenger|whats ?app|facebook|fb|line|tiktok|instagram"
CHATS_KHMER = "|".join(normalise(name) for name in ("តេឡេក្រាម", "តេលេក្រាម", "ហ្វេសប៊ុក", "មេសសិនជើរ"))
ACCOUNT = rf"(?<![a-z])(?:{CHATS}|{CHATS_KHMER})\s*(?:id\b|name\b|account|:|៖|@|-|=|{normalise('ឈ្មោះ')})"
MY_ACCOUNT = rf"\bmy (?:{CHATS})\b|(?:{CHATS}|{CHATS_KHMER})\s*(?:{normalise('របស់')})?{normalise('ខ្ញុំ')}"
LONG_NUMBER = r"(?<!\d)(?:\d[\s.\-/()]{0,2}){8,}"
# Days and spans of years are never telephone numbers.
DAY = re.compile(r"\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(?:19|20)\d\d\s*-\s*(?:19|20)\d\d)\b")
# What a published request may not say either; a link to what helps with the work it may.
OF_A_PERSON = (PHONE, CARD, MAIL, CHAT)
CONTACT = re.compile("|".join((*OF_A_PERSON, FOREIGN_PHONE, LINK, ACCOUNT, MY_ACCOUNT, LONG_NUMBER)))
NUMBER = re.compile("|".join((PHONE, CARD, FOREIGN_PHONE, LONG_NUMBER)))


def has_contact(text: str) -> bool:
    """Whether the text gives a way to reach somebody."""
    return bool(CONTACT.search(_prepare(text)))


def has_number(text: str) -> bool:
    """Whether a telephone number or that of a card is in it."""
    return bool(NUMBER.search(_prepare(text)))


def _prepare(text: str) -> str:
    return DAY.sub(" · ", normalise(text))
