"""Files as speakers hand them in, and as people who mean harm do."""

import io
import zipfile
import zlib

from events.material_files import DOCX, ODP, PPTX

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


def office(content_type: str = PPTX, *, more: dict[str, bytes] | None = None, macros: bool = False) -> bytes:
    """Return an office document of the type, as small as one can be."""
    main = (
        f"{content_type}.main+xml"
        if not macros
        else "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    )
    types = f'<?xml version="1.0"?><Types><Override ContentType="{main}"/></Types>'.encode()
    return archive({"[Content_Types].xml": types, "ppt/presentation.xml": b"<p/>" * 500, **(more or {})})


def open_document(content_type: str = ODP, more: dict[str, bytes] | None = None) -> bytes:
    """Return an OpenDocument file."""
    return archive({"mimetype": content_type.encode(), "content.xml": b"<office/>", **(more or {})})


def archive(entries: dict[str, bytes]) -> bytes:
    """Return a zip archive."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return written.getvalue()


def bomb(megabytes: int = 500) -> bytes:
    """Return a presentation of half a megabyte that unpacks to as much as said."""
    written = io.BytesIO(office())
    with (
        zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as file,
        file.open("ppt/zeros.bin", "w") as entry,
    ):
        for _piece in range(megabytes):
            entry.write(bytes(1024 * 1024))
    return written.getvalue()


def lying(size: int = 3_000_000) -> bytes:
    """Return a presentation with an entry that says it is ten bytes long and unpacks to ``size``."""
    data = b"0" * 10 + bytes(size)
    whole = archive({"[Content_Types].xml": f'"{PPTX}.main+xml"'.encode(), "ppt/lies.bin": data})
    return whole.replace(len(data).to_bytes(4, "little"), (10).to_bytes(4, "little")).replace(
        zlib.crc32(data).to_bytes(4, "little"), zlib.crc32(data[:10]).to_bytes(4, "little")
    )


def overlapping() -> bytes:
    """Return a presentation whose directory names one entry's bytes a second time."""
    whole = bytearray(office(more={"ppt/a.bin": b"a" * 300, "ppt/b.bin": b"b" * 300}))
    with zipfile.ZipFile(io.BytesIO(bytes(whole))) as file:
        first, second = file.getinfo("ppt/a.bin"), file.getinfo("ppt/b.bin")
    wanted, had = (entry.header_offset.to_bytes(4, "little") for entry in (first, second))
    # The offset stands at the end of the fixed part of the directory's entry, 4 bytes before the name.
    place = bytes(whole).rindex(b"ppt/b.bin") - 4
    assert bytes(whole[place : place + 4]) == had
    whole[place : place + 4] = wanted
    return bytes(whole)


WORD = office(DOCX)
