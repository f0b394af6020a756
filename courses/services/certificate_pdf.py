"""A certificate as PDF: one sheet (`sheet`), filled with what was proved in the course."""

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from courses.models import Certificate
from courses.services.sheet import (
    BODY_TOP,
    CLOTHS,
    GREY,
    INK,
    begin,
    draw_body,
    draw_chips,
    draw_cloth,
    draw_foot,
    draw_head,
    write_lines,
)
from courses.services.wording import list_criteria
from ui.dates import to_day, to_minutes
from ui.templatetags.ui import dye

if TYPE_CHECKING:
    from fpdf import FPDF


def draw_certificate(certificate: Certificate, *, address: str) -> bytes:
    """The PDF. `address` is the page that verifies this certificate; it stands on the sheet as text and QR code."""
    title = _("Certificate of completion")
    subject = f"{certificate.say('name')} · {certificate.say('course')}"
    with begin(certificate, title=title, subject=subject) as pdf:
        draw_cloth(pdf, *CLOTHS[dye(certificate.course_key)])
        draw_head(pdf, certificate, title=title, lead=_("This certifies that"))
        draw_body(pdf, partial(fill_body, certificate))
        draw_foot(pdf, certificate, address)
        return bytes(pdf.output())


def fill_body(certificate: Certificate, pdf: "FPDF", scale: float, draws: bool) -> float:
    """Course, size, date, skills, evidence. Draw, or only measure; the height at which the text ends."""
    facts = certificate.facts
    pieces = [
        (_("has completed and passed the course"), 12, False, INK),
        (certificate.say("course"), 20, True, INK),
        (f"{to_minutes(facts['minutes'])} · {to_day(certificate.issued_at)}", 11, False, GREY),
        (" ".join(list_criteria(certificate)), 11, False, GREY),
    ]
    y = write_lines(pdf, pieces, BODY_TOP, scale, draws)
    y = draw_chips(pdf, certificate.skills, y + 1.5, 10.5 * scale, draws=draws)
    works = " · ".join(str(work["title"]) for work in certificate.works)
    evidence = [(f"{_('Practical work')}: {works}", 9.5, False, GREY)] if works else []
    return write_lines(pdf, evidence, y, scale, draws)
