"""Invitation codes in the admin: made one by one or many at once, copied as a list, switched off."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from unfold.decorators import action, display

from accounts.admin_base import acting_user
from accounts.permissions import forums_where
from core import dates
from core.errors import DomainError
from core.i18n import current_language
from events.models import Forum
from registrations.admin.filters import TypeFilter
from registrations.admin.invitation_forms import InvitationForm, ManyCodesForm
from registrations.admin.places import ChangesPlaces
from registrations.invitation_codes import State, invitation_url, make_invitations, state_at, switch
from registrations.models import Invitation, RegistrationType

ADD, CHANGE = "registrations.add_invitation", "registrations.change_invitation"
STATES = {
    State.OPEN: _("may be used"),
    State.USED: _("used up"),
    State.EXPIRED: _("expired"),
    State.OFF: _("switched off"),
}
COLOURS = {
    State.OPEN.value: "success",
    State.USED.value: "info",
    State.EXPIRED.value: "warning",
    State.OFF.value: "danger",
}
# A list that is longer is no longer read; a file is made of the registrations, not of codes.
MOST_COPIED = 1000


class StateFilter(admin.SimpleListFilter):
    """By what a code is good for now."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        """The four states."""
        return [(state.value, words) for state, words in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> QuerySet[Invitation]:
        """The same reasons as ``invitations.state_at``, in the same order."""
        is_over = Q(expires_at__lte=timezone.now())
        is_used = Q(uses__gte=F("max_uses"))
        match self.value():
            case State.OFF:
                return queryset.filter(is_active=False)
            case State.USED:
                return queryset.filter(is_used, is_active=True)
            case State.EXPIRED:
                return queryset.filter(~is_used & is_over, is_active=True)
            case State.OPEN:
                return queryset.filter(~is_used, is_active=True).exclude(is_over)
        return queryset


@admin.register(Invitation)
class InvitationAdmin(ChangesPlaces):
    """Codes for kinds of attendance that are not open to everybody."""

    form = InvitationForm
    list_display = ("called", "kind", "state", "used", "until", "whom")
    list_filter = (StateFilter, TypeFilter, "reserves_places")
    list_select_related = ("forum", "type__forum", "delegation", "replaces")
    list_per_page = 100
    search_fields = ("code", "note", "name", "email", "delegation__name")
    search_help_text = _("Part of a code, a note, a name or an address")
    actions = ("copy_chosen", "switch_off_chosen", "switch_on_chosen")
    actions_list = ("make_button",)
    readonly_fields = ("used", "link", "shown_state")
    constraint_fields = {
        "invitation_code_in_forum": "code",
        "invitation_not_overused": "max_uses",
        "registration_type_not_oversold": "reserves_places",
        "quota_not_oversold": "reserves_places",
    }
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "type",
                    "code",
                    ("max_uses", "reserves_places"),
                    "expires_at",
                    "priority_class",
                    "note",
                )
            },
        ),
        (
            _("For one person"),
            {
                "fields": (("name", "email"), "language"),
                "description": _("Optional: the form is filled in with these when the code is used."),
            },
        ),
    )
    use_fieldset = (_("Use"), {"fields": (("shown_state", "used"), "is_active", "link")})

    # --- rights and fields -----------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Places of delegations and tickets on their way are looked after where they come from."""
        own = not (isinstance(obj, Invitation) and (obj.delegation_id or obj.replaces_id))
        return own and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As long as nobody has used it; a used one is switched off."""
        fresh = not (isinstance(obj, Invitation) and (obj.uses or obj.delegation_id or obj.replaces_id))
        return fresh and super().has_delete_permission(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new code has not been used yet."""
        found = super().get_fieldsets(request, obj)
        return (self.use_fieldset, *found) if obj else found

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """People have the code in a letter, and places are held in its kind."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, "code", "type") if obj else ()

    # --- columns -----------------------------------------------------------------------------------------

    @display(description=_("code"), ordering="code", header=True)
    def called(self, invitation: Invitation) -> tuple[SafeString, str]:
        """The code above the note."""
        return format_html('<span class="font-mono">{}</span>', invitation.code), invitation.note

    @display(description=_("type of attendance"), ordering="type__position")
    def kind(self, invitation: Invitation) -> str:
        """The kind of attendance in the reader's language."""
        return str(invitation.type)

    @display(description=_("state"), label=COLOURS)
    def state(self, invitation: Invitation) -> tuple[str, str]:
        """The state as a coloured word."""
        state = state_at(invitation, timezone.now())
        return state.value, str(STATES[state])

    @display(description=_("state"))
    def shown_state(self, invitation: Invitation) -> str:
        """The state."""
        return self.state(invitation)[1]

    @display(description=_("used"), ordering="uses")
    def used(self, invitation: Invitation) -> str:
        """``3 / 10``, and whether the rest are held."""
        counted = f"{invitation.uses} / {invitation.max_uses}"
        held = invitation.reserves_places and invitation.is_active
        # Not inside the braces of an f-string, where no catalogue finds it.
        words = _("places held")
        return f"{counted}, {words}" if held else counted

    @display(description=_("valid until"), ordering="expires_at")
    def until(self, invitation: Invitation) -> str:
        """When it ends, on the forum's clock."""
        end = invitation.expires_at
        return dates.moment(end, invitation.forum.zone, current_language()) if end else "–"

    @display(description=_("for"))
    def whom(self, invitation: Invitation) -> str:
        """The person, the delegation, or whose ticket it hands on."""
        if invitation.replaces:
            return _("instead of %(name)s") % {"name": invitation.replaces.name}
        names = (invitation.name or invitation.email, invitation.delegation and str(invitation.delegation))
        return " · ".join(name for name in names if name) or "–"

    @display(description=_("link"))
    def link(self, invitation: Invitation) -> str:
        """The address of the form with the code filled in."""
        return invitation_url(invitation)

    # --- writing -----------------------------------------------------------------------------------------

    def forum_of_new(self, request: HttpRequest) -> Forum | None:
        """A new code may hold places of the kind that was chosen."""
        kind = request.POST.get("type", "")
        own = RegistrationType.objects.filter(pk=int(kind)) if kind.isdecimal() and len(kind) < 10 else None
        found = own.select_related("forum").first() if own is not None else None
        return found.forum if found else None

    @admin.action(description=_("Switch off"), permissions=["change"])
    def switch_off_chosen(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Let nobody use the chosen codes; whoever used one keeps her registration."""
        self._switch(request, queryset, on=False)

    @admin.action(description=_("Switch on again"), permissions=["change"])
    def switch_on_chosen(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Let the chosen codes be used again."""
        self._switch(request, queryset, on=True)

    def _switch(self, request: HttpRequest, queryset: QuerySet[Invitation], *, on: bool) -> None:
        own = queryset.filter(
            forum__in=forums_where(request.user, CHANGE), delegation=None, replaces=None
        ).select_related("type", "forum")
        by_forum = itertools.groupby(own.order_by("forum_id", "pk"), key=lambda one: one.forum_id)
        changed = sum(switch(list(some), on=on, by=acting_user(request)) for _forum, some in by_forum)
        sentence = ngettext("%(n)d code switched.", "%(n)d codes switched.", changed)
        self.message_user(request, sentence % {"n": changed}, messages.SUCCESS)

    # --- many at once ------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """The pages that make codes and show them, in front of Django's own."""
        wrap = self.admin_site.admin_view
        return [
            path("make/", wrap(self.make_view), name="registrations_invitation_make"),
            path("made/<int:kind>/", wrap(self.made_view), name="registrations_invitation_made"),
            *super().get_urls(),
        ]

    @action(description=_("Make many codes"), permissions=["add"], url_path="to-make")
    def make_button(self, request: HttpRequest) -> HttpResponse:
        """Lead to the form."""
        return HttpResponseRedirect(reverse("admin:registrations_invitation_make"))

    def make_view(self, request: HttpRequest) -> HttpResponse:
        """Ask how many and of what kind; on POST make them and lead to the list."""
        forums = forums_where(request.user, ADD)
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ManyCodesForm(forums, request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            given = dict(form.cleaned_data)
            try:
                made = make_invitations(given.pop("type"), by=acting_user(request), **given)
            except DomainError as error:
                error.add_to(form)
            else:
                address = reverse("admin:registrations_invitation_made", args=[made[0].type_id])
                return HttpResponseRedirect(f"{address}?at={made[0].created_at.timestamp()}")
        context = self._frame(request, _("Make many codes")) | {"form": form}
        return TemplateResponse(request, "admin/registrations/invitation/make.html", context)

    @method_decorator(require_safe)
    def made_view(self, request: HttpRequest, kind: int) -> HttpResponse:
        """Show the codes that were made together, to be copied."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        at: datetime | None
        try:
            at = datetime.fromtimestamp(float(request.GET.get("at", "")), tz=UTC)
        except (ValueError, OverflowError, OSError):
            at = None
        found = self.get_queryset(request).filter(type_id=kind, created_at=at)
        return self._copy(request, found, _("Codes that were made together"))

    @admin.action(description=_("Show as a list to copy"))
    def copy_chosen(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> HttpResponse:
        """Show the chosen codes, to be copied."""
        return self._copy(request, queryset, _("Codes"))

    def _copy(self, request: HttpRequest, queryset: QuerySet[Invitation], title: Any) -> HttpResponse:
        chosen = list(queryset.select_related("type", "forum").order_by("pk")[:MOST_COPIED])
        context = self._frame(request, title) | {
            "chosen": chosen,
            "kind": chosen[0].type if chosen else None,
            "codes": "\n".join(invitation.code for invitation in chosen),
            "links": "\n".join(f"{invitation.code}\t{invitation_url(invitation)}" for invitation in chosen),
            "rows": min(20, max(4, len(chosen))),
        }
        return TemplateResponse(request, "admin/registrations/invitation/copy.html", context)

    def _frame(self, request: HttpRequest, title: Any) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "back": reverse("admin:registrations_invitation_changelist"),
        }
