"""The first page that organizers see: what the site knows at this moment, and what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, Min, OuterRef, Q, Sum
from django.http import HttpRequest
from django.utils import timezone

from accounts.mail_scope import VIEW, messages_for
from accounts.models import User
from accounts.permissions import acting_user, can
from events.agenda_changes import changes_between
from events.agenda_document import build_document
from events.clashes import clashes_of
from events.models import (
    AgendaDigest,
    AgendaRelease,
    Forum,
    Material,
    Proposal,
    Session,
    SessionSpeaker,
)
from events.services import prepared_digest
from exhibitors.models import BookedBooth, Booth, BoothBooking, Invoice, Payment
from outbox.models import Message
from pages.translation_gaps import Gap, gaps
from registrations.applications import pending
from registrations.models import Registration, RegistrationType

LATEST = 6
# So soon an offer that nobody has accepted wants a look.
LAPSING = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Programme:
    """The published agenda beside the draft. ``waiting`` counts the differences.

    ``warnings`` counts the open clashes among the sessions that the person may see. ``mails`` are those
    about a release that wait for somebody; None for who may not send them.
    """

    release: AgendaRelease | None
    waiting: int
    warnings: int
    may_publish: bool
    may_edit: bool
    mails: AgendaDigest | None


@dataclass(frozen=True, slots=True)
class Contributions:
    """What waits from speakers: proposals to decide on, files to release, and what they said."""

    proposals: int
    materials: int
    declined: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who comes, by type; the latest by name for those who may see names.

    ``applications`` wait for a decision; None for who may not decide.
    """

    types: tuple[RegistrationType, ...]
    confirmed: int
    applications: int | None
    latest: tuple[Registration, ...] | None


@dataclass(frozen=True, slots=True)
class Booths:
    """The exhibition: booths sold of those for sale, and what waits for organizers, exhibitors and payments.

    ``lapsing`` are offers that end within three days. ``money`` is currency, invoiced and received.
    """

    for_sale: int
    sold: int
    applications: int
    lapsing: int
    unpaid: int
    money: tuple[tuple[str, Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Mail:
    """How the outbox does, as far as the person sees it.

    ``oldest`` is since when the longest waiting mail waits.
    """

    waiting: int
    failed: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the page; None for what the person may not see."""

    forum: Forum | None
    programme: Programme | None
    contributions: Contributions | None
    attendance: Attendance | None
    booths: Booths | None
    mail: Mail | None
    gaps: tuple[Gap, ...]


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add the overview to the context of the admin's first page. Unfold calls it (DASHBOARD_CALLBACK)."""
    return context | {"overview": overview(request)}


def overview(request: HttpRequest) -> Overview:
    """Return what the person may see of the forum that the site shows."""
    forum, user = Forum.objects.current().first(), request.user
    return Overview(
        forum=forum,
        programme=_programme(request, forum) if forum and can(user, "events.view_session", forum) else None,
        contributions=_contributions(forum) if forum and can(user, "events.change_proposal", forum) else None,
        attendance=_attendance(request, forum)
        if forum and can(user, "registrations.view_registrationtype", forum)
        else None,
        booths=_booths(forum) if forum and can(user, "exhibitors.decide_booking", forum) else None,
        mail=_mail(user) if can(user, VIEW) else None,
        gaps=tuple(gaps(request)),
    )


def _programme(request: HttpRequest, forum: Forum) -> Programme:
    release = AgendaRelease.objects.current(forum).select_related("published_by").first()
    changes = changes_between(release.document if release else None, build_document(forum))
    return Programme(
        release,
        len(changes),
        sum(1 for clash in clashes_of(forum, seen_by=acting_user(request)) if clash.is_open),
        may_publish=can(request.user, "events.publish_agenda", forum),
        may_edit=can(request.user, "events.change_session", forum),
        mails=prepared_digest(forum.pk) if can(request.user, "events.change_agendadigest", forum) else None,
    )


def _contributions(forum: Forum) -> Contributions:
    proposals = Proposal.objects.filter(status=Proposal.Status.PENDING)
    answer = SessionSpeaker.Answer
    asked = SessionSpeaker.objects.filter(session__in=Session.objects.filter(forum=forum).scheduled())
    answers = asked.aggregate(
        declined=Count("pk", filter=Q(answer=answer.DECLINED)),
        unanswered=Count("pk", filter=Q(answer=answer.OPEN)),
    )
    return Contributions(
        proposals=proposals.filter(Q(session__isnull=True) | Q(session__forum=forum)).count(),
        materials=Material.objects.filter(session__forum=forum, is_public=False).count(),
        **answers,
    )


def _attendance(request: HttpRequest, forum: Forum) -> Attendance:
    types = tuple(RegistrationType.objects.filter(forum=forum))
    latest = None
    if can(request.user, "registrations.view_registration", forum):
        newest = Registration.objects.filter(forum=forum).select_related("type")
        latest = tuple(newest.order_by("-created_at")[:LATEST])
    may_decide = can(request.user, "registrations.decide_registration", forum)
    waiting = pending(forum).count() if may_decide else None
    return Attendance(types, sum(kind.taken for kind in types), waiting, latest)


def _booths(forum: Forum) -> Booths | None:
    """Return how the exhibition does; None before its first booth is drawn. Four queries."""
    state, soon = BoothBooking.Status, timezone.now() + LAPSING
    claims = BookedBooth.objects.filter(booth=OuterRef("pk"), booking__status=state.CONFIRMED)
    booths = Booth.objects.filter(forum=forum).aggregate(
        for_sale=Count("pk", filter=Q(is_blocked=False)),
        sold=Count("pk", filter=Exists(claims)),
    )
    if not any(booths.values()):
        return None
    waiting = BoothBooking.objects.filter(exhibitor__forum=forum).aggregate(
        applications=Count("pk", filter=Q(status=state.REQUESTED)),
        lapsing=Count("pk", filter=Q(status=state.OFFERED, expires_at__lte=soon)),
        unpaid=Count("pk", filter=Q(status=state.ACCEPTED)),
    )
    return Booths(**booths, **waiting, money=_money(forum))


def _money(forum: Forum) -> tuple[tuple[str, Decimal, Decimal], ...]:
    money: dict[str, list[Decimal]] = {}
    rows = Invoice.objects.filter(forum=forum).order_by("currency").values_list("currency", "kind")
    for currency, kind, total in rows.annotate(whole=Sum("total")):
        sums = money.setdefault(currency, [Decimal(0), Decimal(0)])
        sums[0] += total if kind == Invoice.Kind.INVOICE else -total
    paid = Payment.objects.counting().filter(forum=forum).order_by("currency")
    for currency, kind, amount in paid.values_list("currency", "kind").annotate(whole=Sum("amount")):
        sums = money.setdefault(currency, [Decimal(0), Decimal(0)])
        sums[1] += amount if kind == Payment.Kind.RECEIVED else -amount
    return tuple((currency, invoiced, received) for currency, (invoiced, received) in money.items())


def _mail(user: User | AnonymousUser) -> Mail:
    state = Message.Status
    on_its_way = Q(status__in=[state.QUEUED, state.SENDING])
    unsettled = messages_for(user).exclude(status=state.SENT)
    found = unsettled.aggregate(
        waiting=Count("pk", filter=on_its_way),
        failed=Count("pk", filter=Q(status=state.FAILED)),
        oldest=Min("created_at", filter=on_its_way),
    )
    return Mail(**found)
