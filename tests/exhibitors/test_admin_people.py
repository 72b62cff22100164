"""Organizers see who looks after an exhibitor, invite, and withdraw it."""

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from exhibitors.models import Exhibitor
from outbox.models import Message
from tests.exhibitors.conftest import Fair, booths_of, free_now
from tests.exhibitors.test_portal import manager_of

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def mine(fair: Fair) -> Exhibitor:
    return fair.exhibitor(contact_name="Lan", contact_email="lan@example.org")


def page(exhibitor: Exhibitor) -> str:
    return f"/admin/exhibitors/exhibitor/{exhibitor.pk}/people/"


def test_the_contact_person_is_invited_first(mine: Exhibitor, owner_client: Client, owner: User) -> None:
    text = owner_client.get(page(mine)).content.decode()
    assert "Nobody looks after this exhibitor yet." in text
    assert 'value="lan@example.org"' in text
    data = {"invite": "yes", "name": "Lan", "email": "lan@example.org", "language": "vi"}
    assert owner_client.post(page(mine), data)["Location"] == page(mine)
    row = mine.managers.get()
    assert (row.email, row.invited_by, row.user) == ("lan@example.org", owner, None)
    assert owner_client.post(page(mine), {"resend": row.pk}).status_code == 302
    assert Message.objects.filter(kind="exhibitor.manager_invited").count() == 2
    # Twice: said beside the field, nothing is lost.
    text = owner_client.post(page(mine), data).content.decode()
    assert "This person is invited or a manager already." in text
    assert 'value="Lan"' in text


def test_organizers_may_remove_the_last_one(mine: Exhibitor, owner_client: Client) -> None:
    manager_of(mine)
    row = mine.managers.get()
    assert owner_client.post(page(mine), {"remove": row.pk}).status_code == 302
    assert not mine.managers.live().exists()
    assert owner_client.post(page(mine), {"remove": row.pk}).status_code == 404
    assert owner_client.post(page(mine), {"remove": "x"}).status_code == 404


def test_withdrawing_hides_releases_and_says_why(fair: Fair, mine: Exhibitor, owner_client: Client) -> None:
    booking = fair.confirmed("A1", mine)
    assert booths_of(booking) == ["A1"]
    text = owner_client.post(page(mine), {"withdraw": "yes", "reason": " "}).content.decode()
    assert "Please say why" in text
    for _ in range(2):
        owner_client.post(page(mine), {"withdraw": "yes", "reason": "Not paid."})
    mine.refresh_from_db()
    booking.refresh_from_db()
    assert (mine.is_published, mine.withdrawn_reason, booking.status) == (False, "Not paid.", "released")
    assert "A1" in free_now(fair)
    assert Message.objects.filter(kind="booth.released").count() == 1
    assert AuditEntry.objects.filter(action="exhibitor.withdrawn").count() == 1
    assert owner_client.post(page(mine), {"take_back": "yes"}).status_code == 302
    mine.refresh_from_db()
    assert (mine.withdrawn_at, mine.is_published) == (None, False)


def test_the_viewer_learns_nothing(mine: Exhibitor, viewer_client: Client) -> None:
    assert viewer_client.get(page(mine)).status_code == 403
