"""Reasons for declining that organizers keep ready, in three languages."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.admin_base import AuditedTranslationAdmin
from core.translation_marks import translation_marks
from registrations.models import DecisionReason


@admin.register(DecisionReason)
class DecisionReasonAdmin(AuditedTranslationAdmin):
    """A sentence that can be chosen on the approvals page; each person gets it in her language."""

    list_display = ("called", "position", "translations")
    list_display_links = ("called",)
    list_select_related = ("forum",)
    search_fields = ("name_vi", "name_ko", "name_en")
    readonly_fields = ("translations",)
    fieldsets = (
        (
            None,
            {
                "fields": ("forum", "position", "translations", "name"),
                "description": _("Each person reads the reason in the language of their mails."),
            },
        ),
    )

    @display(description=_("reason"), ordering="position")
    def called(self, reason: DecisionReason) -> str:
        """The sentence in the reader's language."""
        return str(reason)

    @display(description=_("translations"))
    def translations(self, reason: DecisionReason) -> SafeString | str:
        """Which languages are complete."""
        return translation_marks(reason, ("name",))
