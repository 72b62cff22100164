"""What an exhibitor and its products look like in public, as organizers write it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminImageFieldWidget

from exhibitors.models import Exhibitor, Product
from exhibitors.pictures import LONGEST_SIDE, BadPicture, picture_from


class PictureField(forms.FileField):
    """An upload that becomes a picture. Not Django's ImageField, which lets every decoder look at it."""

    def __init__(self, *, longest: int = LONGEST_SIDE, **kwargs: Any) -> None:
        self.longest = longest
        kwargs.setdefault("widget", UnfoldAdminImageFieldWidget)
        kwargs.setdefault(
            "help_text", _("JPEG, PNG or WebP, up to 10 MB. It is stored anew and made smaller.")
        )
        super().__init__(required=False, **kwargs)

    def to_python(self, data: Any) -> Any:
        """Return the re-encoded picture, or None without an upload."""
        upload = super().to_python(data)
        if not isinstance(upload, UploadedFile) or upload.file is None:
            return upload
        try:
            return picture_from(upload.file, upload.size, longest=self.longest)
        except BadPicture as error:
            raise ValidationError(str(error)) from error


class ExhibitorForm(forms.ModelForm):
    """An exhibitor; the host is another one of the same forum."""

    logo = PictureField(label=capfirst(_("logo")))

    class Meta:
        model = Exhibitor
        # Which fields are shown, and in which rows, the admin says.
        exclude = ()  # noqa: DJ006

    def clean(self) -> dict[str, Any]:
        """See that the host exhibits at the same forum, and is nobody's guest."""
        cleaned = super().clean() or {}
        forum = cleaned.get("forum") or (self.instance.forum_id and self.instance.forum)
        host: Exhibitor | None = cleaned.get("host")
        if host and forum and host.forum_id != forum.pk:
            self.add_error("host", _("This belongs to another forum."))
        elif host and host.host_id:
            self.add_error("host", _("This exhibitor has no booth of its own."))
        return cleaned


class ProductForm(forms.ModelForm):
    """Something an exhibitor shows."""

    picture = PictureField(label=capfirst(_("picture")))

    class Meta:
        model = Product
        # Which fields are shown the admin says.
        exclude = ()  # noqa: DJ006
