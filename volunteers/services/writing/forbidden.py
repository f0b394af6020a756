"""What no request may say, in either language: people's numbers, party matters, money asked from a volunteer.

Patterns meet normalised text: Western digits, lower case, one code for one look.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from places.khmer import normalise
from volunteers.services.writing.contact import OF_A_PERSON


@dataclass(frozen=True)
class Ban:
    """One kind of words, and what its writer reads."""

    pattern: re.Pattern[str]
    sentence: object


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts))


def _khmer(*words: str) -> list[str]:
    return [re.escape(normalise(word)) for word in words]


PARTIES = (
    r"\bpolitical part(?:y|ies)\b", r"\bruling party\b", r"\bopposition party\b", r"\bparty member", r"\bvote for\b",
    r"\bcpp\b", r"\bcnrp\b", r"\bfuncinpec\b", r"\bcandlelight party\b", r"\bpeople's party\b",
)  # fmt: skip
PARTIES_KHMER = (
    "គណបក្ស", "បក្សប្រជាជន", "សមាជិកបក្ស", "បក្សកាន់អំណាច", "បក្សប្រឆាំង", "ហ្វ៊ុនស៊ិនប៉ិច", "បោះឆ្នោតឱ្យ", "បោះឆ្នោតជូន",
)  # fmt: skip
PAYMENTS = (
    r"\b(?:you|applicants?|volunteers?|helpers?) (?:must |should |have to |will )?(?:pay|deposit)\b(?! attention)",
    r"\b(?:application|registration|joining|training) fee\b",
    r"\bpay (?:us|a deposit|in advance)\b",
)
PAYERS_KHMER = r"(?:{})\s*(?:ត្រូវ|សូម)?\s*(?:បង់|កក់|ផ្ទេរប្រាក់)".format(
    "|".join(_khmer("អ្នកស្ម័គ្រចិត្ត", "បេក្ខជន", "អ្នកជួយ", "អ្នក"))
)

BANS = (
    Ban(_any(*OF_A_PERSON), _("Take out the number or address of a person: contact comes with the offer.")),
    Ban(_any(*PARTIES, *_khmer(*PARTIES_KHMER)), _("Take out what concerns a party or a vote: an office is neutral.")),
    Ban(_any(*PAYMENTS, normalise(PAYERS_KHMER)), _("Nobody pays to help. Take out what asks for money.")),
)


def find_forbidden(text: str) -> str:
    """The first sentence that applies, or ""."""
    plain = normalise(text)
    return next((str(ban.sentence) for ban in BANS if ban.pattern.search(plain)), "")
