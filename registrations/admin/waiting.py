"""Waiting lists as organizers see them: who is next, what is offered, and how many places there are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import acting_user, demand
from events.admin.named_forum import named_forum
from events.models import Forum
from registrations.availability import availability_of
from registrations.models import PriorityClass, Registration, RegistrationType
from registrations.models.registration import DEFAULT_RANK

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

DECIDE = "registrations.decide_registration"
PER_PAGE = 50
Status = Registration.Status


def urls(admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the address of the page, in front of those of single registrations."""
    page: Callable[..., HttpResponse] = method_decorator([require_safe, never_cache])(waiting_view)
    view = admin.admin_site.admin_view(partial(page, admin))
    return [path("waiting/", view, name="registrations_registration_waiting")]


def waiting_view(admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """Show the line of one kind of attendance, with the numbers of all that have one."""
    forum = named_forum(request)
    demand(acting_user(request), DECIDE, forum)
    kinds = list(_kinds(forum))
    asked = request.GET.get("type", "")
    # Unless one is named, the longest line; where nobody waits, the one with most open offers.
    longest = max(kinds, key=_length, default=None)
    kind = next((one for one in kinds if one.slug == asked), longest)
    found = availability_of(kinds)
    numbers = [{"kind": one, "found": found[one.pk], "is_here": one == kind} for one in kinds]
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Waiting lists"),
        "opts": admin.opts,
        "forum": forum,
        "kind": kind,
        "numbers": numbers,
    }
    if kind is not None:
        page = Paginator(line_of(kind), PER_PAGE).get_page(request.GET.get("page"))
        classes = dict(PriorityClass.objects.filter(forum=forum).values_list("rank", "name"))
        context |= {
            "page": page,
            "rows": [
                (place, row, class_name(row.waiting_rank, classes))
                for place, row in zip(
                    places_of(kind, list(page), first=page.start_index()), page, strict=True
                )
            ],
            "offers": _offers(kind),
        }
    return TemplateResponse(request, "admin/registrations/waiting/page.html", context)


def address_of(registration: Registration) -> str:
    """Return the page of the line in which somebody stands, or stood."""
    query = urlencode({"forum": registration.forum.slug, "type": registration.type.slug})
    return f"{reverse('admin:registrations_registration_waiting')}?{query}"


def _kinds(forum: Forum) -> QuerySet[RegistrationType]:
    """Return the kinds of attendance that have a line, or people in it, with how many wait and how many
    are offered a place.
    """
    people = Q(registrations__erased_at=None)
    waiting = Count("registrations", filter=people & Q(registrations__status=Status.WAITING))
    offered = Count("registrations", filter=people & Q(registrations__status=Status.OFFERED))
    kinds = RegistrationType.objects.filter(forum=forum).select_related("quota")
    kinds = kinds.annotate(in_line=waiting, offered=offered)
    return kinds.filter(Q(has_waiting_list=True) | Q(in_line__gt=0) | Q(offered__gt=0))


def _length(kind: RegistrationType) -> tuple[int, int]:
    """How many wait for one of ``_kinds``, and how many are offered a place."""
    return getattr(kind, "in_line", 0), getattr(kind, "offered", 0)


def line_of(kind: RegistrationType) -> QuerySet[Registration]:
    """Return who waits for ``kind``, the next first."""
    line = Registration.objects.waiting_in_order().filter(type=kind, erased_at=None)
    return line.select_related("type")


def places_of(kind: RegistrationType, rows: Sequence[Registration], *, first: int) -> list[int]:
    """Return the place in line of each of ``rows``, a stretch of ``line_of`` that begins at ``first``.

    The place counts everybody who competes for the same places: also those who wait for kinds of
    attendance that share a quota with this one. It is that of ``services.position_in_line``. Two queries.
    """
    own = range(first, first + len(rows))
    if kind.quota_id is None or not rows:
        return list(own)
    others = Registration.objects.waiting_in_order().filter(type__quota=kind.quota_id, erased_at=None)
    others = others.exclude(type=kind)
    start, end = _key(rows[0]), _key(rows[-1])
    passed = others.filter(_before(start)).count()
    between = list(others.filter(~_before(start), _before(end)).values_list(*_ORDER))
    return [place + passed + bisect_left(between, _key(row)) for place, row in zip(own, rows, strict=True)]


_ORDER = ("waiting_rank", "waiting_since", "pk")


def _key(row: Registration) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in _ORDER)


def _before(key: tuple[Any, ...]) -> Q:
    rank, since, pk = key
    earlier = Q(waiting_rank__lt=rank) | Q(waiting_rank=rank, waiting_since__lt=since)
    return earlier | Q(waiting_rank=rank, waiting_since=since, pk__lt=pk)


def class_name(rank: int, classes: dict[int, str]) -> str:
    """Return the name of a rank; whoever was put at the head of the line stands before all classes."""
    if rank in classes:
        return classes[rank]
    if rank == 0:
        return _("out of turn")
    return _("no class") if rank == DEFAULT_RANK else _("rank %(rank)s") % {"rank": rank}


def _offers(kind: RegistrationType) -> QuerySet[Registration]:
    return Registration.objects.filter(type=kind, status=Status.OFFERED, erased_at=None).order_by(
        "offer_until", "pk"
    )
