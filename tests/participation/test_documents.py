"""Papers of a commune: brought by its office, checked by content, replaced with a history, taken off."""

import uuid
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import Organisation, User
from notifications.models import Notification
from participation.models import CommuneDocument, DocumentVersion
from places.models import Commune
from tests.factories.accounts import MembershipFactory, OfficeFactory
from tests.factories.participation import FollowFactory, PaperFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n%%EOF\n"


def pdf(content: bytes = PDF, name: str = "budget.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def typed(**changed: object) -> dict[str, object]:
    fields = {
        "client_id": str(uuid.uuid4()), "kind": "budget", "title_km": "ថវិកាឃុំ", "title_en": "Commune budget",
        "year": "២០២៦", "file": pdf(),
    }  # fmt: skip
    return fields | changed


@pytest.fixture
def desk(client: Client, clerk: User) -> Client:
    client.force_login(clerk)
    return client


def test_an_office_publishes_and_anybody_reads(
    desk: Client, commune: Commune, office: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    FollowFactory.create(commune=commune, user__username="dara")
    with django_capture_on_commit_callbacks(execute=True):
        answered = desk.post(f"/en/communes/{commune.code}/documents/new/", typed())
    paper = CommuneDocument.objects.get()
    assert (answered.status_code, paper.year, paper.size, paper.version) == (302, 2026, len(PDF), 1)
    told = Notification.objects.get(kind="participation.paper_published")
    assert (told.recipient.username, told.data["title"]["en"]) == ("dara", "Commune budget")
    visitor = Client()
    page = visitor.get(f"/en/documents/{paper.public_id}/").text
    assert ["Commune budget" in page, f"PDF · {len(PDF)} B" in page, "Replace it" in page] == [True, True, False]
    file = visitor.get(f"/en/documents/{paper.public_id}/1/")
    assert b"".join(file.streaming_content) == PDF  # type: ignore[attr-defined]
    assert (file["Content-Type"], file["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "sandbox" in file["Content-Security-Policy"]
    assert file["Content-Disposition"].startswith("attachment")


def test_the_same_sending_twice_is_one_paper(desk: Client, commune: Commune, office: Organisation) -> None:
    fields = typed()
    for _tap in range(2):
        desk.post(f"/en/communes/{commune.code}/documents/new/", fields | {"file": pdf()})
    assert (CommuneDocument.objects.count(), DocumentVersion.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"file": pdf(b"MZ\x90program")}, "is a program"),
        ({"file": pdf(b"")}, "The submitted file is empty"),
        ({"file": ""}, "This field is required"),
        ({"year": "1066"}, "Write a year from 2001"),
        ({"kind": "poem"}, "Select a valid choice"),
    ],
)
def test_what_is_refused_comes_back_as_typed(
    desk: Client, commune: Commune, office: Organisation, changed: dict[str, object], sentence: str
) -> None:
    page = desk.post(f"/en/communes/{commune.code}/documents/new/", typed(**changed)).text
    assert [sentence in page, "ថវិកាឃុំ" in page, CommuneDocument.objects.count()] == [True, True, 0]


def test_a_photo_is_drawn_anew_and_shown(desk: Client, commune: Commune, office: Organisation) -> None:
    picture = BytesIO()
    Image.new("RGB", (30, 20), "green").save(picture, "JPEG", exif=b"Exif\x00\x00secret place")
    upload = SimpleUploadedFile("plan.jpg", picture.getvalue(), "image/jpeg")
    desk.post(f"/en/communes/{commune.code}/documents/new/", typed(file=upload))
    file = Client().get(CommuneDocument.objects.get().file_url.replace("/km/", "/en/"))
    content = b"".join(file.streaming_content)  # type: ignore[attr-defined]
    assert (file["Content-Type"], b"secret place" in content) == ("image/webp", False)


def test_a_newer_version_says_what_changed_and_the_older_stays(desk: Client, office: Organisation) -> None:
    paper = PaperFactory.create(office=office)
    address = f"/en/documents/{paper.public_id}/replace/"
    silent = desk.post(address, {"client_id": str(uuid.uuid4()), "file": pdf(PDF + b"\n"), "note": ""})
    assert ["This field is required" in silent.text, paper.versions.count()] == [True, 1]
    fields = {"client_id": str(uuid.uuid4()), "note": "Sum corrected"}
    for _tap in range(2):
        desk.post(address, fields | {"file": pdf(PDF + b"\n")})
    paper.refresh_from_db()
    assert (paper.version, paper.size, paper.versions.count()) == (2, len(PDF) + 1, 2)
    page = Client().get(f"/en/documents/{paper.public_id}/").text
    assert ["Sum corrected" in page, "Version 1" in page] == [True, True]
    assert Client().get(f"/en/documents/{paper.public_id}/1/").status_code == 200


def test_taken_off_only_its_office_reads_it(desk: Client, commune: Commune, office: Organisation) -> None:
    paper = PaperFactory.create(office=office, title_en="List with names")
    desk.post(f"/en/documents/{paper.public_id}/take-off/", {"reason": "A list of names was in it."})
    addresses = [f"/en/documents/{paper.public_id}/", f"/en/documents/{paper.public_id}/1/"]
    assert [Client().get(address).status_code for address in addresses] == [404, 404]
    assert [desk.get(address).status_code for address in addresses] == [200, 200]
    lists = [each.get(f"/en/communes/{commune.code}/documents/").text for each in (Client(), desk)]
    assert ["List with names" in text for text in lists] == [False, True]


def test_only_a_verified_office_of_the_commune_publishes(
    client: Client, commune: Commune, office: Organisation, learner: User
) -> None:
    paper = PaperFactory.create(office=office)
    unverified = MembershipFactory.create(organisation=OfficeFactory.create(verification="waiting")).user
    rival = MembershipFactory.create(organisation=OfficeFactory.create()).user
    for person in (learner, rival, unverified):
        client.force_login(person)
        assert client.post(f"/en/communes/{commune.code}/documents/new/", typed()).status_code == 403
        off = client.post(f"/en/documents/{paper.public_id}/take-off/", {"reason": "x"})
        assert off.status_code == 403
    assert CommuneDocument.objects.filter(withdrawn_at=None).count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_filters_and_costs_the_same(
    client: Client, commune: Commune, office: Organisation, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        PaperFactory.create(office=office, title_en=f"Paper {number}", year=2025)
    PaperFactory.create(office=office, title_en="Minutes of May", kind="minutes", year=2026)
    address = f"/en/communes/{commune.code}/documents/"
    client.get(address)
    with django_assert_num_queries(3):
        text = client.get(f"{address}?year=2025").text
    assert [text.count(">Paper "), "Minutes of May" in text] == [rows, False]
    assert "Minutes of May" in client.get(f"{address}?kind=minutes").text
    assert "Minutes of May" in client.get(f"{address}?kind=nonsense").text
