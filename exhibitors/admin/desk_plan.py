"""The plan for organizers: who has which booth; move, swap, merge, keep free, take back, one step each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.permissions import acting_user, demand
from core.errors import DomainError
from events.admin.named_forum import named_forum
from events.models import Forum
from exhibitors import services
from exhibitors.admin.desk import DECIDE, number_in
from exhibitors.errors import NotPossibleNow
from exhibitors.forms.moving import BlockForm, MoveForm, booths_named
from exhibitors.models import BookedBooth, Booth, BoothBooking, Hall
from exhibitors.models.booking import LIVE
from exhibitors.plan import Drawing, DrawnBooth, Occupant, State, draw, draw_booth, in_order
from exhibitors.services.statuses import PRICED

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    from accounts.models import User

FOLDER = "admin/exhibitors/desk"
# So many fit on a booth in the size of its word.
MOST_LETTERS = 10
MOVE, MERGE, SWAP = "move", "merge", "swap"
_LEGEND = [
    ("free", State.FREE.label),
    *((name, word) for name, word in BoothBooking.Status.choices if name in LIVE),
    ("blocked", State.BLOCKED.label),
]
# Shorter, for a booth is small.
_WORDS: dict[str, Any] = dict(_LEGEND) | {"accepted": pgettext_lazy("a booth", "accepted")}


def urls(admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the addresses of the plan and of one change on it."""

    def page(view: Callable[..., HttpResponse]) -> Callable[..., Any]:
        guarded: Callable[..., HttpResponse] = method_decorator(
            [never_cache, require_http_methods(["GET", "HEAD", "POST"])]
        )(view)
        return admin.admin_site.admin_view(partial(guarded, admin))

    return [
        path("plan/", page(plan_view), name="exhibitors_boothbooking_plan"),
        path("plan/change/", page(change_view), name="exhibitors_boothbooking_move"),
    ]


def plan_address(forum: Forum, **more: Any) -> str:
    """Return the address of the plan."""
    query = {"forum": forum.slug} | {name: value for name, value in more.items() if value}
    return f"{reverse('admin:exhibitors_boothbooking_plan')}?{urlencode(query)}"


def _live_claims(forum: Forum) -> dict[int, list[BoothBooking]]:
    rows = BookedBooth.objects.filter(booth__forum=forum, is_live=True)
    rows = rows.select_related("booking__exhibitor__organization", "booking__type", "booking__period")
    rows = rows.prefetch_related("booking__booths__booth").order_by("span", "pk")
    found: dict[int, list[BoothBooking]] = defaultdict(list)
    for row in rows:
        found[row.booth_id].append(row.booking)
    return found


@dataclass(frozen=True, slots=True)
class OrganizersHall:
    """A hall with its drawing; ``marks`` are the states of booths by number, as organizers see them, and
    ``words`` what they are called.
    """

    hall: Hall
    drawing: Drawing
    marks: Mapping[str, str]
    words: Mapping[str, str]


def _halls(forum: Forum, claims: Mapping[int, Sequence[BoothBooking]]) -> list[OrganizersHall]:
    booths = Booth.objects.select_related("type")
    halls = Hall.objects.filter(forum=forum).order_by("position", "pk")
    found = []
    for hall in halls.prefetch_related(Prefetch("booths", booths), "features"):
        marks = {booth.number: _mark(booth, claims.get(booth.pk, ())) for booth in hall.booths.all()}
        words = {number: str(_WORDS[mark]) for number, mark in marks.items()}
        drawn = [
            _named(
                draw_booth(booth, _state(marks[booth.number]), _occupants(claims.get(booth.pk, ()))),
                words[booth.number],
            )
            for booth in hall.booths.all()
        ]
        found.append(OrganizersHall(hall, draw(hall, drawn, hall.features.all()), marks, words))
    return found


def _named(drawn: DrawnBooth, word: str) -> DrawnBooth:
    """Write on a booth how far its booking is: visitors read less. A longer word is written smaller."""
    line = drawn.lines[1]
    size = min(1.0, MOST_LETTERS / len(word)) * float(line.size)
    lines = (drawn.lines[0], replace(line, words=word, size=f"{size:.1f}"), *drawn.lines[2:])
    return replace(drawn, lines=lines)


def _mark(booth: Booth, bookings: Sequence[BoothBooking]) -> str:
    if booth.is_blocked:
        return "blocked"
    return bookings[0].status if bookings else "free"


def _state(mark: str) -> State:
    known = {"blocked": State.BLOCKED, "free": State.FREE, "confirmed": State.TAKEN}
    return known.get(mark, State.BEING_TAKEN)


def _occupants(bookings: Sequence[BoothBooking]) -> list[Occupant]:
    return [Occupant(one.exhibitor.slug, one.exhibitor.organization.display_name, "") for one in bookings[:1]]


# --- The plan -----------------------------------------------------------------------------------------


def plan_view(admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """Show all halls with who has which booth, and one booth or booking that was picked."""
    forum = named_forum(request)
    demand(acting_user(request), DECIDE, forum)
    booth = Booth.objects.filter(forum=forum, number=request.GET.get("booth", "")).first()
    form = BlockForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if booth is None:
            raise Http404
        if "unblock" in request.POST or form.is_valid():
            answer = _block(admin, request, booth, form)
            if answer is not None:
                return answer
    claims = _live_claims(forum)
    picked = _booking(forum, request.GET.get("booking", ""))
    halls = _halls(forum, claims)
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Booths on the plan"),
        "opts": admin.opts,
        "forum": forum,
        "halls": halls,
        "numbers": sorted((number for one in halls for number in one.marks), key=in_order),
        "booth": booth,
        "bookings": claims.get(booth.pk, []) if booth else [],
        "picked": picked,
        "chosen": [claim.booth.number for claim in picked.booths.all()]
        if picked
        else [booth and booth.number],
        "form": form,
        "legend": _LEGEND,
    }
    return TemplateResponse(request, f"{FOLDER}/plan.html", context)


def _block(
    admin: ModelAdmin[Any], request: HttpRequest, booth: Booth, form: BlockForm
) -> HttpResponse | None:
    by = acting_user(request)
    try:
        if "unblock" in request.POST:
            services.unblock_booth(booth, by=by)
            said = _("Booth %(number)s can be had again.")
        else:
            services.block_booth(booth, by=by, reason=form.cleaned_data["reason"])
            said = _("Booth %(number)s is kept free.")
    except DomainError as error:
        admin.message_user(request, str(error), messages.ERROR)
        return None
    admin.message_user(request, said % {"number": booth.number}, messages.SUCCESS)
    return HttpResponseRedirect(plan_address(booth.forum, booth=booth.number))


def _booking(forum: Forum, text: str) -> BoothBooking | None:
    key = number_in(text)
    rows = BoothBooking.objects.live().filter(exhibitor__forum=forum)
    rows = rows.select_related("exhibitor__organization", "exhibitor__forum", "type", "period")
    return rows.prefetch_related("booths__booth").filter(pk=key).first() if key is not None else None


# --- One change ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """A change that is possible, and the sentence that says what happens and who is told."""

    do: str
    title: str
    sentence: str
    other: BoothBooking | None = None


def change_view(admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """Say what bringing a booking to other booths would do; on POST do it."""
    forum = named_forum(request)
    demand(acting_user(request), DECIDE, forum)
    booking = _booking(forum, request.GET.get("booking", ""))
    if booking is None:
        admin.message_user(request, _("This booking does not stand any more."), messages.WARNING)
        return HttpResponseRedirect(plan_address(forum))
    named = booths_named(forum, request.GET.get("to", ""))
    if isinstance(named, str):
        admin.message_user(request, named, messages.WARNING)
        return HttpResponseRedirect(plan_address(forum, booking=booking.pk))
    plans = _plans(booking, named)
    form = MoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            plan = _plan_sent(plans, request.POST.get("do", ""))
            _change(booking, named, plan, by=acting_user(request), reason=reason)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            now = _booking(forum, str(booking.pk))
            words = {"who": booking.exhibitor, "booths": _numbers(now) if now else "–"}
            admin.message_user(request, _("%(who)s now has %(booths)s.") % words, messages.SUCCESS)
            return HttpResponseRedirect(plan_address(forum, booth=named[0].number))
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Change booths"),
        "opts": admin.opts,
        "forum": forum,
        "booking": booking,
        "here": _numbers(booking),
        "there": ", ".join(booth.number for booth in named),
        "plans": plans,
        "form": form,
        "back": plan_address(forum, booking=booking.pk),
    }
    return TemplateResponse(request, f"{FOLDER}/change.html", context)


def _plan_sent(plans: Sequence[Plan], do: str) -> Plan:
    """Return the change that was chosen; raises NotPossibleNow when it has become impossible meanwhile."""
    plan = next((one for one in plans if one.do == do), None)
    if plan is None:
        raise NotPossibleNow
    return plan


def _numbers(booking: BoothBooking) -> str:
    return ", ".join(sorted((claim.booth.number for claim in booking.booths.all()), key=in_order))


def _plans(booking: BoothBooking, named: Sequence[Booth]) -> list[Plan]:
    """Return what can be done with a booking and other booths; the services have the last word."""
    claims = BookedBooth.objects.filter(booth__in=named, is_live=True, span__overlap=booking.span)
    others = {row.booking_id for row in claims.exclude(booking=booking.pk)}
    words = {
        "who": booking.exhibitor,
        "here": _numbers(booking),
        "there": ", ".join(booth.number for booth in named),
    }
    if len(others) == 1:
        other = _booking(booking.exhibitor.forum, str(others.pop()))
        return [_swap(other, words)] if other else []
    if others or any(booth.is_blocked for booth in named):
        return []
    found = [
        Plan(
            MOVE,
            _("Move"),
            _(
                "%(who)s goes from %(here)s to %(there)s and is told by mail with the reason. "
                "What becomes free goes to the next in line. The price stays as it is."
            )
            % words,
        )
    ]
    if booking.status not in PRICED:
        sentence = _(
            "%(who)s keeps %(here)s and gets %(there)s with it, as one booth, and is told by mail with the "
            "reason. The price is that of all its booths."
        )
        found.append(Plan(MERGE, _("Add"), sentence % words))
    return found


def _swap(other: BoothBooking, words: Mapping[str, Any]) -> Plan:
    sentence = _(
        "%(who)s goes from %(here)s to %(there)s, and %(other)s from %(there)s to %(here)s. Both are told by "
        "mail with the reason, and both prices stay as they are."
    )
    there = {"other": other.exhibitor, "there": _numbers(other)}
    return Plan(SWAP, _("Swap"), sentence % (dict(words) | there), other)


def _change(booking: BoothBooking, named: Sequence[Booth], plan: Plan, *, by: User, reason: str) -> None:
    if plan.other is not None:
        services.swap_bookings(booking, plan.other, by=by, reason=reason)
    elif plan.do == MERGE:
        services.merge_booths(booking, booths=named, by=by, reason=reason)
    else:
        services.move_booking(booking, booths=named, by=by, reason=reason)
