"""Files that people attach: told by what is in them, made safe to keep, before any transaction.

A picture is written anew, upright and not larger than a page needs: a place, a second file or a script in it
does not survive that. A PDF is kept as it is and never shown inside a page.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from core.errors import DomainError
from events.material_files import BadFile, recognized
from outbox.cleaning import one_line

MOST_BYTES: Final = 10 * 1024 * 1024
FORMATS: Final = ("JPEG", "PNG", "WEBP")
# For the browser's file dialogue; what counts is looked at here.
ACCEPTED: Final = "application/pdf,image/jpeg,image/png,image/webp"
# Modern telephones take 48 to 50 million; decoding needs three bytes for each.
MOST_PIXELS: Final = 64_000_000
LONGEST_SIDE: Final = 2400
QUALITY: Final = 85
PDF, JPEG = "application/pdf", "image/jpeg"
LONGEST_NAME: Final = 150


class BadAttachment(DomainError):
    """The file cannot be taken; the message says why and what would help."""

    status = 400


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept: its content, what it is, and what its owner calls it."""

    content: File[bytes]
    file_name: str
    suffix: str
    content_type: str


def too_large() -> BadAttachment:
    """Return the refusal of a file that is too large."""
    return BadAttachment(
        _("The file is too large: at most %(megabytes)s MB.") % {"megabytes": MOST_BYTES // 1024 // 1024}
    )


def checked(upload: UploadedFile[bytes]) -> CheckedFile:
    """Return ``upload`` as it may be kept; raises BadAttachment for anything but a whole PDF or picture."""
    if not upload.size:
        raise BadAttachment(_("The file is empty."))
    if upload.size > MOST_BYTES:
        raise too_large()
    upload.seek(0)
    is_pdf = upload.read(5) == b"%PDF-"
    upload.seek(0)
    name = _file_name(upload.name or "")
    if is_pdf:
        try:
            recognized(upload, upload.size)
        except BadFile as error:
            raise BadAttachment(_("The PDF is damaged. Please save it anew and try again.")) from error
        return CheckedFile(upload, name, ".pdf", PDF)
    return CheckedFile(_picture(upload), name, ".jpg", JPEG)


def _file_name(name: str) -> str:
    """Return what the file is called by its owner, fit to be shown; never part of a path."""
    return one_line(PurePath(name).name[-LONGEST_NAME:], at_most=LONGEST_NAME) or _("file")


def _picture(upload: UploadedFile[bytes]) -> ContentFile[bytes]:
    try:
        picture = Image.open(upload, formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise BadAttachment(
                _("The picture has too many pixels (%(width)s × %(height)s). Please make it smaller.")
                % {"width": picture.width, "height": picture.height}
            )
        # JPEG can be decoded at a fraction of its size, which spares memory; other formats ignore this.
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError) as error:
        raise BadAttachment(_("Please choose a PDF, or a picture as JPEG, PNG or WebP.")) from error
    except (OSError, ValueError) as error:
        raise BadAttachment(_("The picture is damaged. Please save it anew and try again.")) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new("RGB", upright.size, "white")
    clean.paste(upright, mask=upright.getchannel("A"))
    written = io.BytesIO()
    clean.save(written, "JPEG", quality=QUALITY, optimize=True)
    return ContentFile(written.getvalue())
