"""Open Badges of service records, judged from outside as a certificate's are."""

from typing import Any

import pytest
from django.test import Client
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier
from pytest_django import Settings

from accounts.models import Organisation, User
from courses.enums import RevocationReason
from tests.badges import SITE, Download, download_by
from tests.factories.certificates import make_certificate
from tests.factories.records import make_record
from tests.factories.serving import HoursFactory
from volunteers.enums import Sharing
from volunteers.services.after.records import issue_when_due, revoke_record, share

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = SITE


@pytest.fixture
def download(client: Client) -> Download:
    return download_by(client)


def judge(token: str, office: Organisation, download: Download) -> Any:
    issuer = f"did:web:chuoykhum.example:issuers:{office.public_id}"
    return OB3Verifier.for_issuer_did(issuer, download=download).verify(token, check_status=True, download=download)


def fetch_badge(client: Client, code: str) -> str:
    return client.get(f"/service/{code}/badge.jwt").content.decode()


def test_the_judge_believes_the_offices_badge(
    client: Client, learner: User, office: Organisation, download: Download
) -> None:
    record = make_record(learner, office)
    credential = judge(fetch_badge(client, record.code), office, download)
    assert credential.id == f"https://chuoykhum.example/service/{record.code}/"
    assert credential.achievement.name == "បញ្ចូលសំណើពីភូមិក្នុងតារាង · Enter village proposals into a table"
    assert credential.identifiers[0].identity_hash == f"សុខ {learner.given_name_km} · SOK {learner.given_name_latin}"
    assert "46 h 30 min of work on 12 days, confirmed." in credential.achievement.criteria_narrative
    assert "Lists in Excel: Uses it alone." in credential.achievement.criteria_narrative


def test_the_judge_sees_what_was_withdrawn(
    client: Client, learner: User, office: Organisation, moderator: User, download: Download
) -> None:
    make_certificate(learner)  # the lists of certificates and of records are two
    record, other = make_record(learner, office), make_record(learner, office)
    token, held = fetch_badge(client, record.code), fetch_badge(client, other.code)
    revoke_record(record, by=moderator, reason=RevocationReason.MISTAKE)
    with pytest.raises(OB3VerificationError, match="'revocation' is set"):
        judge(token, office, download)
    assert judge(held, office, download).id.endswith(f"/{other.code}/")
    assert client.get(f"/service/{record.code}/badge.jwt").status_code == 404


def test_the_judge_sees_what_was_replaced(client: Client, ended: Any, office: Organisation, download: Download) -> None:
    record = issue_when_due(ended)
    assert record
    token = fetch_badge(client, record.code)
    HoursFactory.create(placement=ended)
    new = issue_when_due(ended)
    assert new
    with pytest.raises(OB3VerificationError, match="'revocation' is set"):
        judge(token, office, download)
    assert judge(fetch_badge(client, new.code), office, download).id.endswith(f"/{new.code}/")


def test_without_the_name_there_is_no_badge(client: Client, learner: User, office: Organisation) -> None:
    record = make_record(learner, office)
    share(record, Sharing.NAMELESS)
    assert client.get(f"/service/{record.code}/badge.jwt").status_code == 404
    assert "badge.jwt" not in client.get(f"/en/service/{record.code}/").content.decode()
