"""Reads a PDF as people and scanners do: its words, its sizes, and the QRs in pictures of its pages."""

from __future__ import annotations

import io
import re
import unicodedata

import pypdfium2
import zxingcpp
from pypdf import PdfReader


def words_of(pdf: bytes) -> list[str]:
    """Return the text of each page, with single spaces between words."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return [unicodedata.normalize("NFC", " ".join(page.extract_text().split())) for page in pages]


def letters_of(pdf: bytes) -> list[str]:
    """Return the text of each page without any space: lines may break everywhere."""
    return [re.sub(r"\s", "", page) for page in words_of(pdf)]


def sizes_of(pdf: bytes) -> list[tuple[int, int]]:
    """Return the size of each page in millimetres."""
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(pdf)).pages]
    return [(round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) for box in boxes]


def qrs_of(pdf: bytes, page: int = 0, *, dpi: int = 150) -> list[str]:
    """Return what the QRs on a page say, as a scanner reads them from a picture of it."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[page].render(scale=dpi / 72).to_pil().convert("L")
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def is_blank_around(pdf: bytes, margin_mm: float, page: int = 0) -> bool:
    """Say whether nothing is drawn within ``margin_mm`` of the edges of a page."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[page].render(scale=2).to_pil().convert("L")
    edge = int(margin_mm / 25.4 * 144)
    width, height = picture.size
    inside = picture.copy()
    inside.paste(255, (edge, edge, width - edge, height - edge))
    return inside.getextrema() == (255, 255)
