"""The site's one style sheet, made from the readable sources under ``static/css/``.

A browser that follows a chain of ``@import`` waits for each link of it; people who write CSS want one
small file per component. So the sources stay apart, and this module follows the imports of ``main.css``
and squeezes the result. ``core.finders`` serves it as ``css/site.css``.
"""

import posixpath
import re
from pathlib import Path

# An import as main.css writes it: a relative address, and the cascade layer it belongs to if any.
IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\)(?: layer\((?P<layer>[\w-]+)\))?;')
ADDRESS = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<path>[^"')]+)(?P=quote)\s*\)""")
# Strings are kept as they are; everything between them is squeezed.
STRING = re.compile(r"""("[^"\n]*"|'[^'\n]*')""")

QUARTERS_A_DAY = 96
LONGEST_SLOT = 64
MOST_ROOMS = 8
MOST_LANES = 12
MOST_HOURS = 24


def slot_rules() -> str:
    """Return the classes with which a template says where a slot stands.

    A strict policy forbids ``style="--t: 12"``, so each value is a class: ``.t12`` starts twelve
    quarters of an hour after the day's first hour, ``.d3`` lasts three quarters, ``.room-2`` stands
    in the second of ``.rooms-4`` columns, ``.wide-2`` spans two of them, ``.lane-2`` stands in the
    second row of a strip ``.hours-10`` wide.
    """
    values = [
        ("t", "--t", range(QUARTERS_A_DAY)),
        ("d", "--d", range(1, LONGEST_SLOT + 1)),
        ("rooms-", "--rooms", range(1, MOST_ROOMS + 1)),
        ("room-", "--room", range(1, MOST_ROOMS + 1)),
        ("wide-", "--wide", range(2, MOST_ROOMS + 1)),
        ("lane-", "--lane", range(1, MOST_LANES + 1)),
        ("hours-", "--hours", range(1, MOST_HOURS + 1)),
    ]
    return "".join(
        f".{prefix}{number} {{\n  {name}: {number};\n}}\n"
        for prefix, name, numbers in values
        for number in numbers
    )


def squeeze(css: str) -> str:
    """Drop comments and needless white space; change nothing that a browser could notice.

    Only what is safe without a parser is done: a space before a colon or around ``+``, ``-`` and ``>``
    may mean something in a selector or in ``calc()`` and stays.
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    parts = STRING.split(css)
    for index in range(0, len(parts), 2):
        text = re.sub(r"\s+", " ", parts[index])
        text = re.sub(r"\s?([{};,])\s?", r"\1", text)
        text = text.replace(": ", ":")
        parts[index] = text.replace(";}", "}")
    return "".join(parts).strip()


def rebase(css: str, *, source: str, target: str) -> str:
    """Rewrite the relative addresses in ``css`` from the folder of ``source`` to that of ``target``."""

    def moved(match: re.Match[str]) -> str:
        address = match["path"]
        if re.match(r"(?:[a-z]+:|/|#)", address):
            return match[0]
        absolute = posixpath.normpath(posixpath.join(posixpath.dirname(source), address))
        relative = posixpath.relpath(absolute, posixpath.dirname(target))
        return f'url("{relative}")'

    return ADDRESS.sub(moved, css)


def sources(static: Path) -> list[Path]:
    """Return every file on disk that the style sheet is made of, ``main.css`` first."""
    main = static / "css" / "main.css"
    imported = [main.parent / match["path"] for match in IMPORT.finditer(main.read_text())]
    return [main, *(path for path in imported if path.exists())]


def site_stylesheet(static: Path) -> str:
    """Return the squeezed style sheet of the site; ``static`` is the folder of the sources."""
    main = static / "css" / "main.css"

    def included(match: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join("css", match["path"]))
        text = slot_rules() if path == "css/components/slots.css" else (static / path).read_text()
        text = rebase(text, source=path, target="css/site.css")
        return f"@layer {match['layer']} {{{text}}}" if match["layer"] else text

    return squeeze(IMPORT.sub(included, main.read_text())) + "\n"
