"""Registering with an invitation code, and the places that codes hold."""

import pytest

from events.models import Forum
from registrations import integrity, services
from registrations.availability import availability_of
from registrations.errors import DelegationFull, InvitationUnusable, TypeClosed, TypeFull
from registrations.models import Delegation, Invitation, RegistrationType
from tests.conftest import Clock
from tests.factories import RegistrationTypeFactory
from tests.registrations.factories import InvitationFactory
from tests.registrations.services.conftest import Join, counted, mailed, now, status, statuses

pytestmark = pytest.mark.django_db


def test_a_code_opens_what_is_not_public(forum: Forum, join: Join) -> None:
    guests = RegistrationTypeFactory(forum=forum, visibility="invited")
    with pytest.raises(TypeClosed):
        join("Anh", type=guests)

    anh = join("Anh", type=guests, invitation=InvitationFactory(type=guests))

    assert status(anh) == "confirmed"
    assert Invitation.objects.get().uses == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"is_active": False},
        {"expires_at": "2020-01-01T00:00Z"},
        {"used": True},
        {"elsewhere": True},
    ],
)
def test_a_code_that_is_not_good_any_more_is_refused(
    forum: Forum, join: Join, scarce: RegistrationType, fault: dict[str, object]
) -> None:
    guest = forum.registration_types.get(slug="guest")
    kind = guest if fault.pop("elsewhere", False) else scarce
    used = fault.pop("used", False)
    invitation = InvitationFactory(type=kind, **fault)
    if used:
        join("Zoe", invitation=invitation)
    with pytest.raises(InvitationUnusable):
        join("Anh", invitation=invitation)


def test_a_cancelled_registration_gives_the_use_back(join: Join, scarce: RegistrationType) -> None:
    invitation = InvitationFactory(type=scarce)
    services.cancel_registration(join("Anh", invitation=invitation), by=None)
    assert status(join("Binh", invitation=invitation)) == "confirmed"


def test_the_corrected_form_uses_its_code_once(join: Join, scarce: RegistrationType) -> None:
    invitation = InvitationFactory(type=scarce, reserves_places=True)
    anh = join("Anh", invitation=invitation)

    again = join("Anh", invitation=invitation, form_token=anh.form_token, organization_name="Another")

    assert statuses(anh, again) == ["cancelled", "confirmed"]
    invitation.refresh_from_db()
    assert (invitation.uses, invitation.places, counted(scarce)) == (1, 1, (1, 0))


def test_a_held_place_is_nobody_elses(join: Join, scarce: RegistrationType) -> None:
    invitation = InvitationFactory(type=scarce, reserves_places=True)
    assert counted(scarce) == (0, 1)
    waits = join("Binh")

    anh = join("Anh", invitation=invitation)

    assert statuses(waits, anh) == ["waiting", "confirmed"]
    assert counted(scarce) == (1, 0)
    # Given back, the place is held again: it is not the line's.
    services.cancel_registration(anh, by=None)
    assert (status(waits), counted(scarce)) == ("waiting", (0, 1))


def test_more_places_than_there_are_cannot_be_held(scarce: RegistrationType) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError, match="registration_type_not_oversold"):
        InvitationFactory(type=scarce, reserves_places=True, max_uses=2)


def test_an_expired_code_gives_its_places_to_those_who_wait(
    join: Join, scarce: RegistrationType, clock: Clock
) -> None:
    from datetime import timedelta

    invitation = InvitationFactory(
        type=scarce, reserves_places=True, expires_at=clock.instant + timedelta(hours=1)
    )
    binh = join("Binh")
    clock.advance(hours=2)
    assert availability_of([scarce])[scarce.pk].left == 0

    chi = join("Chi")

    assert statuses(binh, chi) == ["offered", "waiting"]
    assert (counted(scarce), Invitation.objects.get(pk=invitation.pk).is_active) == ((1, 0), False)
    assert mailed("Binh") == ["offered", "waiting"]


def test_without_a_waiting_list_a_full_type_refuses_also_with_a_code(
    join: Join, scarce: RegistrationType
) -> None:
    RegistrationType.objects.filter(pk=scarce.pk).update(has_waiting_list=False)
    join("Anh")
    with pytest.raises(TypeFull):
        join("Binh", invitation=InvitationFactory(type=scarce))


# --- Delegations ----------------------------------------------------------------------------------


@pytest.fixture
def delegation(forum: Forum) -> Delegation:
    """Give a delegation for two."""
    return Delegation.objects.create(
        forum=forum,
        name="Ministry",
        country="KR",
        lead_name="Lead",
        email="lead@example.org",
        language="ko",
        max_members=2,
    )


def test_mails_of_a_member_without_an_address_go_to_the_lead(
    forum: Forum, join: Join, delegation: Delegation
) -> None:
    guest = forum.registration_types.get(slug="guest")
    members = [join(name, type=guest, delegation=delegation, email="") for name in ("Anh", "Binh")]

    assert statuses(*members) == ["confirmed", "confirmed"]
    assert mailed("Lead") == ["confirmed", "confirmed"]
    assert list(integrity.differences()) == []


def test_a_delegation_is_full_at_its_limit_and_counts_places_that_are_kept(
    forum: Forum, join: Join, delegation: Delegation
) -> None:
    guest = forum.registration_types.get(slug="guest")
    kept = InvitationFactory(type=guest, delegation=delegation, reserves_places=True, precedence=3)
    join("Anh", type=guest, delegation=delegation)
    with pytest.raises(DelegationFull):
        join("Binh", type=guest, delegation=delegation)

    chi = join("Chi", type=guest, invitation=kept)

    assert (now(chi).delegation_id, now(chi).precedence) == (delegation.pk, 3)
