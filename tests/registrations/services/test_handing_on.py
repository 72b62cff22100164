"""A ticket goes to another person."""

from typing import Any

import pytest

from accounts.models import AuditEntry
from core.errors import DomainError
from core.locking import Busy
from events.agenda import AgendaSession
from events.models import Forum, Session
from events.reading import current_agenda
from events.services import publish_agenda
from outbox.models import Message
from registrations import integrity, services
from registrations.errors import CheckedIn, InvitationUnusable, NotPossibleNow, OwnAddress
from registrations.invitation_codes import brought_by_form
from registrations.models import Invitation, Registration, RegistrationType, SeatBooking, SeatWait
from registrations.seat_booking import book_seat
from registrations.seat_waiting import wait_for_seat
from registrations.services import registering
from tests.conftest import Clock
from tests.registrations.factories import InvitationFactory
from tests.registrations.services.conftest import Join, counted, mailed, now, status, statuses

pytestmark = pytest.mark.django_db
BINH: dict[str, Any] = {"name": "Binh", "email": "binh@example.org", "language": "ko"}


def test_the_place_goes_over_also_when_everything_is_full_and_others_wait(
    join: Join, scarce: RegistrationType
) -> None:
    anh, waits = join("Anh"), join("Chi")

    invitation = services.hand_on(anh, **BINH)
    assert (status(anh), mailed("Binh")) == ("confirmed", ["invitation.hand_over"])
    binh = join("Binh", invitation=invitation)

    assert statuses(anh, binh, waits) == ["cancelled", "confirmed", "waiting"]
    assert now(anh).cancel_reason == services.HANDED_ON
    assert now(binh).took_over_from == anh
    assert (mailed("Anh"), mailed("Binh")) == (
        ["confirmed", "handed_on"],
        ["confirmed", "invitation.hand_over"],
    )
    assert counted(scarce) == (1, 0)
    assert list(integrity.differences()) == []


def test_it_is_not_handed_on_to_the_address_that_has_it(join: Join) -> None:
    anh = join("Anh")

    with pytest.raises(OwnAddress) as refused:
        services.hand_on(anh, **BINH | {"email": "ANH@example.org"})

    assert (refused.value.field, services.open_hand_over(anh)) == ("email", None)


def test_it_is_handed_on_once(join: Join) -> None:
    invitation = services.hand_on(join("Anh"), **BINH)
    binh = join("Binh", invitation=invitation)

    assert join("Binh", invitation=invitation, form_token=binh.form_token) == binh
    with pytest.raises(InvitationUnusable):
        join("Chi", invitation=invitation)


def test_the_corrected_form_of_who_took_over_keeps_the_place(join: Join, scarce: RegistrationType) -> None:
    anh = join("Anh")
    invitation = services.hand_on(anh, **BINH)
    binh = join("Binh", invitation=invitation)

    again = join("Binh", invitation=invitation, form_token=binh.form_token, organization_name="Other")

    assert statuses(anh, binh, again) == ["cancelled", "cancelled", "confirmed"]
    assert counted(scarce) == (1, 0)
    assert list(integrity.differences()) == []


def test_a_form_that_took_over_can_be_corrected_more_than_once(join: Join, scarce: RegistrationType) -> None:
    anh = join("Anh")
    invitation = services.hand_on(anh, **BINH)
    binh = join("Binh", invitation=invitation)
    same_form = {"invitation": invitation, "form_token": binh.form_token}

    second = join("Binh", **same_form, organization_name="Second")
    assert brought_by_form(anh.forum, invitation.code, binh.form_token) == invitation
    third = join("Binh", **same_form, organization_name="Third")

    assert statuses(anh, binh, second, third) == ["cancelled", "cancelled", "cancelled", "confirmed"]
    assert counted(scarce) == (1, 0)
    assert list(integrity.differences()) == []


@pytest.fixture
def screening(drafted_forum: Forum) -> AgendaSession:
    """Give the published session "screening", which has one seat."""
    Session.objects.filter(slug="screening").update(seat_limit=1)
    publish_agenda(forum=drafted_forum, by=None)
    agenda = current_agenda(drafted_forum)
    assert agenda is not None
    return agenda.sessions_by_slug["screening"]


def seated() -> list[str]:
    """Return the names of those who hold a seat."""
    return list(SeatBooking.objects.live().values_list("registration__name", flat=True))


def test_the_seats_go_along_whether_or_not_the_form_names_them(join: Join, screening: AgendaSession) -> None:
    anh = join("Anh")
    book_seat(anh, screening)

    join("Binh", invitation=services.hand_on(anh, **BINH), seats=[screening.uid])

    assert seated() == ["Binh"]
    [mail] = Message.objects.filter(recipient="binh@example.org", kind="registration.confirmed")
    assert (len(mail.context["seats"]), mail.context["seats_awaited"]) == (1, [])
    assert list(integrity.differences()) == []


def test_a_place_in_line_goes_along_once(
    forum: Forum, join: Join, screening: AgendaSession, guest: RegistrationType
) -> None:
    book_seat(join("Dao", type=guest), screening)
    anh = join("Anh")
    assert not wait_for_seat(anh, screening)

    join("Binh", invitation=services.hand_on(anh, **BINH), seats=[screening.uid])

    [wait] = SeatWait.objects.filter(ended_at=None)
    assert (wait.registration.name, seated()) == ("Binh", ["Dao"])


def test_the_same_form_again_and_a_corrected_one_keep_the_seats(join: Join, screening: AgendaSession) -> None:
    anh = join("Anh")
    book_seat(anh, screening)
    invitation = services.hand_on(anh, **BINH)
    binh = join("Binh", invitation=invitation)
    same_form = {"invitation": invitation, "form_token": binh.form_token}

    assert join("Binh", **same_form) == binh
    again = join("Binh", **same_form, organization_name="Other")

    assert SeatBooking.objects.live().get().registration == again
    assert list(integrity.differences()) == []


def test_a_second_invitation_withdraws_the_first(join: Join) -> None:
    anh = join("Anh")
    first = services.hand_on(anh, **BINH)
    second = services.hand_on(anh, **BINH | {"email": "chi@example.org"})

    with pytest.raises(InvitationUnusable):
        join("Binh", invitation=first)
    assert services.open_hand_over(anh) == second
    services.keep_after_all(anh)
    assert services.open_hand_over(anh) is None


def test_an_address_that_becomes_free_just_then_is_tried_again_and_nobody_loses_anything(
    join: Join, forum: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Binh's registration holds the address when hers is written, and has ended when it is looked for."""
    anh = join("Anh")
    join("Binh", type=forum.registration_types.get(slug="guest"))
    invitation = services.hand_on(anh, **BINH)
    monkeypatch.setattr(registering, "_holder_of", lambda wanted: None)

    with pytest.raises(Busy):
        join("Binh", invitation=invitation)

    assert (status(anh), services.open_hand_over(anh)) == ("confirmed", invitation)
    assert list(integrity.differences()) == []


def test_a_known_address_takes_nothing_over_and_nobody_loses_anything(join: Join, forum: Forum) -> None:
    anh = join("Anh")
    binh = join("Binh", type=forum.registration_types.get(slug="guest"))

    found = join("Binh", invitation=services.hand_on(anh, **BINH))

    assert found == binh
    assert statuses(anh, binh) == ["confirmed", "confirmed"]
    assert mailed("Binh") == ["already", "confirmed", "invitation.hand_over"]


def test_who_came_in_with_it_cannot_hand_it_on(join: Join, clock: Clock) -> None:
    anh = join("Anh")
    invitation = services.hand_on(anh, **BINH)
    Registration.objects.filter(pk=anh.pk).update(arrived_at=clock.instant)

    with pytest.raises(CheckedIn):
        services.hand_on(anh, **BINH)
    with pytest.raises(CheckedIn):
        join("Binh", invitation=invitation)


def test_only_a_ticket_is_handed_on_and_a_cancelled_one_is_not(join: Join) -> None:
    anh, waits = join("Anh"), join("Chi")
    with pytest.raises(NotPossibleNow):
        services.hand_on(waits, **BINH)
    invitation = services.hand_on(anh, **BINH)
    services.cancel_registration(anh, by=None)

    with pytest.raises(InvitationUnusable):
        join("Binh", invitation=invitation)


def test_a_place_that_a_code_held_stays_its_use(join: Join, scarce: RegistrationType) -> None:
    code = InvitationFactory(type=scarce, reserves_places=True)
    anh = join("Anh", invitation=code)

    binh = join("Binh", invitation=services.hand_on(anh, **BINH))

    assert now(binh).invitation == code
    assert (Invitation.objects.get(pk=code.pk).uses, counted(scarce)) == (1, (1, 0))
    assert list(integrity.differences()) == []


def test_the_trail_says_who_was_asked_and_a_name_must_be_one(join: Join) -> None:
    anh = join("Anh")
    with pytest.raises(DomainError):
        services.hand_on(anh, **BINH | {"name": "  "})
    services.hand_on(anh, **BINH)

    actions = AuditEntry.objects.filter(target_id=str(anh.pk)).order_by("id").values_list("action", flat=True)
    assert list(actions) == ["registration.created", "registration.hand_over_offered"]
