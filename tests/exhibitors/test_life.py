"""From an application to a confirmed booth, and every way out."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accounts.models import AuditEntry
from exhibitors import services
from exhibitors.errors import (
    AskOrganizers,
    ContactMissing,
    ExtraSoldOut,
    HoldOver,
    NotPossibleNow,
    OfferOver,
    ReasonMissing,
    TermsChanged,
    WrongCurrency,
    WrongExtra,
)
from exhibitors.models import BoothPrice, Exhibition, Extra
from exhibitors.pricing import NoPrice
from outbox.models import Message
from tests.conftest import Clock
from tests.exhibitors.conftest import REASON, Fair, free_now, mailed, statuses
from tests.exhibitors.factories import BoothPriceFactory, ExtraFactory
from tests.factories import ForumFactory


def test_the_whole_way(fair: Fair) -> None:
    booking = fair.apply(fair.hold("A1"), note=" Near the door. ", extras={fair.screens.pk: 2})
    assert (booking.note, booking.currency, booking.terms_version) == ("Near the door.", "USD", 1)
    booking = services.ask_back(booking, by=fair.organizer, question="How tall is it?")
    booking = services.answer(booking, by=None, text="Two metres.")
    assert (booking.status, booking.note) == ("requested", "Near the door.\n\nTwo metres.")
    booking = services.make_offer(booking, by=fair.organizer)
    booking = services.accept_offer(booking, by=None)
    booking = services.confirm(booking, by=fair.organizer, reason="Transfer of 12 May")

    assert (booking.status, booking.amount, booking.expires_at) == ("confirmed", Decimal("1298.00"), None)
    assert mailed() == [
        f"booth.{kind}" for kind in ("accepted", "asked", "confirmed", "offered", "requested")
    ]
    trail = AuditEntry.objects.filter(action__startswith="boothbooking.").order_by("pk")
    assert [(entry.action.split(".")[1], entry.actor, entry.reason) for entry in trail] == [
        ("held", None, ""),
        ("requested", None, ""),
        ("asked", fair.organizer, "How tall is it?"),
        ("requested", None, ""),
        ("offered", fair.organizer, ""),
        ("accepted", None, ""),
        ("confirmed", fair.organizer, "Transfer of 12 May"),
    ]
    assert {entry.actor_label for entry in trail if entry.actor is None} == {"exhibitor"}


def test_an_offer_keeps_its_price(fair: Fair) -> None:
    booking = fair.offered("A1", extras={fair.screens.pk: 2})
    BoothPrice.objects.update(amount=9)
    booking.refresh_from_db()

    # (1,000 + 2 × 90) and 10 per cent of VAT.
    assert booking.amount == Decimal("1298.00")
    assert [(line["quantity"], line["unit"], line["amount"]) for line in booking.lines] == [
        (1, "1000.00", "1000.00"),
        (2, "90.00", "180.00"),
    ]
    assert booking.lines[0]["texts"]["en"] == "Standard A1 · Whole exhibition"


def test_who_applied_early_pays_the_early_rate(fair: Fair, clock: Clock) -> None:
    clock.set(datetime(2031, 3, 1, 10, tzinfo=UTC))
    BoothPriceFactory(type=fair.standard, rate="early", until=date(2031, 3, 1), amount=800)
    early = fair.apply(fair.hold("A1"))
    clock.advance(days=2)
    late = fair.apply(fair.hold("A2"))
    offers = [services.make_offer(booking, by=fair.organizer) for booking in (early, late)]
    assert [offer.amount for offer in offers] == [Decimal("880.00"), Decimal("1100.00")]


def test_each_deed_done_twice_is_done_once(fair: Fair) -> None:
    booking = fair.hold("A1")
    for _ in range(2):
        booking = fair.apply(booking)
    for _ in range(2):
        booking = services.make_offer(booking, by=fair.organizer)
    for _ in range(2):
        booking = services.accept_offer(booking, by=None)
    for _ in range(2):
        booking = services.confirm(booking, by=fair.organizer, reason=REASON)
    for _ in range(2):
        booking = services.release_booking(booking, by=fair.organizer, reason=REASON)
    kinds = ["accepted", "confirmed", "offered", "released", "requested"]
    assert mailed() == [f"booth.{kind}" for kind in kinds]
    assert "A1" in free_now(fair)


def test_terms_that_changed_meanwhile_are_refused(fair: Fair) -> None:
    booking, read = fair.hold("A1"), fair.terms
    Exhibition.objects.update(terms_ko="새 약관")
    with pytest.raises(TermsChanged):
        fair.apply(booking, terms_version=read)
    assert fair.apply(booking, terms_version=read + 1).terms_version == read + 1


def test_an_application_needs_an_address_a_price_and_a_currency(fair: Fair) -> None:
    with pytest.raises(ContactMissing):
        fair.apply(fair.hold("A1", fair.exhibitor(contact_email="")))
    booking = fair.hold("A2")
    with pytest.raises(WrongCurrency):
        fair.apply(booking, currency="EUR")
    with pytest.raises(NoPrice):
        fair.apply(booking, currency="VND")
    unpriced = ExtraFactory(forum=fair.forum)
    with pytest.raises(NoPrice):
        fair.apply(booking, extras={unpriced.pk: 1})
    assert statuses() == {"A1": "held", "A2": "held"}


def test_extras_come_out_of_the_stock_and_go_back(fair: Fair) -> None:
    first = fair.apply(fair.hold("A1"), extras={fair.screens.pk: 4})
    second = fair.hold("A2")
    with pytest.raises(ExtraSoldOut) as refused:
        fair.apply(second, extras={fair.screens.pk: 2})
    assert (refused.value.extra.left, refused.value.field) == (1, "extras")
    elsewhere = ForumFactory(is_current=False)
    for strange in ({fair.screens.pk: -1}, {ExtraFactory(forum=elsewhere).pk: 1}, {0: 1}):
        with pytest.raises(WrongExtra):
            fair.apply(second, extras=strange)
    services.decline(first, by=fair.organizer, reason=REASON)
    fair.apply(second, extras={fair.screens.pk: 5})
    assert Extra.objects.get(pk=fair.screens.pk).taken == 5


def test_an_application_after_the_hold_is_over_is_refused(fair: Fair, clock: Clock) -> None:
    booking = fair.hold("A1")
    clock.advance(minutes=20)
    with pytest.raises(HoldOver):
        fair.apply(booking)


def test_an_offer_that_nobody_accepts_ends_by_time_with_a_mail(fair: Fair, clock: Clock) -> None:
    booking = fair.offered("A1", extras={fair.screens.pk: 1})
    held = fair.hold("A2")
    clock.advance(days=7)
    with pytest.raises(OfferOver):
        services.accept_offer(booking, by=None)
    services.settle_due()

    for row in (booking, held):
        row.refresh_from_db()
        assert row.status == "expired"
    assert mailed() == ["booth.expired", "booth.offered", "booth.requested"]
    assert Extra.objects.get(pk=fair.screens.pk).taken == 0
    services.settle_due()
    assert len(mailed()) == 3


def test_asking_back_takes_an_offer_back(fair: Fair) -> None:
    booking = services.ask_back(fair.offered("A1"), by=fair.organizer, question="Which rate?")
    assert (booking.status, booking.lines, booking.amount, booking.expires_at) == ("asked", [], None, None)
    with pytest.raises(NotPossibleNow):
        services.accept_offer(booking, by=None)


def test_decisions_want_a_reason(fair: Fair) -> None:
    booking = services.accept_offer(fair.offered("A1"), by=None)
    with pytest.raises(ReasonMissing):
        services.confirm(booking, by=fair.organizer, reason=" ")
    with pytest.raises(ReasonMissing):
        services.release_booking(booking, by=fair.organizer, reason="")
    with pytest.raises(ReasonMissing):
        services.give_back(booking, by=None, reason="")
    assert statuses() == {"A1": "accepted"}


def test_exhibitors_give_back_what_is_not_confirmed(fair: Fair) -> None:
    given = services.give_back(fair.offered("A1"), by=None, reason="No budget.")
    assert (given.status, given.reason) == ("released", "No budget.")
    with pytest.raises(AskOrganizers):
        services.give_back(fair.confirmed("A2"), by=None, reason="No budget.")


def test_a_step_out_of_turn_is_refused(fair: Fair) -> None:
    held, confirmed = fair.hold("A1"), fair.confirmed("A2")
    with pytest.raises(NotPossibleNow):
        services.confirm(held, by=fair.organizer, reason=REASON)
    with pytest.raises(NotPossibleNow):
        services.decline(confirmed, by=fair.organizer, reason=REASON)
    with pytest.raises(NotPossibleNow):
        services.answer(confirmed, by=None, text="Yes.")


def test_mails_go_to_the_contact_in_her_language(fair: Fair) -> None:
    who = fair.exhibitor(contact_email="ha@example.org", contact_name="김하나", language="ko")
    services.decline(fair.apply(fair.hold("A1", who)), by=fair.organizer, reason="Full.")
    mail = Message.objects.get(kind="booth.declined")
    assert (mail.recipient, mail.recipient_name, mail.language) == ("ha@example.org", "김하나", "ko")
    assert (mail.context["reason"], mail.context["booths"]) == ("Full.", "A1")
    assert mail.forum_id == fair.forum.pk


def test_whoever_has_no_address_gets_no_mail_and_the_decision_stands(fair: Fair) -> None:
    booking = fair.apply(fair.hold("A1"))
    booking.exhibitor.contact_email = ""
    booking.exhibitor.save()
    services.release_booking(booking, by=fair.organizer, reason=REASON)
    assert mailed() == ["booth.requested"]
    assert statuses() == {}


def test_a_hold_ends_with_the_second_it_says(fair: Fair, clock: Clock) -> None:
    booking = fair.hold("A1")
    clock.advance(seconds=20 * 60 - 0.000001)
    assert not booking.is_lapsed_at(clock.instant)
    assert fair.apply(booking).status == "requested"
