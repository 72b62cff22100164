"""Documents for exhibitors in the admin: written, given, and looked at as exhibitors get them."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from unfold.decorators import display

from accounts.admin_base import AuditedTranslationAdmin, acting_user
from accounts.permissions import demand
from core import dates
from core.i18n import NATIVE_NAMES, current_language
from core.translation_marks import translation_marks
from core.uploads import was_too_large
from exhibitors.documents.giving import give_files
from exhibitors.forms.document import FILES, DocumentForm
from exhibitors.models import DocumentFile, Exhibitor, ExhibitorDocument
from exhibitors.views.handed_out import file_answer

VIEW = "exhibitors.view_exhibitordocument"


@admin.register(ExhibitorDocument)
class ExhibitorDocumentAdmin(AuditedTranslationAdmin):
    """Something that all exhibitors or one of them get to read."""

    form = DocumentForm
    list_display = ("called", "for_whom", "languages", "translations")
    list_display_links = ("called",)
    list_filter = (("exhibitor", admin.EmptyFieldListFilter),)
    list_select_related = ("forum", "exhibitor__organization")
    list_per_page = 50
    search_fields = ("name_vi", "name_ko", "name_en", "exhibitor__organization__name_en")
    search_help_text = _("Part of the title, or name of an organization")
    readonly_fields = ("translations", "given")
    constraint_fields = {"document_of_its_forum": "exhibitor"}
    fieldsets = (
        (None, {"fields": ("forum", ("exhibitor", "position"), "name", "note", "translations")}),
        (_("Files"), {"fields": ("given", FILES)}),
    )

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """The form, which knows of files that were dropped on their way."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.upload_was_too_large = was_too_large(request)  # type: ignore[attr-defined] # DocumentForm's own
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Exhibitors with the names of their organizations in one query."""
        if db_field.name == "exhibitor":
            kwargs["queryset"] = Exhibitor.objects.select_related("organization")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the files of each."""
        return super().get_queryset(request).prefetch_related("files__given_by")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Give the files that were chosen."""
        super().save_related(request, form, formsets, change)
        if given := form.given():
            give_files(form.instance, given, by=acting_user(request))

    def get_urls(self) -> list[URLPattern]:
        """Each file, in front of Django's own pages."""
        page = self.admin_site.admin_view(require_safe(partial(file_view, self)))
        name = "exhibitors_exhibitordocument_file"
        return [path("files/<uuid:uid>/", page, name=name), *super().get_urls()]

    @display(description=_("document"), ordering="position")
    def called(self, document: ExhibitorDocument) -> str:
        """The title."""
        return str(document)

    @display(description=_("for"), ordering="exhibitor")
    def for_whom(self, document: ExhibitorDocument) -> str:
        """Everybody, or the one exhibitor."""
        return str(document.exhibitor or _("all exhibitors"))

    @display(description=_("files"))
    def languages(self, document: ExhibitorDocument) -> str:
        """In which languages there is a file."""
        return ", ".join(NATIVE_NAMES[file.language] for file in document.files.all()) or "–"

    @display(description=_("languages"))
    def translations(self, document: ExhibitorDocument) -> SafeString:
        """Which languages are complete."""
        return translation_marks(document, ("name", "note"))

    @display(description=_("given"))
    def given(self, document: ExhibitorDocument) -> SafeString | str:
        """Each file as a link, with who gave it when."""
        if not document.pk:
            return "–"
        rows = [
            (
                reverse("admin:exhibitors_exhibitordocument_file", args=[file.uid]),
                f"{NATIVE_NAMES[file.language]}: {file.file_name}",
                dates.moment(file.given_at, document.forum.zone, current_language()),
                str(file.given_by or ""),
            )
            for file in document.files.all()
        ]
        return format_html_join(mark_safe("<br>"), '<a href="{}">{}</a> · {} · {}', rows) if rows else "–"


def file_view(admin: ExhibitorDocumentAdmin, request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Give a file to whoever may see the document."""
    file = get_object_or_404(DocumentFile.objects.select_related("document"), uid=uid)
    demand(acting_user(request), VIEW, file.document)
    return file_answer(file.file, name=file.file_name, content_type=file.content_type)  # type: ignore[return-value]
