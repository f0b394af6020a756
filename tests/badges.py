"""What a verifier of badges does, over our own addresses."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.test import Client

SITE = "https://chuoykhum.example"
Download = Callable[[str], bytes]


def download_by(client: Client) -> Download:
    """What a verifier would fetch by HTTPS, fetched from our own addresses."""

    def fetch(url: str) -> bytes:
        parts = urlsplit(url)
        assert f"{parts.scheme}://{parts.netloc}" == SITE
        response = client.get(parts.path)
        assert response.status_code == 200, url
        return bytes(response.content)

    return fetch
