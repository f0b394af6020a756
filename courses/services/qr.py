"""QR codes for pages."""

import io

import segno
from django.utils.safestring import SafeString


def draw_qr(address: str) -> SafeString:
    """An inline SVG without style: the page's class `qr` gives it its size. Silent: a link stands beside."""
    code = segno.make(address, error="m", micro=False)
    out = io.BytesIO()
    code.save(out, kind="svg", xmldecl=False, svgns=False, omitsize=True, svgclass="qr", lineclass=None, border=0)
    return SafeString(out.getvalue().decode().replace("<svg", '<svg aria-hidden="true"', 1))
