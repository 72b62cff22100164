"""What organizers do besides deciding, and two of them at once."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from core.errors import DomainError
from exhibitors import services
from exhibitors.errors import (
    BoothBlocked,
    BoothsFree,
    BoothTaken,
    ChangedMeanwhile,
    HoldsAnother,
    NotPossibleNow,
    ReasonMissing,
    TermsChanged,
    WrongBooths,
    WrongMoment,
)
from exhibitors.models import BoothBooking, BoothWait, Exhibition
from tests.exhibitors.conftest import REASON, Fair, booths_of, mailed, statuses

pytestmark = pytest.mark.django_db


def reasons(action: str) -> list[str]:
    return list(AuditEntry.objects.filter(action=action).values_list("reason", flat=True))


class TestProlonging:
    def test_an_offer_lasts_longer_and_its_exhibitor_is_told(self, fair: Fair) -> None:
        offer = fair.offered("A1")
        until = timezone.now() + timedelta(days=30)
        services.prolong(offer, until=until, by=fair.organizer, reason=REASON)
        again = services.prolong(offer, until=until, by=fair.organizer, reason=REASON)
        assert again.expires_at == until
        assert mailed().count("booth.prolonged") == 1
        assert reasons("boothbooking.prolonged") == [REASON]

    def test_a_hold_too(self, fair: Fair) -> None:
        until = timezone.now() + timedelta(hours=5)
        assert (
            services.prolong(fair.hold("A1"), until=until, by=fair.organizer, reason=REASON).expires_at
            == until
        )

    def test_not_into_the_past_nor_into_the_exhibition(self, fair: Fair) -> None:
        offer = fair.offered("A1")
        for until in (timezone.now() - timedelta(minutes=1), fair.exhibition.starts_at + timedelta(hours=1)):
            with pytest.raises(WrongMoment):
                services.prolong(offer, until=until, by=fair.organizer, reason=REASON)

    def test_nothing_that_does_not_run_out_and_nothing_without_a_reason(self, fair: Fair) -> None:
        until = timezone.now() + timedelta(days=1)
        with pytest.raises(NotPossibleNow):
            services.prolong(fair.confirmed("A1"), until=until, by=fair.organizer, reason=REASON)
        with pytest.raises(ReasonMissing):
            services.prolong(fair.offered("A2"), until=until, by=fair.organizer, reason=" ")


class TestWaitingList:
    def test_an_application_waits_and_its_booth_goes_to_the_next_in_line(self, fair: Fair) -> None:
        booked = fair.fill()
        first = fair.exhibitor()
        services.join_line(exhibitor=first, kind=fair.standard, period=fair.whole, by=None)
        services.put_on_waiting_list(booked["A3"], by=fair.organizer, reason=REASON)
        here = BoothBooking.objects.live().get(booths__booth=fair.booths["A3"])
        assert here.exhibitor_id == first.pk
        wait = BoothWait.objects.in_line().get()
        assert wait.exhibitor_id == booked["A3"].exhibitor_id
        assert mailed().count("booth.waiting") == 1
        assert REASON in reasons("boothwait.joined")

    def test_nobody_waits_while_the_booth_would_be_free(self, fair: Fair) -> None:
        booked = fair.fill()
        with pytest.raises(BoothsFree):
            services.put_on_waiting_list(booked["A3"], by=fair.organizer, reason=REASON)
        assert statuses()["A3"] == "requested"
        assert not BoothWait.objects.exists()

    def test_the_booth_is_kept_free_for_somebody_else(self, fair: Fair) -> None:
        booked = fair.fill()
        services.put_on_waiting_list(booked["A3"], by=fair.organizer, reason=REASON, keep_booths=True)
        booth = fair.booths["A3"]
        booth.refresh_from_db()
        assert (booth.is_blocked, booth.block_reason) == (True, REASON)
        assert "A3" not in statuses()
        services.settle_due()
        assert BoothWait.objects.in_line().count() == 1

    def test_nobody_in_line_without_an_application(self, fair: Fair) -> None:
        with pytest.raises(NotPossibleNow):
            services.put_on_waiting_list(fair.confirmed("A1"), by=fair.organizer, reason=REASON)


class TestOutOfTurn:
    def test_a_booth_is_held_for_the_last_in_line(self, fair: Fair) -> None:
        booked = fair.fill()
        waits = [
            services.join_line(exhibitor=fair.exhibitor(), kind=fair.standard, period=fair.whole, by=None)
            for _ in range(2)
        ]
        services.put_on_waiting_list(booked["A4"], by=fair.organizer, reason=REASON)
        hold = BoothBooking.objects.get(exhibitor=waits[0].exhibitor)
        assert booths_of(hold) == ["A4"]
        services.decline(booked["A5"], by=fair.organizer, reason=REASON)
        assert BoothWait.objects.in_line().count() == 1
        services.release_booking(hold, by=fair.organizer, reason=REASON)
        # A4 went to whom the desk had put into the line.
        assert not BoothWait.objects.in_line().exists()

    def test_the_reason_is_kept_and_the_exhibitor_is_told(self, fair: Fair) -> None:
        booked = fair.fill()
        first, second = (
            services.join_line(exhibitor=fair.exhibitor(), kind=fair.standard, period=fair.whole, by=None)
            for _ in range(2)
        )
        Exhibition.objects.update(booking_closes_at=timezone.now() - timedelta(hours=1))
        services.decline(booked["A2"], by=fair.organizer, reason=REASON)
        Exhibition.objects.update(booking_closes_at=None)
        booking = services.offer_out_of_turn(
            second, booth=fair.booths["A2"], by=fair.organizer, reason="A partner of the forum."
        )
        assert booking.exhibitor_id == second.exhibitor_id
        assert mailed().count("booth.turn") == 1
        assert "A partner of the forum." in reasons("boothbooking.held")
        assert list(BoothWait.objects.in_line()) == [first]

    def test_what_cannot_be_offered(self, fair: Fair) -> None:
        fair.fill()
        wait = services.join_line(exhibitor=fair.exhibitor(), kind=fair.standard, period=fair.whole, by=None)

        def offer(number: str) -> None:
            services.offer_out_of_turn(wait, booth=fair.booths[number], by=fair.organizer, reason=REASON)

        with pytest.raises(BoothTaken):
            offer("A1")
        with pytest.raises(WrongBooths):
            offer("S1")
        services.block_booth(fair.booths["S1"], by=fair.organizer, reason=REASON)
        booking = BoothBooking.objects.live().get(booths__booth=fair.booths["A6"])
        services.put_on_waiting_list(booking, by=fair.organizer, reason=REASON)
        with pytest.raises(NotPossibleNow):
            offer("A6")

    def test_not_to_somebody_who_holds_another(self, fair: Fair) -> None:
        fair.fill()
        exhibitor = fair.exhibitor()
        wait = services.join_line(exhibitor=exhibitor, kind=fair.standard, period=fair.whole, by=None)
        fair.hold("S1", exhibitor)
        booking = BoothBooking.objects.live().get(booths__booth=fair.booths["A6"])
        services.decline(booking, by=fair.organizer, reason=REASON)
        with pytest.raises(HoldsAnother):
            services.offer_out_of_turn(wait, booth=fair.booths["A6"], by=fair.organizer, reason=REASON)
        services.block_booth(fair.booths["A6"], by=fair.organizer, reason=REASON)
        with pytest.raises(BoothBlocked):
            services.offer_out_of_turn(wait, booth=fair.booths["A6"], by=fair.organizer, reason=REASON)


def test_whoever_is_taken_off_the_line_reads_why_once(fair: Fair) -> None:
    fair.fill()
    wait = services.join_line(exhibitor=fair.exhibitor(), kind=fair.standard, period=fair.whole, by=None)
    for _ in range(2):
        services.remove_from_line(wait, by=fair.organizer, reason=REASON)
    assert mailed().count("booth.off_line") == 1
    assert reasons("boothwait.removed") == [REASON]
    assert not BoothWait.objects.in_line().exists()


class TestOnBehalf:
    def book(self, fair: Fair, number: str = "A1", **changes: object) -> BoothBooking:
        said = {
            "booths": [fair.booths[number]],
            "period": fair.whole,
            "currency": "USD",
            "extras": {fair.screens.pk: 2},
            "note": "By telephone.",
            "terms_version": fair.terms,
            "by": fair.organizer,
        } | changes
        return services.book_for(fair.exhibitor(), **said)  # type: ignore[arg-type]

    def test_an_organizer_applies_for_her(self, fair: Fair) -> None:
        booking = self.book(fair)
        assert (booking.status, booking.note) == ("requested", "By telephone.")
        fair.screens.refresh_from_db()
        assert fair.screens.taken == 2
        assert mailed() == ["booth.requested"]
        entry = AuditEntry.objects.get(action="boothbooking.requested")
        assert entry.actor_id == fair.organizer.pk

    def test_also_while_booking_is_closed(self, fair: Fair) -> None:
        Exhibition.objects.update(booking_closes_at=timezone.now() - timedelta(hours=1))
        assert self.book(fair).status == "requested"

    def test_all_or_nothing(self, fair: Fair) -> None:
        with pytest.raises(TermsChanged):
            self.book(fair, terms_version=fair.terms + 1)
        assert not BoothBooking.objects.exists()

    def test_a_taken_booth_is_refused(self, fair: Fair) -> None:
        fair.confirmed("A1")
        with pytest.raises(BoothTaken):
            self.book(fair)


class TestTwoOrganizers:
    def test_a_decision_is_about_what_was_seen(self, fair: Fair) -> None:
        booking = fair.apply(fair.hold("A1"))
        seen = booking.revision
        with services.as_seen(booking, revision=seen):
            services.make_offer(booking, by=fair.organizer)
        with pytest.raises(ChangedMeanwhile), services.as_seen(booking, revision=seen):
            services.decline(booking, by=fair.organizer, reason=REASON)
        assert statuses() == {"A1": "offered"}

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("is_guarded", [True, False])
    def test_of_two_at_once_one_decides(self, fair: Fair, is_guarded: bool) -> None:
        booking = fair.apply(fair.hold("A1"))
        ready, wrong = threading.Barrier(2), []

        def decide(do: str) -> None:
            from django.db import connection  # one of this thread

            def act() -> None:
                if do == "offer":
                    services.make_offer(booking, by=fair.organizer)
                else:
                    services.ask_back(booking, by=fair.organizer, question="How heavy?")

            try:
                ready.wait(10)
                if is_guarded:
                    with services.as_seen(booking, revision=booking.revision):
                        act()
                else:
                    act()
            except DomainError as error:
                wrong.append(type(error))
            finally:
                connection.close()

        threads = [threading.Thread(target=decide, args=[do]) for do in ("offer", "ask")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        # Without the guard both are done, the second to something its organizer never saw.
        assert wrong == ([ChangedMeanwhile] if is_guarded else [])
