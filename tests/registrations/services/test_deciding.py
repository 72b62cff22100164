"""Applications: organizers approve, decline, or let people wait."""

import pytest

from accounts.models import AuditEntry, User
from events.models import Forum
from outbox.models import Message
from registrations import integrity, services
from registrations.errors import NoPlaceLeft, NotLive, NotPossibleNow, PlacesLeft, ReasonMissing
from registrations.models import RegistrationType
from tests.factories import RegistrationTypeFactory
from tests.registrations.factories import InvitationFactory
from tests.registrations.services.conftest import Join, counted, mailed, now, status

pytestmark = pytest.mark.django_db


@pytest.fixture
def scarce(forum: Forum) -> RegistrationType:
    """Give a kind of attendance with one place that organizers give."""
    return RegistrationTypeFactory(
        forum=forum, slug="press-pass", capacity=1, needs_approval=True, has_waiting_list=True
    )


def test_an_application_takes_no_place_also_when_there_is_none(
    join: Join, desk: User, scarce: RegistrationType
) -> None:
    services.approve(join("Anh"), by=desk)

    binh = join("Binh")

    assert (status(binh), counted(scarce), mailed("Binh")) == ("pending", (1, 0), ["pending"])


def test_an_approved_application_is_a_ticket(join: Join, desk: User, scarce: RegistrationType) -> None:
    anh = join("Anh")
    assert counted(scarce) == (0, 0)

    services.approve(anh, by=desk)
    services.approve(anh, by=desk)

    assert (status(anh), counted(scarce), mailed("Anh")) == ("confirmed", (1, 0), ["confirmed", "pending"])
    entry = AuditEntry.objects.get(action="registration.confirmed")
    assert (entry.actor, entry.changes) == (desk, {"status": ["pending", "confirmed"]})
    assert now(anh).decided_at is not None
    assert list(integrity.differences()) == []


def test_where_no_place_is_left_nobody_is_approved_and_she_may_wait(join: Join, desk: User) -> None:
    anh, binh = join("Anh"), join("Binh")
    services.approve(anh, by=desk)
    with pytest.raises(NoPlaceLeft):
        services.approve(binh, by=desk)

    services.put_on_waiting_list(binh, by=desk, reason="No seats for cameras")
    services.put_on_waiting_list(binh, by=desk, reason="No seats for cameras")
    assert (status(binh), services.position_in_line(now(binh))) == ("waiting", 1)

    services.cancel_registration(anh, by=None)
    assert (status(binh), mailed("Binh")) == ("offered", ["offered", "pending", "waiting"])


def test_who_waits_is_not_passed_by_an_approval(
    join: Join, desk: User, scarce: RegistrationType, forum: Forum
) -> None:
    anh, binh, chi = (join(name) for name in ("Anh", "Binh", "Chi"))
    services.approve(anh, by=desk)
    services.put_on_waiting_list(binh, by=desk, reason="full")
    services.cancel_registration(anh, by=None)

    with pytest.raises(NoPlaceLeft):
        services.approve(chi, by=desk)


def test_nobody_waits_while_there_are_places(join: Join, desk: User) -> None:
    with pytest.raises(PlacesLeft):
        services.put_on_waiting_list(join("Anh"), by=desk, reason="Later")


def test_a_refusal_has_a_reason_that_is_mailed(join: Join, desk: User) -> None:
    anh = join("Anh")
    with pytest.raises(ReasonMissing):
        services.decline(anh, by=desk, reason=" ")

    services.decline(anh, by=desk, reason="Only accredited\n journalists")
    services.decline(anh, by=desk, reason="again")

    assert (status(anh), now(anh).cancel_reason) == ("declined", "Only accredited journalists")
    assert Message.objects.get(kind="registration.declined").context["reason"] == (
        "Only accredited journalists"
    )
    with pytest.raises(NotLive):
        services.approve(anh, by=desk)
    assert list(integrity.differences()) == []


def test_a_ticket_is_not_declined_but_cancelled(join: Join, desk: User) -> None:
    anh = services.approve(join("Anh"), by=desk)
    with pytest.raises(NotPossibleNow):
        services.decline(anh, by=desk, reason="Too late")


def test_an_applicant_withdraws_herself(join: Join) -> None:
    anh = join("Anh")
    services.cancel_registration(anh, by=None)
    assert (status(anh), mailed("Anh")) == ("cancelled", ["left", "pending"])


def test_whom_the_desk_registers_it_has_approved(join: Join, desk: User) -> None:
    assert status(join("Anh", by=desk)) == "confirmed"


def test_an_applicant_with_a_held_place_finds_it_when_she_is_approved(
    join: Join, desk: User, scarce: RegistrationType
) -> None:
    invitation = InvitationFactory(type=scarce, reserves_places=True)
    anh = join("Anh", invitation=invitation)
    assert (status(anh), counted(scarce)) == ("pending", (0, 1))
    with pytest.raises(NoPlaceLeft):
        services.approve(join("Binh"), by=desk)

    services.approve(anh, by=desk)

    assert (status(anh), counted(scarce)) == ("confirmed", (1, 0))
