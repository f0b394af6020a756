"""Certificates as Open Badges 3.0: a credential signed as VC-JWT with Ed25519, and the documents to check it by.

Sources: 1EdTech Open Badges 3.0 (sections 8.2.4 and 8.2.6), W3C Bitstring Status List 1.0, the did:web method.
"""

import base64
import gzip
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organisation
from courses.models import Certificate
from courses.models.papers import Paper
from courses.services.badge_keys import find_signing_key, read_keys
from courses.services.certificates import PROGRAMME
from courses.services.wording import say_criteria, say_works

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
DID_CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1"]
LIST_SIZE = 131_072  # the least number of places in a status list, so that one person hides among many
LIST_LIFE = timedelta(days=1)  # a verifier refuses an older copy of a status list


def site_address() -> str:
    """Where this site is for everybody, without the last slash."""
    address: str = settings.WAGTAILADMIN_BASE_URL
    return address.rstrip("/")


def did_of(organisation: Organisation | None) -> str:
    """did:web of an issuer. The programme's own is the host; an NGO's stands below it, with the same keys."""
    host = quote(urlsplit(site_address()).netloc, safe="")
    return f"did:web:{host}:issuers:{organisation.public_id}" if organisation else f"did:web:{host}"


def issuer_address(organisation: Organisation | None) -> str:
    """Where an issuer's documents are."""
    return f"{site_address()}/issuers/{organisation.public_id if organisation else 'programme'}"


def describe_did(organisation: Organisation | None) -> dict[str, Any]:
    """The DID document: every key that ever signed for this issuer and is still trusted."""
    did = did_of(organisation)
    methods = [
        {"id": f"{did}#{key.kid}", "type": "JsonWebKey2020", "controller": did, "publicKeyJwk": key.jwk}
        for key in read_keys()
    ]
    names = [method["id"] for method in methods]
    return {"@context": DID_CONTEXTS, "id": did, "verificationMethod": methods, "assertionMethod": names}


def describe_profile(organisation: Organisation | None) -> dict[str, Any]:
    """The issuer as a document of its own."""
    names = {"km": organisation.name_km, "en": organisation.name_en} if organisation else PROGRAMME
    profile = _profile(organisation, names)
    logo = organisation.issuer.logo.name if organisation and hasattr(organisation, "issuer") else ""
    if logo:
        profile["image"] = {"id": f"{site_address()}{default_storage.url(logo)}", "type": "Image"}
    return {"@context": [CREDENTIALS, OPEN_BADGES], **profile}


def describe_badge(certificate: Certificate) -> dict[str, Any]:
    """The credential of a certificate, unsigned. The person is named as on the verify page."""
    narrative = say_criteria(certificate, "en"), say_criteria(certificate, "km")
    achievement = {
        "id": f"urn:uuid:{certificate.course_key}",
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": say_both(certificate.facts["course"]),
        "description": "\n\n".join(narrative),
        "criteria": {"narrative": "\n\n".join(narrative)},
        "tag": [skill["en"] for skill in certificate.facts["skills"]],
    }
    address = f"{site_address()}/verify/{certificate.code}/"
    badge = describe_credential(certificate, achievement, address=address, lists="status")
    if certificate.evidence:
        badge["evidence"] = [
            {"type": ["Evidence"], "name": say_both(work), "description": say_works()} for work in certificate.evidence
        ]
    return badge


def describe_credential(paper: Paper, achievement: dict[str, Any], *, address: str, lists: str) -> dict[str, Any]:
    """What the credentials of all papers share. `address` verifies the paper; `lists` names the folder of its kind's
    status lists below the issuer's address.
    """
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achievement["name"],
        "issuer": _profile(paper.organisation, paper.facts["issuer"]),
        "validFrom": _stamp(paper.issued_at),
        "credentialSubject": _describe_subject(paper, achievement),
        "credentialStatus": _describe_status(paper, lists),
    }


def sign_badge(certificate: Certificate) -> str | None:
    """The signed credential (VC-JWT); None without a key, and for a certificate that does not hold any more."""
    return sign_paper(certificate, describe_badge(certificate)) if certificate.is_valid else None


def sign_paper(paper: Paper, badge: dict[str, Any]) -> str | None:
    """A paper's credential, signed for its issuer; None without a key."""
    times = {"nbf": int(paper.issued_at.timestamp())}
    return sign({**badge, **times}, issuer=did_of(paper.organisation))


def sign_status_list(
    organisation: Organisation | None,
    number: int,
    *,
    papers: QuerySet[Any] | None = None,
    lists: str = "status",
) -> str | None:
    """The signed list of this issuer's papers of one kind that do not hold any more: of its certificates unless
    `papers` are given. None without a key.
    """
    address, now = f"{issuer_address(organisation)}/{lists}/{number}/", timezone.now().replace(microsecond=0)
    start = number * LIST_SIZE
    void = (Certificate.objects.void() if papers is None else papers).filter(organisation=organisation)
    places = void.filter(pk__gte=start, pk__lt=start + LIST_SIZE).values_list("pk", flat=True)
    subject = {
        "id": f"{address}#list",
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": encode_places({pk - start for pk in places}),
    }
    credential = {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did_of(organisation),
        "validFrom": _stamp(now),
        "validUntil": _stamp(now + LIST_LIFE),
        "credentialSubject": subject,
        "nbf": int(now.timestamp()),
    }
    return sign(credential, issuer=did_of(organisation))


def sign(credential: dict[str, Any], *, issuer: str) -> str | None:
    """A credential as VC-JWT; None without a key."""
    key = find_signing_key()
    if key is None or key.secret is None:
        return None
    claims = {**credential, "iss": issuer, "jti": credential["id"]}
    secret = Ed25519PrivateKey.from_private_bytes(key.secret)
    return jwt.encode(claims, secret, algorithm="EdDSA", headers={"typ": "JWT", "kid": f"{issuer}#{key.kid}"})


def encode_places(places: set[int]) -> str:
    """The places as bits, the first in the highest bit, gzip, multibase base64url."""
    bits = bytearray(LIST_SIZE // 8)
    for place in places:
        bits[place // 8] |= 0x80 >> (place % 8)
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")


def _describe_subject(paper: Paper, achievement: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": False,
                "identityHash": say_both(paper.public_names),
                "identityType": "name",
            }
        ],
        "achievement": achievement,
    }


def _describe_status(paper: Paper, lists: str) -> dict[str, str]:
    number, place = divmod(paper.pk, LIST_SIZE)
    address = f"{issuer_address(paper.organisation)}/{lists}/{number}/"
    return {
        "id": f"{address}#{place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(place),
        "statusListCredential": address,
    }


def _profile(organisation: Organisation | None, names: dict[str, str]) -> dict[str, Any]:
    address = f"{issuer_address(organisation)}/profile.json"
    return {"id": did_of(organisation), "type": ["Profile"], "name": say_both(names), "url": address}


def say_both(words: dict[str, Any]) -> str:
    """Both languages in one line: a badge has one name only."""
    return " · ".join(dict.fromkeys(words[code] for code in ("km", "en") if words.get(code)))


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
