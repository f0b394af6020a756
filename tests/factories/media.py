"""Files of the editors' library."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="320" height="120" viewBox="0 0 320 120"><path d="M0 0h9"/></svg>'


def make_document(name: str, content: bytes) -> Any:
    """A document with its size and hash, as the library keeps it."""
    document = get_document_model()(title=name)
    document.file = ContentFile(content, name=name)
    document._set_document_file_metadata()
    document.save()
    return document


def make_svg(name: str) -> Any:
    """A small vector picture."""
    return make_image(name, SVG)


def make_photo(name: str) -> Any:
    """A picture of points, which phones get in several sizes."""
    out = BytesIO()
    Image.new("RGB", (64, 48), "#3366aa").save(out, "PNG")
    return make_image(name, out.getvalue())


def make_image(name: str, content: bytes) -> Any:
    image = get_image_model()(title=name)
    image.file = ContentFile(content, name=name)
    image._set_image_file_metadata()
    image.save()
    return image
