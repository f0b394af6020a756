"""Reasons in words, for the person and for the office. Whatever is said here follows from the lines alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ui.words import to_digits
from volunteers.enums import RoundStage
from volunteers.models import RoundChoice, RoundEntry, RoundOutcome, RoundRequest, RoundRun, VolunteerRequest
from volunteers.querysets import ON_THE_DESK
from volunteers.services.rounds.outcomes import FINE_NUMBERS, NUMBERS


@dataclass(frozen=True)
class ChoiceLine:
    """One choice with its reason; `tag` is ok, "" or bad."""

    rank: int
    request: VolunteerRequest
    answer: str
    text: str
    has_kept_seats: bool


@dataclass(frozen=True)
class PersonOutcome:
    """What a confirmed run says to a person, and the choice with the place; `code` and `override_code` for programs."""

    code: str
    stage: str
    placed: RoundChoice | None
    is_override: bool
    override_code: str
    override_text: str
    lines: list[ChoiceLine]


def list_outcomes(entry: RoundEntry) -> list[PersonOutcome]:
    """Of every confirmed run, the latest first. Three queries."""
    rows = RoundOutcome.objects.filter(entry=entry, run__confirmed_at__isnull=False)
    rows = rows.select_related("run__round", "choice__round_request__request__office", "choice__application")
    choices = {choice.pk: choice for choice in list_all(entry)}
    return [_describe(row, choices) for row in rows.order_by("-run__number")]


def _describe(row: RoundOutcome, choices: dict[int, RoundChoice]) -> PersonOutcome:
    lines = []
    for why in row.reasons:
        choice = choices[why["choice"]]
        kept = keeps_seats(row.run, choice.round_request)
        text = say_why(why)
        answer = why["answer"]
        if row.is_override and row.choice_id == choice.pk:
            answer, text = "placed", _("The programme gave you this place by hand.")
        elif row.is_override and answer == "placed":
            answer, text = "withheld", _("The draw gave you this place, but the programme withheld it by hand.")
        elif row.is_override and answer == "higher":
            text = _("The draw had given you a place that you wished more.")
        elif why.get("by_hand") and answer not in ("placed", "higher"):
            changed = _("This is how the draw went; then the programme changed a place here by hand, with a reason.")
            text = f"{text} {changed}"
        lines.append(ChoiceLine(why["rank"], choice.round_request.request, answer, text, kept))
    override = row.run.overrides.filter(entry=row.entry_id).first() if row.is_override else None
    code, said = (override.reason, str(override.get_reason_display())) if override else ("", "")
    stage = RoundStage(row.run.stage)
    return PersonOutcome(stage.value, str(stage.label), row.choice, row.is_override, code, said, lines)


def keeps_seats(run: RoundRun, place: RoundRequest) -> bool:
    """Whether seats of this request were kept for a group in the run."""
    return bool(run.tuning["reserves"]) and place.own_reserves != {}


def list_gone(entry: RoundEntry, outcome: PersonOutcome) -> list[RoundChoice]:
    """Choices that the run did not know any more: withdrawn by the person, or taken back by the office."""
    told = {line.request.pk for line in outcome.lines}
    return [choice for choice in list_all(entry) if choice.round_request.request_id not in told]


def list_all(entry: RoundEntry) -> list[RoundChoice]:
    """The whole list as it was when lists closed, also what was withdrawn since."""
    rows = RoundChoice.objects.listed().filter(entry=entry).order_by("rank")
    return list(rows.select_related("round_request__request__office__commune", "application"))


def say_why(why: Mapping[str, Any]) -> str:
    """One sentence for one choice."""
    line = why["line"]
    own, last = spell_numbers(why, line)
    facts = {"band": why["band"], "own": own, "last_band": line.get("band"), "last": last}
    return to_digits(_find_sentence(why["answer"], line) % facts)


def _find_sentence(answer: str, line: Mapping[str, Any]) -> str:
    if answer == "placed":
        return _say_placed(line)
    return {
        "higher": _("Not needed: you got a place that you wished more."),
        "band": _(
            "The last place that you could have got went to band %(last_band)s, number %(last)s of the draw. You were"
            " in band %(band)s."
        ),
        "lottery": _(
            "The last place that you could have got went to your band %(band)s, number %(last)s of the draw. Yours was"
            " %(own)s; the smaller number goes first."
        ),
        "promoted": _(
            "The last place that you could have got went to your band %(band)s, to somebody who had got nothing from"
            " their whole list and therefore went first in the second round."
        ),
        "no seat": _("All its places were taken by people whom they are kept for first, or it had none left."),
        "not scored": _("The office did not score your application in time, so it could not take part. This is noted."),
        "ineligible": _("The office's points were below the least that this round asks, or a consent was missing."),
    }[answer]


def _say_placed(line: Mapping[str, Any]) -> str:
    if line["kind"] != "last":
        return _("You got this place: nobody who stood where you do was turned away.")
    return _(
        "You got this place: you were in band %(band)s with the number %(own)s of the draw; the last place that you"
        " could have got went to band %(last_band)s, number %(last)s."
    )


def spell_number(number: int | None) -> str:
    """A number of the draw with four digits: 0.3124."""
    return "" if number is None else f"{number / NUMBERS:.4f}"


def spell_numbers(own: Mapping[str, Any], last: Mapping[str, Any]) -> tuple[str, str]:
    """Two numbers that are compared: with more digits where the first four do not tell them apart."""
    mine, theirs = own.get("fine"), last.get("fine")
    if own["number"] == last.get("number") and mine is not None and theirs is not None and mine != theirs:
        return f"{mine / FINE_NUMBERS:.9f}", f"{theirs / FINE_NUMBERS:.9f}"
    return spell_number(own["number"]), spell_number(last.get("number"))


def say_line(line: Mapping[str, Any]) -> str:
    """Where a request stopped, for its office and for everybody."""
    if line["kind"] == "everyone":
        return _("Everybody with a band got in.")
    if line["kind"] == "nobody":
        return _("Nobody got in by the open places.")
    facts = {"band": line["band"], "number": spell_number(line["number"])}
    sentence = _("The last place open to everybody went to band %(band)s, number %(number)s of the draw.")
    return to_digits(sentence % facts)


def say_seat(seat: Mapping[str, Any], *, with_band: bool = True) -> str:
    """How one seat went, without a word of whom it was kept for. A band beside a kept seat would be such a word: who
    sits there in a later band than somebody turned away holds the flag.
    """
    if seat["went"] == "empty":
        return _("Empty: nobody else with a band wished to come.")
    if not with_band and seat["went"] not in ("withheld", "by hand"):
        return _("Given by bands, kept seats and the draw.")
    sentence = {
        "withheld": _("The programme withheld it by hand, with a reason that is kept."),
        "by hand": _("The programme gave it by hand, with a reason that is kept."),
        "lottery": _("Band %(band)s; within the band the draw decided."),
        "shared": _("Band %(band)s; others of this band were turned away, by the draw or because seats are kept."),
        "second": _(
            "Band %(band)s; others of this band were turned away: who had got nothing from a whole list went first."
        ),
        "band": _("Band %(band)s; nobody of this band was turned away."),
    }[seat["went"]]
    return to_digits(sentence % {"band": seat["band"]})


def is_standing(choice: RoundChoice) -> bool:
    """Sent and not decided."""
    return choice.application.status in ON_THE_DESK
