"""The paper: rendered and compared with pictures that people have looked at, in both languages; names always fit.

After a change of the design make the pictures anew, `UPDATE_PICTURES=1 pytest tests/courses/test_certificate_pdf.py`,
and look at them.
"""

import io
import unicodedata
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from PIL import Image, ImageDraw

from accounts.models import Organisation
from courses.models import Certificate
from courses.services import sheet
from courses.services.certificate_pdf import draw_certificate
from courses.services.issuers import save_issuer
from courses.services.sheet import LEFT, RIGHT, begin, break_lines, cut_words, measure, printable
from tests.factories.certificates import draw_up
from tests.pictures import TOLERANCE, draw_anew_if_asked, measure_difference, render_sheet

REFERENCES = Path(__file__).parent / "references"
ADDRESS = "https://chuoykhum.example/verify/K7M42Q9PXT/"
LONG_KM = "ព្រះស្រីស្ត្រីវិសុទ្ធិកញ្ញា " * 4 + "ចន្ទ្រាវង្ស"
NAMES = {
    "latin": "W" * 120,
    "khmer": (LONG_KM * 2)[:120],
    "mixed": ("ស្ត្រី Nguyễn-O'Brien " * 8)[:120],
    "third script": "សុខ 王小明 Đặng",
}


def render(certificate: Certificate, language: str = "km") -> Image.Image:
    with override(language):
        return render_sheet(draw_certificate(certificate, address=ADDRESS))


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_sheet_looks_as_it_should(language: str) -> None:
    drawn, path = render(draw_up(), language), REFERENCES / f"certificate.{language}.png"
    draw_anew_if_asked(drawn, path)
    assert measure_difference(drawn, path) < TOLERANCE


def test_the_comparison_would_notice() -> None:
    other = render(draw_up(facts={"course": {"km": "វគ្គមួយទៀតដែលមានឈ្មោះវែងជាងមុន", "en": ""}}))
    assert measure_difference(other, REFERENCES / "certificate.km.png") > 2 * TOLERANCE


def test_the_same_certificate_is_the_same_file() -> None:
    files = {draw_certificate(draw_up(), address=ADDRESS) for _number in range(2)}
    assert len(files) == 1


@pytest.mark.parametrize("language", ["km", "en"])
def test_machines_read_name_and_code_in_the_metadata(language: str) -> None:
    with override(language):
        meta = pypdfium2.PdfDocument(draw_certificate(draw_up(), address=ADDRESS)).get_metadata_dict()
    name, course = {
        "km": ("សុខ ដារ៉ា", "តារាង Excel សម្រាប់ការងារឃុំ"),
        "en": ("SOK Dara", "Excel for commune work"),
    }[language]
    assert (meta["Subject"], meta["Keywords"]) == (f"{name} · {course}", "K7M42-Q9PXT")
    assert meta["Title"].endswith("K7M42-Q9PXT")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_of_any_length_and_script_fits_its_line(name: str) -> None:
    assert len(name) <= 120
    picture = render(draw_up(facts={"name": {"km": name, "en": name}}))
    assert ink_outside_the_text(picture) == 0


def ink_outside_the_text(picture: Image.Image) -> int:
    """Dark points between the cloth and the text's edges, at the height of the name."""
    scale = 1.6 * 72 / 25.4
    grey = picture.convert("L")
    strips = [(19, LEFT - 1), (RIGHT + 1, 278)]
    return sum(
        sum(grey.crop((int(left * scale), int(78 * scale), int(right * scale), int(96 * scale))).histogram()[:128])
        for left, right in strips
    )


def test_the_strips_would_show_a_name_that_is_too_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    def mistake(*args: Any, **named: Any) -> float:
        return min(measure(*args, **named), 200.0)

    monkeypatch.setattr(sheet, "measure", mistake)
    picture = render(draw_up(facts={"name": {"km": "W" * 60, "en": ""}}))
    assert ink_outside_the_text(picture) > 0


@pytest.mark.parametrize("name", [NAMES["khmer"], NAMES["mixed"]])
def test_no_cluster_of_a_name_is_cut(name: str) -> None:
    """The line is the whole name: a dotted circle, which shows a sign without its letter, is in none of its glyphs."""
    written: list[str] = []

    def remember(_pdf: Any, text: str, **_named: Any) -> None:
        written.append(text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet, "write", remember)
        render(draw_up(facts={"name": {"km": name, "en": name}}))
    assert name.strip() in [text.strip() for text in written]


@pytest.mark.parametrize(
    "text",
    [
        "កម្មវិធីវិនិយោគឃុំសង្កាត់បីឆ្នាំរំកិល ត្រូវបានរៀបចំដោយក្រុមប្រឹក្សាឃុំ " * 6,
        "Spreadsheets for the commune: lists, totals, the CIP table " * 6,
        "តារាង Excel សម្រាប់ការងារឃុំ និង CIP " * 8,
    ],
)
def test_lines_break_between_words_only(text: str) -> None:
    with begin(draw_up(), title="", subject="") as pdf:
        lines = break_lines(pdf, text, 20, bold=True)
        widths = [measure(pdf, line, 20, bold=True) for line in lines]
    assert len(lines) > 1
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert max(widths) <= RIGHT - LEFT
    for line in lines:
        assert unicodedata.category(line[0]) not in {"Mn", "Mc"}
        assert line[-1] != "\u17d2"


def test_words_of_a_text_are_the_text_again() -> None:
    text = "អានចប់មេរៀន ៦។ Excel, A4 និង CIP"
    assert "".join(cut_words(text)) == text


def test_signs_that_the_font_lacks_are_replaced_not_boxed() -> None:
    assert printable("Nguyễn Đặng ﬁ 王 សុខ\u200b\u0301") == "Nguyên Đang fi ? សុខ\u200b"


def test_much_text_still_ends_above_the_rule() -> None:
    skills = [{"code": str(n), "km": "ជំនាញដែលមានឈ្មោះវែងបន្តិច", "en": "A skill with a name"} for n in range(9)]
    works = [{"id": str(n), "km": "ស្នាដៃអនុវត្តសម្រាប់ឃុំ", "en": "Work", "accepted_at": ""} for n in range(6)]
    title = {"km": "ការរៀបចំតារាងថវិកា និងបញ្ជីសាច់ប្រាក់ជារៀល សម្រាប់ឃុំសង្កាត់ និងអ្នកជួយ " * 3, "en": ""}
    picture = render(draw_up(facts={"skills": skills, "course": title}, evidence=works))
    scale = 1.6 * 72 / 25.4
    gap = picture.convert("L").crop((int(46 * scale), int(145 * scale), int(250 * scale), int(146.5 * scale)))
    assert min(gap.get_flattened_data()) > 200


@pytest.mark.django_db
def test_an_ngos_logo_and_signature_stand_on_it(ngo: Organisation) -> None:
    issuer = save_issuer(
        ngo, texts={"signer_name_km": "ចាន់ សុភា"}, pictures={"logo": paint("red"), "signature": paint("blue")}
    )
    pictures = {"logo": issuer.logo.name, "signature": issuer.signature.name}
    drawn = render(draw_up(organisation=ngo, facts=pictures))
    colours = {colour for _count, colour in drawn.getcolors(1_000_000) or []}
    assert {(255, 0, 0), (0, 0, 255)} <= colours
    gone = render(draw_up(facts={"logo": "issuers/gone.png"}))
    assert (255, 0, 0) not in {colour for _count, colour in gone.getcolors(1_000_000) or []}


def paint(colour: str) -> SimpleUploadedFile:
    """A picture of one colour with a transparent border."""
    picture = Image.new("RGBA", (300, 120))
    ImageDraw.Draw(picture).rectangle((10, 10, 290, 110), fill=colour)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return SimpleUploadedFile("picture.png", out.getvalue(), "image/png")
