"""What an NGO puts on its certificates: by its publishers, checked by content, drawn anew, frozen once issued."""

import io
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from accounts.enums import MembershipRole
from accounts.models import Organisation, User
from courses.models import Issuer
from courses.services.certificates import describe_issuer
from courses.services.issuers import LARGEST, BadPictureError, redraw, save_issuer
from tests.factories.accounts import MembershipFactory

pytestmark = pytest.mark.django_db


def upload(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 100), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **options)
    return out.getvalue()


def test_a_picture_is_drawn_anew_without_what_came_along() -> None:
    notes = PngInfo()
    notes.add_text("Author", "somebody at home")
    drawn = redraw(upload(picture(size=(2000, 1000), pnginfo=notes) + b"<script>tail</script>")).read()
    with Image.open(io.BytesIO(drawn)) as image:
        assert (image.format, image.size, image.info) == ("PNG", LARGEST, {})
    assert b"somebody" not in drawn
    assert b"script" not in drawn


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_three_kinds_are_taken(kind: str) -> None:
    assert redraw(upload(picture(kind))).read()[:4] == b"\x89PNG"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (lambda: b"MZ\x90\x00" + b"\x00" * 500, "kind"),
        (lambda: b"", "kind"),
        (lambda: picture("GIF"), "kind"),
        (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "kind"),
        (lambda: picture()[:80], "kind"),
        (lambda: picture(size=(9000, 9000)), "size"),
        (lambda: b"\x00" * (2 * 1024 * 1024 + 1), "size"),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(content: Callable[[], bytes], why: str) -> None:
    with pytest.raises(BadPictureError, match=why):
        redraw(upload(content(), "photo.jpg"))


def test_what_was_issued_keeps_its_logo(ngo: Organisation) -> None:
    save_issuer(ngo, texts={}, pictures={"logo": upload(picture())})
    before = describe_issuer(ngo)["logo"]
    save_issuer(ngo, texts={"signer_name_en": "CHAN"}, pictures={"logo": upload(picture("JPEG"))})
    after = describe_issuer(ngo)
    assert (after["logo"] != before, default_storage.exists(before)) == (True, True)
    save_issuer(ngo, texts={}, pictures={}, without=frozenset({"logo"}))
    assert (describe_issuer(ngo)["logo"], default_storage.exists(before), Issuer.objects.count()) == ("", True, 1)


def test_a_publisher_fills_the_form(client: Client, ngo: Organisation) -> None:
    client.force_login(MembershipFactory.create(organisation=ngo, role=MembershipRole.PUBLISHER).user)
    address = f"/en/learn/issuers/{ngo.public_id}/"
    assert client.get(address).status_code == 200
    wrong = client.post(address, {"signer_name_en": "CHAN Sophea", "logo": upload(b"MZ", "logo.png")})
    assert (wrong.status_code, "This file is no PNG" in wrong.content.decode()) == (422, True)
    assert "CHAN Sophea" in wrong.content.decode()
    assert Issuer.objects.count() == 0
    client.post(address, {"signer_name_en": "CHAN Sophea", "logo": upload(picture())})
    issuer = Issuer.objects.get()
    assert (issuer.organisation, issuer.signer_name_en, issuer.logo.name.startswith("issuers/")) == (
        ngo,
        "CHAN Sophea",
        True,
    )


@pytest.mark.parametrize(
    ("role", "status"),
    [(MembershipRole.MANAGER, 200), (MembershipRole.AUTHOR, 403), (MembershipRole.FACILITATOR, 403)],
)
def test_who_may(client: Client, ngo: Organisation, stranger: User, role: MembershipRole, status: int) -> None:
    address = f"/en/learn/issuers/{ngo.public_id}/"
    assert client.get(address).status_code == 302
    client.force_login(MembershipFactory.create(organisation=ngo, role=role).user)
    assert client.get(address).status_code == status
    client.force_login(stranger)
    assert client.get(address).status_code == 403
