"""Files that organizers give to exhibitors."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.i18n import NATIVE_NAMES
from core.named import Named
from core.private_files import private_files
from events.models import Forum
from exhibitors.models.exhibitor import Exhibitor


class ExhibitorDocumentQuerySet(models.QuerySet["ExhibitorDocument"]):
    """Who may read what."""

    def for_exhibitor(self, exhibitor: Exhibitor) -> ExhibitorDocumentQuerySet:
        """What is for everybody at the forum, and what is for this exhibitor alone."""
        mine = Q(exhibitor__isnull=True) | Q(exhibitor=exhibitor)
        return self.filter(mine, forum=exhibitor.forum_id)


class ExhibitorDocument(Named):
    """Something to read: the exhibitors' manual, rules of the floor, a contract. ``name`` and ``note`` have
    three languages, the files one each.

    Without ``exhibitor`` it is for all of the forum.
    """

    forum = models.ForeignKey(
        Forum, models.CASCADE, related_name="exhibitor_documents", verbose_name=_("forum")
    )
    exhibitor = models.ForeignKey(
        Exhibitor,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("exhibitor"),
        help_text=_("Empty means for all exhibitors."),
    )
    name = models.CharField(_("title"), max_length=160)
    note = models.CharField(_("note"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = ExhibitorDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document for exhibitors")
        verbose_name_plural = _("documents for exhibitors")
        ordering = ["position", "id"]


def document_path(row: DocumentFile, name: str) -> str:
    """Return where a file is kept: under a random name, with the ending of what it is."""
    return f"exhibitor-documents/{uuid.uuid4()}{name}"


class DocumentFile(models.Model):
    """A document in one language, and who gave it when."""

    # Its name in addresses: nobody can guess it.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(
        ExhibitorDocument, models.CASCADE, related_name="files", verbose_name=_("document")
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    file = models.FileField(_("file"), upload_to=document_path, storage=private_files)
    file_name = models.CharField(_("name of the file"), max_length=200, editable=False)
    suffix = models.CharField(max_length=8, editable=False)
    content_type = models.CharField(_("type of file"), max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    given_at = models.DateTimeField(_("given"), default=timezone.now, editable=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("given by"),
    )

    class Meta:
        verbose_name = _("file of a document")
        verbose_name_plural = _("files of a document")
        ordering = ["language", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "language"],
                name="document_file_once_in_language",
                violation_error_message=_("There is a file in this language already."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def native_name(self) -> str:
        """Its language as the speakers of that language write it."""
        return NATIVE_NAMES[self.language]
