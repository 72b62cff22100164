"""The interface is complete in three languages, and what checks that notices what it should."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from core import catalogues
from core.catalogues import SourceError


def test_every_text_is_translated() -> None:
    found = [str(problem) for problem in catalogues.problems()]
    assert not found, "\n".join(found)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a small checkout with one app, one template and Korean already translated."""
    (tmp_path / "shop" / "tests").mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    (tmp_path / "shop" / "__init__.py").touch()
    (tmp_path / "shop" / "views.py").write_text(
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy\n"
        '# Translators: on the button\nBUY = _("Buy " "now")\n'
        'def f(n): return ngettext("%(n)s fish", "%(n)s fishes", n) + pgettext_lazy("menu", "Open")\n'
    )
    (tmp_path / "templates" / "a.html").write_text(
        "{% load i18n %}\n   ( '\n"
        '  {% translate "50% off" %} {{ x|default:_("nobody") }}\n'
        "      {% blocktranslate trimmed count n=n %}\n one <b>hit</b>\n {% plural %}\n"
        "  {{ n }} <b>hits</b>\n{% endblocktranslate %}\n"
        "{% comment %}Translators: of a door{% endcomment %}{% translate 'Open' context 'door' %}\n"
    )
    catalogues.update(tmp_path)
    return tmp_path


def texts(checkout: Path, language: str) -> dict[tuple[str | None, str], object]:
    """Return the translations of one language by context and English text."""
    catalog = catalogues.read(catalogues.po_path(language, checkout), language)
    return {(m.context, catalogues.text_of(m).singular): m.string for m in catalogues.entries(catalog)}


def translate(checkout: Path, language: str, msgid: str, *strings: str) -> None:
    """Do a translator's work on one entry."""
    path = catalogues.po_path(language, checkout)
    catalog = catalogues.read(path, language)
    message = catalog.get(msgid)
    assert message is not None
    message.string = strings if len(strings) > 1 or message.pluralizable else strings[0]
    path.write_bytes(catalogues.written(catalog))


def test_texts_are_found_in_code_and_templates_and_english_fills_itself(checkout: Path) -> None:
    assert texts(checkout, "en") == {
        (None, "%(n)s fish"): ("%(n)s fish", "%(n)s fishes"),
        (None, "50%% off"): "50%% off",
        (None, "Buy now"): "Buy now",
        ("menu", "Open"): "Open",
        ("door", "Open"): "Open",
        (None, "nobody"): "nobody",
        (None, "one <b>hit</b>"): ("one <b>hit</b>", "%(n)s <b>hits</b>"),
    }
    assert set(texts(checkout, "vi").values()) == {"", ("",)}
    assert "#. Translators: on the button" in catalogues.po_path("vi", checkout).read_text()


def test_translations_stay_and_changed_texts_begin_again(checkout: Path) -> None:
    translate(checkout, "ko", "Buy now", "지금 사기")
    translate(checkout, "ko", "%(n)s fish", "물고기 %(n)s마리")
    assert catalogues.update(checkout) == []
    views = checkout / "shop" / "views.py"
    views.write_text(views.read_text().replace("fishes", "fish").replace("Open", "Open it"))
    assert len(catalogues.update(checkout)) == 3
    found = texts(checkout, "ko")
    assert found[None, "Buy now"] == "지금 사기"
    assert found[None, "%(n)s fish"] == ("",), "another plural is another text"
    assert ("menu", "Open") not in found, "what nobody uses is gone"
    assert "fuzzy" not in catalogues.po_path("ko", checkout).read_text()


def test_a_file_that_cannot_be_read_stops_the_update(checkout: Path) -> None:
    translate(checkout, "vi", "Buy now", "Mua ngay")
    (checkout / "shop" / "views.py").write_text("def broken(:\n")
    with pytest.raises(SourceError, match=r"views\.py"):
        catalogues.update(checkout)
    assert texts(checkout, "vi")[None, "Buy now"] == "Mua ngay"


def test_tests_and_texts_that_are_not_literal_are_left_out(checkout: Path) -> None:
    (checkout / "shop" / "tests" / "test_a.py").write_text('_("Only in a test")\n')
    (checkout / "shop" / "late.py").write_text("def f(name): return _(name)\n")
    assert catalogues.update(checkout) == []


def test_texts_of_packages_are_added(checkout: Path) -> None:
    (checkout / "locale" / "packages.pot").write_text('msgid "Forgot your password?"\nmsgstr ""\n')
    catalogues.update(checkout)
    assert (None, "Forgot your password?") in texts(checkout, "vi")


def test_a_text_with_and_without_plural_is_one_entry(checkout: Path) -> None:
    (checkout / "shop" / "late.py").write_text('A = _("%(n)s fish")\n')
    catalogues.update(checkout)
    assert texts(checkout, "en")[None, "%(n)s fish"] == ("%(n)s fish", "%(n)s fishes")


def test_compiling_is_done_when_needed_and_djangos_reader_understands_it(checkout: Path) -> None:
    translate(checkout, "vi", "Buy now", "Mua ngay")
    assert len(catalogues.compile_all(checkout)) == 3
    assert catalogues.compile_all(checkout) == []
    import gettext  # the reader that Django uses

    with (checkout / "locale/vi/LC_MESSAGES/django.mo").open("rb") as file:
        translations = gettext.GNUTranslations(file)
    assert translations.gettext("Buy now") == "Mua ngay"
    assert translations.gettext("nobody") == "nobody"


@pytest.mark.parametrize(
    ("msgid", "msgstr", "language", "faults"),
    [
        ("Buy", "Mua", "vi", []),
        ("Buy", "", "vi", ["missing"]),
        ("Buy", "Buy", "vi", ["still in English"]),
        ("Buy", "Buy", "en", []),
        ("R2MIX", "R2MIX", "ko", []),
        ("%(post)s, <b>%(house)s</b>", "%(post)s, <b>%(house)s</b>", "vi", []),
        ("%(n)s places", "%(m)s chỗ", "vi", ["placeholders differ"]),
        ("{code} is full", "đã đầy", "vi", ["placeholders differ"]),
        ("50%% off", "giảm 50%", "vi", ["placeholders differ"]),
        ("%(a)s of %(b)s", "%(b)s trong %(a)s", "vi", []),
        ("a <b>place</b>", "một <b>chỗ", "vi", ["HTML tags differ"]),
        (
            '<a href="%(url)s">x</a>',
            '<a href="/evil">x</a>',
            "vi",
            ["placeholders differ", "HTML tags differ"],
        ),
        ("Name: ", "Tên:", "vi", ["spaces at the ends differ"]),
        ("Name", "Te\u0302n", "vi", ["not in Unicode form NFC"]),
        (("%(n)s place", "%(n)s places"), ("%(n)s chỗ",), "vi", []),
        (("one place", "%(n)s places"), ("chỗ",), "vi", ["placeholders differ"]),
        (("one place", "%(n)s places"), ("one place", "%(n)s places"), "en", []),
    ],
)
def test_faults_of_an_entry(
    msgid: str | tuple[str, str], msgstr: str | tuple[str, ...], language: str, faults: list[str]
) -> None:
    catalog = Catalog(locale=language)
    message = catalog.add(msgid, msgstr)
    assert catalogues.faults(message, language, frozenset({"R2MIX"})) == faults


def test_fuzzy_is_a_fault() -> None:
    message = Catalog(locale="vi").add("Buy", "Bán", flags=["fuzzy"])
    assert catalogues.faults(message, "vi") == ["fuzzy"]


@pytest.mark.parametrize("command", ["check", "compile"])
def test_the_command(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    monkeypatch.setattr(catalogues, "ROOT", checkout)
    monkeypatch.setattr(catalogues.problems, "__defaults__", (checkout,))
    monkeypatch.setattr(catalogues.compile_all, "__defaults__", (checkout,))
    assert catalogues.main([command]) == (1 if command == "check" else 0)
    said = capsys.readouterr().out
    assert (
        "vi: missing: 'Buy now'" if command == "check" else "wrote locale/vi/LC_MESSAGES/django.mo"
    ) in said
