"""The catalogues of interface texts: collected from the sources, merged, checked and compiled.

``python -m core.catalogues`` (or ``bin/messages``) brings ``locale/*/LC_MESSAGES/django.po`` up to date
and compiles it; ``check`` only says what is wrong. It works with Babel alone: no gettext programs are
needed, and neither are settings or a database.

Catalogues hold no line numbers and no dates and are sorted, so that two branches that add texts merge
quietly. An entry whose English text changed begins again empty: a half-right translation that is kept
"fuzzy" would never be looked at. English is written by itself, since the sources are in English.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from core.i18n import LANGUAGE_CODES

ROOT = Path(__file__).resolve().parent.parent
# Not part of what visitors or organizers read, or not ours.
SKIPPED = frozenset({"tests", "embedded", "migrations", "node_modules", "static", "docs", "bench", "deploy"})

# The functions of django.utils.translation, in xgettext's notation: which argument is the text, which
# the plural, which ("c") the context.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*[\d.]*[a-zA-Z]|%%|%[sdifgr]|\{\w*\}")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")

HEADER = "# Texts of the interface. Written by bin/messages; translators fill in msgstr.\n"


class SourceError(Exception):
    """A source file cannot be read for texts; the message names it."""


class Text(NamedTuple):
    """One text to translate, as it stands in the sources."""

    singular: str
    plural: str | None = None
    context: str | None = None


class Problem(NamedTuple):
    """What is wrong with one entry of one catalogue."""

    language: str
    msgid: str
    what: str

    def __str__(self) -> str:
        return f"{self.language}: {self.what}: {self.msgid!r}"


# --- Collecting -----------------------------------------------------------------------------------


def source_files(root: Path = ROOT) -> Iterator[Path]:
    """Yield every Python file and template whose texts people see."""
    apps = sorted(path.parent for path in root.glob("*/__init__.py") if path.parent.name not in SKIPPED)
    for folder in [*apps, root / "templates"]:
        for path in sorted(folder.rglob("*")):
            if SKIPPED.isdisjoint(path.relative_to(root).parts) and is_source(path):
                yield path


def is_source(path: Path) -> bool:
    """Tell Python files and templates from everything else."""
    return path.suffix == ".py" or ("templates" in path.parts and path.suffix in {".html", ".txt", ".xml"})


def texts_in(path: Path) -> Iterator[tuple[Text, list[str]]]:
    """Yield the texts of one file with the comments that ``Translators:`` left for translators.

    Raises SourceError when the file cannot be understood. Going on without it would drop its texts
    from the catalogues, and their translations with them.
    """
    source = path.read_text(encoding="utf-8")
    try:
        if path.suffix == ".py":
            ast.parse(source)  # the tokenizer below forgives what Python would not
            code = source
        else:
            # A comment would swallow the rest of its line, and its texts.
            templatized = templatize(source.replace("{% endcomment %}", "{% endcomment %}\n"), str(path))
            # What is left of a template is no Python program: without indentation it tokenizes.
            code = "\n".join(line.lstrip() for line in templatized.splitlines())
        found = list(extract("python", io.BytesIO(code.encode()), KEYWORDS, ["Translators:"]))
    except (SyntaxError, ValueError) as error:
        raise SourceError(f"{path}: {error}") from error
    for _line, message, comments, context in found:
        if isinstance(message, tuple):
            yield Text(message[0], message[1], context), comments
        else:
            yield Text(message, None, context), comments


def collect(root: Path = ROOT) -> Catalog:
    """Return a catalogue of everything there is to translate, without translations.

    ``locale/packages.pot`` adds texts of installed packages that show on our pages and that the
    packages leave in English.
    """
    template = Catalog(charset="utf-8")
    for path in source_files(root):
        for text, comments in texts_in(path):
            add(template, text, comments)
    extra = root / "locale" / "packages.pot"
    if extra.exists():
        for message in entries(read(extra)):
            add(template, text_of(message), message.auto_comments)
    return template


def add(catalog: Catalog, text: Text, comments: list[str]) -> None:
    """Add a text; one that is used with and without a plural is one entry, with the plural."""
    known = catalog.get(text.singular, text.context)
    plural = text.plural or (text_of(known).plural if known else None)
    if known and plural and not known.pluralizable:
        catalog.delete(text.singular, text.context)
    catalog.add(
        (text.singular, plural) if plural else text.singular,
        context=text.context,
        auto_comments=comments,
    )


def text_of(message: Message) -> Text:
    """Return what a catalogue's entry translates."""
    if isinstance(message.id, tuple | list):
        return Text(message.id[0], message.id[1], message.context)
    return Text(message.id, None, message.context)


# --- Merging --------------------------------------------------------------------------------------


def po_path(language: str, root: Path = ROOT) -> Path:
    """Return where the catalogue of ``language`` stands."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str | None = None) -> Catalog:
    """Read a catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def entries(catalog: Catalog) -> Iterator[Message]:
    """Yield the entries without the header."""
    return (message for message in catalog if message.id)


def merged(language: str, template: Catalog, old: Catalog) -> Catalog:
    """Return the template's entries with the translations that ``old`` has for exactly the same texts."""
    catalog = Catalog(locale=language, charset="utf-8")
    for message in entries(template):
        text = text_of(message)
        entry = catalog.add(message.id, context=message.context, auto_comments=message.auto_comments)
        known = old.get(text.singular, text.context)
        if language == "en":
            entry.string = (text.singular, text.plural) if text.plural else text.singular
        elif known and text_of(known) == text and not known.fuzzy:
            entry.string = known.string
        elif text.plural:
            entry.string = ("",) * catalog.num_plurals
        if known:
            entry.user_comments = known.user_comments
    return catalog


def written(catalog: Catalog) -> bytes:
    """Return a catalogue as the bytes of a .po file: sorted, without line numbers and dates."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, no_location=True, omit_header=True, sort_output=True, width=100)
    header = (
        f'{HEADER}msgid ""\nmsgstr ""\n"Language: {catalog.locale}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    return header.encode() + buffer.getvalue().rstrip(b"\n") + b"\n"


def up_to_date(root: Path = ROOT) -> dict[Path, bytes]:
    """Return what each .po file has to contain, given the sources and its translations so far."""
    template = collect(root)
    result = {}
    for language in LANGUAGE_CODES:
        path = po_path(language, root)
        old = read(path, language) if path.exists() else Catalog(locale=language)
        result[path] = written(merged(language, template, old))
    return result


def update(root: Path = ROOT) -> list[Path]:
    """Bring the .po files up to date; return those that changed."""
    changed = []
    for path, content in up_to_date(root).items():
        if not path.exists() or path.read_bytes() != content:
            replace(path, content)
            changed.append(path)
    return changed


def compile_all(root: Path = ROOT) -> list[Path]:
    """Write the .mo files that Django reads where the .po is newer; return those that changed."""
    changed = []
    for language in LANGUAGE_CODES:
        po = po_path(language, root)
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        buffer = io.BytesIO()
        write_mo(buffer, read(po, language))
        replace(mo, buffer.getvalue())
        changed.append(mo)
    return changed


def replace(path: Path, content: bytes) -> None:
    """Write a file in one step: whoever reads it meanwhile gets the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(content)
    new.replace(path)


# --- Checking -------------------------------------------------------------------------------------


def problems(root: Path = ROOT) -> list[Problem]:
    """Return everything that keeps the catalogues from being complete and safe to show."""
    unchanged = unchanged_texts(root)
    found = [
        Problem(path.parent.parent.name, "", "not up to date with the sources, run bin/messages")
        for path, content in up_to_date(root).items()
        if not path.exists() or path.read_bytes() != content
    ]
    for language in LANGUAGE_CODES:
        path = po_path(language, root)
        for message in entries(read(path, language)) if path.exists() else ():
            found += [
                Problem(language, text_of(message).singular, what)
                for what in faults(message, language, unchanged)
            ]
    return found


def unchanged_texts(root: Path = ROOT) -> frozenset[str]:
    """Return the texts that read the same in every language, such as names (locale/unchanged.txt)."""
    path = root / "locale" / "unchanged.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return frozenset(line for line in lines if line and not line.startswith("# "))


def faults(message: Message, language: str, unchanged: frozenset[str] = frozenset()) -> list[str]:
    """Return what is wrong with one entry: missing, fuzzy, left in English, or broken in its marks."""
    text = text_of(message)
    translated = message.string if isinstance(message.string, tuple | list) else (message.string,)
    strings = [string or "" for string in translated]
    if message.fuzzy:
        return ["fuzzy"]
    if not all(strings):
        return ["missing"]
    found = []
    # A language with one form for every number uses the plural's marks.
    models = [text.singular]
    if text.plural:
        models = [text.singular, text.plural] if len(strings) > 1 else [text.plural]
    for model, string in zip(models, strings, strict=True):
        found += [what for what, differs in differences(model, string) if differs]
    if language != "en" and text.singular in strings and has_words(text) and text.singular not in unchanged:
        found.append("still in English")
    return found


def has_words(text: Text) -> bool:
    """Tell whether there is anything to translate between the placeholders and tags."""
    return any(character.isalpha() for character in TAG.sub("", PLACEHOLDER.sub("", text.singular)))


def differences(msgid: str, msgstr: str) -> list[tuple[str, bool]]:
    """Compare what a translation may not change."""
    return [
        ("placeholders differ", sorted(PLACEHOLDER.findall(msgid)) != sorted(PLACEHOLDER.findall(msgstr))),
        ("HTML tags differ", sorted(TAG.findall(msgid)) != sorted(TAG.findall(msgstr))),
        ("spaces at the ends differ", edges(msgid) != edges(msgstr)),
        ("not in Unicode form NFC", not unicodedata.is_normalized("NFC", msgstr)),
    ]


def edges(text: str) -> tuple[str, str]:
    """Return the white space before and after a text."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def main(arguments: list[str]) -> int:
    """Carry out one command; return the exit status."""
    parser = argparse.ArgumentParser(prog="bin/messages", description="The texts of the interface.")
    parser.add_argument(
        "command",
        nargs="?",
        choices=["update", "compile", "check"],
        help="update the .po files from the sources, compile them, or check that they are complete "
        "(without a command: update, then compile)",
    )
    command = parser.parse_args(arguments).command
    try:
        if command == "check":
            found = problems()
            sys.stdout.writelines(f"{problem}\n" for problem in found)
            return 1 if found else 0
        changed = update() if command in {None, "update"} else []
        changed += compile_all() if command in {None, "compile"} else []
    except (SourceError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.writelines(f"wrote {path.relative_to(ROOT)}\n" for path in changed)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
