"""What every page of the admin is built on: an audit trail, and no refusal as a 500."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin import helpers
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_permission_codename
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import DataError, models, transaction
from django.forms.models import _get_foreign_key
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from modeltranslation.admin import TranslationAdmin
from unfold.admin import ModelAdmin, StackedInline, TabularInline

from accounts import audit
from accounts.admin_scope import ForumScoped, forum_lookup_of
from accounts.audit_reading import actor_of, lines_of, moment_of
from accounts.audit_words import action_in_words
from accounts.deletions import without_joins
from accounts.models import AuditEntry
from accounts.permissions import acting_user, forums_where
from accounts.refusals import REFUSALS, RefusableFormSet, Refusal, placing, refusal_of
from core.audit import record
from core.i18n import NATIVE_NAMES
from core.prose_field import ProseField

__all__ = [
    "AuditedModelAdmin",
    "AuditedStackedInline",
    "AuditedTabularInline",
    "AuditedTranslationAdmin",
    "acting_user",
    "forum_lookup_of",
]


def _named(db_field: Any, field: forms.Field | None) -> forms.Field | None:
    """Say of a translated text's field which language it is in, also to the browser's spelling checker."""
    language = getattr(db_field, "language", None)
    if field and language:
        name = capfirst(db_field.translated_field.verbose_name)
        field.label = format_lazy("{} · {}", name, NATIVE_NAMES[language])
        field.widget.attrs["lang"] = language
    return field


class AuditedModelAdmin(ForumScoped, ModelAdmin):
    """The base of the site's admins.

    * Rights are those of the forum an object belongs to; a stranger's object is a 404.
    * Each add, change and delete is written to the audit trail with the fields before and after,
      translated columns, relations and inlines included. Set ``audited_by_service`` where ``save_model``
      calls a service that records the change itself.
    * What a service (``DomainError``) or a constraint refuses becomes a form error that keeps what was
      typed. ``constraint_fields`` maps names of constraints to the field beside which it stands.
    """

    # Labels above the fields: beside them they would take half of a narrow column.
    compressed_fields = False
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    audited_by_service: ClassVar[bool] = False
    constraint_fields: ClassVar[Mapping[str, str]] = {}

    # --- what a person sees ------------------------------------------------------------------------

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Read texts of several lines as they are stored."""
        if isinstance(db_field, models.TextField):
            kwargs.setdefault("form_class", ProseField)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The right to add, in any forum; :meth:`save_form` looks at the one that was chosen."""
        return self._may(request, "add")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Only what belongs to forums where the person may see this kind of thing."""
        found = super().get_queryset(request)
        lookup = self.forum_lookup or forum_lookup_of(self.model)
        if lookup is None or request.user.is_superuser:
            return found
        right = f"{self.opts.app_label}.{get_permission_codename('view', self.opts)}"
        return found.filter(**{f"{lookup}__in": forums_where(request.user, right)})

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Return the object, or raise Http404: a stranger's and a missing one look the same."""
        found = None if "\x00" in object_id else super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Return the list; a value in the address that the database cannot read is a wrong lookup."""
        try:
            return super().get_changelist_instance(request)
        except (ValueError, OverflowError, DataError) as error:
            raise IncorrectLookupParameters from error

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the audit trail of one object to whoever may see the object."""
        obj = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        entries = AuditEntry.objects.filter(target_type=self.opts.label_lower, target_id=str(obj.pk))
        page = self.get_paginator(request, entries, 50).get_page(request.GET.get("p", 1))
        unseen = self.unseen_fields(request, obj)
        for entry in page:
            entry.verb = action_in_words(entry.action)  # these four for the template
            entry.who, entry.moment = actor_of(entry), moment_of(entry)
            entry.lines = lines_of(entry, without=unseen)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(obj),
            "entries": page,
            "object": obj,
            "opts": self.opts,
            "preserved_filters": self.get_preserved_filters(request),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/object_history.html", context)

    def unseen_fields(self, request: HttpRequest, obj: Any) -> Sequence[str]:
        """Return the fields whose history is not for everybody who may see the object."""
        return ()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What a deletion takes along, in words."""
        listed, counted, *rest = super().get_deleted_objects(objs, request)
        return *without_joins(listed, counted), *rest

    # --- refusals ----------------------------------------------------------------------------------

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """The form, which shows the refusal of a first attempt to save."""
        kwargs.setdefault("form", placing(self.form))
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "admin_refusal", None)
        form.constraint_fields = self.constraint_fields
        return form

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> type[forms.BaseModelFormSet]:
        """The rows of the list, which show the refusal of a first attempt to save."""
        kwargs.setdefault("formset", RefusableFormSet)
        formset = super().get_changelist_formset(request, **kwargs)
        formset.refusal = getattr(request, "admin_refusal", None)
        return formset

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show and save one object; what is refused while saving is shown in the form."""
        return self._twice(request, super().changeform_view, object_id, form_url, extra_context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list, and save what was edited in place; refusals as in :meth:`changeform_view`."""
        return self._twice(request, super().changelist_view, extra_context)

    def _twice(self, request: HttpRequest, view: Any, *args: Any) -> HttpResponse:
        """Call ``view``; when its writing is refused, call it again with a form that says so.

        The first call's transaction is rolled back by then, and the second one writes nothing, because
        its form is not valid. So Django itself shows the page again, with everything that was typed.
        """
        copies = [dict(arg) if isinstance(arg, dict) else arg for arg in args]
        try:
            return view(request, *args)
        except REFUSALS as error:
            if request.method != "POST":
                raise
            for _name, uploads in request.FILES.lists():
                for upload in uploads:
                    upload.seek(0)
            request.admin_refusal = self._refusal(request, error)  # type: ignore[attr-defined] # ours
            return view(request, *copies)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Delete one object; when that is refused, say why and go back to it."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except REFUSALS as error:
            self.message_user(request, str(self._refusal(request, error).message), messages.ERROR)
            name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
            return HttpResponseRedirect(reverse(name, args=[object_id]))

    def response_action(self, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse | None:
        """Do an action to the chosen objects, to all or to none of them; say why it was refused."""
        for raw in request.POST.getlist(helpers.ACTION_CHECKBOX_NAME):
            try:
                self.opts.pk.to_python(raw)
            except ValidationError as error:
                raise BadRequest("Not a key of this list.") from error
        try:
            with transaction.atomic():
                return super().response_action(request, queryset)
        except REFUSALS as error:
            self.message_user(request, str(self._refusal(request, error).message), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def _refusal(self, request: HttpRequest, error: Exception) -> Refusal:
        inlines = self.get_inline_instances(request)
        refusal = refusal_of(error, [self.model, *(inline.model for inline in inlines)])
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        return Refusal(refusal.message, self.constraint_fields.get(name or "", refusal.field))

    # --- the audit trail ---------------------------------------------------------------------------

    def save_form(self, request: HttpRequest, form: forms.ModelForm, change: bool) -> Any:
        """Check the right in the chosen forum and remember the state before the change."""
        obj = super().save_form(request, form, change)
        if not self._may(request, "change" if change else "add", obj):
            raise PermissionDenied
        before = self._stored_state(request, obj) if change else {}
        request.admin_before = before  # type: ignore[attr-defined] # ours, for log_change
        return obj

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Record an added object. The trail takes the place of Django's own log."""
        self._record(request, obj, "added", {}, self._stored_state(request, obj))

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Record what differs; saving without a difference leaves no trace."""
        before = getattr(request, "admin_before", {})
        self._record(request, obj, "changed", before, self._stored_state(request, obj))

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Any]) -> Any:
        """Record objects that are about to be deleted, with what they held."""
        for obj in queryset:
            self._record(request, obj, "deleted", self._stored_state(request, obj), {})

    def _record(
        self, request: HttpRequest, obj: Any, verb: str, before: audit.State, after: audit.State
    ) -> None:
        changes = audit.difference(before, after)
        if changes and not self.audited_by_service:
            record(f"{self.opts.model_name}.{verb}", obj, actor=acting_user(request), changes=changes)

    def _stored_state(self, request: HttpRequest, obj: Any) -> audit.State:
        """The object and its inlines as they stand in the database now.

        The row is locked, so that between the state before and the change nobody else changes it.
        """
        if self.audited_by_service:
            return {}
        with transaction.atomic():
            row = self.model._base_manager.select_for_update(of=("self",)).get(pk=obj.pk)
            state = audit.state_of(row)
            for inline in self.get_inline_instances(request, row):
                key = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name)
                for part in inline.model._base_manager.filter(**{key.name: row}).order_by("pk"):
                    for name, text in audit.state_of(part).items():
                        if name != key.name:
                            state[f"{inline.opts.model_name} {part.pk} {name}"] = text
        return state


class AuditedTranslationAdmin(AuditedModelAdmin, TranslationAdmin):  # type: ignore[misc] # stubs disagree
    """An audited admin of a model with three languages: the columns of a text stand side by side."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Name the language of a text in its own words."""
        return _named(db_field, super().formfield_for_dbfield(db_field, request, **kwargs))

    def replace_orig_field(self, option: Iterable[str | Sequence[str]]) -> Any:
        """Replace each translated field by a row of its three columns.

        Names inside a row stay in it, so that an admin may still compose rows of its own.
        """
        replaced: list[Any] = []
        for name in option or ():
            if isinstance(name, (list, tuple)):
                replaced += super().replace_orig_field([name])
            elif name in self.trans_opts.all_fields:
                replaced.append(tuple(super().replace_orig_field([name])))
            else:
                replaced.append(name)
        return replaced


class AuditedTabularInline(ForumScoped, TabularInline):
    """Rows inside an object; the rights are those in the object's forum. Its admin records them."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Name a translated text's language in its column."""
        return _named(db_field, super().formfield_for_dbfield(db_field, request, **kwargs))

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Give each field of a row its column's name: screen readers do not look at heads of columns."""
        formset = super().get_formset(request, obj, **kwargs)
        for field in formset.form.base_fields.values():
            control: Any = getattr(field.widget, "widget", field.widget)
            control.attrs.setdefault("aria-label", field.label)
        return formset

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The right to add, in the forum of the object around."""
        return self._may(request, "add", obj)


class AuditedStackedInline(ForumScoped, StackedInline):
    """Forms inside an object; the rights are those in the object's forum. Its admin records them."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The right to add, in the forum of the object around."""
        return self._may(request, "add", obj)
