"""The frame, the front door, the language, and the pages for trouble."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Contrast, Language
from accounts.models import User
from ui.context import Shell
from ui.views import bad_request, server_error


class TestFrontDoor:
    def test_khmer_first_whatever_the_browser_says(self, client: Client) -> None:
        response = client.get("/", headers={"accept-language": "en-GB,en"})
        assert (response.status_code, response["Location"]) == (302, "/km/")

    def test_the_last_language_read_is_remembered(self, client: Client) -> None:
        client.cookies["django_language"] = "en"
        assert client.get("/")["Location"] == "/en/"

    def test_a_made_up_language_is_khmer(self, client: Client) -> None:
        client.cookies["django_language"] = "xx"
        assert client.get("/")["Location"] == "/km/"

    def test_a_persons_setting_wins(self, client: Client, stranger: User) -> None:
        stranger.language = Language.ENGLISH
        stranger.save()
        client.force_login(stranger)
        assert client.get("/")["Location"] == "/en/"


class TestLanguage:
    def test_an_address_without_language_gets_the_readers(self, client: Client) -> None:
        client.cookies["django_language"] = "en"
        response = client.get("/accounts/login/?next=/x/", headers={"accept-language": "km"})
        assert response["Location"] == "/en/accounts/login/?next=/x/"
        assert response["Vary"] == "Cookie"

    @pytest.mark.django_db
    def test_only_a_change_is_written_down(self, client: Client) -> None:
        assert "django_language" not in client.get("/km/accounts/login/").cookies
        assert client.get("/en/accounts/login/").cookies["django_language"].value == "en"
        assert "django_language" not in client.get("/en/accounts/login/").cookies
        assert client.get("/km/accounts/login/").cookies["django_language"].value == "km"


class TestShell:
    @pytest.mark.parametrize(
        ("choice", "theme"), [(Contrast.SYSTEM, ""), (Contrast.LIGHT, "light"), (Contrast.DARK, "dark")]
    )
    def test_theme(self, stranger: User, choice: Contrast, theme: str) -> None:
        request = RequestFactory().get("/")
        request.user = stranger
        stranger.contrast = choice
        assert Shell(request).theme == theme

    def test_a_visitor_has_no_desk_and_no_theme(self) -> None:
        request = RequestFactory().get("/")
        request.user = AnonymousUser()
        shell = Shell(request)
        assert (shell.is_signed_in, shell.has_desk, shell.theme) == (False, False, "")


@pytest.mark.django_db
class TestFrame:
    def test_a_visitor_costs_no_query(self, client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        request = RequestFactory().get("/km/forum/")
        request.user = AnonymousUser()
        with django_assert_num_queries(0), translation.override("km"):
            html = render_to_string("base.html", {"tab": "forum"}, request)
        assert html.count('aria-current="page"') == 1
        assert '<a href="/km/forum/" aria-current="page">' in html

    @pytest.mark.parametrize(("tab", "marked"), [("desk", ["/km/requests/desk/"]), ("me", [])])
    def test_a_clerks_fifth_tab_is_the_desk(self, rf: RequestFactory, clerk: User, tab: str, marked: list[str]) -> None:
        request = rf.get("/km/")
        request.user = clerk
        with translation.override("km"):
            html = render_to_string("base.html", {"tab": tab}, request)
        assert re.findall(r'<a href="([^"]+)" aria-current="page">', html) == marked
        assert html.count('href="/km/requests/desk/"') == 1
        assert html.count('class="tool" href="/km/me/"') == 1

    def test_the_language_versions_are_named(self, rf: RequestFactory) -> None:
        request = rf.get("/en/forum/?cursor=x")
        with translation.override("en"):
            html = render_to_string("base.html", {}, request)
        assert '<link rel="canonical" href="http://testserver/en/forum/">' in html
        assert '<link rel="alternate" hreflang="km" href="http://testserver/km/forum/">' in html
        assert '<link rel="alternate" hreflang="x-default" href="http://testserver/km/forum/">' in html


@pytest.mark.django_db
class TestTrouble:
    def test_not_found_in_our_look(self, client: Client) -> None:
        response = client.get("/en/nothing/here/")
        assert response.status_code == 404
        assert "We cannot find this page" in response.content.decode()
        assert client.get("/km/nothing/here/").content.decode().count("រកទំព័រនេះមិនឃើញ") == 1

    def test_a_lost_token_says_what_to_do(self) -> None:
        client = Client(enforce_csrf_checks=True)
        response = client.post("/en/accounts/login/", {"login": "a"})
        assert response.status_code == 403
        assert "Please send it again" in response.content.decode()

    @pytest.mark.parametrize("name", ["403.html", "429.html"])
    def test_the_other_pages_render_in_both_languages(self, rf: RequestFactory, name: str) -> None:
        for language in ("km", "en"):
            with translation.override(language):
                assert '<main id="main">' in render_to_string(name, {}, rf.get(f"/{language}/"))


def test_the_last_resorts_need_nothing() -> None:
    request = RequestFactory().get("/", headers={"host": "evil.example"})
    for response, status in ((bad_request(request), 400), (server_error(request), 500)):
        html = response.content.decode()
        assert response.status_code == status
        assert ('<html lang="km">' in html, '<div lang="en"' in html) == (True, True)


@pytest.mark.django_db
def test_a_message_can_tell_the_phone_that_its_draft_is_safe(rf: RequestFactory) -> None:
    kept = Message(constants.SUCCESS, "Sent", extra_tags="draft:topic-7")
    with translation.override("en"):
        html = render_to_string("ui/messages.html", {"messages": [kept]}, rf.get("/en/"))
    assert '<div class="note over ok" data-draft-saved="topic-7"><b>' in html


@pytest.mark.django_db
class TestOffline:
    def test_the_kept_page_is_nobodys(self, client: Client) -> None:
        response = client.get("/km/offline/")
        assert response.status_code == 200
        assert "គ្មានអ៊ីនធឺណិត" in response.content.decode()

    def test_the_worker_stands_at_the_root_and_is_asked_for_again(self, client: Client) -> None:
        response = client.get("/sw.js")
        assert (response["Content-Type"], response["Cache-Control"]) == ("text/javascript", "no-cache")
        worker = response.content.decode()
        assert '"/static/style.css"' in worker
        assert "skipWaiting()" not in worker  # it hangs the page that Chromium opens meanwhile
