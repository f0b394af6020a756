"""Whether the words of a request speak of papers that no volunteer handles alone: civil registry, ID Poor, voters."""

import re

from places.khmer import normalise

ENGLISH = (
    r"\bcivil regist", r"\b(?:birth|marriage|death) (?:certificate|regist)", r"\b(?:family|residence) books?\b",
    r"\bid ?poor\b", r"\bpoor[- ]household", r"\bvoters?(?:'|’)? (?:list|roll|data)", r"\belectoral roll",
)  # fmt: skip
KHMER = (
    "អត្រានុកូលដ្ឋាន", "សំបុត្រកំណើត", "បញ្ជីកំណើត", "សំបុត្រអាពាហ៍ពិពាហ៍", "សំបុត្រមរណភាព", "សៀវភៅគ្រួសារ",
    "សៀវភៅស្នាក់នៅ", "គ្រួសារក្រីក្រ", "ប័ណ្ណក្រីក្រ", "ប័ណ្ណសមធម៌", "បញ្ជីបោះឆ្នោត", "បញ្ជីអ្នកបោះឆ្នោត", "បញ្ជីឈ្មោះបោះឆ្នោត",
)  # fmt: skip
RECORDS = re.compile("|".join([*ENGLISH, *(re.escape(normalise(word)) for word in KHMER)]))


def speaks_of_records(*texts: str) -> bool:
    return any(RECORDS.search(normalise(text)) for text in texts)
