"""Automatic mails in a forum's own words: which are, writing them, looking at them, going back."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.admin_base import AuditedModelAdmin, acting_user
from accounts.audit_reading import actor_of, lines_of, moment_of
from accounts.audit_words import action_in_words
from accounts.models import AuditEntry
from accounts.permissions import can, forums_where
from core.errors import DomainError
from core.i18n import LANGUAGE_CODES, NATIVE_NAMES
from core.prose_field import ProseField
from outbox import kinds, preview
from outbox.cleaning import clean_text, one_line
from outbox.kinds import MailKind, UnknownKind
from outbox.models import Message, WordingOverride
from outbox.placeholders import refuse_unknown
from outbox.prose import refuse_links
from outbox.wording import PARTS, Wording, save_wordings, version_of, wordings_of

VIEW = "outbox.view_wordingoverride"
CHANGE = "outbox.change_wordingoverride"
FOLDER = "outbox/admin"
LONGEST = 4000
# Which headings the list has, by the folder of the templates.
_GROUPS = {
    "registrations": _("Registration"),
    "events": _("Programme and speakers"),
    "accounts": _("Accounts"),
}
# How many changes the page of a mail lists; older ones stand in the audit trail.
LAST_CHANGES = 10


# Whom a mail names in its preview when its facts name nobody.
NOBODY = {"vi": "Hoàng Thị Mẫu Đơn", "ko": "김견본", "en": "Alex Sample"}


class WordingForm(forms.Form):
    """Subject, opening and closing in three languages. What is left empty is said in the built-in words."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, kind: MailKind, rows: dict[str, WordingOverride], **kwargs: Any) -> None:
        self.kind = kind
        texts = {f"{part}_{code}": getattr(row, part) for code, row in rows.items() for part in PARTS}
        kwargs["initial"] = {**texts, "version": version_of(rows)}
        super().__init__(*args, **kwargs)
        for code in LANGUAGE_CODES:
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("Subject"), max_length=150, required=False, widget=forms.TextInput({"lang": code})
            )
            for part, label in (
                ("opening", pgettext_lazy("a mail", "Opening")),
                ("closing", pgettext_lazy("a mail", "Closing")),
            ):
                self.fields[f"{part}_{code}"] = ProseField(
                    label=label,
                    max_length=LONGEST,
                    required=False,
                    widget=forms.Textarea({"lang": code, "rows": 5}),
                )

    def columns(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Return code, name and fields of each language, which stand side by side."""
        return [
            (code, NATIVE_NAMES[code], [self[f"{part}_{code}"] for part in PARTS]) for code in LANGUAGE_CODES
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse placeholders that this mail does not have, and links that would be none."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in (f"{part}_{code}" for part in PARTS for code in LANGUAGE_CODES):
            text = cleaned.get(name) or ""
            is_line = name.startswith("subject_")
            cleaned[name] = one_line(text, at_most=150) if is_line else clean_text(text).strip()
            try:
                refuse_unknown(text, self.kind.placeholders)
                refuse_links(text, self.kind.addresses)
            except ValidationError as error:
                self.add_error(name, error)
        return cleaned

    def wordings(self) -> dict[str, Wording]:
        """Return the words of each language."""
        return {
            code: Wording(**{part: self.cleaned_data.get(f"{part}_{code}") or "" for part in PARTS})
            for code in LANGUAGE_CODES
        }


@admin.register(WordingOverride)
class WordingAdmin(AuditedModelAdmin):
    """The kinds of mail that a forum may say in its own words. The service records what is changed."""

    audited_by_service = True

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Each kind is there already."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """On the page of a kind, not on that of a row."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Going back to the built-in words keeps the history."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may see the words of some forum."""
        return can(request.user, VIEW, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[WordingOverride]:
        """Only the words of forums where the organizer may see them."""
        mine = forums_where(request.user, VIEW).values("pk")
        return super().get_queryset(request).filter(forum_id__in=mine)

    def get_urls(self) -> list[URLPattern]:
        """The page of each kind, in front of Django's own."""
        gate = self.admin_site.admin_view
        # Not to be taken for Django's own pages of a row.
        kind = "of/<int:forum>/<str:kind>/"
        return [
            path(f"{kind}html/<str:language>/", gate(self.html_view), name="outbox_wordingoverride_html"),
            path(kind, gate(self.kind_view), name="outbox_wordingoverride_kind"),
            *super().get_urls(),
        ]

    # --- which kinds ---------------------------------------------------------------------------------

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List every kind, and the languages in which the forum says it in its own words."""
        if request.method not in {"GET", "HEAD", "POST"} or not self.has_view_permission(request):
            raise PermissionDenied
        forums = list(forums_where(request.user, VIEW))
        forum = self._chosen(request, forums)
        own: dict[str, list[str]] = {}
        for row in WordingOverride.objects.filter(forum_id=forum.pk):
            if not row.is_empty:
                own.setdefault(row.kind, []).append(row.language)
        groups: dict[str, list[dict[str, Any]]] = {}
        for kind in sorted(kinds.wordable(), key=lambda kind: str(kind.title)):
            if _is_open(kind, request, forum):
                entry = {
                    "kind": kind,
                    "url": reverse("admin:outbox_wordingoverride_kind", args=[forum.pk, kind.name]),
                    "languages": [
                        (code, NATIVE_NAMES[code])
                        for code in LANGUAGE_CODES
                        if code in own.get(kind.name, ())
                    ],
                }
                groups.setdefault(str(_about(kind)), []).append(entry)
        context = {
            "groups": sorted(groups.items()),
            "forum": forum,
            "forums": forums,
            "title": _("Wording of mails"),
        }
        return self._show(request, "wordings", context)

    def _chosen(self, request: HttpRequest, forums: list[Any]) -> Any:
        """The forum named in the address, or else the one that the site shows, or the first."""
        slug = request.GET.get("forum")
        named = [forum for forum in forums if forum.slug == slug]
        if slug and not named:
            raise Http404
        found = named or [forum for forum in forums if forum.is_current] or forums
        if not found:
            raise Http404
        return found[0]

    # --- one kind ------------------------------------------------------------------------------------

    @method_decorator(csp_update({"frame-src": [SELF]}))
    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def kind_view(self, request: HttpRequest, forum: int, kind: str) -> HttpResponse:
        """Show the words of a kind to be written, and the mail with them."""
        found = self._forum(request, forum)
        chosen = self._kind(request, found, kind)
        may_change = can(request.user, CHANGE, found)
        if request.method == "POST" and not may_change:
            raise PermissionDenied
        rows = wordings_of(found.pk, chosen.name)
        form = WordingForm(request.POST if request.method == "POST" else None, kind=chosen, rows=rows)
        if form.is_bound and form.is_valid():
            try:
                return self._save(request, found, chosen, form)
            except DomainError as error:
                error.add_to(form)
        context = {
            "form": form,
            "kind": chosen,
            "forum": found,
            "rows": rows,
            "may_change": may_change,
            "is_of_no_forum": chosen.of_no_forum,
            "has_own": any(not row.is_empty for row in rows.values()),
            "previews": [
                (code, NATIVE_NAMES[code], self._mail(found, chosen, code)) for code in LANGUAGE_CODES
            ],
            "changes": self._changes(rows),
            "title": chosen.title,
        }
        return self._show(request, "wording", context)

    def _save(self, request: HttpRequest, forum: Any, kind: MailKind, form: WordingForm) -> HttpResponse:
        wordings = {} if "_reset" in request.POST else form.wordings()
        changed = save_wordings(
            forum_id=forum.pk,
            kind=kind,
            wordings=wordings,
            version=form.cleaned_data["version"],
            by=acting_user(request),
        )
        if changed:
            said = (
                _("The built-in words are back.") if "_reset" in request.POST else _("The words are saved.")
            )
            self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(request.path)

    @method_decorator(require_safe)
    def html_view(self, request: HttpRequest, forum: int, kind: str, language: str) -> HttpResponse:
        """The mail's HTML with the words that are saved, for the frame on its page."""
        found = self._forum(request, forum)
        if language not in LANGUAGE_CODES:
            raise Http404
        return preview.html_answer(
            _message(found.pk, self._kind(request, found, kind), language), is_sample=True
        )

    def _mail(self, forum: Any, kind: MailKind, language: str) -> dict[str, Any]:
        address = reverse("admin:outbox_wordingoverride_html", args=[forum.pk, kind.name, language])
        return {
            "preview": preview.preview(_message(forum.pk, kind, language), is_sample=True),
            "url": address,
        }

    @staticmethod
    def _changes(rows: dict[str, WordingOverride]) -> list[dict[str, Any]]:
        ids = [str(row.pk) for row in rows.values() if row.pk]
        entries = AuditEntry.objects.filter(target_type="outbox.wordingoverride", target_id__in=ids)
        return [
            {
                "moment": moment_of(entry),
                "who": actor_of(entry),
                "verb": action_in_words(entry.action),
                "about": entry.target_label,
                "lines": lines_of(entry),
            }
            for entry in entries.select_related("actor").order_by("-at")[:LAST_CHANGES]
        ]

    def _forum(self, request: HttpRequest, pk: int) -> Any:
        """The forum, for whoever may see its words; a stranger's does not exist."""
        forum = forums_where(request.user, VIEW).filter(pk=pk).first() if pk < 2**63 else None
        if forum is None:
            if can(request.user, VIEW):
                raise Http404
            raise PermissionDenied
        return forum

    @staticmethod
    def _kind(request: HttpRequest, forum: Any, name: str) -> MailKind:
        """The kind of mail, for whoever may say it in the forum's own words."""
        try:
            found = kinds.get(name)
        except UnknownKind as error:
            raise Http404 from error
        if not found.placeholders:
            raise Http404
        if not _is_open(found, request, forum):
            raise PermissionDenied
        return found

    def _show(self, request: HttpRequest, page: str, context: dict[str, Any]) -> HttpResponse:
        around = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"{FOLDER}/{page}.html", around)


def _is_open(kind: MailKind, request: HttpRequest, forum: Any) -> bool:
    return not kind.wording_right or can(request.user, kind.wording_right, forum)


def _about(kind: MailKind) -> str | Promise:
    """What a kind is about, from where its templates lie."""
    return _GROUPS.get(kind.template.partition("/")[0], _("Other mails"))


def _message(forum_id: int, kind: MailKind, language: str) -> Message:
    """A mail to somebody who does not exist, with the words that are saved; it is not stored."""
    context = kind.sample(language)
    return Message(
        kind=kind.name,
        language=language,
        recipient="reader@example.org",
        recipient_name=str(context.get("name") or NOBODY[language]),
        context=context,
        forum_id=forum_id,
    )
