"""The exhibition desk: bookings one after the other, with all that is needed to decide about each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.mail_scope import VIEW as VIEW_MAILS
from accounts.permissions import acting_user, can, demand
from core import dates
from core.errors import DomainError
from core.i18n import current_language
from events.admin.named_forum import named_forum
from events.models import Forum
from exhibitors import applications, services
from exhibitors.admin.desk_deeds import DEEDS, Deed
from exhibitors.errors import ChangedMeanwhile
from exhibitors.forms.desk import DeedForm, QueueFilter
from exhibitors.models import BoothBooking, Exhibition

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

DECIDE = "exhibitors.decide_booking"
# Larger numbers are none of ours, and PostgreSQL would refuse them.
LARGEST_KEY = 2**63 - 1


def urls(admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the address of the desk, in front of those of single bookings."""
    page: Callable[..., HttpResponse] = method_decorator(
        [never_cache, require_http_methods(["GET", "HEAD", "POST"])]
    )(desk_view)
    view = admin.admin_site.admin_view(partial(page, admin))
    return [path("desk/", view, name="exhibitors_boothbooking_desk")]


@dataclass(frozen=True, slots=True)
class Desk:
    """One look at the desk: who looks, at which exhibition, through which filters."""

    admin: ModelAdmin[Any]
    request: HttpRequest
    exhibition: Exhibition
    filters: QueueFilter

    @classmethod
    def opened(cls, admin: ModelAdmin[Any], request: HttpRequest, forum: Forum) -> Desk:
        """Return the desk of a forum's exhibition, for whoever decides there."""
        demand(acting_user(request), DECIDE, forum)
        exhibition: Exhibition = get_object_or_404(Exhibition.objects.select_related("forum"), forum=forum)
        return cls(admin, request, exhibition, QueueFilter(request.GET, forum=forum))

    @property
    def forum(self) -> Forum:
        """The forum of the exhibition."""
        return self.exhibition.forum

    def queue(self) -> Any:
        """Return the bookings that fit the filters, the oldest first."""
        return applications.queue(self.forum, self.filters.choice(), timezone.now())

    def query(self) -> str:
        """Return the filters as an address has them."""
        return urlencode({"forum": self.forum.slug, **self.filters.query()})

    def address(self, key: int | None = None) -> str:
        """Return the address of the desk with its filters and a booking opened."""
        opened = f"&open={key}" if key else ""
        return f"{reverse('admin:exhibitors_boothbooking_desk')}?{self.query()}{opened}#application"

    def tell(self, sentence: str, level: int) -> None:
        """Say what happened on the next page."""
        self.admin.message_user(self.request, sentence, level)


def desk_view(admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """Show the queue and one booking; on POST decide about that one and open the next."""
    desk = Desk.opened(admin, request, named_forum(request))
    if request.method == "POST":
        return _decide(desk)
    asked = number_in(request.GET.get("open", ""))
    one = applications.opened(desk.forum, asked) if asked is not None else None
    if request.GET.get("open") and one is None:
        desk.tell(_("There is no such booking in this exhibition."), messages.INFO)
    return show(desk, one)


def booking_page(admin: ModelAdmin[Any], request: HttpRequest, booking: BoothBooking) -> HttpResponse:
    """Show the desk with one booking opened, whichever the queue is."""
    desk = Desk.opened(admin, request, booking.exhibitor.forum)
    return show(desk, applications.opened(desk.forum, booking.pk))


def number_in(text: str) -> int | None:
    """Return the number that a form or an address sent; None for what was made up."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else -1
    return number if 0 <= number <= LARGEST_KEY else None


def _decide(desk: Desk) -> HttpResponse:
    data = desk.request.POST
    key, deed = number_in(data.get("booking", "")), DEEDS.get(data.get("do", ""))
    one = applications.opened(desk.forum, key) if key is not None else None
    seen = number_in(data.get("revision", ""))
    if one is None or deed is None or seen is None:
        raise Http404
    form = _form(deed, one, desk.exhibition, data)
    if not form.is_valid():
        return show(desk, one, refused={deed.name: form})
    # Before the decision: afterwards the one is in the queue no more.
    turn = applications.turn_of(desk.queue(), one, 1)
    try:
        with services.as_seen(one, revision=seen):
            deed.do(one, acting_user(desk.request), form.cleaned_data)
    except ChangedMeanwhile:
        desk.tell(_met(one), messages.WARNING)
        return HttpResponseRedirect(desk.address(one.pk))
    except DomainError as error:
        error.add_to(form)
        return show(desk, one, refused={deed.name: form})
    desk.tell(deed.done % {"who": one.exhibitor, "booths": numbers_of(one)}, messages.SUCCESS)
    still_there = desk.queue().filter(pk=one.pk).exists()
    return HttpResponseRedirect(desk.address(one.pk if still_there else turn.next or turn.previous))


def _met(one: BoothBooking) -> str:
    """Say what somebody else did meanwhile, and when."""
    step = applications.last_step(one)
    if step is None:
        return str(ChangedMeanwhile())
    moment = dates.moment(step.at, one.exhibitor.forum.zone, current_language())
    return _(
        "Nothing was done: meanwhile the booking of %(name)s was changed (%(who)s: %(what)s, %(moment)s)."
    ) % {"name": one.exhibitor, "who": step.who, "what": step.what, "moment": moment}


def numbers_of(one: BoothBooking) -> str:
    """Return the numbers of the booths of a booking."""
    return ", ".join(sorted(claim.booth.number for claim in one.booths.all())) or "–"


def _form(deed: Deed, one: BoothBooking, exhibition: Exhibition, data: Any = None) -> DeedForm:
    return deed.form(data, booking=one, exhibition=exhibition, auto_id=f"{deed.name}_%s")


def show(
    desk: Desk, one: BoothBooking | None, refused: Mapping[str, forms.Form] | None = None
) -> HttpResponse:
    """Return the page of the desk: the queue, and ``one`` or the first of it."""
    page = desk.request.GET.get("page", "")
    turn = applications.turn_of(desk.queue(), one, number_in(page) or 1)
    if one is None and turn.rows:
        one = applications.opened(desk.forum, turn.rows[0].pk)
        turn = applications.turn_of(desk.queue(), one, turn.page)
    context: dict[str, Any] = {
        **desk.admin.admin_site.each_context(desk.request),
        "title": _("Exhibition desk"),
        "opts": desk.admin.opts,
        "forum": desk.forum,
        "filters": desk.filters,
        "is_filtered": bool(desk.filters.query()),
        "query": desk.query(),
        "turn": turn,
        "one": one,
    }
    if one is not None:
        can_do = [deed for deed in DEEDS.values() if one.status in deed.statuses]
        shown = refused or {}
        context |= {
            "numbers": numbers_of(one),
            "facts": applications.facts_of(one, desk.exhibition, timezone.now()),
            "deeds": [
                (deed, shown.get(deed.name) or _form(deed, one, desk.exhibition), deed.name in shown)
                for deed in can_do
            ],
            "sees_mails": can(desk.request.user, VIEW_MAILS, desk.forum),
        }
    return TemplateResponse(desk.request, "admin/exhibitors/desk/queue.html", context)
