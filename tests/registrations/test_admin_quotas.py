"""Shared quotas, classes on waiting lists and purposes of consent in the admin."""

from http import HTTPStatus

import pytest
from django.test import Client

from events.models import Forum
from registrations.models import ConsentPurpose, PriorityClass, Quota, Registration, RegistrationType
from tests.factories import ConsentFactory, RegistrationFactory
from tests.registrations.conftest import text_of
from tests.registrations.factories import (
    ConsentPurposeFactory,
    InvitationFactory,
    PriorityClassFactory,
    QuotaFactory,
)

QUOTAS, CLASSES = "/admin/registrations/quota/", "/admin/registrations/priorityclass/"
PURPOSES = "/admin/registrations/consentpurpose/"


@pytest.fixture(autouse=True)
def _english(settings) -> None:
    """Let the organizers' pages speak English."""
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def hall(forum: Forum, guest: RegistrationType, press: RegistrationType) -> Quota:
    """Give a quota of three places that guests and press share: one is taken, one is held."""
    quota = QuotaFactory(forum=forum, name="Hall", capacity=3)
    RegistrationType.objects.filter(pk__in=[guest.pk, press.pk]).update(quota=quota)
    RegistrationFactory(forum=forum, type=guest)
    InvitationFactory(type=press, reserves_places=True)
    quota.refresh_from_db()
    return quota


def test_the_list_says_what_is_taken_held_and_left_and_who_shares(desk_client: Client, hall: Quota) -> None:
    page = text_of(desk_client.get(QUOTAS))

    assert "1 taken, 1 held for invitations" in page
    assert ">Guest</a>, <a" in page


def test_fewer_places_than_are_taken_and_held_are_refused_with_both_numbers(
    desk_client: Client, hall: Quota
) -> None:
    form = {"forum": str(hall.forum_id), "name": "Hall", "capacity": "1"}

    page = text_of(desk_client.post(f"{QUOTAS}{hall.pk}/change/", form))

    assert "1 places are taken and 1 held for invitations: at least 2 are needed." in page
    hall.refresh_from_db()
    assert hall.capacity == 3


def test_more_places_go_to_whoever_waits(desk_client: Client, hall: Quota, guest: RegistrationType) -> None:
    waiting = [
        RegistrationFactory(
            forum=hall.forum, type=guest, status="waiting", waiting_since=f"2031-01-0{day}T00:00Z"
        )
        for day in (2, 1)
    ]
    Quota.objects.filter(pk=hall.pk).update(capacity=2)
    form = {"forum": str(hall.forum_id), "name": "Hall", "capacity": "3"}

    response = desk_client.post(f"{QUOTAS}{hall.pk}/change/", form, follow=True)

    assert response.redirect_chain == [(QUOTAS, HTTPStatus.FOUND)], text_of(response)
    assert "1 person who waited has been offered a place by mail." in text_of(response)
    states = [Registration.objects.get(pk=row.pk).status for row in waiting]
    assert states == ["waiting", "offered"]


def test_a_kind_that_does_not_fit_into_a_quota_is_refused(
    desk_client: Client, forum: Forum, guest: RegistrationType
) -> None:
    from tests.registrations.test_admin_types import TYPES, type_form

    small = QuotaFactory(forum=forum, capacity=1)
    RegistrationFactory.create_batch(2, forum=forum, type=guest)

    page = text_of(desk_client.post(f"{TYPES}{guest.pk}/change/", type_form(guest, quota=str(small.pk))))

    assert "This quota has 1 places left, and this kind needs 2." in page


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("address", "make", "queries"),
    [(QUOTAS, QuotaFactory, 7), (CLASSES, PriorityClassFactory, 6)],
)
def test_lists_cost_the_same_queries_with_any_number_of_rows(
    desk_client: Client, forum: Forum, assert_queries, rows, address, make, queries
) -> None:
    make.create_batch(rows, forum=forum)
    desk_client.get(address)

    with assert_queries(queries):
        desk_client.get(address)


def test_a_rank_is_given_once(desk_client: Client, forum: Forum) -> None:
    PriorityClassFactory(forum=forum, rank=5)

    page = text_of(
        desk_client.post(f"{CLASSES}add/", {"forum": str(forum.pk), "name": "Ministers", "rank": "5"})
    )

    assert "already exists" in page
    assert PriorityClass.objects.count() == 1


def test_the_list_of_purposes_says_how_many_agree_now(owner_client: Client, forum: Forum) -> None:
    ConsentPurposeFactory(forum=forum)
    for withdrawn in (None, "2031-01-01T00:00Z"):
        registration = RegistrationFactory(forum=forum)
        consent = ConsentFactory(registration=registration, kind="newsletter", agreed_at="2030-01-01T00:00Z")
        consent.withdrawn_at = withdrawn
        consent.save()

    page = text_of(owner_client.get(PURPOSES))

    assert 'class="field-agreed' in page
    assert "Write me news" in page
    assert ConsentPurpose.objects.get().version == 1


def test_other_words_are_a_new_version_and_the_purpose_stays(owner_client: Client, forum: Forum) -> None:
    purpose = ConsentPurposeFactory(forum=forum)
    form = {"forum": str(forum.pk), "kind": "photographs", "position": "0", "is_offered": "on"}
    words = {f"wording_{code}": "Yes, write to me." for code in ("vi", "ko", "en")}

    response = owner_client.post(f"{PURPOSES}{purpose.pk}/change/", form | words)

    assert response.status_code == HTTPStatus.FOUND, text_of(response)
    purpose.refresh_from_db()
    assert (purpose.version, purpose.kind, purpose.wording_en) == (2, "newsletter", "Yes, write to me.")
