"""Hostile schedules: a clear refusal, in bounded time and memory, whatever the bytes are."""

import io
import json
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.workbook import MOST_UNPACKED_BYTES
from events.imports.limits import MOST_BYTES, UnreadableSchedule
from events.imports.prose import prose
from events.imports.reading import read_schedule
from tests.events.schedule_files import event, frab_json, frab_xml, guid, sheet
from tests.examples import examples

MEGABYTE = 1024 * 1024


@contextmanager
def bounded(*, seconds: float) -> Iterator[None]:
    """Fail when the block costs more of the processor; what else the machine does is not counted."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < seconds


@contextmanager
def in_memory(*, megabytes: float) -> Iterator[None]:
    """Fail when the block holds more memory at a time."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < megabytes * MEGABYTE


def refusal(content: bytes) -> str:
    """Return with which sentence a file is refused."""
    with translation.override("en"), pytest.raises(UnreadableSchedule) as found:
        read_schedule(content)
    return str(found.value)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
PLAIN = frab_xml([event()]).decode()


class TestXml:
    @pytest.mark.parametrize(
        "declaration",
        [
            f'<!DOCTYPE schedule [<!ENTITY l0 "ha">{LAUGHS}]>',
            '<!DOCTYPE schedule [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE schedule SYSTEM "http://example.org/schedule.dtd">',
            '<!DOCTYPE schedule [<!ENTITY % p SYSTEM "http://example.org/p"> %p;]>',
        ],
        ids=["billion laughs", "external entity", "external document type", "parameter entity"],
    )
    def test_entities_and_document_types(self, declaration: str) -> None:
        with bounded(seconds=5), in_memory(megabytes=20):
            said = refusal(PLAIN.replace("<schedule>", f"{declaration}<schedule>", 1).encode())

        assert said == "The file declares a document type or entities, which are not read for safety."

    def test_a_text_in_another_encoding_than_it_says(self) -> None:
        assert refusal(PLAIN.encode("utf-16-le")).startswith("Line 1: This is not well-formed XML")
        latin = PLAIN.replace("Văn", "Vän").encode("latin-1", "replace")
        assert "This is not well-formed XML" in refusal(latin)

    @pytest.mark.parametrize("name", ["utf-7", "base64", "nonsense", "utf-32"])
    def test_an_encoding_that_is_none(self, name: str) -> None:
        said = refusal(PLAIN.replace("utf-8", name, 1).encode())

        assert "XML" in said

    @pytest.mark.parametrize("name", ["utf-16", "iso-8859-1", "windows-1252"])
    def test_other_encodings_are_read(self, name: str) -> None:
        text = frab_xml([event(persons=[{"id": "3", "name": "Müller"}])]).decode().replace("utf-8", name, 1)

        [row] = read_schedule(text.encode(name)).rows

        assert row.people[0].name == "Müller"

    @pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
    def test_a_truncated_file_names_the_line(self, share: float) -> None:
        assert refusal(PLAIN[: int(len(PLAIN) * share)].encode()).startswith("Line ")

    def test_deep_nesting(self) -> None:
        with bounded(seconds=5), in_memory(megabytes=30):
            said = refusal(b"<schedule>" + b"<a>" * 1_000_000)

        assert said == "Line 1: The elements are nested too deeply."

    def test_too_many_elements(self) -> None:
        with bounded(seconds=10):
            said = refusal(b"<schedule><conference/>" + b"<a/>" * 250_000)

        assert said.startswith("The file is too large.")

    def test_too_many_sessions(self) -> None:
        many = b'<event guid="x"><title>T</title></event>' * 3_001
        assert refusal(b"<schedule><conference/><day><room>" + many).startswith("The file is too large.")

    def test_50_megabytes(self) -> None:
        content = b"<schedule>" + b" " * (50 * MEGABYTE)
        with bounded(seconds=1), in_memory(megabytes=1):
            said = refusal(content)

        assert said == "The file is too large. A schedule has at most 10 MB and 3000 sessions."

    @pytest.mark.parametrize(
        "content", ["<html><body/></html>", "<schedule/>", "<schedule><day/></schedule>"]
    )
    def test_other_xml(self, content: str) -> None:
        assert refusal(content.encode()).startswith("This is no schedule")


class TestJson:
    @pytest.mark.parametrize(
        ("content", "why"),
        [
            ('{"schedule": NaN}', "“NaN” is no value of JSON."),
            ('{"schedule": -Infinity}', "“-Infinity” is no value of JSON."),
            ('{\n"schedule": {,}}', "Line 2: This is not well-formed JSON"),
            ('{"a":' * 100_000, "nested too deeply"),
            ('{"a":' + "[" * 100_000, "nested too deeply"),
            (
                '{"schedule": {"conference": {"days": [[], 1, "x", null]}}}',
                "There is no session in the file.",
            ),
            ('{"schedule": 1}', "This is no schedule"),
            ('{"generator": {"name": "forum-site", "agenda": []}}', "docs/exports.md"),
            ('{"generator": {"name": "forum-site", "agenda": {"format": "x"}}}', "docs/exports.md"),
            ("{" + '"n": 1,' * 10 + f'"big": {"9" * 100_000}' + "}", "This is no schedule"),
        ],
    )
    def test_what_is_refused(self, content: str, why: str) -> None:
        with bounded(seconds=10), in_memory(megabytes=60):
            assert why in refusal(content.encode())

    def test_another_encoding(self) -> None:
        assert refusal('{"title": "Đ"}'.encode("utf-16"))
        assert refusal(b'{"title": "\xff"}') == "The file is not written in UTF-8."

    def test_too_many_values(self) -> None:
        with bounded(seconds=10):
            said = refusal(b'{"a":[' + b"{}," * 250_000 + b"{}]}")

        assert said.startswith("The file is too large.")

    def test_lone_halves_of_letters_and_nul_do_no_harm(self) -> None:
        written = frab_json([event()]).replace(b"Finding", b"\\ud800\\u0000Finding")

        [row] = read_schedule(written).rows

        assert row.title == {"": "Finding cancer early"}


def archive(**parts: bytes) -> bytes:
    """Return a packed archive."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return written.getvalue()


class TestSheets:
    def test_a_bomb_is_refused_by_its_size_unpacked(self) -> None:
        bomb = archive(**{"xl/workbook.xml": b" " * (MOST_UNPACKED_BYTES + 1)})
        assert len(bomb) < MEGABYTE
        with bounded(seconds=2), in_memory(megabytes=10):
            assert refusal(bomb).startswith("The file is too large.")

    def test_a_bomb_that_lies_about_its_size_is_not_unpacked_either(self) -> None:
        name = "xl/worksheets/sheet1.xml"
        bomb = bytearray(archive(**{"[Content_Types].xml": b"<Types/>", name: b" " * (100 * MEGABYTE)}))
        true_size = (100 * MEGABYTE).to_bytes(4, "little")
        while true_size in bomb:
            at = bomb.index(true_size)
            bomb[at : at + 4] = (1000).to_bytes(4, "little")
        with bounded(seconds=5), in_memory(megabytes=20):
            assert refusal(bytes(bomb)) == "This is no spreadsheet that can be read."

    @pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"\x00" * 1000, archive(a=b"b")])
    def test_other_archives(self, content: bytes) -> None:
        assert refusal(content) == "This is no spreadsheet that can be read."

    def test_a_sheet_that_says_it_is_endless(self) -> None:
        content = sheet([("title_en",), ("One",)])
        packed = zipfile.ZipFile(io.BytesIO(content))
        parts = {entry.filename: packed.read(entry) for entry in packed.infolist()}
        name = "xl/worksheets/sheet1.xml"
        parts[name] = parts[name].replace(b'r="2"', b'r="1048576"').replace(b"A1:A2", b"A1:XFD1048576")
        with bounded(seconds=20), in_memory(megabytes=60):
            assert refusal(archive(**parts)) == "There is no session in the file."

    @pytest.mark.parametrize("word", [b"<si><t>a</t></si>", b"<x:si/>", b"<row/>", b"<xf/>"])
    def test_too_many_elements(self, word: bytes) -> None:
        part = b'<sst xmlns="x" xmlns:x="x">' + word * (28 * MEGABYTE // len(word))
        with bounded(seconds=20), in_memory(megabytes=20):
            assert refusal(archive(**{"xl/sharedStrings.xml": part})).startswith("The file is too large.")

    def test_entities_in_a_sheet(self) -> None:
        content = sheet([("title_en",), ("One",)])
        packed = zipfile.ZipFile(io.BytesIO(content))
        parts = {entry.filename: packed.read(entry) for entry in packed.infolist()}
        for name in ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"):
            bad = parts | {name: f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'.encode() + parts[name]}
            assert refusal(archive(**bad)) == "This is no spreadsheet that can be read."


@pytest.mark.parametrize("content", [b"", b"PDF", b"\x89PNG\r\n", b"\xff\xd8\xff", b"[]", b"null", b"\x00"])
def test_files_of_other_kinds(content: bytes) -> None:
    assert refusal(content)


def test_a_thousand_sessions_are_read_quickly() -> None:
    many = [event(guid=guid(n), abstract="word " * 300) for n in range(1_000)]
    for content in (frab_xml(many), frab_json(many)):
        assert len(content) < MOST_BYTES
        with bounded(seconds=10):
            assert len(read_schedule(content).rows) == 1_000


# --- anything at all ----------------------------------------------------------------------------------

SEEDS = {
    "xml": frab_xml([event(), event(guid=guid(2), title="Two")]),
    "json": frab_json([event(), event(guid=guid(2), title="Two")]),
    "xlsx": sheet([("title_en", "start", "people"), ("One", "2031-05-14 09:00", "Kim (chair)")]),
}
FUZZ = settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def survives(content: bytes) -> None:
    """A file is read or refused; every other error is a defect."""
    with suppress(UnreadableSchedule):
        for row in read_schedule(content).refused:
            assert str(row.reason)


@FUZZ
@given(st.binary(max_size=300))
@pytest.mark.parametrize("head", [b"", b"<", b"{", b"PK\x03\x04", b"<?xml version='1.0'?>"])
def test_any_bytes(head: bytes, content: bytes) -> None:
    survives(head + content)


@FUZZ
@given(st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=6), st.integers(0, 5)), max_size=8))
@pytest.mark.parametrize("seed", SEEDS.values(), ids=SEEDS)
def test_damaged_files(seed: bytes, wounds: list[tuple[int, bytes, int]]) -> None:
    for at, what, cut in wounds:
        place = at % len(seed)
        seed = seed[:place] + what + seed[place + cut :]
    survives(seed)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
FIELDS = st.sampled_from(list(event()))


@FUZZ
@given(st.dictionaries(FIELDS, JSON_VALUES, max_size=6))
def test_any_value_in_any_field(changes: dict[str, object]) -> None:
    content = {"schedule": {"conference": {"days": [{"rooms": {"Hall": [event() | changes]}}]}}}
    survives(json.dumps(content).encode())


@FUZZ
@given(st.text(alphabet=st.sampled_from(list("<>/&;pbrliscrt =\"'!-x\n")), max_size=200))
def test_no_markup_is_left_and_no_time_is_lost(text: str) -> None:
    with bounded(seconds=1):
        found = prose(text)
    assert "<p>" not in found
    assert "<script>" not in found
