"""Files of a course file: what their content is, and into the section's collection once each."""

import hashlib
import io
import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from courses.services.coursefile.writing import DOCUMENT_FACTS, IMAGE_FACTS
from ui.uploads import limit_of, looks_like

FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP"}
MOST_PIXELS = 40_000_000
SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath", "image"}
PARTS = {"svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "style", "marker", "mask", "clipPath"}
PAINTS = {"linearGradient", "radialGradient", "stop", "pattern", "filter"}
EFFECTS = {"feGaussianBlur", "feOffset", "feBlend", "feColorMatrix", "feFlood", "feComposite", "feMerge", "feMergeNode"}
SVG_TAGS = SHAPES | PARTS | PAINTS | EFFECTS
HARM = re.compile(
    r"javascript:|data:(?!image/(png|jpeg|gif|webp);)|expression\(|@import|url\(\s*['\"]?(?!#)", re.IGNORECASE
)


def find_problem(name: str, kind: str, content: bytes) -> str:
    """Why this file is not taken, "" when it is what its name says and does no harm."""
    extension = name.rpartition(".")[2].lower()
    if kind == "image":
        if extension not in settings.WAGTAILIMAGES_EXTENSIONS:
            return _("Pictures of this kind are not taken.")
        if len(content) > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
            return _("This file is too large.")
        return _find_svg_problem(content) if extension == "svg" else _find_picture_problem(content, extension)
    if extension not in settings.WAGTAILDOCS_EXTENSIONS:
        return _("Files of this kind are not taken.")
    if len(content) > limit_of(extension):
        return _("This file is too large.")
    return "" if looks_like(io.BytesIO(content), extension) else _("The content is not what the name says.")


def _find_picture_problem(content: bytes, extension: str) -> str:
    try:
        with Image.open(io.BytesIO(content), formats=[FORMATS[extension]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return _("This picture has too many pixels.")
            picture.load()
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, Image.DecompressionBombError):
        return _("The content is not what the name says.")
    return ""


def _find_svg_problem(content: bytes) -> str:
    """Only shapes, text and pictures inside the file: no script, no event, nothing from elsewhere, no entities."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return _("The content is not what the name says.")
    return _("This drawing has a script or a link in it.") if any(map(_is_harmful, root.iter())) else ""


def _is_harmful(element: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag.rpartition("}")[2] not in SVG_TAGS:
        return True
    texts = [element.text or ""] if element.tag.endswith("}style") else []
    for name, value in element.attrib.items():
        plain = name.rpartition("}")[2].lower()
        if plain.startswith("on") or (plain in {"href", "src"} and not value.startswith(("#", "data:image/"))):
            return True
        texts.append(value)
    return any(HARM.search(text) for text in texts)


def keep(name: str, facts: dict[str, Any], content: bytes, collection: Collection, user: Any) -> tuple[Any, bool]:
    """The image or document of this content in the collection, and whether it was made now."""
    model: Any = get_image_model() if facts["kind"] == "image" else get_document_model()
    digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    known = model.objects.filter(file_hash=digest, collection=collection).first()
    if known is not None:
        return known, False
    names = IMAGE_FACTS if facts["kind"] == "image" else DOCUMENT_FACTS
    made = model(collection=collection, uploaded_by_user=user, **{fact: facts[fact] for fact in names if fact in facts})
    made.file = ContentFile(content, name=name.rpartition("/")[2])
    describe = "_set_image_file_metadata" if facts["kind"] == "image" else "_set_document_file_metadata"
    getattr(made, describe)()
    made.save()
    return made, True
