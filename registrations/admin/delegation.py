"""Delegations in the admin: who looks after them, how large they may be, and until when they change."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget

from accounts.admin_base import AuditedModelAdmin, acting_user
from core import dates, form_token
from core.countries import country_name, selectable_countries
from core.errors import DomainError
from core.i18n import current_language
from core.moment_field import MomentField, in_zone
from events.models import Forum
from registrations import personal_data
from registrations.admin.deeds import Deed
from registrations.delegations.opening import open_delegation, replace_link, send_link, set_closed
from registrations.models import Delegation, Registration
from registrations.models.registration import LIVE

COMING = Q(members__status__in=LIVE)


class DelegationForm(forms.ModelForm):
    """A delegation as organizers write it down."""

    country = forms.ChoiceField(
        label=_("Country"), choices=selectable_countries, widget=UnfoldAdminSelectWidget
    )
    replacements_until = MomentField(
        label=capfirst(_("members may be replaced until")),
        help_text=_("On the forum’s clock. Empty means until the forum begins."),
    )
    # Not "form_token", which is a column that no form may fill.
    once = forms.CharField(widget=forms.HiddenInput, initial=form_token.draw, required=False)

    class Meta:
        model = Delegation
        fields = (
            *("forum", "name", "country", "lead_name", "email", "language"),
            *("precedence", "max_members", "replacements_until", "note"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = self.instance.replacements_until
        if stored:
            self.initial["replacements_until"] = stored.astimezone(self.instance.forum.zone).replace(
                tzinfo=None
            )

    def clean_name(self) -> str:
        """The name as personal_data makes it uniform."""
        return personal_data.required_answer("organization_name", self.cleaned_data["name"])

    def clean_lead_name(self) -> str:
        """The name as personal_data makes it uniform."""
        return personal_data.required_answer("name", self.cleaned_data["lead_name"])

    def clean_email(self) -> str:
        """The address as personal_data makes it uniform."""
        return personal_data.mailbox(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        """Read the deadline on the forum's clock."""
        cleaned: dict[str, Any] = super().clean() or {}
        # Only a new one is asked for its forum.
        forum = cleaned.get("forum") or Forum.objects.filter(pk=self.instance.forum_id).first()
        local = cleaned.get("replacements_until")
        if local and forum:
            cleaned["replacements_until"] = in_zone(local, forum.zone)
        return cleaned


SEND_LINK = Deed(
    name="send-link",
    title=_("Send the lead the link again"),
    consequence=_("The lead gets the link to the delegation’s page once more. Earlier links stay valid."),
    button=_("Send"),
    done=_("Mails on their way: %(n)s"),
    do=lambda delegation, by, data: send_link(delegation, by=by),
)
REPLACE_LINK = Deed(
    name="replace-link",
    title=_("Replace the lead’s link"),
    consequence=_(
        "Links sent so far stop working, and the lead gets a new one. For links in the wrong hands."
    ),
    button=_("Replace"),
    done=_("Links replaced: %(n)s"),
    do=lambda delegation, by, data: replace_link(delegation, by=by),
)
DEEDS = {deed.name: deed for deed in (SEND_LINK, REPLACE_LINK)}


@admin.register(Delegation)
class DelegationAdmin(AuditedModelAdmin):
    """Groups under a lead. Their members are registrations like all others."""

    form = DelegationForm
    list_display = ("called", "lead", "size", "precedence", "state")
    list_filter = ("country", "language")
    list_select_related = ("forum",)
    search_fields = ("name", "lead_name", "email")
    ordering = ("precedence", "name")
    readonly_fields = ("everybody", "opened", "shown_state")
    actions_detail = ("print_button", "send_button", "replace_button", "close_button")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name", "country"),
                    ("precedence", "max_members"),
                    "replacements_until",
                    "shown_state",
                )
            },
        ),
        (_("The lead"), {"fields": (("lead_name", "email"), "language")}),
        (_("Members"), {"fields": ("everybody",)}),
        (_("History"), {"fields": ("opened", "note")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": ("forum", ("name", "country"), ("precedence", "max_members"), "replacements_until"),
                "description": _("The lead gets a link by mail and registers the members with it."),
            },
        ),
        (_("The lead"), {"fields": (("lead_name", "email"), "language", "note", "once")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delegation]:
        """With how many come, counted in the same query."""
        return super().get_queryset(request).annotate(live=Count("members", filter=COMING))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new delegation has no members yet, and its forum is chosen once."""
        return super().get_fieldsets(request, obj) if obj else self.add_fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A new delegation has nothing yet that only may be read."""
        return tuple(super().get_readonly_fields(request, obj)) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: it is closed, and its history stays."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Open a new one through the service, which mails the lead; a new address gets the link as well."""
        by = acting_user(request)
        if change:
            super().save_model(request, obj, form, change)
            if "email" in form.changed_data:
                replace_link(obj, by=by)
            return
        facts = {name: form.cleaned_data[name] for name in DelegationForm.Meta.fields}
        made = open_delegation(form_token=form_token.read(form.cleaned_data["once"]), **facts, by=by)
        obj.pk = made.pk
        obj.refresh_from_db()

    # --- columns and fields ------------------------------------------------------------------------------

    @display(description=_("delegation"), ordering="name", header=True)
    def called(self, delegation: Delegation) -> tuple[str, str]:
        """The name above the country."""
        return delegation.name, country_name(delegation.country, current_language())

    @display(description=_("lead"), ordering="lead_name", header=True)
    def lead(self, delegation: Delegation) -> tuple[str, str]:
        """Who looks after it, above the address."""
        return delegation.lead_name, delegation.email

    @display(description=_("members"), ordering="live")
    def size(self, delegation: Delegation) -> str:
        """``12 / 30``: how many come of how many may."""
        return f"{getattr(delegation, 'live', 0)} / {delegation.max_members}"

    @display(description=_("state"), label={"open": "success", "closed": "warning"})
    def state(self, delegation: Delegation) -> tuple[str, Any]:
        """Whether its lead may change it."""
        return ("closed", _("closed")) if delegation.closed_at else ("open", _("open"))

    @display(description=_("state"))
    def shown_state(self, delegation: Delegation) -> str:
        """Whether its lead may change it."""
        return str(self.state(delegation)[1])

    @display(description=_("opened"))
    def opened(self, delegation: Delegation) -> str:
        """When, on the forum's clock."""
        return dates.moment(delegation.created_at, delegation.forum.zone, current_language())

    @display(description=_("members"))
    def everybody(self, delegation: Delegation) -> SafeString | str:
        """Each member in the order of precedence, leading to her registration."""
        members = Registration.objects.filter(delegation=delegation).select_related("type")
        rows = [
            (
                "" if member.precedence is None else f"{member.precedence}. ",
                reverse("admin:registrations_registration_change", args=[member.pk]),
                member.name,
                f"{member.type} · {member.get_status_display()}",
            )
            for member in members.by_precedence()
        ]
        listed = format_html_join("", '<li>{}<a href="{}"><bdi>{}</bdi></a> · {}</li>', rows)
        return format_html("<ul>{}</ul>", listed) if rows else "–"

    # --- deeds -------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """Each deed has a page that asks, in front of Django's own."""
        page = self.admin_site.admin_view(self.deed_view)
        return [
            path("<uuid:pk>/do/<slug:name>/", page, name="registrations_delegation_deed"),
            *super().get_urls(),
        ]

    @action(description=_("Badges or tickets …"), permissions=["change"], url_path="to-print")
    def print_button(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the page that asks on which paper."""
        delegation = self.get_object(request, object_id)
        query = urlencode({"forum": delegation.forum.slug, "delegation": delegation.pk})
        return HttpResponseRedirect(f"{reverse('admin:registrations_documentbatch_add')}?{query}")

    @action(description=_("Send the link again"), permissions=["change"], url_path="to-send-link")
    def send_button(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the question."""
        return _to_deed(object_id, SEND_LINK.name)

    @action(description=_("Replace the link"), permissions=["change"], url_path="to-replace-link")
    def replace_button(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the question."""
        return _to_deed(object_id, REPLACE_LINK.name)

    @action(description=_("Close or open"), permissions=["change"], url_path="to-close")
    def close_button(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the question."""
        return _to_deed(object_id, "close")

    def deed_view(self, request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
        """Ask about one delegation; on POST do it."""
        delegation: Delegation = self.get_object(request, str(pk))
        if not self.has_change_permission(request, delegation):
            raise PermissionDenied
        deed = _closing(delegation) if name == "close" else DEEDS.get(name)
        if deed is None:
            raise Http404
        if request.method == "POST":
            try:
                deed.do(delegation, acting_user(request), {})
            except DomainError as error:
                self.message_user(request, str(error), messages.ERROR)
            else:
                self.message_user(request, str(deed.done) % {"n": 1}, messages.SUCCESS)
            return HttpResponseRedirect(_address(pk))
        context = {
            **self.admin_site.each_context(request),
            "title": deed.title,
            "deed": deed,
            "chosen": [delegation],
            "opts": self.opts,
            "back": _address(pk),
        }
        return TemplateResponse(request, "admin/registrations/delegation/ask.html", context)


def _closing(delegation: Delegation) -> Deed:
    """Return the deed that closes an open delegation, or opens a closed one."""
    if delegation.closed_at:
        return Deed(
            name="close",
            title=_("Open the delegation again"),
            consequence=_("Its lead can add, replace and cancel members again."),
            button=_("Open again"),
            done=_("The delegation is open again."),
            do=lambda one, by, data: set_closed(one, closed=False, by=by),
        )
    return Deed(
        name="close",
        title=_("Close the delegation"),
        consequence=_("Its lead can see it and change nothing any more. Members and kept places stay."),
        button=_("Close"),
        done=_("The delegation is closed."),
        do=lambda one, by, data: set_closed(one, closed=True, by=by),
    )


def _to_deed(object_id: str, name: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:registrations_delegation_deed", args=[object_id, name]))


def _address(pk: object) -> str:
    return reverse("admin:registrations_delegation_change", args=[pk])
