"""The mails about seats in sessions that somebody waited for."""

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
from registrations.models import Registration, SeatBooking
from registrations.occasion import Occasion, occasion_of

OFFERED = "seat.offered"
EXPIRED = "seat.expired"


def post_offered(seat: SeatBooking, session: Session) -> None:
    """Offer a seat until a time; says which seats its holder has at the same hours."""
    until = seat.offer_until
    facts = _facts(session) | {
        "until": until.isoformat() if until else "",
        "clashes": [texts_of(other.session, "title") for other in _at_the_same_time(seat, session)],
    }
    _post(OFFERED, seat.registration, session, occurrence=f"{session.pk}:{seat.turns}", more=facts)


def post_expired(registration: Registration, session: Session, *, turns: int) -> None:
    """Say that nobody accepted the seat in time; ``turns`` tells this time from others."""
    _post(EXPIRED, registration, session, occurrence=f"{session.pk}:{turns}", more=_facts(session))


def _post(
    kind: str, registration: Registration, session: Session, *, occurrence: str, more: dict[str, Any]
) -> None:
    mails.post(kind, registration, occasion_of(registration.forum), occurrence=occurrence, more=more)


def _facts(session: Session) -> dict[str, Any]:
    return {
        "session": texts_of(session, "title"),
        "start": session.starts_at.isoformat() if session.starts_at else "",
    }


def _at_the_same_time(seat: SeatBooking, session: Session) -> list[SeatBooking]:
    others = SeatBooking.objects.live().filter(
        registration=seat.registration, session__period__overlap=session.period
    )
    return list(others.exclude(session=session).select_related("session").order_by("session__period"))


def prepare(context: dict[str, Any], language: str) -> MailContent:
    """Make of a snapshot what the templates need, in the active language."""
    occasion = Occasion.restore(context["occasion"])
    return MailContent(
        mails.prepared_context(context, language)
        | {
            "session": choose(context["session"], language),
            "start": _moment(context["start"], occasion, language),
            "until": _moment(context.get("until", ""), occasion, language),
            "clashes": ", ".join(choose(texts, language).text for texts in context.get("clashes", [])),
        }
    )


def _moment(stamp: str, occasion: Occasion, language: str) -> str:
    return dates.moment_there(datetime.fromisoformat(stamp), occasion.zone, language) if stamp else ""


def _sample(language: str) -> dict[str, Any]:
    now = timezone.now()
    titles = {"vi": "Phiên mẫu", "ko": "견본 세션", "en": "Sample session"}
    others = {"vi": "Phiên mẫu khác", "ko": "다른 견본 세션", "en": "Another sample session"}
    return mails.sample(language) | {
        "session": titles,
        "start": (now + timedelta(days=30)).isoformat(),
        "until": (now + timedelta(days=1)).isoformat(),
        "clashes": [others],
    }


def register_kinds() -> None:
    """Make the kinds known to the outbox."""
    titles = {
        OFFERED: gettext_lazy("Seat offered, to be accepted until a time"),
        EXPIRED: gettext_lazy("Offer of a seat expired"),
    }
    for name, title in titles.items():
        template = f"registrations/mail/{name.replace('.', '_')}"
        words = mails.PLACEHOLDERS | {one: one for one in ("session", "start", "until")}
        kinds.register(MailKind(name, title, template, prepare, _sample, placeholders=words))
