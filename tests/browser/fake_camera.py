"""A camera that sees one picture, for Chromium's switch --use-file-for-fake-video-capture."""

from pathlib import Path

from PIL import Image

WIDTH, HEIGHT = 640, 480
# How much of the picture's height the thing before the camera fills.
SHARE = 0.7


def film(picture: Path, target: Path) -> Path:
    """Write a film (YUV4MPEG2) of one frame in which ``picture`` is; the browser shows it over and over."""
    side = int(HEIGHT * SHARE)
    thing = Image.open(picture).convert("L").resize((side, side), Image.Resampling.LANCZOS)
    frame = Image.new("L", (WIDTH, HEIGHT), 190)
    frame.paste(thing, ((WIDTH - side) // 2, (HEIGHT - side) // 2))
    colourless = bytes([128]) * (WIDTH * HEIGHT // 4)
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\nFRAME\n".encode()
    target.write_bytes(head + frame.tobytes() + colourless + colourless)
    return target
