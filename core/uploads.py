"""No upload fills the disk: what is beyond the largest file that any form takes is read and thrown away.

Django bounds the fields of a form and leaves files to the server in front, which may be set otherwise.
"""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

# The largest file that a form of ours takes, and the files of one form together.
MOST_BYTES = 50 * 1024 * 1024


class BoundedUploads(FileUploadHandler):
    """Drop a file as soon as the files of its form are more than MOST_BYTES.

    The request then says so (:func:`was_too_large`), so that the form can tell "too large" from "no file".
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        """Count, and hand on to the handlers that keep the file."""
        self.received += len(raw_data)
        if self.received > MOST_BYTES:
            self.request.upload_was_too_large = True  # type: ignore[union-attr]  # ours, read below
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave it to the next handler."""


def was_too_large(request: HttpRequest) -> bool:
    """Say whether a file of this request was dropped because it was too large."""
    return bool(getattr(request, "upload_was_too_large", False))
