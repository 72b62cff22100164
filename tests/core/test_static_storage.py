"""Static files in production: a script asks for another by the name under which it is kept."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

from core.static_storage import StaticStorage


def collected(name: str) -> str:
    """Return what browsers get under the name that ``name`` has in production."""
    path = staticfiles_storage.stored_name(name)  # type: ignore[attr-defined]  # of hashed storages
    return (Path(staticfiles_storage.location) / path).read_text()  # type: ignore[attr-defined]  # of file storages


@pytest.mark.parametrize(
    "name", ["js/calendar-editor/main.js", "js/calendar-editor/board.js", "js/calendar-editor/draft.js"]
)
def test_our_scripts_import_each_other_under_names_that_are_kept(name: str) -> None:
    assert isinstance(staticfiles_storage._wrapped, StaticStorage)  # type: ignore[attr-defined]  # a lazy object

    imports = re.findall(r'from "(\.[^"]+)"', collected(name))

    assert imports
    folder = Path(staticfiles_storage.location) / Path(name).parent  # type: ignore[attr-defined]  # as above
    for other in imports:
        assert re.search(r"\.[0-9a-f]{12}\.js$", other)
        assert (folder / other).is_file()


def test_scripts_of_packages_are_left_as_they_are() -> None:
    name = "vendor/event-calendar/event-calendar.js"

    source = finders.find(name)

    assert source
    assert collected(name) == Path(source).read_text()
