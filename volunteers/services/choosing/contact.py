"""Finds what leads outside the platform in a text: telephone numbers, addresses, links, names of chat accounts."""

import re

DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
PHONE = re.compile(r"(?:\+|\b)(?:\d[\s.\-/()]{0,2}){8,}")
DAY = re.compile(r"\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})\b")  # never a telephone number
ADDRESS = re.compile(r"[\w.+-]+\s*(?:@|\(at\))\s*[\w-]+\.\w{2,}", re.IGNORECASE)
LINK = re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|me|kh|org|net|link|info)\b|t\.me/", re.IGNORECASE)
ACCOUNT = re.compile(
    r"(?:telegram|tele|messenger|whats ?app|facebook|fb|line|តេឡេក្រាម|ហ្វេសប៊ុក)\s*(?:id|:|៖|@|-|=)|(?<!\w)@\w{4,}",
    re.IGNORECASE,
)


def has_contact(text: str) -> bool:
    """Whether the text gives a way to reach somebody."""
    plain = DAY.sub(" · ", text.translate(DIGITS))
    return any(pattern.search(plain) for pattern in (PHONE, ADDRESS, LINK, ACCOUNT))
