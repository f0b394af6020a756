"""Open Badges judged from outside: openbadgeslib reads our documents as any verifier would, over our own addresses."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier, resolve_did
from pytest_django import Settings

from accounts.models import Organisation, User
from courses.enums import ReissueReason, RevocationReason
from courses.models import Certificate
from courses.services.badge_keys import find_signing_key, make_key, read_keys
from courses.services.badges import LIST_SIZE, did_of, encode_places
from courses.services.certificates import reissue
from courses.services.papers import revoke
from tests.badges import SITE, Download, download_by
from tests.factories.accounts import UserFactory
from tests.factories.certificates import WORK, make_certificate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = SITE


@pytest.fixture
def download(client: Client) -> Download:
    return download_by(client)


def fetch_badge(client: Client, certificate: Certificate) -> str:
    return client.get(f"/verify/{certificate.code}/badge.jwt").content.decode()


def judge(token: str, issuer: str, download: Download) -> Any:
    """The outside judge: keys from the issuer's did:web, then signature, structure, dates, status."""
    return OB3Verifier.for_issuer_did(issuer, download=download).verify(token, check_status=True, download=download)


def test_the_judge_believes_the_programmes_badge(client: Client, learner: User, download: Download) -> None:
    certificate = make_certificate(learner, evidence=[WORK])
    credential = judge(fetch_badge(client, certificate), "did:web:chuoykhum.example", download)
    assert credential.id == f"https://chuoykhum.example/verify/{certificate.code}/"
    assert credential.achievement.name == "តារាង Excel សម្រាប់ការងារឃុំ · Excel for commune work"
    assert credential.identifiers[0].identity_hash == (f"សុខ {learner.given_name_km} · SOK {learner.given_name_latin}")
    assert credential.evidence[0].name == "តារាងគម្រោង CIP របស់ភូមិ · The CIP table of a village"
    assert "Read all 6 required lessons." in credential.achievement.criteria_narrative
    assert "អានចប់មេរៀនចាំបាច់ ៦។" in credential.achievement.criteria_narrative


def test_the_judge_believes_an_ngos_badge(client: Client, learner: User, ngo: Organisation, download: Download) -> None:
    certificate = make_certificate(learner, ngo)
    issuer = f"did:web:chuoykhum.example:issuers:{ngo.public_id}"
    assert judge(fetch_badge(client, certificate), issuer, download).issuer.id == issuer
    with pytest.raises(OB3VerificationError, match="names a different DID"):
        judge(fetch_badge(client, certificate), "did:web:chuoykhum.example", download)
    profile = json.loads(download(f"https://chuoykhum.example/issuers/{ngo.public_id}/profile.json"))
    assert (profile["id"], profile["name"]) == (issuer, f"{ngo.name_km} · {ngo.name_en}")


def test_a_tampered_badge_fails(client: Client, learner: User, download: Download) -> None:
    head, body, signature = fetch_badge(client, make_certificate(learner)).split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["credentialSubject"]["identifier"][0]["identityHash"] = "SOMEBODY Else"
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    with pytest.raises(OB3VerificationError, match="Invalid signature"):
        judge(f"{head}.{forged}.{signature}", "did:web:chuoykhum.example", download)


def test_the_judge_sees_what_was_revoked_or_replaced(client: Client, learner: User, download: Download) -> None:
    revoked, replaced, valid = (make_certificate(learner) for _number in range(3))
    badges = [fetch_badge(client, certificate) for certificate in (revoked, replaced, valid)]
    revoke(revoked, by=learner, reason=RevocationReason.MISTAKE)
    learner.given_name_km = "ថ្មី"
    learner.save()
    reissue(replaced, reason=ReissueReason.NEW_NAME)
    for token in badges[:2]:
        with pytest.raises(OB3VerificationError, match="status 'revocation' is set"):
            judge(token, "did:web:chuoykhum.example", download)
    for gone in (revoked, replaced):
        assert client.get(f"/verify/{gone.code}/badge.jwt").status_code == 404
    assert judge(badges[2], "did:web:chuoykhum.example", download).id.endswith(f"/{valid.code}/")


def test_after_a_new_key_the_old_badge_holds_until_its_key_is_dropped(
    client: Client, learner: User, download: Download, settings: Settings
) -> None:
    token = fetch_badge(client, make_certificate(learner))
    old = read_keys()[0].public
    settings.BADGE_KEYS = [("public", old), ("secret", b"new" + b"n" * 29)]
    assert find_signing_key() == read_keys()[0]
    judge(token, "did:web:chuoykhum.example", download)
    settings.BADGE_KEYS = [("secret", b"new" + b"n" * 29)]
    with pytest.raises(OB3VerificationError, match="no verificationMethod with id"):
        judge(token, "did:web:chuoykhum.example", download)


def test_the_document_names_the_signing_key_first(download: Download) -> None:
    document = json.loads(download("https://chuoykhum.example/.well-known/did.json"))
    key = read_keys()[0]
    assert [method["publicKeyJwk"] for method in document["verificationMethod"]] == [key.jwk]
    assert document["assertionMethod"] == [f"did:web:chuoykhum.example#{key.kid}"]
    assert b"PUBLIC KEY" in resolve_did("did:web:chuoykhum.example", download)


def test_without_a_key_there_is_no_badge_but_a_certificate(client: Client, learner: User, settings: Settings) -> None:
    settings.BADGE_KEYS = []
    certificate = make_certificate(learner)
    assert client.get(f"/verify/{certificate.code}/badge.jwt").status_code == 404
    assert client.get(f"/en/verify/{certificate.code}/").status_code == 200
    client.force_login(learner)
    page = client.get(f"/en/learn/certificates/{certificate.code}/").content.decode()
    assert ("badge.jwt" in page, certificate.shown_code in page) == (False, True)


def test_a_minors_badge_has_no_family_name(client: Client) -> None:
    minor = UserFactory.create(minor=True)
    certificate = make_certificate(minor)
    badge = client.get(f"/verify/{certificate.code}/badge.json").json()
    assert badge["credentialSubject"]["identifier"][0]["identityHash"] == (
        f"{minor.given_name_km} · {minor.given_name_latin}"
    )


def test_the_port_is_part_of_the_issuers_name(settings: Settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "http://localhost:8000"
    assert did_of(None) == "did:web:localhost%3A8000"


def test_a_status_list_is_old_after_a_day(client: Client, download: Download) -> None:
    body = download("https://chuoykhum.example/issuers/programme/status/0/").decode().split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    left = timezone.datetime.fromisoformat(claims["validUntil"]) - timezone.now()
    assert timedelta(hours=23) < left <= timedelta(days=1)
    assert client.get("/issuers/programme/status/10000/").status_code == 404


def test_places_stand_in_the_highest_bit_first() -> None:
    from openbadgeslib.ob3 import decode_encoded_list

    bits = decode_encoded_list(encode_places({0, 9, LIST_SIZE - 1}))
    assert (len(bits), bits[0], bits[1], bits[-1]) == (LIST_SIZE // 8, 0x80, 0x40, 0x01)


def test_a_made_key_signs() -> None:
    secret, public = make_key()
    assert (secret.startswith("secret:"), public.startswith("public:"), len(secret)) == (True, True, 50)
