"""Files that have no address: they lie apart from uploads that browsers read, and views hand them out."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import FileSystemStorage, Storage, storages


class PrivateFolder(FileSystemStorage):
    """A folder that no web server shows."""

    def url(self, name: str | None) -> Any:
        """Raise ValueError: Django would make up an address below that of public uploads."""
        raise ValueError("A private file has no address.")


def private_files() -> Storage:
    """Return the storage of private files, for FileFields."""
    return storages["private"]
