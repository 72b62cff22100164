"""The mails to exhibitors about their booths. A hold is silent: the page counts it down."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel.numbers import format_currency
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import dates
from core.i18n import choose, texts_of
from events.models import Forum
from exhibitors.models import BoothBooking, BoothWait, Exhibitor
from outbox import kinds
from outbox.about import Thing
from outbox.kinds import MailContent, MailKind
from outbox.services import enqueue

REQUESTED = "booth.requested"
ASKED = "booth.asked"
OFFERED = "booth.offered"
DECLINED = "booth.declined"
ACCEPTED = "booth.accepted"
CONFIRMED = "booth.confirmed"
RELEASED = "booth.released"
MOVED = "booth.moved"
REPLANNED = "booth.replanned"
EXPIRED = "booth.expired"
TURN = "booth.turn"
PROLONGED = "booth.prolonged"
WAITING = "booth.waiting"
OFF_LINE = "booth.off_line"

_TITLES = {
    REQUESTED: gettext_lazy("Application for a booth received"),
    ASKED: gettext_lazy("Question about an application for a booth"),
    OFFERED: gettext_lazy("Offer for a booth"),
    DECLINED: gettext_lazy("Application for a booth declined, with the reason"),
    ACCEPTED: gettext_lazy("Offer for a booth accepted"),
    CONFIRMED: gettext_lazy("Booth confirmed"),
    RELEASED: gettext_lazy("Booking of a booth taken back by organizers"),
    MOVED: gettext_lazy("Booking moved to another booth"),
    REPLANNED: gettext_lazy("A booked booth stands elsewhere on the plan"),
    EXPIRED: gettext_lazy("Booth no longer kept"),
    TURN: gettext_lazy("Booth held for the next on the waiting list"),
    PROLONGED: gettext_lazy("Hold of a booth, or offer, prolonged by organizers"),
    WAITING: gettext_lazy("Application for a booth put on the waiting list, with the reason"),
    OFF_LINE: gettext_lazy("Taken off the waiting list for booths, with the reason"),
}
# What organizers may write in place of these, in mails said in their own words.
PLACEHOLDERS = {
    "name": "name",
    "booths": "booths",
    "type": "type",
    "period": "period",
    "until": "until",
    "reason": "reason_given",
    "forum": "occasion_name",
    "link": "booking_url",
    "contact": "contact_email",
}


def post(kind: str, booking: BoothBooking, *, reason: str = "", before: str = "") -> None:
    """Write a mail about ``booking`` as it stands, in the caller's transaction; ``before`` are former booths.

    To an exhibitor whom organizers entered without an address nothing is written.
    """
    context = snapshot_of(booking) | {"reason": reason, "before": before}
    _post(kind, booking.exhibitor, context, key_of(kind, booking))


def post_about_wait(kind: str, wait: BoothWait, *, reason: str) -> None:
    """Write a mail about a place in line, which has no booth yet."""
    context = _about(wait.exhibitor) | {
        "booking": None,
        "booths": "",
        "type": texts_of(wait.type, "name"),
        "period": texts_of(wait.period, "name"),
        "until": "",
        "lines": [],
        "amount": "",
        "currency": "",
        "reason": reason,
        "before": "",
    }
    _post(kind, wait.exhibitor, context, f"{kind}:{wait.pk}")


def _post(kind: str, exhibitor: Exhibitor, context: dict[str, Any], key: str) -> None:
    if not exhibitor.contact_email:
        return
    enqueue(
        kind=kind,
        recipient=exhibitor.contact_email,
        recipient_name=exhibitor.contact_name or str(exhibitor.organization),
        language=exhibitor.language,
        context=context,
        dedupe_key=key,
        forum_id=exhibitor.forum_id,
    )


def key_of(kind: str, booking: BoothBooking) -> str:
    """Return the dedupe key: one mail of a kind for each step of a booking."""
    return f"{kind}:{booking.pk}:{booking.revision}"


def snapshot_of(booking: BoothBooking) -> dict[str, Any]:
    """Return a booking as mails tell of it."""
    numbers = booking.booths.order_by("booth__number").values_list("booth__number", flat=True)
    return _about(booking.exhibitor) | {
        "booking": booking.pk,
        "booths": ", ".join(numbers),
        "type": texts_of(booking.type, "name"),
        "period": texts_of(booking.period, "name"),
        "until": booking.expires_at.isoformat() if booking.expires_at else "",
        "lines": booking.lines,
        "amount": str(booking.amount) if booking.amount is not None else "",
        "currency": booking.currency,
    }


def _about(exhibitor: Exhibitor) -> dict[str, Any]:
    return {
        "name": exhibitor.contact_name,
        "organization": texts_of(exhibitor.organization, "name"),
        # Only managers can open the pages of an exhibitor.
        "slug": exhibitor.slug if exhibitor.managers.accepted().exists() else "",
        "occasion": occasion_of(exhibitor.forum),
    }


def occasion_of(forum: Forum) -> dict[str, Any]:
    """Return what each mail about the exhibition says of its forum."""
    return {
        **{name: texts_of(forum, name) for name in ("name", "short_name", "host_note")},
        "zone": forum.zone.key,
        "contact_email": forum.contact_email,
        "is_demo": forum.is_demo,
    }


def prepare(context: dict[str, Any], language: str) -> MailContent:
    """Make of a snapshot what the templates need, in the active language."""
    occasion, currency = context["occasion"], context["currency"]
    organization = choose(context["organization"], language)
    return MailContent(
        {
            "forum_name": choose(occasion["short_name"], language),
            "occasion_name": choose(occasion["name"], language),
            "host_note": host_note_of(occasion, language),
            "contact_email": occasion["contact_email"],
            "name": context["name"] or organization,
            "organization": organization,
            "booths": context["booths"],
            "type": choose(context["type"], language),
            "period": choose(context["period"], language),
            "until": _moment(context["until"], occasion["zone"], language),
            "lines": [_line(line, currency, language) for line in context["lines"]],
            "amount": money(context["amount"], currency, language),
            "reason_given": context["reason"],
            "before": context["before"],
            **_addresses(context, language),
        }
    )


def _addresses(context: dict[str, Any], language: str) -> dict[str, str]:
    """Return where the reader may go: the booking and all bookings, for which the plan stands where she has
    no page of her own, and the plan.
    """
    slug, key = context.get("slug", ""), context["booking"]
    with translation.override(language):
        plan = settings.SITE_URL + reverse("exhibitors:exhibition")
        everything = settings.SITE_URL + reverse("exhibitors:bookings", args=[slug]) if slug else plan
        one = everything
        if slug and key is not None:
            one = settings.SITE_URL + reverse("exhibitors:booking", args=[slug, key])
    return {"plan_url": plan, "bookings_url": everything, "booking_url": one}


def host_note_of(occasion: dict[str, Any], language: str) -> str:
    """Return who organizes the forum, and whether all this is made up."""
    notes = [choose(occasion["host_note"], language).text]
    if occasion["is_demo"]:
        notes.append(_("Exhibitor and booth in this mail are demonstration data."))
    return " ".join(note for note in notes if note)


def _moment(stamp: str, zone: str, language: str) -> str:
    return dates.moment_there(datetime.fromisoformat(stamp), ZoneInfo(zone), language) if stamp else ""


def _line(line: dict[str, Any], currency: str, language: str) -> dict[str, Any]:
    return {
        "quantity": line["quantity"],
        "text": choose(line["texts"], language),
        "amount": money(line["amount"], currency, language),
        "said": f"{line['quantity']} × {money(line['unit'], currency, language)}",
    }


def money(amount: str, currency: str, language: str) -> str:
    """Return an amount of a snapshot as readers write it; nothing for nothing."""
    return format_currency(Decimal(amount), currency, locale=language) if amount else ""


def booking_in(context: dict[str, Any]) -> Thing | None:
    """Return the page of the booking whose id is in a snapshot; nobody asks whether it still exists."""
    key = context.get("booking")
    if not isinstance(key, int):
        return None
    try:
        url = reverse("admin:exhibitors_boothbooking_change", args=[key])
    except NoReverseMatch:
        return None
    return Thing(gettext_lazy("The booth booking"), url)


def sample(language: str) -> dict[str, Any]:
    """Return a snapshot of a booking that nobody made."""
    booth = {"vi": "Gian tiêu chuẩn A12", "ko": "기본 부스 A12", "en": "Standard booth A12"}
    screen = {"vi": "Màn hình", "ko": "모니터", "en": "Screen"}
    return {
        # Nobody has this number: organizers look at samples.
        "booking": 0,
        "slug": "sample",
        "name": {"vi": "Hoàng Thị Mẫu Đơn", "ko": "김견본", "en": "Alex Sample"}[language],
        "organization": {"vi": "Công ty Mẫu", "ko": "견본 주식회사", "en": "Sample Company"},
        "booths": "A12",
        "type": {"vi": "Gian tiêu chuẩn", "ko": "기본 부스", "en": "Standard booth"},
        "period": {"vi": "Toàn bộ triển lãm", "ko": "전시 전체 기간", "en": "Whole exhibition"},
        "until": (timezone.now() + timedelta(days=7)).isoformat(),
        "lines": [
            {"texts": booth, "quantity": 1, "unit": "1200.00", "amount": "1200.00"},
            {"texts": screen, "quantity": 2, "unit": "90.00", "amount": "180.00"},
        ],
        "amount": "1518.00",
        "currency": "USD",
        "reason": {
            "vi": "Sảnh phía Bắc đã kín chỗ.",
            "ko": "북쪽 전시장이 가득 찼습니다.",
            "en": "The north hall is full.",
        }[language],
        "before": "B03",
        "occasion": {
            "name": {
                "vi": "Diễn đàn Mẫu về trí tuệ nhân tạo trong y tế",
                "ko": "의료 인공지능 견본 포럼",
                "en": "Sample Forum on Artificial Intelligence in Healthcare",
            },
            "short_name": {"vi": "Diễn đàn Mẫu", "ko": "견본 포럼", "en": "Sample Forum"},
            "host_note": {
                "vi": "Bộ Mẫu tổ chức.",
                "ko": "견본부 주최.",
                "en": "Organized by the Sample Ministry.",
            },
            "zone": "Asia/Ho_Chi_Minh",
            "contact_email": "contact@forum.example",
            "is_demo": True,
        },
    }


def register_kinds() -> None:
    """Make the kinds known to the outbox."""
    for name, title in _TITLES.items():
        template = f"exhibitors/mail/{name.removeprefix('booth.')}"
        kinds.register(MailKind(name, title, template, prepare, sample, placeholders=PLACEHOLDERS))
