"""As ``test_life``, with seats in a session, a delegation, and tickets on their way."""

import uuid
from collections import Counter
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from accounts.models import AuditEntry, User
from core.errors import DomainError
from events.models import Forum, Session
from events.reading import current_agenda
from events.services import change_session, publish_agenda
from outbox.models import Message
from registrations import services
from registrations.delegations.members import cancel_member, replace_member
from registrations.delegations.opening import open_delegation
from registrations.delegations.places import give_up_place, keep_places
from registrations.models import Invitation, Registration, SeatBooking, SeatWait
from registrations.seat_booking import book_seat, release_seat
from registrations.seat_waiting import accept_seat, decline_seat, leave_seat_line, wait_for_seat
from tests.conftest import Clock
from tests.registrations.test_life import EXAMPLES, PICK, STEPS, Life

# In the trail and as a mail each of these happens equally often.
TOLD = {
    "registration.seat_offered": "seat.offered",
    "registration.seat_offer_expired": "seat.expired",
    "registration.hand_over_offered": "invitation.hand_over",
}


class WholeLife(Life):
    """One seat in a session, and a delegation of at most four."""

    @initialize()
    def forum_opens(self) -> None:
        super().forum_opens()
        agenda = current_agenda(self.forum)
        assert agenda is not None
        self.workshop = agenda.sessions_by_slug["screening"]
        self.uid = uuid.UUID(self.workshop.uid)
        self.delegation = open_delegation(
            forum=self.forum,
            form_token=None,
            name="Ministry",
            country="VN",
            lead_name="Lead",
            email="lead@example.org",
            language="en",
            max_members=4,
        )
        self.in_seat_line: dict[Any, tuple[int, Any, int]] = {}
        self.keep_a_place(1)
        for one in Registration.objects.filter(status="confirmed").select_related("forum", "type"):
            wait_for_seat(one, self.workshop)

    # --- seats --------------------------------------------------------------------------------------

    @rule(pick=PICK, books=st.booleans())
    def wants_a_seat(self, pick: int, books: bool) -> None:
        one = self.somebody(pick, "confirmed")
        if one:
            with suppress(DomainError):
                (book_seat if books else wait_for_seat)(one, self.workshop)

    @rule(pick=PICK, what=st.sampled_from([accept_seat, decline_seat, release_seat, leave_seat_line]))
    def decides_about_a_seat(self, pick: int, what: Any) -> None:
        rows = list(SeatBooking.objects.live().order_by("pk")) + list(SeatWait.objects.filter(ended_at=None))
        if rows:
            one = rows[pick % len(rows)].registration
            with suppress(DomainError):
                what(one, self.uid)
            if what is leave_seat_line:
                self.in_seat_line.pop(one.pk, None)

    @rule(limit=st.integers(min_value=1, max_value=3))
    def changes_the_seats(self, limit: int) -> None:
        session = Session.objects.get(slug="screening")
        with suppress(DomainError):
            change_session(
                session, by=self.desk, expected_version=session.version, fields={"seat_limit": limit}
            )

    # --- a delegation -------------------------------------------------------------------------------

    @rule(pick=PICK)
    def keep_a_place(self, pick: int) -> None:
        with suppress(DomainError):
            keep_places(self.delegation, type=self.kinds[pick % 2], count=1)

    @rule(pick=PICK, takes=st.booleans())
    def answers_for_a_kept_place(self, pick: int, takes: bool) -> None:
        places = list(Invitation.objects.filter(delegation=self.delegation, replaces=None).order_by("pk"))
        if places:
            place = places[pick % len(places)]
            if takes:
                self.register(place.type, invitation=place)
            else:
                with suppress(DomainError):
                    give_up_place(place)

    @rule(pick=PICK, comes_another=st.booleans())
    def leaves_the_delegation(self, pick: int, comes_another: bool) -> None:
        members = Registration.objects.live().filter(delegation=self.delegation).order_by("created_at", "pk")
        found = list(members.select_related("type", "forum__venue"))
        if found:
            member = found[pick % len(found)]
            with suppress(DomainError):
                if comes_another:
                    replace_member(
                        self.delegation, member, name="Next", email="other@example.org", language="en"
                    )
                else:
                    cancel_member(self.delegation, member)

    # --- tickets on their way -------------------------------------------------------------------------

    @rule(pick=PICK)
    def offers_the_ticket_to_somebody(self, pick: int) -> None:
        one = self.somebody(pick, "confirmed")
        if one:
            with suppress(DomainError):
                services.hand_on(one, name="Next", email="friend@example.org", language="en")

    @rule(pick=PICK, takes=st.booleans())
    def answers_for_a_ticket_on_its_way(self, pick: int, takes: bool) -> None:
        open_ones = list(Invitation.objects.filter(replaces__isnull=False, is_active=True).order_by("pk"))
        if open_ones:
            one = open_ones[pick % len(open_ones)]
            assert one.replaces is not None
            if takes:
                self.register(one.type, invitation=one)
            else:
                with suppress(DomainError):
                    services.keep_after_all(one.replaces)

    # --- what always holds ----------------------------------------------------------------------------

    @invariant()
    def nobody_is_passed_over_in_the_line_for_seats(self) -> None:
        now = {
            wait.registration_id: (wait.rank, wait.since, wait.pk)
            for wait in SeatWait.objects.filter(ended_at=None, registration__status="confirmed")
        }
        served = SeatWait.objects.filter(outcome="offered").values_list("registration", "pk")
        keys = {pk for _person, pk in served}
        for place in self.in_seat_line.values():
            if place[2] in keys:
                assert all(place < other for person, other in now.items() if person in self.in_seat_line)
        self.in_seat_line = now

    @invariant()
    def every_offer_was_mailed_once(self) -> None:
        done = Counter(AuditEntry.objects.filter(action__in=TOLD).values_list("action", flat=True))
        mailed = Counter(Message.objects.filter(kind__in=TOLD.values()).values_list("kind", flat=True))
        assert {kind: done[action] for action, kind in TOLD.items()} == {
            kind: mailed[kind] for kind in TOLD.values()
        }


@pytest.mark.django_db
def test_life_with_seats_and_a_delegation(drafted_forum: Forum, desk: User, clock: Clock) -> None:
    Session.objects.filter(slug="screening").update(seat_limit=1)
    publish_agenda(forum=drafted_forum, by=None)
    run_state_machine_as_test(
        lambda: WholeLife(drafted_forum, desk, clock),  # type: ignore[arg-type] # hypothesis calls it like a class
        settings=settings(
            max_examples=max(1, EXAMPLES // 2),
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert not SeatBooking.objects.exists()
