import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client

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
