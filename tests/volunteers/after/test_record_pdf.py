"""The paper of a service record: compared with pictures that people have looked at, read by outside programs.

After a change of the design make the pictures anew,
`UPDATE_PICTURES=1 pytest tests/volunteers/after/test_record_pdf.py`, and look at them.
"""

import subprocess
from pathlib import Path

import pytest
import zxingcpp
from django.utils.translation import override
from PIL import Image

from tests.factories.records import draw_up
from tests.pictures import TOLERANCE, draw_anew_if_asked, measure_difference, render_sheet
from volunteers.models import ServiceRecord
from volunteers.services.after.record_pdf import draw_record

REFERENCES = Path(__file__).parent / "references"
ADDRESS = "https://chuoykhum.example/service/M4H79QTXKB/"


def render(record: ServiceRecord, language: str = "km") -> Image.Image:
    with override(language):
        return render_sheet(draw_record(record, address=ADDRESS))


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_sheet_looks_as_it_should(language: str) -> None:
    drawn, path = render(draw_up(), language), REFERENCES / f"record.{language}.png"
    draw_anew_if_asked(drawn, path)
    assert measure_difference(drawn, path) < TOLERANCE


def test_other_facts_would_be_noticed() -> None:
    other = render(draw_up(facts={"work": {"km": "ការងារមួយទៀតដែលមានឈ្មោះវែងជាងមុន", "en": ""}, "minutes": 60}))
    assert measure_difference(other, REFERENCES / "record.km.png") > TOLERANCE


def test_an_outside_program_reads_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "record.pdf"
    with override("en"):
        path.write_bytes(draw_record(draw_up(), address=ADDRESS))
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    assert lines[:6] == [
        "Chuoy Khum · Angk Ta Saom commune office",
        "Service record",
        "This confirms that",
        "SOK Dara",
        "helped the commune as a volunteer",
        "Enter village proposals into a table",
    ]
    assert lines[6] == "Angk Ta Saom, Tram Kak, Takeo"
    assert "12 days, confirmed." in lines[7]
    assert "5 October 2026 – 14 November 2026" in lines[7]
    assert {"chuoykhum.example/verify", "M4H79-QTXKB"} <= set(lines)


def test_the_same_record_is_the_same_file() -> None:
    assert len({draw_record(draw_up(), address=ADDRESS) for _number in range(2)}) == 1


def test_an_outside_program_reads_the_square() -> None:
    found = zxingcpp.read_barcodes(render(draw_up()))
    assert [(each.format.name, each.text) for each in found] == [("QRCode", ADDRESS)]
