"""The mails about seats in sessions: offered in turn, or given and taken back by organizers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from core import dates
from core.i18n import choose, texts_of
from events.models import Session
from outbox import kinds
from outbox.kinds import MailContent, MailKind
from registrations import mails
from registrations.models import Registration, SeatBooking, SeatWait
from registrations.occasion import Occasion, occasion_of

OFFERED = "seat.offered"
EXPIRED = "seat.expired"
# What organizers do past the usual order.
GIVEN = "seat.given"
TAKEN_BACK = "seat.taken_back"
AWAITED = "seat.awaited"


def post_offered(seat: SeatBooking, session: Session) -> None:
    """Offer a seat until a time; says which seats its holder has at the same hours."""
    until = seat.offer_until
    facts = _facts(session) | _clashes(seat, session) | {"until": until.isoformat() if until else ""}
    _post(OFFERED, seat.registration, session, occurrence=f"{session.pk}:{seat.turns}", more=facts)


def post_expired(registration: Registration, session: Session, *, turns: int) -> None:
    """Say that nobody accepted the seat in time; ``turns`` tells this time from others."""
    _post(EXPIRED, registration, session, occurrence=f"{session.pk}:{turns}", more=_facts(session))


def post_given(seat: SeatBooking, session: Session) -> None:
    """Say that organizers gave a seat; says which other seats its holder has at the same hours."""
    facts = _facts(session) | _clashes(seat, session)
    _post(GIVEN, seat.registration, session, occurrence=f"{session.pk}:{seat.turns}", more=facts)


def post_taken_back(registration: Registration, session: Session, *, turns: int, reason: str) -> None:
    """Say that organizers took a seat back, and why; ``turns`` tells this time from others."""
    facts = _facts(session) | {"reason": reason}
    _post(TAKEN_BACK, registration, session, occurrence=f"{session.pk}:{turns}", more=facts)


def post_awaited(wait: SeatWait, session: Session) -> None:
    """Say that organizers put somebody on the waiting list of a session."""
    _post(AWAITED, wait.registration, session, occurrence=f"{session.pk}:{wait.pk}", more=_facts(session))


def _post(
    kind: str, registration: Registration, session: Session, *, occurrence: str, more: dict[str, Any]
) -> None:
    mails.post(kind, registration, occasion_of(registration.forum), occurrence=occurrence, more=more)


def _facts(session: Session) -> dict[str, Any]:
    return {
        "session": texts_of(session, "title"),
        "start": session.starts_at.isoformat() if session.starts_at else "",
    }


def _clashes(seat: SeatBooking, session: Session) -> dict[str, Any]:
    others = SeatBooking.objects.live().filter(
        registration=seat.registration, session__period__overlap=session.period
    )
    others = others.exclude(session=session).select_related("session").order_by("session__period")
    return {"clashes": [texts_of(other.session, "title") for other in others]}


def prepare(context: dict[str, Any], language: str) -> MailContent:
    """Make of a snapshot what the templates need, in the active language."""
    occasion = Occasion.restore(context["occasion"])
    return MailContent(
        mails.prepared_context(context, language)
        | {
            "session": choose(context["session"], language),
            "start": _moment(context["start"], occasion, language),
            "until": _moment(context.get("until", ""), occasion, language),
            "reason": context.get("reason", ""),
            "clashes": ", ".join(choose(texts, language).text for texts in context.get("clashes", [])),
        }
    )


def _moment(stamp: str, occasion: Occasion, language: str) -> str:
    return dates.moment_there(datetime.fromisoformat(stamp), occasion.zone, language) if stamp else ""


def _sample(language: str) -> dict[str, Any]:
    now = timezone.now()
    titles = {"vi": "Phiên mẫu", "ko": "견본 세션", "en": "Sample session"}
    reason = {"vi": "Số chỗ có hạn.", "ko": "좌석이 한정되어 있습니다.", "en": "Seats are limited."}
    others = {"vi": "Phiên mẫu khác", "ko": "다른 견본 세션", "en": "Another sample session"}
    return mails.sample(language) | {
        "session": titles,
        "start": (now + timedelta(days=30)).isoformat(),
        "until": (now + timedelta(days=1)).isoformat(),
        "reason": reason[language],
        "clashes": [others],
    }


def register_kinds() -> None:
    """Make the kinds known to the outbox."""
    titles = {
        OFFERED: gettext_lazy("Seat offered, to be accepted until a time"),
        EXPIRED: gettext_lazy("Offer of a seat expired"),
        GIVEN: gettext_lazy("Seat given by organizers"),
        TAKEN_BACK: gettext_lazy("Seat taken back by organizers, with the reason"),
        AWAITED: gettext_lazy("Put on the waiting list of a session by organizers"),
    }
    for name, title in titles.items():
        template = f"registrations/mail/{name.replace('.', '_')}"
        words = mails.PLACEHOLDERS | {one: one for one in ("session", "start", "until", "reason")}
        kinds.register(MailKind(name, title, template, prepare, _sample, placeholders=words))
