"""The pages of a delegation's lead, behind her secret link."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import DomainError
from core.throttle import client_address, over_limit, too_many
from events.models import Forum
from registrations.availability import availability_of
from registrations.delegation_links import delegation_path, find_delegation
from registrations.delegations.members import (
    cancel_member,
    order_members,
    plan_members,
    register_members,
    replace_member,
    take_back_replacement,
)
from registrations.delegations.opening import change_delegation, open_delegation
from registrations.delegations.papers import papers_of, with_ticket
from registrations.delegations.places import give_up_place, keep_places, send_place
from registrations.delegations.reading import Overview, may_replace_at, overview_of
from registrations.forms.delegations import (
    DelegationForm,
    NewDelegationForm,
    OrderForm,
    PlaceForm,
    PlacesForm,
    ReplacementForm,
)
from registrations.forms.people_list import PeopleListForm
from registrations.models import Delegation, RegistrationType
from registrations.people.columns import explained
from registrations.views.secret_page import keep_private, unknown_link

_View = Callable[..., HttpResponse]
# From one address; a ministry may open some for its departments.
DELEGATIONS_PER_HOUR = 20


def leads_page(*methods: str) -> Callable[[_View], _View]:
    """Decorate a view that takes the delegation which the secret link opens, as ``holders_page`` does."""

    def decorate(view: _View) -> _View:
        @require_http_methods([*methods, *(["HEAD"] if "GET" in methods else [])])
        @functools.wraps(view)
        def opened(request: HttpRequest, key: uuid.UUID, token: str, **parts: Any) -> HttpResponse:
            delegation = find_delegation(key, token)
            response = view(request, delegation, **parts) if delegation else unknown_link(request)
            return keep_private(response, has_form=True)

        return opened

    return decorate


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a delegation; the link comes by mail, so that nobody acts under another's address."""
    forum = get_object_or_404(Forum.objects.current())
    if forum.is_over(timezone.now()):
        raise Http404
    form = NewDelegationForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        address = client_address(request)
        wait = over_limit("delegation", address, limit=DELEGATIONS_PER_HOUR, seconds=3600)
        if wait is not None:
            return too_many(request, wait)
        if form.is_valid():
            facts = {name: value for name, value in form.cleaned_data.items() if name != "consent"}
            try:
                open_delegation(forum=forum, **facts)
            except DomainError as error:
                error.add_to(form)
                status = error.status
            else:
                return redirect("registrations:delegation_sent")
    return render(request, "registrations/delegation/new.html", {"forum": forum, "form": form}, status=status)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say that the link is on its way."""
    forum = get_object_or_404(Forum.objects.current())
    return render(request, "registrations/delegation/sent.html", {"forum": forum})


@leads_page("GET")
def overview(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Show everybody of the delegation and what its lead may do."""
    return _overview(request, delegation)


@leads_page("GET", "POST")
def edit(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Correct what the delegation is called and who looks after it."""
    form = DelegationForm(request.POST if request.method == "POST" else None, delegation=delegation)

    def save() -> str:
        changed = change_delegation(delegation, **form.cleaned_data)
        if changed.link_version != delegation.link_version:
            return _(
                "Saved. The link to this page went to the new address, and the old one no longer opens it."
            )
        return _("Saved.")

    return _taken(request, "edit", delegation, form, save)


@leads_page("GET", "POST")
def add(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Register people from a list: read, shown, and registered once nothing is wrong with it."""
    types = _types(delegation)
    form = PeopleListForm(request, types=types)
    plan, status = None, 200
    if form.is_bound and form.is_valid():
        try:
            sheet = form.sheet(most_rows=delegation.max_members)
            plan = plan_members(delegation, sheet, types=types, otherwise=form.cleaned_data["type"])
            if request.POST.get("seen") == plan.digest and "agreed" in request.POST:
                return _registered(request, delegation, register_members(delegation, plan))
            form = form.shown_again(plan.text)
        except DomainError as error:
            error.add_to(form)
            status = error.status
    return _page(
        request, "add", delegation, status=status, form=form, plan=plan, asked_to_agree=_asked(request)
    )


def _asked(request: HttpRequest) -> bool:
    """Say whether the lead pressed the button without saying that the members agree."""
    return "seen" in request.POST and "agreed" not in request.POST


@leads_page("GET", "POST")
def places(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Keep places for people who are still to say who they are."""
    form = PlacesForm(request.POST if request.method == "POST" else None, types=_types(delegation))

    def save() -> str:
        kept = keep_places(delegation, **form.cleaned_data)
        return ngettext("%(n)s place is kept.", "%(n)s places are kept.", len(kept)) % {"n": len(kept)}

    return _taken(request, "places", delegation, form, save, anchor="places")


@leads_page("GET", "POST")
def place(request: HttpRequest, delegation: Delegation, place: int) -> HttpResponse:
    """Send one kept place to a person, or give it up."""
    kept = next((one for one in overview_of(delegation).places if one.pk == place), None)
    if kept is None:
        raise Http404
    start = {"name": kept.name, "email": kept.email, "language": kept.language or delegation.language}
    form = PlaceForm(request.POST if "send" in request.POST else None, initial=start)

    def save() -> str:
        send_place(kept, **form.cleaned_data)
        return _("The form is on its way to %(email)s.") % {"email": form.cleaned_data["email"]}

    if "give_up" in request.POST:
        return _done(
            request, delegation, lambda: give_up_place(kept), _("The place is free again."), "places"
        )
    return _taken(request, "place", delegation, form, save, anchor="places", place=kept)


@leads_page("GET", "POST")
def member(request: HttpRequest, delegation: Delegation, member: uuid.UUID) -> HttpResponse:
    """Let somebody else come instead of a member, take that back, or cancel her."""
    seen = overview_of(delegation)
    person = next((one for one in seen.members if one.pk == member), None)
    if person is None:
        raise Http404
    if "cancel" in request.POST:
        done = _("%(name)s is cancelled.") % {"name": person.name}
        return _done(request, delegation, lambda: cancel_member(delegation, person), done)
    if "take_back" in request.POST:
        done = _("%(name)s keeps the ticket.") % {"name": person.name}
        return _done(request, delegation, lambda: take_back_replacement(delegation, person), done)
    form = ReplacementForm(request.POST if "replace" in request.POST else None, member=person)

    def save() -> str:
        replace_member(delegation, person, **form.cleaned_data)
        return _("The form is on its way to %(email)s.") % {"email": form.cleaned_data["email"]}

    following = seen.replacing.get(str(person.pk))
    return _taken(request, "member", delegation, form, save, member=person, following=following)


@leads_page("POST")
def order(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Write down the order of precedence."""
    form = _order_form(overview_of(delegation), request.POST)
    if not form.is_valid():
        return _overview(request, delegation, form, status=422)
    return _done(
        request, delegation, lambda: order_members(delegation, form.cleaned_data), _("The order is saved.")
    )


def _overview(
    request: HttpRequest, delegation: Delegation, form: OrderForm | None = None, *, status: int = 200
) -> HttpResponse:
    seen = overview_of(delegation)
    form = form or _order_form(seen)
    rows = {
        "members": [
            {
                "person": person,
                "bound": form[f"member-{person.pk}"],
                "path": delegation_path(delegation, "delegation_member", member=person.pk),
                "following": seen.replacing.get(str(person.pk)),
            }
            for person in seen.members
        ],
        "places": [
            {
                "place": place,
                "bound": form[f"place-{place.pk}"],
                "path": delegation_path(delegation, "delegation_place", place=place.pk),
            }
            for place in seen.places
        ],
    }
    return _page(
        request,
        "overview",
        delegation,
        seen=seen,
        status=status,
        order=form,
        rows=rows,
        papers=papers_of(seen),
        tickets=len(with_ticket(seen)),
    )


def _order_form(seen: Overview, data: Any = None) -> OrderForm:
    keys = [(f"member-{person.pk}", person.name, person.precedence) for person in seen.members]
    keys += [(f"place-{place.pk}", place.name or _("Kept place"), place.precedence) for place in seen.places]
    return OrderForm(data, keys=keys)


def _types(delegation: Delegation) -> list[RegistrationType]:
    return list(RegistrationType.objects.offered(delegation.forum))


def _taken(
    request: HttpRequest,
    page: str,
    delegation: Delegation,
    form: Any,
    save: Callable[[], str],
    *,
    anchor: str = "",
    **context: Any,
) -> HttpResponse:
    """Show a form; when it is valid, do what it says and go back to the overview with a sentence."""
    status = 200
    if form.is_bound and form.is_valid():
        try:
            sentence = save()
        except DomainError as error:
            error.add_to(form)
            status = error.status
        else:
            messages.success(request, sentence)
            return _back(delegation, anchor)
    return _page(request, page, delegation, status=status, form=form, **context)


def _done(
    request: HttpRequest, delegation: Delegation, act: Callable[[], object], sentence: str, anchor: str = ""
) -> HttpResponse:
    try:
        act()
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, sentence)
    return _back(delegation, anchor)


def _back(delegation: Delegation, anchor: str = "") -> HttpResponse:
    fresh = Delegation.objects.get(pk=delegation.pk)
    return HttpResponseRedirect(delegation_path(fresh) + (f"#{anchor}" if anchor else ""))


def _registered(request: HttpRequest, delegation: Delegation, count: int) -> HttpResponse:
    # The same whether or not somebody was registered before: that is no lead's business.
    sentence = ngettext(
        "The list is taken: %(n)s person. Whoever has an address gets a mail.",
        "The list is taken: %(n)s people. Whoever has an address gets a mail.",
        count,
    )
    messages.success(request, sentence % {"n": count})
    return _back(delegation)


def _page(
    request: HttpRequest,
    page: str,
    delegation: Delegation,
    *,
    seen: Overview | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    types = _types(delegation)
    found = availability_of(types)
    shared = {
        "forum": delegation.forum,
        "delegation": delegation,
        "overview": seen or overview_of(delegation),
        "may_replace": may_replace_at(delegation, timezone.now()),
        "types": types,
        "columns": explained(types[0].display_name) if types else [],
        "reasons": [(kind, found[kind.pk].reasons) for kind in types if found[kind.pk].reasons],
        "paths": {
            name: delegation_path(delegation, f"delegation_{name}")
            for name in ("edit", "add", "places", "order")
        },
        "overview_path": delegation_path(delegation),
    }
    return render(request, f"registrations/delegation/{page}.html", shared | context, status=status)
