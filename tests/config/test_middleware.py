import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client

from accounts.models import User
from config.middleware import PagesBrotliMiddleware


def test_a_stream_of_bytes_is_left_to_gzip() -> None:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = "br, gzip"
    middleware = PagesBrotliMiddleware(lambda _: HttpResponse())
    stream = StreamingHttpResponse([b"\xff\xfe"])
    assert middleware.process_response(request, stream) is stream  # type: ignore[arg-type]
    assert b"".join(stream) == b"\xff\xfe"  # type: ignore[arg-type]
    page = middleware.process_response(request, HttpResponse("page " * 200))
    assert page["Content-Encoding"] == "br"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/km/search/?q=%00", "/km/requests/new/form/?template=a%00", "/km/no%00where/", "/api/v1/places/?q=%00"]
)
def test_a_nul_in_an_address_is_a_bad_request(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("application/json" if "api" in address else "text/html")


@pytest.mark.django_db
def test_whoever_was_signed_out_comes_back_to_the_page_of_the_form(client: Client) -> None:
    form = "/en/notifications/read/"
    here = {"Referer": "http://testserver/en/notifications/?page=2"}
    assert client.post(form, headers=here).headers["Location"] == (
        "/en/accounts/login/?next=%2Fen%2Fnotifications%2F%3Fpage%3D2"
    )
    for elsewhere in ({}, {"Referer": "https://example.com/en/"}):
        assert client.post(form, headers=elsewhere).headers["Location"] == f"/en/accounts/login/?next={form}"


def test_an_address_for_forms_says_so(client: Client, learner: User) -> None:
    client.force_login(learner)
    answer = client.get("/en/notifications/read/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "There is nothing to read here" in answer.text
    assert client.delete("/api/v1/places/").headers["Content-Type"] == "application/json"
