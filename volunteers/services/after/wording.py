"""What a service record says in words, in either language: on the page, the paper, the verify page and in the badge."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from courses.enums import SkillLevel
from ui.dates import to_day, to_minutes
from ui.words import to_digits
from volunteers.models import ServiceRecord


def say_span(record: ServiceRecord) -> str:
    """The first and the last day; a single day once."""
    days = [to_day(date.fromisoformat(record.facts[name])) for name in ("start_date", "end_date")]
    return " – ".join(dict.fromkeys(days))


def say_hours(record: ServiceRecord) -> str:
    """What the office confirmed; "" where no hours were kept."""
    minutes, days = record.facts["minutes"], record.facts["days"]
    if not minutes:
        return ""
    text = ngettext(
        "%(hours)s of work on %(count)s day, confirmed.", "%(hours)s of work on %(count)s days, confirmed.", days
    )
    return to_digits(text % {"hours": to_minutes(minutes), "count": days})


def list_skills(record: ServiceRecord) -> list[str]:
    """Each skill with how the office saw it used, in the reader's language."""
    levels = dict(SkillLevel.choices)
    names = zip(record.skills, record.facts["skills"], strict=True)
    return [f"{name}: {levels[skill['level']]}" for name, skill in names]


def list_criteria(record: ServiceRecord) -> list[str]:
    """One sentence for each thing that the record rests on."""
    office = _("The office of %(commune)s stands for it.") % {"commune": record.commune}
    return [line for line in (say_span(record), say_hours(record), office) if line]


def say_criteria(record: ServiceRecord, language: str) -> str:
    """All of it as one paragraph in this language."""
    with override(language):
        return " ".join([*list_criteria(record), *(f"{skill}." for skill in list_skills(record))])
