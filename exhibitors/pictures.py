"""Logos and pictures of products as they are kept: re-encoded, bounded, nothing but their pixels.

As with portraits (``speakers.portraits``), what is uploaded is never stored: three formats alone are read, by
Pillow's own decoders, and written anew. A drawing that can hold a script, such as SVG, is no picture here.
"""

from __future__ import annotations

import io
import uuid
from typing import IO

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from core.errors import DomainError
from speakers.portraits import FORMATS, MOST_BYTES, MOST_PIXELS, QUALITY, in_srgb

# Shown at 320 px at most, on screens with three points for each.
LONGEST_SIDE = 960
SMALLEST_SIDE = 64


class BadPicture(DomainError):
    """The file is no picture we can take; the message says why."""

    status = 400


def picture_from(upload: IO[bytes], size: int | None, *, longest: int = LONGEST_SIDE) -> ContentFile:
    """Return what is kept of ``upload``, as WebP under a new random name; a logo's clear ground stays clear.

    ``size`` is the upload's length in bytes as far as it is known, ``longest`` how many pixels its longer
    side keeps. Raises BadPicture for what is no JPEG, PNG or WebP, too large, too small or damaged.
    """
    if size is not None and size > MOST_BYTES:
        raise BadPicture(
            _("The file is too large. A picture has at most %(megabytes)s MB.")
            % {"megabytes": MOST_BYTES // 1024 // 1024}
        )
    picture = _opened(upload)
    try:
        # JPEG can be decoded at a fraction of its size, which spares memory; other formats ignore this.
        picture.draft("RGB", (2 * longest, 2 * longest))
        whole = in_srgb(ImageOps.exif_transpose(picture))
        whole.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        clean = Image.new(whole.mode, whole.size)
        clean.paste(whole)
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise BadPicture(_("The picture is damaged. Please save it anew and try again.")) from error
    written = io.BytesIO()
    clean.save(written, "WEBP", quality=QUALITY, method=6)
    return ContentFile(written.getvalue(), name=f"{uuid.uuid4().hex}.webp")


def _opened(upload: IO[bytes]) -> Image.Image:
    """Read the head of the file and check what it promises, before a single pixel is decoded."""
    try:
        picture = Image.open(upload, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise BadPicture(_("The picture has too many pixels. Please make it smaller.")) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise BadPicture(
            _("This is no picture we can read. Please choose a JPEG, PNG or WebP file.")
        ) from error
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise BadPicture(
            _("The picture has too many pixels (%(width)s × %(height)s). Please make it smaller.")
            % {"width": width, "height": height}
        )
    if max(width, height) < SMALLEST_SIDE:
        raise BadPicture(
            _("The picture is too small. The longer side needs at least %(side)s pixels.")
            % {"side": SMALLEST_SIDE}
        )
    return picture
