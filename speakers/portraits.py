"""Portraits as they are kept: a square, re-encoded picture that holds nothing but its pixels.

What a person uploads is never stored. It is read by Pillow's own decoders for three formats alone, turned
upright, cut to a square and written anew; a script, a second file or a place hidden in it does not survive
that.
"""

from __future__ import annotations

import io
import uuid
from typing import IO

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from core.errors import DomainError

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 10 * 1024 * 1024
# Modern telephones take 48 to 50 million; decoding needs three bytes for each.
MOST_PIXELS = 64_000_000
SMALLEST_SIDE = 200
SIDE = 640
QUALITY = 82
# Faces are above the middle of a picture taken upright.
CENTRE = (0.5, 0.35)


class BadPortrait(DomainError):
    """The file is no picture we can take; the message says why."""

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message, field="portrait")


def portrait_from(
    upload: IO[bytes], size: int | None, *, centre: tuple[float, float] = CENTRE
) -> ContentFile:
    """Return the portrait made from ``upload``, as WebP under a new random name.

    ``size`` is the upload's length in bytes as far as it is known; ``centre`` is which part of the
    picture stays, from (0, 0) for left and top to (1, 1) for right and bottom. Raises BadPortrait for
    what is no JPEG, PNG or WebP, too large, too small or damaged.
    """
    if size is not None and size > MOST_BYTES:
        raise BadPortrait(
            _("The file is too large. A portrait has at most %(megabytes)s MB.")
            % {"megabytes": MOST_BYTES // 1024 // 1024}
        )
    picture = _opened(upload)
    try:
        square = _square(picture, centre)
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise BadPortrait(_("The picture is damaged. Please save it anew and try again.")) from error
    written = io.BytesIO()
    square.save(written, "WEBP", quality=QUALITY, method=6)
    return ContentFile(written.getvalue(), name=f"{uuid.uuid4().hex}.webp")


def _opened(upload: IO[bytes]) -> Image.Image:
    """Read the head of the file and check what it promises, before a single pixel is decoded."""
    try:
        picture = Image.open(upload, formats=FORMATS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadPortrait(
            _("This is no picture we can read. Please choose a JPEG, PNG or WebP file.")
        ) from error
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise BadPortrait(
            _("The picture has too many pixels (%(width)s × %(height)s). Please make it smaller.")
            % {"width": width, "height": height}
        )
    if min(width, height) < SMALLEST_SIDE:
        raise BadPortrait(
            _("The picture is too small. Each side needs at least %(side)s pixels.") % {"side": SMALLEST_SIDE}
        )
    return picture


def _square(picture: Image.Image, centre: tuple[float, float]) -> Image.Image:
    """Return the picture upright, in sRGB, on white, cut to a square, without any of its metadata."""
    # JPEG can be decoded at a fraction of its size, which spares memory; other formats ignore this.
    picture.draft("RGB", (2 * SIDE, 2 * SIDE))
    upright = ImageOps.exif_transpose(picture)
    coloured = in_srgb(upright)
    cut = ImageOps.fit(coloured, (SIDE, SIDE), Image.Resampling.LANCZOS, centering=centre)
    clean = Image.new("RGB", cut.size, "white")
    clean.paste(cut, mask=cut.getchannel("A") if cut.mode == "RGBA" else None)
    return clean


def in_srgb(picture: Image.Image) -> Image.Image:
    """Return the picture as RGB or RGBA, its colours converted from the profile it carries."""
    profile = picture.info.get("icc_profile")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if profile and picture.mode in {"RGB", "RGBA", "CMYK"}:
        try:
            converted = ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB" if picture.mode == "CMYK" else picture.mode,
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None  # a broken profile: the colours as they are
        if converted is not None:
            return converted.convert(mode)
    return picture.convert(mode)
