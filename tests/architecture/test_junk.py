"""Odd, huge, forged and broken input to every address as each role: a clear no, never an error of ours.

By hand with more of it: `JUNK_ROUNDS=20 pytest tests/architecture/test_junk.py`.
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode, urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, User
from tests.architecture.junk import BODIES, NAMES, QUERIES, TEXTS, Form, Forms, spoil
from tests.architecture.test_doors import World, needed, ours

ROUNDS = int(os.environ.get("JUNK_ROUNDS", "1"))
SEED = int(os.environ.get("JUNK_SEED", "1"))
WRITERS = ("learner", "clerk", "admin")
LEFT_OUT = {"account_logout", "health", "media"}


class Prober:
    """One role's browser. What it changes is taken back at once; what fell is kept with how to make it fall."""

    def __init__(self, world: World, role: str) -> None:
        self.world, self.role = world, role
        self.client = Client(raise_request_exception=False)
        if person := world.people[role]:
            self.client.force_login(person)
        self.fallen: list[str] = []
        self.asked = 0

    @contextmanager
    def undone(self) -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    def ask(self, method: str, url: str, said: object = "", **more: object) -> str:
        """The answer's HTML where it has any."""
        self.asked += 1
        with self.undone():
            response = getattr(self.client, method)(url, **more)
            if response.status_code >= 500:
                self.fallen.append(f"{self.role} {method} {url[:200]} {str(said)[:400]}")
            is_html = "html" in response.get("Content-Type", "") and not response.streaming
            return response.content.decode() if is_html else ""

    def post_form(self, page: str, form: Form, dice: random.Random) -> None:
        url = urljoin(page, form.action)
        if urlsplit(url).netloc or url.startswith(("/accounts/logout", "/admin/")):
            return
        for values in spoil(form, dice, ROUNDS):
            if form.is_post:
                self.ask("post", url, values, data=values)
            else:
                self.ask("get", f"{url.split('?')[0]}?{urlencode(values, doseq=True)}")


@pytest.fixture
def world(office: Organisation, learner: User, clerk: User, moderator: User) -> World:
    return World(office, learner, clerk, moderator)


def addresses(world: World) -> dict[str, str]:
    names = sorted(set(ours()) - LEFT_OUT)
    return {name: reverse(name, kwargs=world.find(name) or None) for name in names}


def probe(world: World, role: str) -> list[str]:
    """Every page with odd queries, and every form on it spoilt; each form once, wherever it stands."""
    prober, dice = Prober(world, role), random.Random(f"{SEED} {role}")
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for url in addresses(world).values():
        page = prober.ask("get", url)
        prober.ask("get", f"{url}?{dice.choice(QUERIES)}")
        prober.ask("get", f"{url}?{urlencode({name: dice.choice(TEXTS) for name in NAMES})}")
        prober.ask("post", url, data={name: dice.choice(TEXTS) for name in NAMES})
        body = dice.choice(BODIES)
        prober.ask("post", url, body, data=body, content_type="application/json")
        for form in Forms(page).found:
            key = (urljoin(url, form.action), tuple(sorted(form.values)))
            if key not in seen:
                seen.add(key)
                prober.post_form(url, form, dice)
    assert prober.asked > len(seen) > 3
    return prober.fallen


@pytest.mark.parametrize("role", WRITERS)
def test_junk_is_refused(world: World, role: str) -> None:
    assert probe(world, role) == []


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("role", WRITERS)
def test_junk_is_refused_on_postgresql(world: World, role: str) -> None:
    """Which is stricter: no NUL in texts, no number too large for its column."""
    assert probe(world, role) == []


def test_forged_addresses_are_not_found(world: World) -> None:
    """Codes, tokens and names in an address that nobody ever gave out."""
    fallen = []
    for role in ("visitor", "admin"):
        prober = Prober(world, role)
        for name in sorted(set(ours()) - LEFT_OUT):
            known = world.find(name)
            for part, value in known.items():
                if isinstance(value, str) and part in needed(name):
                    url = reverse(name, kwargs=known)
                    for text in ("%00", quote("ក" * 300), "x" * 3000, quote("²"), "..%2f..", "%ff"):
                        prober.ask("get", url.replace(quote(value), text, 1))
        fallen += prober.fallen
    assert fallen == []
