"""A service record as PDF, on the same sheet as a certificate, in the cloth of serving."""

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

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
from volunteers.models import ServiceRecord
from volunteers.services.after.wording import list_skills, say_hours, say_span

if TYPE_CHECKING:
    from fpdf import FPDF


def draw_record(record: ServiceRecord, *, address: str) -> bytes:
    """The PDF. `address` is the page that verifies this record; it stands on the sheet as text and QR code."""
    title = _("Service record")
    subject = f"{record.say('name')} · {record.work} · {record.commune}"
    with begin(record, title=title, subject=subject) as pdf:
        draw_cloth(pdf, *CLOTHS["k2"])
        draw_head(pdf, record, title=title, lead=_("This confirms that"))
        draw_body(pdf, partial(fill_body, record))
        draw_foot(pdf, record, address)
        return bytes(pdf.output())


def fill_body(record: ServiceRecord, pdf: "FPDF", scale: float, draws: bool) -> float:
    """Work, commune, days, hours, skills. Draw, or only measure; the height at which the text ends."""
    pieces = [
        (_("helped the commune as a volunteer"), 12, False, INK),
        (record.work, 20, True, INK),
        (record.commune, 12, False, INK),
        (" · ".join(filter(None, [say_span(record), say_hours(record)])), 11, False, GREY),
    ]
    y = write_lines(pdf, pieces, BODY_TOP, scale, draws)
    return draw_chips(pdf, list_skills(record), y + 1.5, 10.5 * scale, draws=draws)
