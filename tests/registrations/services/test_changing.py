"""Another kind of attendance, another language, other details."""

import pytest

from accounts.models import User
from core.errors import DomainError
from events.models import Forum
from registrations import integrity, services
from registrations.errors import DecidedByOrganizers, NoPlaceLeft, NotPossibleNow, TypeClosed
from registrations.models import RegistrationType
from tests.factories import ForumFactory, RegistrationTypeFactory
from tests.registrations.factories import InvitationFactory, QuotaFactory
from tests.registrations.services.conftest import Join, counted, mailed, now, statuses

pytestmark = pytest.mark.django_db


def test_the_place_that_is_left_goes_to_the_next_in_line(
    forum: Forum, join: Join, scarce: RegistrationType
) -> None:
    guest = forum.registration_types.get(slug="guest")
    anh, binh = join("Anh"), join("Binh")

    services.change_type(anh, guest)
    services.change_type(anh, guest)

    assert (now(anh).type, statuses(anh, binh)) == (guest, ["confirmed", "offered"])
    assert (counted(scarce), counted(guest)) == ((1, 0), (1, 0))
    assert mailed("Anh") == ["changed", "confirmed"]
    assert list(integrity.differences()) == []


def test_who_finds_no_place_keeps_what_she_has(forum: Forum, join: Join) -> None:
    guest = forum.registration_types.get(slug="guest")
    join("Anh")
    binh = join("Binh", type=guest)

    with pytest.raises(NoPlaceLeft):
        services.change_type(binh, RegistrationType.objects.get(slug="scarce"))

    assert now(binh).type == guest


def test_within_a_full_quota_a_place_moves_from_type_to_type(forum: Forum, join: Join) -> None:
    quota = QuotaFactory(forum=forum, capacity=1)
    one, two = (RegistrationTypeFactory(forum=forum, quota=quota) for _ in range(2))
    anh = join("Anh", type=one)

    services.change_type(anh, two)

    assert (counted(one), counted(two)) == ((0, 0), (1, 0))


@pytest.mark.parametrize("uses", [1, 2])
def test_a_place_that_a_code_held_is_left_for_good(forum: Forum, join: Join, uses: int) -> None:
    kind = RegistrationTypeFactory(forum=forum, capacity=uses, has_waiting_list=True)
    code = InvitationFactory(type=kind, reserves_places=True, max_uses=uses)
    anh = join("Anh", type=kind, invitation=code)

    services.change_type(anh, forum.registration_types.get(slug="guest"))
    binh = join("Binh", type=kind)
    assert (statuses(binh), counted(kind)) == (["confirmed"], (1, uses - 1))
    services.cancel_registration(now(anh), by=None)

    assert (statuses(anh, binh), counted(kind)) == (["cancelled", "confirmed"], (1, uses - 1))
    assert list(integrity.differences()) == []


@pytest.mark.parametrize("uses", [1, 2])
def test_a_place_that_a_code_holds_of_one_kind_opens_no_other(
    forum: Forum, join: Join, desk: User, uses: int
) -> None:
    passes = RegistrationTypeFactory(forum=forum, needs_approval=True, capacity=uses)
    full = RegistrationTypeFactory(forum=forum, needs_approval=True, capacity=0)
    code = InvitationFactory(type=passes, reserves_places=True, max_uses=uses)
    anh = join("Anh", type=passes, invitation=code)

    services.change_type(anh, full)

    with pytest.raises(NoPlaceLeft):
        services.approve(now(anh), by=desk)
    assert (statuses(anh), counted(passes)) == (["pending"], (0, uses - 1))
    assert list(integrity.differences()) == []


def test_visitors_choose_only_what_is_open_to_them_and_organizers_everything(
    forum: Forum, join: Join, desk: User
) -> None:
    anh = join("Anh")
    guests = RegistrationTypeFactory(forum=forum, visibility="organizers")
    with pytest.raises(TypeClosed):
        services.change_type(anh, guests)
    with pytest.raises(TypeClosed):
        services.change_type(anh, RegistrationTypeFactory(forum=ForumFactory(is_current=False)), by=desk)

    assert services.change_type(anh, guests, by=desk).type == guests


def test_who_waits_gets_a_ticket_of_a_kind_with_places(forum: Forum, join: Join) -> None:
    guest = forum.registration_types.get(slug="guest")
    join("Anh")
    binh, chi = join("Binh"), join("Chi")

    services.change_type(binh, guest)

    assert (now(binh).type, statuses(binh, chi)) == (guest, ["confirmed", "waiting"])
    assert services.position_in_line(now(chi)) == 1
    assert mailed("Binh") == ["confirmed", "waiting"]
    assert list(integrity.differences()) == []


def test_who_waits_keeps_the_place_in_line_when_there_is_none(
    forum: Forum, join: Join, scarce: RegistrationType
) -> None:
    other = RegistrationTypeFactory(forum=forum, capacity=0)
    join("Anh")
    binh = join("Binh")

    with pytest.raises(NoPlaceLeft):
        services.change_type(binh, other)

    assert (now(binh).type, services.position_in_line(now(binh))) == (scarce, 1)


def test_what_is_offered_is_accepted_or_declined_first(
    forum: Forum, join: Join, scarce: RegistrationType
) -> None:
    anh, binh = join("Anh"), join("Binh")
    services.cancel_registration(anh, by=None)
    assert statuses(binh) == ["offered"]

    with pytest.raises(NotPossibleNow):
        services.change_type(binh, forum.registration_types.get(slug="guest"))


@pytest.mark.parametrize("name", ["Anh", "Binh"])
def test_neither_a_ticket_nor_a_place_in_line_is_given_up_for_an_application(
    forum: Forum, join: Join, scarce: RegistrationType, desk: User, name: str
) -> None:
    """Anh has the only place, Binh waits."""
    passes = RegistrationTypeFactory(forum=forum, needs_approval=True)
    people = {person: join(person) for person in ("Anh", "Binh")}

    with pytest.raises(DecidedByOrganizers):
        services.change_type(people[name], passes)

    assert statuses(*people.values()) == ["confirmed", "waiting"]
    assert {now(person).type for person in people.values()} == {scarce}
    # Organizers pass the approval by, for both of them.
    assert services.change_type(people[name], passes, by=desk).is_confirmed
    assert statuses(*people.values()) == ["confirmed", "offered" if name == "Anh" else "confirmed"]
    assert list(integrity.differences()) == []


def test_an_applicant_applies_for_another_kind_or_takes_a_ticket_of_an_open_one(
    forum: Forum, join: Join
) -> None:
    guest = forum.registration_types.get(slug="guest")
    one, two = (RegistrationTypeFactory(forum=forum, needs_approval=True, capacity=0) for _ in range(2))
    anh = join("Anh", type=one)

    assert services.change_type(anh, two).status == "pending"
    assert mailed("Anh") == ["pending"]
    services.change_type(now(anh), guest)

    assert (now(anh).type, statuses(anh), counted(guest)) == (guest, ["confirmed"], (1, 0))
    assert mailed("Anh") == ["confirmed", "pending"]
    assert list(integrity.differences()) == []


def test_an_applicant_keeps_the_application_when_the_other_kind_is_full(forum: Forum, join: Join) -> None:
    passes = RegistrationTypeFactory(forum=forum, needs_approval=True)
    full = RegistrationTypeFactory(forum=forum, capacity=0, has_waiting_list=True)
    anh = join("Anh", type=passes)

    with pytest.raises(NoPlaceLeft):
        services.change_type(anh, full)

    assert (now(anh).type, statuses(anh)) == (passes, ["pending"])


def test_details_are_corrected_and_who_has_no_ticket_gets_no_mail(join: Join) -> None:
    anh, binh = join("Anh"), join("Binh")

    services.correct_details(anh, latin_name="Tran Anh", job_title=" Head  of ward ")
    services.correct_details(binh, name="Bình")

    assert (now(anh).latin_name, now(anh).job_title, now(binh).name) == ("Tran Anh", "Head of ward", "Bình")
    assert (mailed("Anh"), mailed("Binh")) == (["changed", "confirmed"], ["waiting"])


def test_mails_come_in_another_language_from_now_on(join: Join) -> None:
    anh = join("Anh")
    services.change_language(anh, "ko")
    assert now(anh).language == "ko"
    with pytest.raises(DomainError):
        services.change_language(anh, "fr")


def test_a_replaced_link_says_how_things_stand(join: Join, desk: User) -> None:
    anh, binh = join("Anh"), join("Binh")
    services.cancel_registration(anh, by=None)

    services.replace_link(binh, by=None)

    assert (now(binh).link_version, mailed("Binh")) == (2, ["offered", "offered", "waiting"])
