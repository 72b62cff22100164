"""Which files speakers may hand in, told by what is in them and never by their name.

A file is refused with a sentence that says what to do instead. Documents of offices are zip archives: they
are unpacked once, into nothing, to see that they are what they say and no bomb (42.zip, overlapping entries,
sizes that lie).
"""

from __future__ import annotations

import itertools
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, Final

from django.utils.translation import gettext as _

from core.errors import DomainError
from core.uploads import MOST_BYTES

MOST_ENTRIES: Final = 10_000
# A lecture full of pictures unpacks to little more than it is; text alone shrinks to a tenth.
MOST_UNPACKED: Final = 400 * 1024 * 1024
_PIECE = 1024 * 1024
# Enough for the list of parts of any document.
_MOST_HEAD = 2 * 1024 * 1024

# What the standard library raises for archives that are none.
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, UnicodeError)

PDF = "application/pdf"
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
PPTX, DOCX = f"{_OOXML}presentationml.presentation", f"{_OOXML}wordprocessingml.document"
ODP, ODT = f"{_ODF}presentation", f"{_ODF}text"
SUFFIXES: Final = {PDF: ".pdf", PPTX: ".pptx", DOCX: ".docx", ODP: ".odp", ODT: ".odt"}
# For the browser's file dialogue; what counts is looked at here.
ACCEPTED: Final = ",".join(SUFFIXES.values())


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What a file is: its type, and the ending under which it is stored and offered."""

    content_type: str
    suffix: str


class BadFile(DomainError):
    """The file cannot be taken; the message says why and what would help."""

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message, field="file")


def recognized(upload: IO[bytes], size: int | None) -> KnownFile:
    """Return what ``upload`` is; raises BadFile for what is not taken. Leaves it at its beginning."""
    if not size:
        raise BadFile(_("The file is empty."))
    if size > MOST_BYTES:
        raise too_large()
    upload.seek(0)
    head = upload.read(8)
    try:
        if head.startswith(b"%PDF-"):
            found = _pdf(upload, size)
        elif head.startswith(b"PK\x03\x04"):
            found = _office(upload)
        elif head == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            raise BadFile(
                _("This is a file of an old PowerPoint or Word. Please save it as PDF, PPTX or DOCX.")
            )
        else:
            raise _unknown()
    finally:
        upload.seek(0)
    return KnownFile(found, SUFFIXES[found])


def too_large() -> BadFile:
    """Return the refusal of a file that is too large."""
    return BadFile(
        _("The file is too large: at most %(megabytes)s MB. Smaller pictures usually help.")
        % {"megabytes": MOST_BYTES // 1024 // 1024}
    )


def _unknown() -> BadFile:
    return BadFile(_("This is no file we can take. Please choose a PDF, PPTX, ODP, DOCX or ODT file."))


def _damaged() -> BadFile:
    return BadFile(_("The file is damaged. Please save it anew and try again."))


def _pdf(upload: IO[bytes], size: int) -> str:
    """A PDF from its first byte to its last (ISO 32000-1, 7.5), and nothing else at the same time."""
    upload.seek(max(0, size - 2048))
    if b"%%EOF" not in upload.read():
        raise _damaged()
    upload.seek(0)
    # A file that other programs open as an archive is made to be mistaken.
    if zipfile.is_zipfile(upload):
        raise _unknown()
    return PDF


def _office(upload: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(upload) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            found = _document(archive, {entry.filename: entry for entry in entries})
            _unpack_into_nothing(upload, entries)
    except _BROKEN as error:
        raise _damaged() from error
    return found


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """Look at what the archive says of itself: not too much, nothing hidden, nothing laid twice."""
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise BadFile(_("Unpacked, the file would be far too large. Please save it as PDF."))
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise BadFile(_("The file is locked with a password. Please take the password off."))
    if len({entry.filename for entry in entries}) != len(entries):
        raise _damaged()
    in_order = sorted(entries, key=lambda entry: entry.header_offset)
    for entry, following in itertools.pairwise(in_order):
        # Entries that share their bytes are how a small archive becomes a large one.
        if entry.header_offset + entry.compress_size > following.header_offset:
            raise _damaged()


def _document(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> str:
    names = [name.lower() for name in entries]
    if any(name.endswith((".iwa", "index.zip")) for name in names):
        raise BadFile(_("This is a Keynote file. Please export it as PDF or PowerPoint."))
    if "mimetype" in entries:
        found = _read(archive, entries["mimetype"]).decode("ascii", "replace").strip()
        if any(name.startswith(("basic/", "scripts/")) for name in names):
            raise _has_macros()
    else:
        found = _office_open_type(archive, entries, names)
    if found not in SUFFIXES:
        raise _unknown()
    return found


def _office_open_type(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], names: list[str]) -> str:
    """Return the type that the list of parts gives the main part (ECMA-376 part 2, 10.1.2)."""
    if "[Content_Types].xml" not in entries:
        raise _unknown()
    # Searched, not parsed: nothing in it can expand.
    parts = _read(archive, entries["[Content_Types].xml"])
    if b"macroenabled" in parts.lower() or any("vbaproject" in name for name in names):
        raise _has_macros()
    for content_type in (PPTX, DOCX):
        if f"{content_type}.main+xml".encode() in parts:
            return content_type
    raise _unknown()


def _has_macros() -> BadFile:
    return BadFile(_("There are macros in the file. Please save it without them, as PPTX, DOCX or PDF."))


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.file_size > _MOST_HEAD:
        raise _damaged()
    return archive.read(entry)


def _unpack_into_nothing(upload: IO[bytes], entries: list[zipfile.ZipInfo]) -> None:
    """Unpack every entry, holding one piece at a time, and see that it is as long as it says.

    The module of the standard library believes the size in the directory; other programs do not.
    """
    for entry in entries:
        upload.seek(entry.header_offset)
        local = upload.read(30)
        if local[:4] != b"PK\x03\x04":
            raise _damaged()
        upload.seek(int.from_bytes(local[26:28], "little") + int.from_bytes(local[28:30], "little"), 1)
        if entry.compress_type == zipfile.ZIP_STORED:
            length = entry.compress_size
        elif entry.compress_type == zipfile.ZIP_DEFLATED:
            length = _inflated(upload, entry)
        else:
            raise _damaged()
        if length != entry.file_size:
            raise _damaged()


def _inflated(upload: IO[bytes], entry: zipfile.ZipInfo) -> int:
    """Return how long an entry really is; stops as soon as it is longer than it says."""
    stream, left, length = zlib.decompressobj(-15), entry.compress_size, 0
    while left > 0 and length <= entry.file_size and not stream.eof:
        packed = upload.read(min(left, _PIECE))
        if not packed:
            break
        left -= len(packed)
        while packed and length <= entry.file_size:
            length += len(stream.decompress(packed, _PIECE))
            packed = stream.unconsumed_tail
    return length if stream.eof else -1
