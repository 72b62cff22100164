"""Slides and handouts: sent in by speakers until the deadline, released to the public by organizers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit, dates
from core.errors import Conflict, DomainError
from core.i18n import current_language
from core.locking import short_transaction
from events import material_files
from events.models import Forum, Material, Session
from events.services.answers import NoLongerPart, actor_label, locked_speaker
from events.services.forum_lock import lock_forum
from speakers.models import Speaker

# Of one session by one speaker: slides, a handout, and each once more in another language.
MOST_FILES = 10


class TooLate(DomainError):
    """The deadline for materials has passed."""

    status = 403

    def __init__(self, forum: Forum) -> None:
        sentence: Any
        if forum.materials_deadline is None:
            sentence = _("The forum is over; nothing can be uploaded any more.")
        else:
            moment = dates.moment(forum.materials_deadline, forum.zone, current_language())
            sentence = _("Materials could be uploaded until %(moment)s. Please write to the organizers.") % {
                "moment": moment
            }
        super().__init__(sentence)


def is_open(forum: Forum, now: datetime) -> bool:
    """True while speakers may upload: until the deadline, or to the end of the forum without one."""
    return now <= forum.materials_deadline if forum.materials_deadline else not forum.is_over(now)


def add_material(
    session: Session, *, speaker: Speaker, kind: str, title: str, upload: File[bytes]
) -> Material:
    """Keep a file of the speaker's for one of her sessions; nobody else but organizers sees it yet.

    Raises BadFile for what is not taken, TooLate after the deadline, DomainError beyond MOST_FILES, and
    NoLongerPart.
    """
    if not is_open(session.forum, timezone.now()):
        raise TooLate(session.forum)
    known = material_files.recognized(upload, upload.size)
    material = Material(
        session=session,
        speaker=speaker,
        kind=kind,
        title=title,
        suffix=known.suffix,
        content_type=known.content_type,
        size=upload.size,
    )
    # Before the transaction, which holds a lock: a large file takes a while to copy.
    material.file.save(f"upload{known.suffix}", upload, save=False)
    try:
        with short_transaction():
            locked_speaker(speaker)  # the race: many files at once, each of which sees a place left
            _check_place(session, speaker)
            material.save()
            audit.record(
                "material.added",
                material,
                actor=None,
                actor_label=actor_label(speaker),
                changes={"title": ("", title), "size": ("", material.size), "session": ("", session)},
            )
    except BaseException:
        material.file.storage.delete(str(material.file.name))
        raise
    return material


def _check_place(session: Session, speaker: Speaker) -> None:
    if not session.session_speakers.filter(speaker=speaker).exists():
        raise NoLongerPart
    if Material.objects.filter(session=session, speaker=speaker).count() >= MOST_FILES:
        raise DomainError(
            _("There are %(most)s files already. Please remove one first.") % {"most": MOST_FILES},
            field="file",
        )


def remove_material(speaker: Speaker, *, material_id: int) -> None:
    """Delete a file of the speaker's own that is not public yet; twice is once.

    Raises Conflict for a public one.
    """
    with short_transaction():
        locked_speaker(speaker)
        # The race: an organizer makes it public at this moment. One of the two sees the other.
        found = _locked(material_id, speaker=speaker)
        if found is None:
            return
        if found.is_public:
            raise Conflict(
                _("The organizers have made this file public. Please write to them to take it back.")
            )
        _delete(found, by=None, label=actor_label(speaker))


def delete_material(material: Material, *, by: User) -> None:
    """Delete a file for the organizers. A published programme that names it then leads to a missing page."""
    with short_transaction():
        _delete(material, by=by)


def set_public(material: Material, *, by: User, public: bool) -> Material:
    """Show a file to the public with the next release, or take it back at once; twice is once."""
    with short_transaction():
        lock_forum(material.session.forum_id)  # the race: somebody publishes the agenda at this moment
        found = _locked(material.pk)
        if found is None:
            raise Conflict(_("The speaker has removed this file."))
        if found.is_public != public:
            found.is_public = public
            found.save(update_fields=["is_public"])
            audit.record("material.changed", found, actor=by, changes={"is_public": (not public, public)})
    return found


def _locked(material_id: int, **owner: Speaker) -> Material | None:
    return Material.objects.select_for_update(of=("self",)).filter(pk=material_id, **owner).first()


def _delete(material: Material, *, by: User | None, label: str = "") -> None:
    audit.record(
        "material.deleted", material, actor=by, actor_label=label, changes={"title": (material.title, "")}
    )
    material.delete()  # the file goes after the commit (events.signals)
