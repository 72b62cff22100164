"""Files that people attach to answers: told by what is in them, kept in private, before any transaction.

A picture is written anew, upright and not larger than a page needs: a place, a second file or a script in it
does not survive that. A PDF is kept as it is and never shown inside a page.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from core.errors import DomainError
from core.private_files import private_files
from events.material_files import BadFile, recognized
from registrations import personal_data
from registrations.models import Answer, Question
from registrations.questions import AnswerGiven, StoredFile

MOST_BYTES: Final = 10 * 1024 * 1024
FORMATS: Final = ("JPEG", "PNG", "WEBP")
# For the browser's file dialogue; what counts is looked at here.
ACCEPTED: Final = "application/pdf,image/jpeg,image/png,image/webp"
# Modern telephones take 48 to 50 million; decoding needs three bytes for each.
MOST_PIXELS: Final = 64_000_000
LONGEST_SIDE: Final = 2400
QUALITY: Final = 85
PDF, JPEG = "application/pdf", "image/jpeg"
FOLDER: Final = "answers"


class BadAnswerFile(DomainError):
    """The file cannot be taken; the message says why and what would help."""

    status = 400


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept: its content, what it is, and what its owner calls it."""

    content: File[bytes]
    file_name: str
    suffix: str
    content_type: str


def too_large() -> BadAnswerFile:
    """Return the refusal of a file that is too large."""
    return BadAnswerFile(
        _("The file is too large: at most %(megabytes)s MB.") % {"megabytes": MOST_BYTES // 1024 // 1024}
    )


def checked(upload: UploadedFile[bytes]) -> CheckedFile:
    """Return ``upload`` as it may be kept; raises BadAnswerFile for anything but a whole PDF or picture."""
    if not upload.size:
        raise BadAnswerFile(_("The file is empty."))
    if upload.size > MOST_BYTES:
        raise too_large()
    upload.seek(0)
    is_pdf = upload.read(5) == b"%PDF-"
    upload.seek(0)
    name = _file_name(upload.name or "")
    if is_pdf:
        try:
            recognized(upload, upload.size)
        except BadFile as error:
            raise BadAnswerFile(_("The PDF is damaged. Please save it anew and try again.")) from error
        return CheckedFile(upload, name, ".pdf", PDF)
    return CheckedFile(_picture(upload), name, ".jpg", JPEG)


def _file_name(name: str) -> str:
    """Return what the file is called by its owner, fit to be shown; never part of a path."""
    try:
        line = personal_data.one_line(PurePath(name).name[-150:], longest=200)
    except ValidationError:
        line = ""
    return line or _("file")


def _picture(upload: UploadedFile[bytes]) -> ContentFile[bytes]:
    try:
        picture = Image.open(upload, formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise BadAnswerFile(
                _("The picture has too many pixels (%(width)s × %(height)s). Please make it smaller.")
                % {"width": picture.width, "height": picture.height}
            )
        # JPEG can be decoded at a fraction of its size, which spares memory; other formats ignore this.
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError) as error:
        raise BadAnswerFile(_("Please choose a PDF, or a picture as JPEG, PNG or WebP.")) from error
    except (OSError, ValueError) as error:
        raise BadAnswerFile(_("The picture is damaged. Please save it anew and try again.")) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new("RGB", upright.size, "white")
    clean.paste(upright, mask=upright.getchannel("A"))
    written = io.BytesIO()
    clean.save(written, "JPEG", quality=QUALITY, optimize=True)
    return ContentFile(written.getvalue())


@contextmanager
def kept(
    answers: Mapping[Question, AnswerGiven], files: Mapping[Question, CheckedFile]
) -> Iterator[dict[Question, AnswerGiven]]:
    """Lay files into the private storage for the block, which registers; give the answers that name them.

    Afterwards those that no answer names are deleted: nothing was registered, or the same form was sent
    twice and the first one's file stays.
    """
    storage = private_files()
    stored: dict[Question, StoredFile] = {}
    try:
        for question, file in files.items():
            name = storage.save(f"{FOLDER}/{uuid.uuid4()}{file.suffix}", file.content)
            stored[question] = StoredFile(name, file.file_name, file.suffix, file.content_type)
        yield {
            question: replace(answers.get(question, AnswerGiven()), file=stored.get(question))
            for question in {**answers, **files}
        }
    finally:
        names = {file.name for file in stored.values()}
        used = set(Answer.objects.filter(file__in=names).values_list("file", flat=True)) if names else set()
        for name in names - used:
            storage.delete(name)


def answer_deleted(instance: Answer, **kwargs: Any) -> None:
    """Delete the file of an answer that is gone, once it really is."""
    storage, name = instance.file.storage, instance.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))
