"""What may be handed in is known by its content; each bad file has its sentence, and photos lose all but pixels."""

import io
import zipfile
import zlib

import pytest
from PIL import Image
from pillow_heif import from_pillow

from tests.factories.tasks import make_archive, make_docx, make_photo, make_xlsx, upload
from ui.files.checking import MOST_BYTES, CheckedFile, FileRefusedError, check_file, clean_name
from ui.files.kinds import FileKind
from ui.files.photos import redraw

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
GPS, ORIENTATION = 0x8825, 0x0112


def check(name: str, content: bytes) -> CheckedFile:
    return check_file(upload(name, content))


def refuse(name: str, content: bytes) -> tuple[str, str]:
    with pytest.raises(FileRefusedError) as caught:
        check(name, content)
    return caught.value.code, str(caught.value)


def make_odf(kind: str, **parts: bytes) -> bytes:
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return make_archive({"mimetype": mimetype, "content.xml": b"<x/>", **parts})


def make_located_photo() -> bytes:
    """Lying on its side, with a place, a camera and a comment in it."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "SpyCam"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (11.0, 33.0, 0.0)
    return make_photo((400, 200), exif=exif, comment=b"my house")


@pytest.mark.parametrize("suffix", ["JPEG", "PNG", "WEBP"])
def test_pictures_become_webp(suffix: str) -> None:
    kept = check("photo.any", make_photo((320, 200), suffix))
    assert (kept.kind, kept.name, kept.width, kept.height) == (FileKind.PICTURE, "photo.webp", 320, 200)
    assert Image.open(io.BytesIO(kept.content)).format == "WEBP"


def test_an_iphone_photo_is_taken() -> None:
    out = io.BytesIO()
    from_pillow(Image.new("RGB", (320, 200), "#3366aa")).save(out, quality=50)
    kept = check("IMG_1.HEIC", out.getvalue())
    assert (kept.kind, kept.name, kept.width, kept.height) == (FileKind.PICTURE, "IMG_1.webp", 320, 200)


def test_place_and_camera_are_gone_and_the_picture_stands_upright() -> None:
    source = make_located_photo()
    assert b"SpyCam" in source
    assert dict(Image.open(io.BytesIO(source)).getexif().get_ifd(GPS))[1] == "N"
    kept = check("photo.jpg", source)
    image = Image.open(io.BytesIO(kept.content))
    assert (kept.width, kept.height) == image.size == (200, 400)
    assert (dict(image.getexif()), sorted(set(image.info) - {"loop", "background", "timestamp", "duration"})) == (
        {},
        [],
    )
    assert (b"SpyCam" in kept.content, b"my house" in kept.content, b"EXIF" in kept.content) == (False, False, False)


def test_large_photos_are_made_small() -> None:
    picture = redraw(make_photo((4000, 3000)))
    assert (picture.width, picture.height) == (1600, 1200)


def test_a_large_photo_that_lies_on_its_side_stands_up() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    picture = redraw(make_photo((4000, 2000), exif=exif))
    assert (picture.width, picture.height) == (800, 1600)


def test_a_transparent_drawing_lies_on_white_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(io.BytesIO(redraw(out.getvalue()).content)).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("name", "content", "kind", "kept_name"),
    [
        ("letter.pdf", PDF, FileKind.PDF, "letter.pdf"),
        ("លិខិត.docx", make_docx(), FileKind.DOCX, "លិខិត.docx"),
        ("cash.xlsx", make_xlsx("=HYPERLINK(1)"), FileKind.XLSX, "cash.xlsx"),
        ("letter.odt", make_odf("text"), FileKind.ODT, "letter.odt"),
        ("cash.jpg", make_odf("spreadsheet"), FileKind.ODS, "cash.ods"),
    ],
)
def test_documents_stay_as_they_are(name: str, content: bytes, kind: FileKind, kept_name: str) -> None:
    kept = check(name, content)
    assert (kept.kind, kept.name, kept.content) == (kind, kept_name, content)


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("empty", b""),
        ("program", b"MZ\x90\x00" + b"\0" * 100),
        ("program", b"\x7fELF\x02\x01" + b"\0" * 100),
        ("program", b"#!/bin/sh\nrm -rf /\n"),
        ("program", make_archive({"AndroidManifest.xml": b"x", "classes.dex": b"x"})),
        ("unknown", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("unknown", b"<html><script>alert(1)</script>"),
        ("unknown", b"GIF89a" + b"\0" * 30),
        ("unknown", b"just words"),
        ("old", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100),
        ("archive", make_archive({"one.txt": b"x"})),
        ("damaged", b"%PDF-1.7 cut off in the mid"),
        ("damaged", make_photo()[:400]),
        ("damaged", b"PK\x03\x04 no archive"),
        ("macros", make_docx(**{"word/vbaProject.bin": b"x"})),
        ("macros", make_docx(**{"word/activeX/activeX1.xml": b"x"})),
        ("macros", make_docx(**{"word/embeddings/oleObject1.bin": b"x"})),
        ("macros", make_odf("text", **{"Basic/Standard/Module1.xml": b"x"})),
        (
            "macros",
            make_docx(
                **{
                    "word/_rels/settings.xml.rels": b'<R Type="x/attachedTemplate" Target="https://evil.example/a.dotm"/>'
                }
            ),
        ),
        ("macros", make_archive({"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"})),
        ("unsafe", make_docx(**{"../../etc/cron.d/x": b"x"})),
        ("unsafe", make_docx(**{"/etc/passwd": b"x"})),
        ("unsafe", make_docx(**{"word\\..\\..\\x": b"x"})),
        ("unsafe", make_docx(**{"C:/x": b"x"})),
        ("unsafe", make_docx(**{"word/media/bomb.xml": b"\0" * (20 * 1024 * 1024)})),
        ("unsafe", make_archive({f"part{number}": b"" for number in range(3100)})),
        ("locked", make_odf("text", **{"META-INF/manifest.xml": b"<manifest:encryption-data/>"})),
    ],
)
def test_bad_files_are_refused_each_with_its_sentence(code: str, content: bytes) -> None:
    refused, sentence = refuse("holiday.jpg", content)
    assert refused == code
    assert sentence.count("holiday.jpg") == 1


def test_a_locked_archive_is_refused() -> None:
    content = bytearray(make_docx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    assert refuse("letter.docx", bytes(content))[0] == "locked"


def test_a_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    """The declared sizes are checked; of parts that are read, never more than a little is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"\0" * (4 * 1024 * 1024))
    assert refuse("letter.docx", out.getvalue())[0] == "archive"


def test_a_picture_that_claims_too_many_pixels_is_not_opened() -> None:
    png = bytearray(make_photo((10, 10), "PNG"))
    png[16:24] = (60_000).to_bytes(4, "big") * 2
    png[29:33] = zlib.crc32(bytes(png[12:29])).to_bytes(4, "big")
    assert refuse("photo.png", bytes(png))[0] == "pixels"


def test_more_than_ten_megabytes_are_not_read() -> None:
    large = upload("film.jpg", b"\xff\xd8\xff" + b"\0" * MOST_BYTES)
    with pytest.raises(FileRefusedError) as caught:
        check_file(large)
    assert (caught.value.code, large.tell()) == ("large", 0)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\dara\\letter.docx", "letter.docx"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("ស្រុក\u200bភូមិ.pdf", "ស្រុក\u200bភូមិ.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("x" * 300, "ឯកសារ"),
        ("", "ឯកសារ"),
    ],
)
def test_names_are_cleaned(name: str, kept: str) -> None:
    assert clean_name(name) == kept
