"""What people upload as a portrait, and what is kept of it."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.utils import translation
from PIL import Image, ImageCms

from speakers.portraits import MOST_BYTES, SIDE, BadPortrait, portrait_from


def picture(
    size: tuple[int, int] = (800, 600), kind: str = "JPEG", mode: str = "RGB", **options: Any
) -> bytes:
    """Return a picture file: its upper left quarter is red, the rest blue."""
    image = Image.new("RGB", size, "blue")
    image.paste(Image.new("RGB", (size[0] // 2, size[1] // 2), "red"))
    written = io.BytesIO()
    image.convert(mode).save(written, kind, **options)
    return written.getvalue()


def kept(data: bytes) -> Image.Image:
    """Return the portrait made from an upload, opened."""
    made = portrait_from(io.BytesIO(data), len(data))
    made.seek(0)
    return Image.open(io.BytesIO(made.read()))


def corner(image: Image.Image, x: int, y: int) -> str:
    """Return which of the two colours a corner has."""
    red, _green, blue = image.convert("RGB").getpixel((x, y))  # type: ignore[misc]
    return "red" if red > blue else "blue"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(800, 600), (600, 800), (200, 200), (3000, 250)])
def test_every_format_and_shape_becomes_one_square_webp(kind: str, size: tuple[int, int]) -> None:
    image = kept(picture(size, kind))

    assert (image.format, image.size, image.mode) == ("WEBP", (SIDE, SIDE), "RGB")


@pytest.mark.parametrize(
    ("mode", "kind"), [("L", "JPEG"), ("CMYK", "JPEG"), ("P", "PNG"), ("RGBA", "PNG"), ("I;16", "PNG")]
)
def test_every_mode_of_colour_is_taken(mode: str, kind: str) -> None:
    image = Image.new(mode, (300, 300))
    written = io.BytesIO()
    image.save(written, kind)

    assert kept(written.getvalue()).mode == "RGB"


def test_what_is_transparent_becomes_white() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (300, 300), (255, 0, 0, 0)).save(written, "PNG")

    assert kept(written.getvalue()).getpixel((5, 5)) == (255, 255, 255)


def test_a_picture_taken_sideways_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned to the left: the upper left corner belongs to the upper right

    image = kept(picture((600, 600), exif=exif))

    assert (corner(image, 10, 10), corner(image, SIDE - 10, 10)) == ("blue", "red")


def test_nothing_but_pixels_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Taken at home"
    exif.get_ifd(0x8825)[2] = (21.0, 1.0, 42.0)  # a place
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = picture(exif=exif, icc_profile=profile, comment=b"a comment")

    made = portrait_from(io.BytesIO(data), len(data)).read()
    image = Image.open(io.BytesIO(made))

    assert not image.getexif()
    assert not {"icc_profile", "exif", "xmp", "comment"} & set(image.info)
    assert b"Taken at home" not in made


def test_a_second_file_hidden_behind_the_picture_is_gone() -> None:
    data = picture() + b"<script>alert(1)</script>PK\x03\x04"

    made = portrait_from(io.BytesIO(data), len(data)).read()

    assert b"<script>" not in made
    assert b"PK\x03\x04" not in made


def test_the_name_owes_nothing_to_the_upload() -> None:
    names = {portrait_from(io.BytesIO(picture()), 1).name for _ in range(2)}

    assert len(names) == 2
    assert all(name and len(name) == 32 + len(".webp") for name in names)


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that claims to have as many pixels as said."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


GIF = io.BytesIO()
Image.new("P", (300, 300)).save(GIF, "GIF")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no picture we can read"),
        (b"\x00" * 1000, "no picture we can read"),
        (b"%PDF-1.7 " + b"x" * 1000, "no picture we can read"),
        (SVG, "no picture we can read"),
        (b"\xef\xbb\xbf" + SVG, "no picture we can read"),
        (GIF.getvalue(), "no picture we can read"),
        (b"<?php system($_GET[0]); ?>", "no picture we can read"),
        (picture()[:2000], "damaged"),
        (bomb(300, 300), "damaged"),
        (bomb(10_000, 10_000), "too many pixels"),
        (bomb(100_000, 100_000), "no picture we can read"),  # Pillow itself refuses to look at it
        (picture((199, 400)), "too small"),
    ],
    ids=["nothing", "zeros", "pdf", "svg", "svg-bom", "gif", "php", "cut", "empty", "big", "bomb", "small"],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_anything_else_is_refused_in_words(data: bytes, sentence: str) -> None:
    with translation.override("en"), pytest.raises(BadPortrait) as refusal:
        portrait_from(io.BytesIO(data), len(data))

    assert sentence in str(refusal.value.message)
    assert refusal.value.field == "portrait"


def test_a_file_that_is_too_large_is_not_even_opened() -> None:
    class Closed(io.BytesIO):
        def read(self, *args: Any) -> bytes:
            raise AssertionError("It was read.")

    with pytest.raises(BadPortrait):
        portrait_from(Closed(), MOST_BYTES + 1)
