"""One style sheet, made from readable sources without changing what they say."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders as django_finders

from core import finders, stylesheet

STATIC = settings.BASE_DIR / "static"


def test_squeezing_keeps_what_a_browser_could_notice() -> None:
    source = """
    /* a comment; with { braces } */
    .a  >  .b :is( h1 , h2 )::before {
      content: "kept:  as / * it { is } ";
      inset: calc( 1px + 2 * var(--x) ) auto;
      --y: 3;
    }
    @media (min-width: 48rem) { .c{ color : red ; } }
    """
    squeezed = stylesheet.squeeze(source)
    assert "comment" not in squeezed
    assert '"kept:  as / * it { is } "' in squeezed
    assert ".a > .b :is( h1,h2 )::before{" in squeezed
    assert "calc( 1px + 2 * var(--x) )" in squeezed
    assert "@media (min-width:48rem){.c{" in squeezed
    assert "\n" not in squeezed


def test_addresses_are_read_from_the_new_place() -> None:
    css = 'a{src:url("../../img/x.svg")}b{src:url(./files/y.woff2)}c{src:url(data:,z)}d{src:url(#e)}'
    moved = stylesheet.rebase(css, source="css/components/a.css", target="css/site.css")
    assert moved == (
        'a{src:url("../img/x.svg")}b{src:url("components/files/y.woff2")}c{src:url(data:,z)}d{src:url(#e)}'
    )


def test_slots_have_a_class_for_every_quarter_room_and_lane() -> None:
    rules = stylesheet.slot_rules()
    for wanted in (
        ".t0 {",
        ".t95 {",
        ".d1 {",
        ".d64 {",
        ".rooms-8 {",
        ".room-1 {",
        ".lane-1 {",
        ".hours-24 {",
    ):
        assert wanted in rules
    assert "--t: 95;" in rules
    assert ".t96" not in rules


class TestSite:
    css = stylesheet.site_stylesheet(STATIC)

    def test_it_asks_for_no_other_style_sheet(self) -> None:
        assert "@import" not in self.css

    def test_layers_stand_in_their_order(self) -> None:
        assert "@layer tokens,base,layout,components,print;" in self.css
        names = ("tokens", "base", "layout", "components", "print")
        first = [self.css.index(f"@layer {name}{{") for name in names]
        assert first == sorted(first)

    def test_every_component_is_in_it(self) -> None:
        imported = stylesheet.sources(STATIC)
        # The specimen is for the page of components alone.
        components = set(STATIC.glob("css/components/*.css")) - {STATIC / "css/components/specimen.css"}
        assert components <= set(imported)

    def test_what_it_names_exists(self) -> None:
        named = re.findall(r'url\("([^"]+)"\)', self.css)
        assert len(named) > 9, "nine slices of the Latin face and the selvedge"
        missing = [
            address
            for address in named
            if not (STATIC / "css" / address).exists()
            and os.path.normpath(f"css/{address}") not in finders.MAKERS
        ]
        assert missing == []

    def test_braces_match(self) -> None:
        assert self.css.count("{") == self.css.count("}")


class TestFinder:
    @pytest.fixture
    def made(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setattr(finders, "MADE", tmp_path)
        return tmp_path

    def test_django_finds_the_made_files(self) -> None:
        found = django_finders.find("css/site.css")
        assert found
        assert Path(found).read_text() == stylesheet.site_stylesheet(STATIC)
        assert django_finders.find("css/nothing.css") is None

    def test_a_made_file_is_kept_until_a_source_changes(
        self, made: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source = made / "source"
        source.touch()
        os.utime(source, (1000, 1000))
        monkeypatch.setattr(finders, "sources", lambda: [source])
        contents = iter([b"first", b"second"])
        monkeypatch.setitem(finders.MAKERS, "a/b.css", lambda: next(contents))
        assert finders.fresh("a/b.css").read_bytes() == b"first"
        assert finders.fresh("a/b.css").read_bytes() == b"first"
        later = finders.fresh("a/b.css").stat().st_mtime + 10
        os.utime(source, (later, later))
        assert finders.fresh("a/b.css").read_bytes() == b"second"
        assert [path.name for path in (made / "a").iterdir()] == ["b.css"], "no draft is left behind"

    def test_collecting_lists_everything(self, made: Path) -> None:
        finder = finders.MadeFilesFinder()
        assert [path for path, _ in finder.list(None)] == list(finders.MAKERS)
        assert all((made / path).stat().st_size for path in finders.MAKERS)
