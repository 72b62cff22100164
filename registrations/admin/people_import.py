"""Importing people from a list: what was understood is shown first, and the page says what became of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldBooleanWidget,
)

from accounts.models import User
from accounts.permissions import acting_user, demand
from core.countries import selectable_countries
from core.errors import DomainError
from core.i18n import NATIVE_NAMES
from events.models import Forum
from registrations.forms.people_list import PeopleListForm
from registrations.models import RegistrationType
from registrations.people.columns import explained
from registrations.people.importing import MOST_PEOPLE, Imported, ImportPlan, import_people, plan_import

RIGHT = "registrations.add_registration"


class ImportForm(PeopleListForm):
    """The list, and what holds for those of whom it does not say it."""

    country = forms.ChoiceField(
        label=_("Country"),
        choices=selectable_countries,
        initial="VN",
        help_text=_("Unless the list has a column for it."),
        widget=UnfoldAdminSelectWidget,
    )
    language = forms.ChoiceField(
        label=_("Language of mails"),
        choices=list(NATIVE_NAMES.items()),
        initial="vi",
        help_text=_("Unless the list has a column for it."),
        widget=UnfoldAdminSelectWidget,
    )
    consent = forms.BooleanField(
        label=_("Each of these people agrees"),
        help_text=_("Each was told what the details are used for, in the words of the public form."),
        widget=UnfoldBooleanWidget,
        error_messages={"required": _("Without the persons’ consent their details may not be kept.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget = UnfoldAdminTextareaWidget(
            attrs={"rows": 10, "wrap": "off", "spellcheck": "false"}
        )
        self.fields["file"].widget = UnfoldAdminFileFieldWidget(attrs={"accept": ".xlsx,.csv,.txt,.tsv"})
        kinds: Any = self.fields["type"]
        kinds.widget = UnfoldAdminSelectWidget(choices=kinds.choices)


def import_page(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show the form; when a list was sent, what would happen; when that was confirmed, do it."""
    forum = Forum.objects.current().first()
    if forum is None:
        raise Http404
    by = acting_user(request)
    demand(by, RIGHT, forum)
    if request.method not in {"GET", "HEAD", "POST"}:
        raise PermissionDenied
    back = reverse("admin:registrations_registration_changelist")
    types = list(RegistrationType.objects.filter(forum=forum))
    form = ImportForm(request, types=types)
    plan: ImportPlan | None = None
    goes_on = False
    if form.is_bound and form.is_valid():
        try:
            chosen = {name: form.cleaned_data[name] for name in ("type", "country", "language")}
            sheet = form.sheet(most_rows=MOST_PEOPLE)
            plan = plan_import(forum, sheet, **chosen)
            if plan.new and request.POST.get("seen") == plan.digest:
                done = _import(request, plan, by)
                if plan.next == plan.new:
                    return HttpResponseRedirect(back)
                plan = plan_import(forum, sheet, **chosen)
                goes_on = bool(plan.new) and not done.failed
            form = form.shown_again(plan.text)
        except DomainError as error:
            error.add_to(form)
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Import people"),
        "opts": admin.opts,
        "form": form,
        "plan": plan,
        "goes_on": goes_on,
        "columns": explained(types[0].display_name) if types else [],
        "back": back,
    }
    return TemplateResponse(request, "admin/registrations/registration/import.html", context)


def _import(request: HttpRequest, plan: ImportPlan, by: User) -> Imported:
    """Register the next people of the list, and say what became of them.

    Where somebody found no place the page does not go on by itself: the organizer reads why first.
    """
    done = import_people(plan, by=by)
    sentence = ngettext("%(n)s person is registered.", "%(n)s people are registered.", done.confirmed)
    messages.success(request, sentence % {"n": done.confirmed})
    if done.waiting:
        waiting = ngettext(
            "%(n)s stands on the waiting list.", "%(n)s stand on the waiting list.", done.waiting
        )
        messages.warning(request, waiting % {"n": done.waiting})
    for person, reason in done.failed:
        messages.error(request, f"{person.number}, {person.name}: {reason}")
    return done
