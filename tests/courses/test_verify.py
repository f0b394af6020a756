"""The verify page and the API say whether a certificate is real, to everybody, and no more than that."""

import pytest
from django.test import Client

from accounts.models import Organisation, User
from courses.enums import ReissueReason, RevocationReason
from courses.services.certificates import reissue
from courses.services.papers import read_code, revoke
from tests.factories.accounts import UserFactory
from tests.factories.certificates import make_certificate

pytestmark = pytest.mark.django_db


def read(client: Client, code: str, status: int = 200) -> str:
    response = client.get(f"/en/verify/{code}/")
    assert response.status_code == status
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    return response.content.decode()


def test_a_valid_one_says_what_was_proved_and_by_whom(client: Client, learner: User, ngo: Organisation) -> None:
    certificate = make_certificate(learner, ngo)
    page = read(client, certificate.code)
    for piece in (
        "This certificate is valid.",
        f"SOK {learner.given_name_latin}",
        "Excel for commune work",
        "ANSA Cambodia",
        "Confirmed by Angk Ta Saom commune office.",
        "Handed in 1 practical task, which was accepted.",
        "Budget sums",
        '<meta name="robots" content="noindex, nofollow">',
    ):
        assert piece in page
    assert learner.username not in page


def test_a_minor_has_no_family_name_until_grown_up(client: Client) -> None:
    minor = UserFactory.create(minor=True)
    certificate = make_certificate(minor)
    page = read(client, certificate.code)
    assert ("SOK" in page, minor.given_name_latin in page) == (False, True)
    assert client.get(f"/api/v1/verify/{certificate.code}/").json()["name"] == {
        "km": minor.given_name_km,
        "en": minor.given_name_latin,
    }
    minor.birth_year -= 5
    minor.save()
    assert "SOK" in read(client, certificate.code)


def test_a_revoked_one_says_why(client: Client, learner: User) -> None:
    certificate = make_certificate(learner)
    revoke(certificate, by=learner, reason=RevocationReason.NOT_OWN_WORK)
    page = read(client, certificate.code)
    for piece in ("is not valid: its issuer has withdrawn it", "The work was another person&#x27;s"):
        assert piece in page
    assert learner.given_name_latin not in page


def test_a_replaced_one_leads_to_the_new_one(client: Client, learner: User) -> None:
    old = make_certificate(learner)
    learner.given_name_latin = "Daravuth"
    learner.save()
    new = reissue(old, reason=ReissueReason.SPELLING)
    page = read(client, old.code)
    for piece in ("was replaced by a newer one", "The name was misspelt", f"/en/verify/{new.code}/"):
        assert piece in page
    assert "Daravuth" not in page


def test_an_unknown_code_is_said_to_be_unknown(client: Client) -> None:
    page = read(client, "23456BCDFG", status=404)
    assert "We know no certificate with this code." in page
    assert read(client, "no such thing", status=404).count("<form") >= 1


def test_the_short_address_keeps_the_readers_language(client: Client, learner: User) -> None:
    certificate = make_certificate(learner)
    response = client.get(f"/verify/{certificate.code}/")
    assert (response.status_code, response["Location"]) == (302, f"/km/verify/{certificate.code}/")


def test_a_typed_code_is_read_kindly(client: Client, learner: User) -> None:
    certificate = make_certificate(learner, code="K7M42Q9PXT")
    for typed in ("k7m42-q9pxt", " K7M42 Q9PXT ", "K៧M៤២–Q៩PXT"):
        response = client.get("/en/verify/", {"code": typed})
        assert (response.status_code, response["Location"]) == (302, f"/en/verify/{certificate.code}/")
    assert client.get("/en/verify/k7m42-q9pxt/")["Location"] == f"/en/verify/{certificate.code}/"
    wrong = client.get("/en/verify/", {"code": "K7M42"})
    assert (wrong.status_code, "ten letters and digits" in wrong.content.decode()) == (422, True)


@pytest.mark.parametrize("typed", ["", "K7M42Q9PX", "K7M42Q9PXTT", "K7M42Q9PXO", "<script>", "០" * 10])
def test_what_can_be_no_code(typed: str) -> None:
    assert read_code(typed) == ""


def test_guessing_is_slowed_down(client: Client) -> None:
    statuses = [client.get("/en/verify/23456BCDFG/").status_code for _number in range(61)]
    assert statuses == [404] * 60 + [429]
    api = [client.get("/api/v1/verify/23456BCDFG/").status_code for _number in range(61)]
    assert api == [404] * 60 + [429]


def test_the_api_says_the_same(client: Client, learner: User, stranger: User) -> None:
    certificate = make_certificate(learner)
    said = client.get(f"/api/v1/verify/{certificate.shown_code.lower()}/").json()
    assert said == {
        "code": certificate.shown_code,
        "state": "valid",
        "name": certificate.facts["name"],
        "course": str(certificate.course_key),
        "title": certificate.facts["course"],
        "issuer": certificate.facts["issuer"],
        "confirmed_by": certificate.facts["confirmer"],
        "minutes": 80,
        "skills": ["lists", "sums", "print"],
        "issued_at": "2026-11-18T10:00:00+07:00",
        "replaced_by": None,
        "replaced_because": "",
        "withdrawn_at": None,
        "withdrawn_because": "",
        "page": f"http://localhost:8000/verify/{certificate.code}/",
        "badge": f"http://localhost:8000/verify/{certificate.code}/badge.jwt",
    }
    revoke(certificate, by=learner, reason=RevocationReason.MISTAKE)
    said = client.get(f"/api/v1/verify/{certificate.code}/").json()
    assert (said["state"], said["withdrawn_because"], said["name"]) == ("revoked", "mistake", {})


def test_the_api_lists_ones_own(client: Client, learner: User, stranger: User) -> None:
    mine = make_certificate(learner)
    make_certificate(stranger)
    assert client.get("/api/v1/me/certificates/").status_code == 403
    client.force_login(learner)
    rows = client.get("/api/v1/me/certificates/").json()["results"]
    assert [(row["code"], row["works"]) for row in rows] == [(mine.shown_code, [])]
    schema = client.get("/api/v1/schema/?format=json").json()["paths"]
    assert {"/api/v1/me/certificates/", "/api/v1/verify/{code}/"} <= set(schema)
