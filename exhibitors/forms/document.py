"""A document for exhibitors, as organizers give it: a title and a file, in three languages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget

from core.i18n import LANGUAGE_CODES, NATIVE_NAMES
from events import attachments
from events.attachments import CheckedFile
from exhibitors.models import Exhibitor, ExhibitorDocument

FILES = tuple(f"file_{code}" for code in LANGUAGE_CODES)


class DocumentFileField(forms.FileField):
    """A PDF or a picture, told by its content and made safe to keep."""

    def __init__(self, code: str) -> None:
        super().__init__(
            label=NATIVE_NAMES[code],
            required=False,
            widget=UnfoldAdminFileFieldWidget({"accept": attachments.ACCEPTED}),
            help_text=_("PDF, or a picture as JPEG, PNG or WebP; up to 10 MB. It replaces the one there is."),
        )

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        """Return the file as it may be kept, or None without one."""
        upload = super().clean(data)
        if not upload:
            return None
        try:
            return attachments.checked(upload)
        except attachments.BadAttachment as error:
            raise ValidationError(str(error)) from error


class DocumentForm(forms.ModelForm):
    """A document is for one exhibitor of its forum or for all, and has a file."""

    file_vi = DocumentFileField("vi")
    file_ko = DocumentFileField("ko")
    file_en = DocumentFileField("en")

    class Meta:
        model = ExhibitorDocument
        # Which fields are shown, and in which rows, the admin says.
        exclude = ()  # noqa: DJ006

    # Set by the admin, for files that were dropped on their way.
    upload_was_too_large = False

    def clean(self) -> dict[str, Any]:
        """Refuse an exhibitor of another forum, and a document without a title or without a file."""
        cleaned = super().clean() or {}
        forum = cleaned.get("forum") or (self.instance.forum_id and self.instance.forum)
        exhibitor: Exhibitor | None = cleaned.get("exhibitor")
        if forum and exhibitor and exhibitor.forum_id != forum.pk:
            self.add_error("exhibitor", _("This belongs to another forum."))
        names = [f"name_{code}" for code in LANGUAGE_CODES]
        if not any(cleaned.get(name) for name in names) and not set(names) & set(self.errors):
            self.add_error(names[0], _("Please give it a title in one language at least."))
        if set(FILES) & set(self.errors):
            return cleaned
        if self.upload_was_too_large:
            self.add_error(FILES[0], str(attachments.too_large()))
        elif not any(cleaned.get(name) for name in FILES) and not self._has_files():
            self.add_error(FILES[0], _("Please choose a file in one language at least."))
        return cleaned

    def _has_files(self) -> bool:
        return bool(self.instance.pk) and self.instance.files.exists()

    def given(self) -> dict[str, CheckedFile]:
        """Return the files that were chosen, by language."""
        chosen = {code: self.cleaned_data.get(f"file_{code}") for code in LANGUAGE_CODES}
        return {code: file for code, file in chosen.items() if file}
