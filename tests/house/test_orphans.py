"""Nothing lies about that nobody uses: no template, no file of static/, no class in a style sheet."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.house.sources import APPS, python_files, relative, templates, tracked_files

# Templates that packages ask for by their own names.
OF_PACKAGES = (
    "templates/account/",
    "templates/admin/",
    "templates/allauth/",
    "templates/mfa/",
    "templates/unfold/",
)
# Classes that packages write into pages of theirs.
CLASSES_OF_PACKAGES = {
    "action-checkbox",  # Django's lists
    "bg-red-600",  # Unfold's buttons
    "ec",  # the calendar
    "form-rows",  # Unfold's forms
    "sortoptions",  # Django's lists
    "text-xs",  # Unfold's small print
    "uppercase",
}


def static_files() -> list[Path]:
    """Return our files of static/, without those of others."""
    names = {path: relative(path) for path in tracked_files()}
    return [
        path
        for path, name in names.items()
        if name.startswith("static/") and not name.startswith("static/vendor/")
    ]


@cache
def written() -> str:
    """Return all that can name a template, a static file or a class."""
    code = [*python_files(*APPS), *templates()]
    scripts = [path for path in static_files() if path.suffix in {".js", ".mjs", ".css", ".webmanifest"}]
    return "\n".join(path.read_text() for path in [*code, *scripts])


@cache
def words() -> set[str]:
    """Return every word of templates, Python and scripts: what a class in a page can be made of."""
    scripts = [path for path in static_files() if path.suffix in {".js", ".mjs"}]
    texts = (path.read_text() for path in [*python_files(*APPS), *templates(), *scripts])
    return {word for text in texts for word in re.findall(r"[\w-]+", text)}


def is_named(template: str) -> bool:
    """Tell whether something asks for a template: by its name, or by a part of it that code completes."""
    stem = re.sub(r"(\.subject)?\.\w+$", "", template)
    # "speaker.link" is a mail's name, "speaker_link" its template's.
    last = re.escape(stem.rsplit("/", maxsplit=1)[-1]).replace("_", "[_.]")
    return template in written() or re.search(rf"[\"'/.]{last}[\"']", written()) is not None


def test_every_template_is_asked_for() -> None:
    ours = [path for path in templates() if not relative(path).startswith(OF_PACKAGES)]
    assert len(ours) > 100
    names = [relative(path).removeprefix("templates/") for path in ours]
    assert [name for name in names if not is_named(name)] == []


def test_every_static_file_is_named() -> None:
    assert [relative(path) for path in static_files() if path.name not in written()] == []


def classes(style: str) -> set[str]:
    """Return the classes that a style sheet speaks of."""
    rules = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    selectors = re.findall(r"([^{};]+){", rules)
    return {
        name
        for one in selectors
        if not one.strip().startswith("@")
        for name in re.findall(r"\.([a-z][\w-]*)", one)
    }


def is_written(name: str) -> bool:
    """Tell whether a page can have a class: as it stands, or made of a beginning and a value."""
    beginning, _, value = name.rpartition("-")
    if beginning == "field":  # the admin's lists: the column's name follows
        return value in words()
    return name in words() or (bool(beginning) and f"{beginning}-" in words())


def test_every_class_of_the_style_sheets_is_written_somewhere() -> None:
    found = [
        f"{relative(path)}: .{name}"
        for path in static_files()
        if path.suffix == ".css"
        for name in sorted(classes(path.read_text()) - CLASSES_OF_PACKAGES)
        if not name.startswith("ec-") and not is_written(name)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("style", "found"),
    [
        (".a .b-c:hover, p.d { color: red; }", {"a", "b-c", "d"}),
        ("@media (width > 40.5rem) { .e { margin: 0.5em; } }", {"e"}),
        ("/* .f { } */ .g { padding: .5em; .h { } }", {"g", "h"}),
        ("@import url(x.css); main { color: red; }", set()),
    ],
)
def test_classes_are_found_in_a_style_sheet(style: str, found: set[str]) -> None:
    assert classes(style) == found


def test_what_nobody_names_is_found() -> None:
    assert not is_named("events/forgotten.html")
    assert not is_written("forgotten-class")
    assert is_written("hours-9")
    assert is_named("events/mail/speaker_link.subject.txt")
