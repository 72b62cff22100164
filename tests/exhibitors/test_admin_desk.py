"""The exhibition desk: deciding one after the other, with what there is to know, and who may."""

from datetime import timedelta
from decimal import Decimal
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import ForumRole
from events.models import Forum
from exhibitors import services
from exhibitors.models import Booth, BoothBooking, BoothWait
from tests.conftest import SignIn, organizer
from tests.exhibitors.conftest import REASON, Fair, fair_in, mailed
from tests.factories import ForumFactory

pytestmark = pytest.mark.django_db
DESK = "/admin/exhibitors/boothbooking/desk/"
PLAN = "/admin/exhibitors/boothbooking/plan/"
CHANGE = f"{PLAN}change/"
LINES = "/admin/exhibitors/boothbooking/lines/"
BOOK = "/admin/exhibitors/boothbooking/book/"


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    """Let the organizers' pages speak English."""
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def desk(forum: Forum, sign_in: SignIn) -> Client:
    """Give a browser of somebody who decides about booths."""
    return sign_in(organizer(forum, ForumRole.Role.EXHIBITION_MANAGER, "Mai"))


def text_of(response: Any) -> str:
    return response.content.decode()


def said(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def decide(client: Client, booking: BoothBooking, do: str, query: str = "", **data: Any) -> Any:
    body = {"booking": booking.pk, "revision": booking.revision, "do": do, "reason": "", **data}
    return client.post(f"{DESK}{query}", body, follow=True)


def status(booking: BoothBooking) -> str:
    return BoothBooking.objects.get(pk=booking.pk).status


class TestQueue:
    def test_the_oldest_application_is_open_with_all_there_is_to_know(self, fair: Fair, desk: Client) -> None:
        lotus = fair.exhibitor(
            organization__name_en="Lotus Imaging",
            contact_name="Kim Mẫu",
            contact_email="kim@lotus.example",
            tax_code="0101",
            billing_name="Lotus Ltd",
        )
        booking = fair.apply(fair.hold("A1", lotus), note="Two tonnes.", extras={fair.screens.pk: 2})
        fair.apply(fair.hold("A2"))
        page = desk.get(DESK)
        text = text_of(page)
        assert page.context["one"] == booking
        for words in ("Lotus Imaging", "Kim Mẫu", "kim@lotus.example", "0101", "Two tonnes.", "1 of 2"):
            assert words in text, words
        assert page.context["facts"].price.gross > 0
        assert page.context["facts"].extras[0].quantity == 2
        assert [step.what for step in page.context["facts"].steps] == ["requested", "held"]
        assert {mail.kind for mail in page.context["facts"].mails} >= {"booth.requested"}

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({}, ["A1", "A2"]),
            ({"waits": "exhibitor"}, ["A3"]),
            ({"waits": "live"}, ["A1", "A2", "A3", "A4"]),
            ({"waits": "nobody"}, ["A4"]),
            ({"text": "a2"}, ["A2"]),
            ({"text": "nobody"}, []),
            ({"overdue": "on"}, ["A1"]),
            ({"type": "99999999999999999999", "waits": "made up", "page": "x"}, ["A1", "A2"]),
        ],
    )
    def test_is_filtered(self, fair: Fair, desk: Client, query: dict[str, str], found: list[str]) -> None:
        old = fair.apply(fair.hold("A1"))
        fair.apply(fair.hold("A2"))
        fair.offered("A3")
        fair.confirmed("A4")
        BoothBooking.objects.filter(pk=old.pk).update(changed_at=timezone.now() - timedelta(days=4))
        rows = desk.get(DESK, query).context["turn"].rows
        assert [row.booths.get().booth.number for row in rows] == found

    def test_by_hall_and_type(self, fair: Fair, desk: Client) -> None:
        fair.apply(fair.hold("A1"))
        query = {"hall": fair.booths["A1"].hall_id, "type": fair.shared.pk}
        assert desk.get(DESK, query).context["turn"].total == 0
        assert desk.get(DESK, query | {"type": fair.standard.pk}).context["turn"].total == 1

    @pytest.mark.parametrize("rows", [1, 3])
    def test_costs_the_same_with_any_number(
        self, fair: Fair, desk: Client, assert_queries: Any, rows: int
    ) -> None:
        for number in range(rows):
            fair.apply(fair.hold(f"A{number + 1}"))
        desk.get(DESK)
        with assert_queries(QUERIES):
            desk.get(DESK)

    def test_a_booking_outside_the_filters_opens_and_one_of_nobody_does_not(
        self, fair: Fair, desk: Client
    ) -> None:
        booking = fair.confirmed("A1")
        assert desk.get(DESK, {"open": booking.pk}).context["one"] == booking
        page = desk.get(DESK, {"open": "99999999999999999999999"})
        assert page.status_code == HTTPStatus.OK
        assert "no such booking" in said(page)

    def test_the_page_of_a_booking_is_the_desk(self, fair: Fair, desk: Client) -> None:
        booking = fair.confirmed("A1")
        page = desk.get(f"/admin/exhibitors/boothbooking/{booking.pk}/change/")
        assert page.context["one"] == booking
        assert "Take back" in text_of(page)


# Session, second factor, role, forum, exhibition, and the parts of the page.
QUERIES = 29
PLAN_QUERIES = 10


class TestDeciding:
    def test_an_offer_with_a_discount_opens_the_next(self, fair: Fair, desk: Client) -> None:
        first, second = fair.apply(fair.hold("A1")), fair.apply(fair.hold("A2"))
        page = decide(desk, first, "offer", days=5, discount="100", reason="Partner of the forum")
        assert page.context["one"] == second
        assert "has an offer for A1" in said(page)
        first.refresh_from_db()
        assert first.status == "offered"
        assert first.lines[-1]["amount"] == "-100"
        assert first.lines[-1]["texts"]["ko"] == "Partner of the forum"
        net = sum(Decimal(line["amount"]) for line in first.lines)
        assert first.amount == net * (100 + fair.exhibition.vat_percent) / 100

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ({"days": "0"}, "greater than or equal to 1"),
            ({"days": "5", "discount": "10"}, "what the discount is for"),
            ({"days": "5", "discount": "1e9", "reason": "x"}, "less than the price"),
            ({"days": "5", "discount": "-1", "reason": "x"}, "greater than or equal to 0"),
            ({"days": "360000", "discount": ""}, "less than or equal to 365"),
        ],
    )
    def test_a_wrong_offer_is_a_sentence_and_nothing_typed_is_lost(
        self, fair: Fair, desk: Client, data: dict[str, str], words: str
    ) -> None:
        booking = fair.apply(fair.hold("A1"))
        page = decide(desk, booking, "offer", **data)
        assert words in text_of(page)
        assert 'aria-invalid="true"' in text_of(page) or 'role="alert"' in text_of(page)
        assert f'value="{data["days"]}"' in text_of(page)
        assert status(booking) == "requested"

    @pytest.mark.parametrize(
        ("do", "made", "data"),
        [
            ("ask", "asked", {}),
            ("decline", "declined", {}),
            ("release", "released", {}),
        ],
    )
    def test_with_a_reason_and_not_without(
        self, fair: Fair, desk: Client, do: str, made: str, data: dict[str, str]
    ) -> None:
        booking = fair.apply(fair.hold("A1"))
        assert "Please say why" in text_of(decide(desk, booking, do))
        assert status(booking) == "requested"
        decide(desk, booking, do, reason=REASON, **data)
        assert status(booking) == made
        booking.refresh_from_db()
        assert booking.reason == REASON

    def test_confirming_without_payment(self, fair: Fair, desk: Client) -> None:
        booking = services.accept_offer(fair.offered("A1"), by=None)
        decide(desk, booking, "confirm", reason="A guest of the ministry.")
        assert status(booking) == "confirmed"

    def test_prolonging_an_offer(self, fair: Fair, desk: Client) -> None:
        booking = fair.offered("A1")
        before = booking.expires_at
        decide(desk, booking, "prolong", days=60, reason=REASON)
        booking.refresh_from_db()
        assert before is not None
        assert booking.expires_at is not None
        assert booking.expires_at > before

    def test_waiting_keeps_the_booth_when_asked_to(self, fair: Fair, desk: Client) -> None:
        booking = fair.fill()["A2"]
        assert "nobody needs to wait" in text_of(decide(desk, booking, "wait", reason=REASON))
        decide(desk, booking, "wait", reason=REASON, keep="on")
        assert BoothWait.objects.in_line().get().exhibitor_id == booking.exhibitor_id

    def test_who_comes_second_reads_what_the_first_did(self, fair: Fair, desk: Client) -> None:
        booking = fair.apply(fair.hold("A1"))
        services.make_offer(booking, by=fair.organizer)
        page = decide(desk, booking, "decline", reason=REASON)
        assert "Nothing was done" in said(page)
        assert str(fair.organizer) in said(page)
        assert status(booking) == "offered"
        assert "booth.declined" not in mailed()

    def test_sent_twice_is_done_once(self, fair: Fair, desk: Client) -> None:
        booking = fair.apply(fair.hold("A1"))
        for _ in range(2):
            page = decide(desk, booking, "offer", days=5)
        assert "Nothing was done" in said(page)
        assert mailed().count("booth.offered") == 1

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"booking": "x", "revision": "1", "do": "offer"},
            {"booking": "99999999999999999999", "revision": "0", "do": "offer"},
            {"revision": "0", "do": "erase"},
        ],
    )
    def test_what_was_made_up_is_not_found(self, fair: Fair, desk: Client, body: dict[str, str]) -> None:
        booking = fair.apply(fair.hold("A1"))
        answer = desk.post(DESK, {"booking": booking.pk} | body)
        assert answer.status_code == HTTPStatus.NOT_FOUND


class TestPlan:
    def move(self, desk: Client, booking: BoothBooking, to: str, do: str = "move", **data: str) -> Any:
        body = {"do": do, "reason": REASON, **data}
        return desk.post(f"{CHANGE}?booking={booking.pk}&to={to}", body, follow=True)

    def test_shows_every_booth_and_what_can_be_done_with_one(self, fair: Fair, desk: Client) -> None:
        booking = fair.apply(fair.hold("A1"))
        text = text_of(desk.get(PLAN, {"booth": "A1"}))
        assert f"booking={booking.pk}" in text
        assert text.count("<polygon") >= 7
        assert "Keep it free" in text_of(desk.get(PLAN, {"booth": "A2"}))
        assert "Keep it free" not in text

    @pytest.mark.parametrize("rows", [1, 3])
    def test_costs_the_same_with_any_number(
        self, fair: Fair, desk: Client, assert_queries: Any, rows: int
    ) -> None:
        for number in range(rows):
            fair.apply(fair.hold(f"A{number + 1}"))
        desk.get(PLAN)
        with assert_queries(PLAN_QUERIES):
            desk.get(PLAN)

    def test_moves_after_saying_what_will_happen(self, fair: Fair, desk: Client) -> None:
        booking = fair.apply(fair.hold("A1"))
        page = desk.get(CHANGE, {"booking": str(booking.pk), "to": "a4"})
        assert "goes from A1 to A4" in page.context["plans"][0].sentence
        assert "now has A4" in said(self.move(desk, booking, "A4"))
        assert "booth.moved" in mailed()

    def test_adds_a_neighbour(self, fair: Fair, desk: Client) -> None:
        booking = fair.apply(fair.hold("A1"))
        assert "now has A1, A2" in said(self.move(desk, booking, "A2", "merge"))

    def test_swaps(self, fair: Fair, desk: Client) -> None:
        one, other = fair.apply(fair.hold("A1")), fair.confirmed("A5")
        page = desk.get(CHANGE, {"booking": str(one.pk), "to": "A5"})
        assert [plan.do for plan in page.context["plans"]] == ["swap"]
        self.move(desk, one, "A5", "swap")
        assert other.booths.get().booth.number == "A1"

    def test_what_was_taken_meanwhile_is_a_sentence(self, fair: Fair, desk: Client) -> None:
        booking = fair.apply(fair.hold("A1"))
        fair.confirmed("A3")
        page = self.move(desk, booking, "A3")
        assert "changed meanwhile" in text_of(page)
        assert booking.booths.get().booth.number == "A1"

    @pytest.mark.parametrize("to", ["", "Z9", "A1 " * 30, "\x00"])
    def test_numbers_of_nothing_are_a_sentence(self, fair: Fair, desk: Client, to: str) -> None:
        booking = fair.apply(fair.hold("A1"))
        page = desk.get(CHANGE, {"booking": str(booking.pk), "to": to}, follow=True)
        assert page.status_code in {HTTPStatus.OK, HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND}
        assert booking.booths.get().booth.number == "A1"

    def test_needs_a_reason(self, fair: Fair, desk: Client) -> None:
        booking = fair.apply(fair.hold("A1"))
        assert "Please say why" in text_of(self.move(desk, booking, "A4", reason=""))
        assert booking.booths.get().booth.number == "A1"

    def test_keeps_a_booth_free_and_lets_it_go(self, fair: Fair, desk: Client) -> None:
        here = f"{PLAN}?booth=A2"
        assert "Please say why" in text_of(desk.post(here, {"reason": ""}))
        desk.post(here, {"reason": "For the ministry"})
        assert Booth.objects.get(number="A2").is_blocked
        desk.post(here, {"unblock": "1"})
        assert not Booth.objects.get(number="A2").is_blocked
        fair.confirmed("A3")
        page = desk.post(f"{PLAN}?booth=A3", {"reason": "For the ministry"})
        assert "is booked" in said(page)


class TestLines:
    @pytest.fixture
    def waits(self, fair: Fair) -> list[BoothWait]:
        """Give two who wait for a standard booth."""
        fair.fill()
        return [
            services.join_line(exhibitor=fair.exhibitor(), kind=fair.standard, period=fair.whole, by=None)
            for _ in range(2)
        ]

    def test_shows_the_order(self, desk: Client, waits: list[BoothWait]) -> None:
        (line,) = desk.get(LINES).context["lines"]
        assert line.waits == waits

    def test_changes_the_rank(self, desk: Client, waits: list[BoothWait]) -> None:
        address = f"{LINES}{waits[1].pk}/rank/"
        assert "Please say why" in text_of(desk.post(address, {"rank": "1", "reason": ""}))
        desk.post(address, {"rank": "1", "reason": REASON})
        assert list(BoothWait.objects.in_line()) == [waits[1], waits[0]]

    def test_takes_off(self, desk: Client, waits: list[BoothWait]) -> None:
        address = f"{LINES}{waits[0].pk}/remove/"
        desk.post(address, {"reason": REASON})
        again = desk.get(address, follow=True)
        assert "waits no more" in said(again)
        assert list(BoothWait.objects.in_line()) == [waits[1]]

    def test_offers_out_of_turn_what_is_free(self, fair: Fair, desk: Client, waits: list[BoothWait]) -> None:
        booking = BoothBooking.objects.live().get(booths__booth__number="A2")
        type(fair.exhibition).objects.update(booking_opens_at=None)
        services.decline(booking, by=fair.organizer, reason=REASON)
        address = f"{LINES}{waits[1].pk}/offer/"
        assert "A2" in text_of(desk.get(address))
        page = desk.post(address, {"booth": fair.booths["A1"].pk, "reason": REASON})
        assert "not free any more" in text_of(page)
        desk.post(address, {"booth": fair.booths["A2"].pk, "reason": REASON})
        assert BoothBooking.objects.get(exhibitor=waits[1].exhibitor_id).status == "held"


class TestByHand:
    def body(self, fair: Fair, **changes: Any) -> dict[str, Any]:
        return {
            "exhibitor": fair.exhibitor().pk,
            "booths": "a1, a2",
            "period": fair.whole.pk,
            "currency": "USD",
            "note": "By telephone",
            f"extra_{fair.screens.pk}": "1",
            "terms": "on",
            "terms_version": fair.terms,
            **changes,
        }

    def test_applies_for_her_and_opens_the_application(self, fair: Fair, desk: Client) -> None:
        page = desk.post(BOOK, self.body(fair), follow=True)
        one = page.context["one"]
        assert (one.status, page.context["numbers"]) == ("requested", "A1, A2")
        assert "booth.requested" in mailed()

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"booths": "Z1"}, "There is no booth Z1"),
            ({"booths": "A1 A3"}, "side by side"),
            ({"terms": ""}, "Without the terms"),
            ({"terms_version": "77"}, "terms of participation were changed"),
            ({"currency": "KRW"}, "no price in KRW"),
        ],
    )
    def test_refuses_with_a_sentence_and_keeps_what_was_typed(
        self, fair: Fair, desk: Client, changes: dict[str, str], words: str
    ) -> None:
        page = desk.post(BOOK, self.body(fair, **changes))
        assert words in text_of(page)
        assert "By telephone" in text_of(page)
        assert not BoothBooking.objects.exists()


class TestWhoMay:
    def addresses(self, fair: Fair) -> list[str]:
        booking = fair.apply(fair.hold("A1"))
        slug = fair.forum.slug
        return [
            f"{DESK}?forum={slug}&open={booking.pk}",
            f"{PLAN}?forum={slug}&booth=A1",
            f"{CHANGE}?forum={slug}&booking={booking.pk}&to=A2",
            f"{LINES}?forum={slug}",
            f"{BOOK}?forum={slug}",
        ]

    def test_nobody_without_the_right_and_nobody_of_another_forum(self, fair: Fair, sign_in: SignIn) -> None:
        other = ForumFactory(is_current=False)
        stranger = sign_in(organizer(other, ForumRole.Role.EXHIBITION_MANAGER, "Other"))
        viewer = sign_in(organizer(fair.forum, ForumRole.Role.VIEWER, "Viewer"))
        for address in self.addresses(fair):
            assert stranger.get(address).status_code == HTTPStatus.NOT_FOUND, address
            assert viewer.get(address).status_code == HTTPStatus.FORBIDDEN, address

    def test_a_booking_of_another_forum_is_none_of_this_desk(self, fair: Fair, sign_in: SignIn) -> None:
        other = ForumFactory(is_current=False)
        there = fair_in(other, fair.organizer)
        theirs = there.apply(there.hold("A1"))
        desk = sign_in(organizer(fair.forum, ForumRole.Role.EXHIBITION_MANAGER, "Mai"))
        here = f"forum={fair.forum.slug}"
        assert desk.get(f"{DESK}?{here}&open={theirs.pk}").context["one"] is None
        body = {"booking": theirs.pk, "revision": theirs.revision, "do": "decline", "reason": REASON}
        assert desk.post(f"{DESK}?{here}", body).status_code == HTTPStatus.NOT_FOUND
        desk.post(f"{CHANGE}?{here}&booking={theirs.pk}&to=A2", {"do": "move", "reason": REASON})
        wait = BoothWait.objects.create(exhibitor=there.exhibitor(), type=there.standard, period=there.whole)
        assert desk.post(f"{LINES}{wait.pk}/remove/", {"reason": REASON}).status_code == HTTPStatus.NOT_FOUND
        assert (status(theirs), theirs.booths.get().booth.number) == ("requested", "A1")
