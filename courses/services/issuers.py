"""The look of an organisation's certificates. Uploaded pictures are read, checked and written anew, never kept."""

import io
import uuid
import warnings
from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from accounts.models import Organisation
from courses.models import Issuer

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 20_000_000  # read from the head of the file, before anything is unpacked
FORMATS = ("PNG", "JPEG", "WEBP")
LARGEST = (900, 450)  # enough for 6 cm of a printed sheet
PICTURES = ("logo", "signature")
TEXTS = ("signer_name_km", "signer_name_en", "signer_title_km", "signer_title_en")


class BadPictureError(ValueError):
    """Too large, or no picture of a kind we take; `str()` is one of "size" and "kind"."""


def find_issuer(organisation: Organisation) -> Issuer:
    """The organisation's row; a new one, not saved, where it has none."""
    return Issuer.objects.filter(organisation=organisation).first() or Issuer(organisation=organisation)


@transaction.atomic
def save_issuer(
    organisation: Organisation,
    *,
    texts: Mapping[str, str],
    pictures: Mapping[str, UploadedFile[bytes] | None],
    without: frozenset[str] = frozenset(),
) -> Issuer:
    """Keep signer and pictures; `without` names pictures to leave out. Certificates issued before keep theirs: a file
    is never written over or removed. Raises BadPictureError.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    issuer = find_issuer(organisation)
    for name in TEXTS:
        setattr(issuer, name, texts.get(name, ""))
    for name in PICTURES:
        upload = pictures.get(name)
        if upload:
            getattr(issuer, name).save(f"{uuid.uuid4().hex}.png", redraw(upload), save=False)
        elif name in without:
            setattr(issuer, name, "")
    issuer.save()
    return issuer


def redraw(upload: UploadedFile[bytes]) -> ContentFile[bytes]:
    """The picture as PNG of our own making: no metadata, at most `LARGEST`. Raises BadPictureError."""
    if (upload.size or 0) > MOST_BYTES:
        raise BadPictureError("size")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise BadPictureError("size")
                drawn = ImageOps.exif_transpose(picture).convert("RGBA")
    except BadPictureError:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, ValueError,
            SyntaxError):  # fmt: skip
        raise BadPictureError("kind") from None
    drawn.thumbnail(LARGEST)
    plain = Image.new("RGBA", drawn.size)  # nothing of the upload but its points comes along
    plain.paste(drawn)
    out = io.BytesIO()
    plain.save(out, "PNG", optimize=True)
    return ContentFile(out.getvalue())
