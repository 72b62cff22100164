"""An exhibitor's own pages: whom they open for, and what the first one says."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from exhibitors import portal_cards
from exhibitors.models import Exhibitor, ExhibitorManager
from exhibitors.portal_bookings import bookings_of
from exhibitors.portal_cards import Card, cards_of
from tests.conftest import CountQueries, SignIn
from tests.exhibitors.conftest import Fair
from tests.factories import ForumFactory, UserFactory

pytestmark = pytest.mark.usefixtures("in_english")


def manager_of(exhibitor: Exhibitor, user: User | None = None, **fields: Any) -> User:
    """Make somebody a manager of an exhibitor, as if she had accepted an invitation."""
    user = user or UserFactory()
    ExhibitorManager.objects.create(
        exhibitor=exhibitor, email=user.email, user=user, accepted_at=timezone.now(), **fields
    )
    return user


def dashboard(exhibitor: Exhibitor) -> str:
    return f"/en/exhibitor/{exhibitor.slug}/"


def test_who_is_not_signed_in_comes_back_after_signing_in(fair: Fair) -> None:
    page = dashboard(fair.exhibitor())
    response = Client().get(page)
    assert response.status_code == 302
    assert response["Location"] == f"/en/accounts/login/?next={page}"


def test_only_managers_learn_that_an_exhibitor_exists(fair: Fair, sign_in: SignIn, owner: User) -> None:
    mine, other = fair.exhibitor(), fair.exhibitor()
    manager = manager_of(mine)
    browser = sign_in(manager)
    assert browser.get(dashboard(mine)).status_code == 200
    assert browser.get(dashboard(other)).status_code == 404
    assert browser.get("/en/exhibitor/nobody-at-all/").status_code == 404
    # Organizers have their own pages.
    assert sign_in(owner).get(dashboard(mine)).status_code == 404


def test_a_right_ends_with_its_row_and_with_the_account(fair: Fair, sign_in: SignIn) -> None:
    mine = fair.exhibitor()
    manager = manager_of(mine)
    browser = sign_in(manager)
    mine.managers.update(ended_at=timezone.now())
    assert browser.get(dashboard(mine)).status_code == 404


def test_an_invitation_alone_opens_nothing(fair: Fair, sign_in: SignIn, stranger: User) -> None:
    mine = fair.exhibitor()
    ExhibitorManager.objects.create(exhibitor=mine, email=stranger.email)
    assert sign_in(stranger).get(dashboard(mine)).status_code == 404


def test_exhibitors_of_another_forum_stay_there(fair: Fair, sign_in: SignIn) -> None:
    elsewhere = ForumFactory(is_current=False, slug="elsewhere")
    theirs = fair.exhibitor()
    manager = manager_of(theirs)
    Exhibitor.objects.filter(pk=theirs.pk).update(forum=elsewhere)
    assert sign_in(manager).get(dashboard(theirs)).status_code == 404


def test_no_cache_keeps_a_page(fair: Fair, sign_in: SignIn) -> None:
    mine = fair.exhibitor()
    response = sign_in(manager_of(mine)).get(dashboard(mine))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_one_exhibitor_is_shown_at_once_and_several_are_listed(fair: Fair, sign_in: SignIn) -> None:
    one, two = fair.exhibitor(), fair.exhibitor()
    manager = manager_of(one)
    browser = sign_in(manager)
    assert browser.get("/en/exhibitor/")["Location"] == dashboard(one)
    manager_of(two, manager)
    page = browser.get("/en/exhibitor/").content.decode()
    assert dashboard(one) in page
    assert dashboard(two) in page


def test_who_has_none_is_told_what_to_do(fair: Fair, stranger_client: Client) -> None:
    response = stranger_client.get("/en/exhibitor/")
    assert response.status_code == 200
    assert "You look after no exhibitor" in response.content.decode()


@pytest.mark.parametrize(
    ("bring", "sentence"),
    [
        (lambda fair, who: fair.hold("A1", who), "Send the application before the time is over."),
        (lambda fair, who: fair.apply(fair.hold("A1", who)), "There is nothing to do."),
        (lambda fair, who: fair.offered("A1", who), "Accept the offer in time, or let it go."),
        (lambda fair, who: fair.confirmed("A1", who), "The booth is yours."),
    ],
)
def test_the_first_page_says_what_comes_next(
    fair: Fair, sign_in: SignIn, bring: Callable[[Fair, Exhibitor], object], sentence: str
) -> None:
    mine = fair.exhibitor()
    bring(fair, mine)
    page = sign_in(manager_of(mine)).get(dashboard(mine)).content.decode()
    assert "Booth A1" in page
    assert sentence in page


def test_a_lapsed_hold_is_said_to_be_over(fair: Fair, sign_in: SignIn) -> None:
    mine = fair.exhibitor()
    hold = fair.hold("A1", mine)
    type(hold).objects.filter(pk=hold.pk).update(expires_at=timezone.now())
    page = sign_in(manager_of(mine)).get(dashboard(mine)).content.decode()
    assert "The time is over." in page


def test_cards_come_in_the_order_of_urgency(fair: Fair, monkeypatch: pytest.MonkeyPatch) -> None:
    def card(title: str, state: Any, due: Any = None) -> Callable[[Exhibitor], Card]:
        return lambda exhibitor: Card(title, str(exhibitor), "/", state, due)

    now = timezone.now()
    monkeypatch.setattr(portal_cards, "_sources", [])
    for source in (
        card("done", "done"),
        card("someday", "open"),
        card("soon", "open", now),
        card("late", "late", now),
        lambda exhibitor: None,
    ):
        portal_cards.register(source)
    assert [one.title for one in cards_of(fair.exhibitor())] == ["late", "soon", "someday", "done"]


def test_a_withdrawn_exhibitor_is_read_only_and_says_why(fair: Fair, sign_in: SignIn) -> None:
    mine = fair.exhibitor()
    Exhibitor.objects.filter(pk=mine.pk).update(withdrawn_at=timezone.now(), withdrawn_reason="Not paid.")
    page = sign_in(manager_of(mine)).get(dashboard(mine)).content.decode()
    assert "The organizers have withdrawn this exhibitor." in page
    assert "Not paid." in page


def test_of_a_deleted_exhibitor_its_manager_reads_so(fair: Fair, sign_in: SignIn) -> None:
    mine = fair.exhibitor()
    browser = sign_in(manager_of(mine))
    mine.delete()
    response = browser.get(dashboard(mine))
    assert response.status_code == 404
    assert "does not exist any more" in response.content.decode()
    assert "You look after no exhibitor" in browser.get("/en/exhibitor/").content.decode()


def test_bookings_are_read_at_once(fair: Fair, assert_queries: CountQueries) -> None:
    mine = fair.exhibitor()
    for count in (1, 3):
        while mine.bookings.count() < count:
            fair.apply(fair.hold(f"A{mine.bookings.count() + 1}", mine))
        with assert_queries(3):
            assert len(bookings_of(mine)) == count
