"""The pages of one mail to a group: writing, looking at it, sending, watching, stopping."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.permissions import acting_user, demand, forums_where
from core.errors import DomainError
from core.i18n import LANGUAGE_CODES, NATIVE_NAMES, texts_of
from events.admin.named_forum import named_forum
from events.models import Forum
from outbox import preview
from outbox.models import Message
from registrations import broadcasts
from registrations.admin.broadcast_form import BroadcastForm, SendForm, StopForm
from registrations.broadcasts.mail import KIND, PLACEHOLDERS, key_prefix, snapshot
from registrations.broadcasts.numbers import numbers_of
from registrations.broadcasts.readers import audience, coverage, reader_of
from registrations.broadcasts.sending import snapshot_for_nobody
from registrations.groups import read_group
from registrations.groups_in_words import in_words
from registrations.models import Broadcast, Registration
from registrations.occasion import occasion_of
from registrations.searching import matching

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

ADD = "registrations.add_broadcast"
CHANGE = "registrations.change_broadcast"
VIEW = "registrations.view_broadcast"
# How many of several with one name the preview offers.
MOST_OFFERED = 8
FOLDER = "admin/registrations/broadcast"
Status = Broadcast.Status

_Page = Callable[..., HttpResponse]


def bound(view: _Page, admin: ModelAdmin[Any]) -> _Page:
    """Return ``view`` as a view of ``admin``."""
    return update_wrapper(partial(view, admin), view)


def _page(*methods: str) -> Callable[[_Page], _Page]:
    """Decorate a page of one mail: fetch it for whoever may change it; a stranger's does not exist."""

    def decorate(view: _Page) -> _Page:
        def opened(admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
            rows = Broadcast.objects.select_related("forum__venue", "created_by")
            found: Broadcast = get_object_or_404(rows, pk=pk)
            demand(acting_user(request), CHANGE, found)
            return view(admin, request, found)

        def checked(admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
            return require_http_methods([*methods])(partial(opened, admin))(request, pk)

        return update_wrapper(checked, view)

    return decorate


# --- Writing --------------------------------------------------------------------------------------


def one_view(admin: ModelAdmin[Any], request: HttpRequest, found: Broadcast) -> HttpResponse:
    """A draft to write on, or what became of it."""
    if not admin.has_view_permission(request, found):
        raise PermissionDenied
    if found.status == Status.DRAFT and admin.has_change_permission(request, found):
        return write_view(admin, request, found)
    return state_view(admin, request, found)


def write_view(admin: ModelAdmin[Any], request: HttpRequest, found: Broadcast | None) -> HttpResponse:
    """Show the form, or save what it holds."""
    user = acting_user(request)
    forum = found.forum if found else _forum_to_write_in(request, user)
    form = BroadcastForm(
        request.POST if request.method == "POST" else None,
        forum=forum,
        by=user,
        stored=read_group(found.chosen) if found else None,
        initial=_initial(found),
    )
    counted = found
    if form.is_bound:
        counted = form.as_it_is(forum)
        if form.is_valid() and "_count" not in request.POST:
            try:
                saved = broadcasts.save_broadcast(
                    found,
                    forum=forum,
                    text=form.text(),
                    group=form.group(),
                    version=form.cleaned_data["version"],
                    by=user,
                )
            except DomainError as error:
                error.add_to(form)
            else:
                return _saved(admin, request, saved)
    context = {
        "form": form,
        "found": found,
        "forum": forum,
        "forums": [] if found else forums_where(user, ADD),
        "placeholders": PLACEHOLDERS.items(),
        "count_url": f"{reverse('admin:registrations_broadcast_count')}?{urlencode({'forum': forum.slug})}",
        "may_discard": found and admin.has_delete_permission(request, found),
        **_audience(counted or (None if form.is_bound else Broadcast(forum=forum)), user),
    }
    title = found.title if found else _("Write to people")
    return _show(admin, request, "write", {**context, "title": title, "object": found})


def _forum_to_write_in(request: HttpRequest, user: User) -> Forum:
    """The forum named in the address, or else one in which the organizer writes, the current one first."""
    if request.GET.get("forum"):
        forum = named_forum(request)
        demand(user, ADD, forum)
        return forum
    mine = forums_where(user, ADD).select_related("venue").order_by("-is_current", "-first_day")
    found: Forum | None = mine.first()
    if found is None:
        raise PermissionDenied
    return found


def _initial(found: Broadcast | None) -> dict[str, Any]:
    if found is None:
        return {}
    names = ("title", "purpose", "version")
    texts = {
        f"{part}_{code}": text for part in ("subject", "body") for code, text in texts_of(found, part).items()
    }
    return {name: getattr(found, name) for name in names} | texts


def _saved(admin: ModelAdmin[Any], request: HttpRequest, saved: Broadcast) -> HttpResponse:
    admin.message_user(request, _("The draft is saved."), messages.SUCCESS)
    return HttpResponseRedirect(_address(saved, "preview" if "_look" in request.POST else "change"))


@require_POST
def _count(request: HttpRequest, admin: ModelAdmin[Any]) -> HttpResponse:
    user, forum = acting_user(request), _forum_to_write_in(request, acting_user(request))
    form = BroadcastForm(request.POST, forum=forum, by=user)
    return TemplateResponse(request, f"{FOLDER}/_audience.html", _audience(form.as_it_is(forum), user))


def count_view(admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """How many people a form that is not saved yet reaches: the fragment for the page's script."""
    return _count(request, admin)


def _audience(found: Broadcast | None, user: User) -> dict[str, Any]:
    """Who gets the mail: in words, counted, and by language. None while the choice is wrong."""
    if found is None:
        return {"words": None}
    languages = coverage(found)
    return {
        "words": in_words(found.forum, read_group(found.chosen), by=user),
        "people": sum(one.people for one in languages),
        "is_news": found.purpose == Broadcast.Purpose.NEWS,
        "coverage": [
            {
                "code": one.language,
                "native": NATIVE_NAMES[one.language],
                "people": one.people,
                "is_fallback": one.is_fallback,
                "read_in": one.read_in,
                "read_in_native": NATIVE_NAMES[one.read_in] if one.read_in else "",
            }
            for one in languages
        ],
    }


# --- Looking --------------------------------------------------------------------------------------


@_page("GET", "HEAD")
def preview_view(admin: ModelAdmin[Any], request: HttpRequest, found: Broadcast) -> HttpResponse:
    """The mail as a made-up person gets it in each language, or as one of the group does."""
    message, person, wrong = _message(request, found)
    context = {
        "found": found,
        "message": message,
        "person": person,
        "wrong": wrong,
        "several": _several(found, request, person),
        "code": request.GET.get("code", ""),
        "mail": preview.preview(message),
        "languages": [(code, NATIVE_NAMES[code], code == message.language) for code in LANGUAGE_CODES],
        "frame_url": f"{_address(found, 'html')}?{request.GET.urlencode()}",
        "is_draft": found.status == Status.DRAFT,
        "title": found.title,
        "object": found,
    }
    return _show(admin, request, "preview", context)


@_page("GET", "HEAD")
def html_view(admin: ModelAdmin[Any], request: HttpRequest, found: Broadcast) -> HttpResponse:
    """The mail's HTML, for the frame on its page."""
    return preview.html_answer(_message(request, found)[0])


def _message(request: HttpRequest, found: Broadcast) -> tuple[Message, Registration | None, str]:
    """Return the mail that the address asks for, as a message that is not stored, and to whom it goes."""
    wanted = request.GET.get("language", "")
    language = wanted if wanted in LANGUAGE_CODES else LANGUAGE_CODES[0]
    typed = _typed(request)
    occasion = occasion_of(found.forum)
    person, wrong = None, ""
    if typed:
        people = audience(found).select_related("type", "delegation")
        person = people.filter(code=typed.upper()).first() or _only_one(matching(people, typed))
        wrong = "" if person else _("Nobody who gets the mail is found by this.")
    if person is None:
        # As the mail itself, without the word before the subject of a test.
        context = snapshot_for_nobody(found, occasion, language) | {"is_test": False}
        reader: dict[str, str] = {"recipient": "reader@example.org", "recipient_name": context["name"]}
    else:
        to = reader_of(person)
        language = wanted if wanted in LANGUAGE_CODES else to.language
        context = snapshot(found, person, occasion, language=language)
        reader = {"recipient": to.email, "recipient_name": to.name}
    return Message(kind=KIND, language=language, context=context, **reader), person, wrong


def _typed(request: HttpRequest) -> str:
    """A code, a name or an address: whom the organizer wants to look at the mail as."""
    typed = request.GET.get("code", "").strip()[:100]
    return typed if typed.isprintable() else ""


def _only_one(people: QuerySet[Registration]) -> Registration | None:
    first = list(people.order_by("name", "pk")[:2])
    return first[0] if len(first) == 1 else None


def _several(found: Broadcast, request: HttpRequest, person: Registration | None) -> list[Registration]:
    """Return the first of several who are found by what was typed, to choose from."""
    typed = _typed(request)
    if person or not typed:
        return []
    return list(matching(audience(found), typed).order_by("name", "pk")[:MOST_OFFERED])


@_page("POST")
def test_view(admin: ModelAdmin[Any], request: HttpRequest, found: Broadcast) -> HttpResponse:
    """Send the organizer her mail."""
    sent = broadcasts.send_test(found, languages=LANGUAGE_CODES, by=acting_user(request))
    said = ngettext(
        "%(n)s test mail is on its way to you.", "%(n)s test mails are on their way to you.", len(sent)
    )
    admin.message_user(request, said % {"n": len(sent)}, messages.SUCCESS)
    return HttpResponseRedirect(_address(found, "preview"))


# --- Sending --------------------------------------------------------------------------------------


@_page("GET", "HEAD", "POST")
def send_view(admin: ModelAdmin[Any], request: HttpRequest, found: Broadcast) -> HttpResponse:
    """Ask once: to whom, in which languages, when. Then send, or note the time."""
    user = acting_user(request)
    if found.status != Status.DRAFT:
        return HttpResponseRedirect(_address(found))
    initial = {"version": found.version}
    form = SendForm(request.POST if request.method == "POST" else None, forum=found.forum, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            said = _send(found, form, user)
        except DomainError as error:
            error.add_to(form)
        else:
            admin.message_user(request, said, messages.SUCCESS)
            return HttpResponseRedirect(_address(found))
    context = {"form": form, "found": found, "object": found, **_audience(found, user)}
    return _show(admin, request, "send", {**context, "title": _("Send this mail?")})


def _send(found: Broadcast, form: SendForm, user: User) -> str:
    version = form.cleaned_data["version"]
    if form.cleaned_data["when"] == SendForm.LATER:
        send_at = form.cleaned_data["send_at"]
        broadcasts.schedule_broadcast(found, send_at=send_at, version=version, by=user)
        return _("The mail goes at the time you chose.")
    broadcasts.send_broadcast(found, version=version, by=user)
    return _("The mail is being sent.")


@_page("POST")
def take_back_view(admin: ModelAdmin[Any], request: HttpRequest, found: Broadcast) -> HttpResponse:
    """Make a draft again of what was to be sent later."""
    broadcasts.take_back(found, by=acting_user(request))
    admin.message_user(request, _("The mail is a draft again."), messages.SUCCESS)
    return HttpResponseRedirect(_address(found))


@_page("GET", "HEAD", "POST")
def stop_view(admin: ModelAdmin[Any], request: HttpRequest, found: Broadcast) -> HttpResponse:
    """Ask once, then stop."""
    form = StopForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        withdrawn = broadcasts.stop_broadcast(
            found, by=acting_user(request), reason=form.cleaned_data["reason"]
        )
        said = ngettext(
            "Stopped. %(n)s mail was withdrawn.", "Stopped. %(n)s mails were withdrawn.", withdrawn
        )
        admin.message_user(request, said % {"n": withdrawn}, messages.SUCCESS)
        return HttpResponseRedirect(_address(found))
    context = {"form": form, "found": found, "object": found, "numbers": numbers_of(found)}
    return _show(admin, request, "stop", {**context, "title": _("Stop this mail?")})


@_page("POST")
def copy_view(admin: ModelAdmin[Any], request: HttpRequest, found: Broadcast) -> HttpResponse:
    """Begin a new draft with its text and its group."""
    demand(acting_user(request), ADD, found.forum)
    made = broadcasts.copy_broadcast(found, by=acting_user(request))
    admin.message_user(request, _("This is a copy, a new draft."), messages.SUCCESS)
    return HttpResponseRedirect(_address(made))


# --- Watching -------------------------------------------------------------------------------------


@require_safe
def _state(request: HttpRequest, admin: ModelAdmin[Any], found: Broadcast) -> HttpResponse:
    user = acting_user(request)
    context = {
        "found": found,
        "object": found,
        "numbers": numbers_of(found),
        "words": in_words(found.forum, read_group(found.chosen), by=user),
        "texts": [
            (code, NATIVE_NAMES[code], texts_of(found, "subject")[code], texts_of(found, "body")[code])
            for code in LANGUAGE_CODES
        ],
        "outbox_url": _outbox(found),
        "may_change": admin.has_change_permission(request, found),
        "title": found.title,
    }
    return _show(admin, request, "state", context)


def state_view(admin: ModelAdmin[Any], request: HttpRequest, found: Broadcast) -> HttpResponse:
    """What became of a mail, or when it will go."""
    return _state(request, admin, found)


@_page("GET", "HEAD")
def progress_view(admin: ModelAdmin[Any], request: HttpRequest, found: Broadcast) -> HttpResponse:
    """The numbers alone: the fragment that the page's script asks for while they change."""
    context = {"found": found, "numbers": numbers_of(found), "outbox_url": _outbox(found)}
    return TemplateResponse(request, f"{FOLDER}/_numbers.html", context)


def _outbox(found: Broadcast) -> str:
    about = key_prefix(found.pk).rstrip(":")
    return f"{reverse('admin:outbox_message_changelist')}?{urlencode({'about': about})}"


# --- Parts ----------------------------------------------------------------------------------------


def _show(admin: ModelAdmin[Any], request: HttpRequest, page: str, context: dict[str, Any]) -> HttpResponse:
    around = {**admin.admin_site.each_context(request), "opts": admin.opts, **context}
    return TemplateResponse(request, f"{FOLDER}/{page}.html", around)


def _address(found: Broadcast, page: str = "change") -> str:
    return reverse(f"admin:registrations_broadcast_{page}", args=[found.pk])
