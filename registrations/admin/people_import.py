"""Importing people from a list: what was understood is shown first, and the page says what became of it."""

from __future__ import annotations

from typing import Any, cast

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
from registrations.models import RegistrationType
from registrations.people.importing import MOST_PEOPLE, ImportPlan, import_people, plan_import
from registrations.people.reading import MOST_BYTES, MOST_SIGNS, PeopleSheet, read_file, read_text

RIGHT = "registrations.add_registration"


class PeopleForm(forms.Form):
    """The list, and what holds for those of whom it does not say it."""

    text = forms.CharField(
        label=_("List of people"),
        required=False,
        strip=False,
        max_length=MOST_SIGNS,
        help_text=_("Copy the cells from your spreadsheet, the row with the names of the columns included."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 10, "wrap": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("XLSX or CSV, 5 MB at most."),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )
    type: forms.ModelChoiceField[RegistrationType] = forms.ModelChoiceField(
        RegistrationType.objects.none(),
        label=_("They attend as"),
        help_text=_("Unless the list has a column for it."),
        empty_label=None,
        widget=UnfoldAdminSelectWidget,
    )
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

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forum = forum
        kinds = RegistrationType.objects.filter(forum=forum)
        cast(forms.ModelChoiceField, self.fields["type"]).queryset = kinds

    def clean(self) -> dict[str, Any]:
        """Ask for either of the two."""
        cleaned: dict[str, Any] = super().clean() or {}
        nothing = not cleaned.get("file") and not (cleaned.get("text") or "").strip()
        if nothing and not {"file", "text"} & set(self.errors):
            self.add_error("text", _("Please paste the list or choose a file."))
        return cleaned

    def shown_again(self, text: str) -> PeopleForm:
        """Return the form with ``text`` instead of what was sent, and no fault beside it."""
        kept = {name: self.cleaned_data[name] for name in ("type", "country", "language", "consent")}
        return PeopleForm(initial={"text": text, **kept}, forum=self.forum)

    def sheet(self) -> PeopleSheet:
        """Return the rows; a file comes before the text. Raises UnreadableList."""
        file = self.cleaned_data["file"]
        if file:
            return read_file(file.read(MOST_BYTES + 1), most_rows=MOST_PEOPLE)
        return read_text(self.cleaned_data["text"], most_rows=MOST_PEOPLE)


def import_page(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show the form; when a list was sent, what would happen; when that was confirmed, do it."""
    forum = Forum.objects.current().first()
    if forum is None:
        raise Http404
    by = acting_user(request)
    demand(by, RIGHT, forum)
    if request.method not in {"GET", "HEAD", "POST"}:
        raise PermissionDenied
    sent = request.method == "POST"
    form = PeopleForm(request.POST if sent else None, request.FILES or None, forum=forum)
    plan: ImportPlan | None = None
    if sent and form.is_valid():
        try:
            chosen = {name: form.cleaned_data[name] for name in ("type", "country", "language")}
            plan = plan_import(forum, form.sheet(), **chosen)
            if plan.new and request.POST.get("seen") == plan.digest:
                return _import(request, plan, by)
            form = form.shown_again(plan.text)
        except DomainError as error:
            error.add_to(form)
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Import people"),
        "opts": admin.opts,
        "form": form,
        "plan": plan,
        "back": reverse("admin:registrations_registration_changelist"),
    }
    return TemplateResponse(request, "admin/registrations/registration/import.html", context)


def _import(request: HttpRequest, plan: ImportPlan, by: User) -> HttpResponse:
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
    return HttpResponseRedirect(reverse("admin:registrations_registration_changelist"))
