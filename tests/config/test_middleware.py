from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

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
