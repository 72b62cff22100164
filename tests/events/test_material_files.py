"""What speakers may upload: told by content, and hostile files refused with a sentence."""

import io
import time
import tracemalloc
from typing import Any

import pytest
from django.utils import translation

from core.uploads import MOST_BYTES
from events.material_files import DOCX, ODP, ODT, PPTX, BadFile, KnownFile, recognized
from tests.events import own_files
from tests.speakers.test_portraits import SVG


def known(data: bytes) -> KnownFile:
    """Return what a file is taken for."""
    return recognized(io.BytesIO(data), len(data))


def refusal(data: bytes, size: int | None = None) -> str:
    """Return the sentence with which a file is refused."""
    with translation.override("en"), pytest.raises(BadFile) as refused:
        recognized(io.BytesIO(data), len(data) if size is None else size)
    return str(refused.value)


@pytest.mark.parametrize(
    ("data", "content_type", "suffix"),
    [
        (own_files.PDF, "application/pdf", ".pdf"),
        (own_files.office(), PPTX, ".pptx"),
        (own_files.WORD, DOCX, ".docx"),
        (own_files.open_document(), ODP, ".odp"),
        (own_files.open_document(ODT), ODT, ".odt"),
    ],
)
def test_five_types_are_known_by_what_is_in_them(data: bytes, content_type: str, suffix: str) -> None:
    assert known(data) == KnownFile(content_type, suffix)


NO_FILE = "This is no file we can take. Please choose a PDF, PPTX, ODP, DOCX or ODT file."
DAMAGED = "The file is damaged. Please save it anew and try again."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"MZ\x90\x00 a program", NO_FILE),
        (SVG, NO_FILE),
        (b"<!doctype html><script>alert(1)</script>", NO_FILE),
        (b"GIF89a/*%PDF-1.7*/", NO_FILE),
        (b"%PDF-1.7 and then nothing", DAMAGED),
        # Opens as a PDF here and as an archive there
        (own_files.PDF + own_files.archive({"evil.js": b"1"}) + b"%%EOF", NO_FILE),
        (own_files.archive({"readme.txt": b"hello"}), NO_FILE),
        (own_files.open_document("application/epub+zip"), NO_FILE),
        (own_files.office()[:-30], DAMAGED),
        (b"PK\x03\x04" + bytes(500), DAMAGED),
        (own_files.lying(), DAMAGED),
        (own_files.overlapping(), DAMAGED),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
            "This is a file of an old PowerPoint or Word. Please save it as PDF, PPTX or DOCX.",
        ),
        (
            own_files.archive({"Index/Document.iwa": b"x"}),
            "This is a Keynote file. Please export it as PDF or PowerPoint.",
        ),
    ],
)
def test_anything_else_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    assert refusal(data) == sentence


@pytest.mark.parametrize(
    "data",
    [
        own_files.office(macros=True),
        own_files.office(more={"ppt/vbaProject.bin": b"x"}),
        own_files.open_document(more={"Basic/Standard/Module1.xml": b"<script/>"}),
    ],
)
def test_macros_are_refused(data: bytes) -> None:
    assert refusal(data) == (
        "There are macros in the file. Please save it without them, as PPTX, DOCX or PDF."
    )


def test_a_file_with_a_password_is_refused() -> None:
    data = bytearray(own_files.office())
    # The first flag of the entry in the directory says that it is encrypted (APPNOTE 4.4.4).
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert "password" in refusal(bytes(data))


def test_more_than_50_megabytes_are_refused_before_anything_is_read() -> None:
    assert refusal(b"%PDF-", size=MOST_BYTES + 1) == (
        "The file is too large: at most 50 MB. Smaller pictures usually help."
    )


def test_a_bomb_costs_neither_time_nor_memory() -> None:
    data = own_files.bomb()
    tracemalloc.start()
    began = time.process_time()
    sentence = refusal(data)
    cost = time.process_time() - began
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert sentence == "Unpacked, the file would be far too large. Please save it as PDF."
    assert cost < 1
    assert peak < 5_000_000


def test_a_lie_is_found_without_unpacking_all_of_it() -> None:
    data = own_files.lying(size=60_000_000)
    tracemalloc.start()
    refusal(data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 5_000_000


def test_the_file_is_left_at_its_beginning() -> None:
    file: Any = io.BytesIO(own_files.office())
    recognized(file, len(file.getvalue()))

    assert file.tell() == 0
