"""The page of a booth, and holding it or waiting for one like it from there."""

import re
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exhibitors import services
from exhibitors.models import Booth, BoothBooking, BoothWait
from tests.conftest import SignIn
from tests.crowd import at_once
from tests.exhibitors.conftest import Fair, booths_of, statuses
from tests.exhibitors.factories import BoothFactory, BoothPriceFactory, ExhibitorFactory
from tests.exhibitors.shown import claim, company
from tests.exhibitors.test_portal import manager_of
from tests.factories import ForumFactory

pytestmark = pytest.mark.django_db


def page_of(number: str, language: str = "en") -> str:
    return f"/{language}/booths/{number}/"


def words(response: Any) -> str:
    """Return what stands in the main part of a page, without markup."""
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


class TestReading:
    def test_a_free_booth(self, fair: Fair, client: Client) -> None:
        BoothPriceFactory(type=fair.standard, currency="VND", amount=20_000_000)
        BoothPriceFactory(
            type=fair.standard, rate="early", until=timezone.localdate() + timedelta(days=9), amount=800
        )
        BoothPriceFactory(type=fair.standard, rate="member", amount=700)
        response = client.get(page_of("A2"))
        text = words(response)
        assert "Free" in text
        assert "9 m²" in text
        assert "Early rate" in text
        assert "$800.00 $880.00" in text
        assert "For members $700.00 $770.00" in text
        assert "Standard rate $1,000.00 $1,100.00" in text
        assert "Hold this booth for 20 minutes" in text
        assert "2 passes for your staff" in text
        assert 'action="/en/exhibitor/join/"' in response.content.decode()
        assert "₫20,000,000 ₫22,000,000" in words(client.get(f"{page_of('A2')}?currency=VND"))

    def test_prices_are_in_the_readers_currency(self, fair: Fair, client: Client, sign_in: SignIn) -> None:
        for currency, amount in (("VND", 20_000_000), ("KRW", 1_200_000)):
            BoothPriceFactory(type=fair.standard, currency=currency, amount=amount)
        assert "20.000.000" in words(client.get(page_of("A2", "vi")))
        assert "₩1,200,000" in words(client.get(page_of("A2", "ko")))
        hospital = fair.exhibitor()
        text = words(sign_in(manager_of(hospital)).get(page_of("A2")))
        assert "Standard rate your price ₫20,000,000" in text

    def test_a_taken_booth_says_who_and_what_is_free_nearby(self, fair: Fair, client: Client) -> None:
        claim(company(fair.forum, "gasang", "Gasang Medi"), fair.booths["A3"])
        response = client.get(page_of("A3"))
        text = words(response)
        assert "Taken Here stands Gasang Medi" in text
        assert re.findall(r'<li><a href="/en/booths/(\w+)/">', response.content.decode())[0] in {"A2", "A4"}
        assert "Hold this booth" not in text

    def test_who_is_not_public_is_not_named(self, fair: Fair, client: Client) -> None:
        claim(company(fair.forum, "shy", "Shy Company", is_published=False), fair.booths["A3"])
        assert "Shy" not in words(client.get(page_of("A3")))

    def test_a_blocked_booth(self, fair: Fair, client: Client) -> None:
        Booth.objects.filter(number="A1").update(is_blocked=True, block_reason="A secret")
        text = words(client.get(page_of("A1")))
        assert "The organizers keep this booth free. It cannot be booked." in text
        assert "secret" not in text
        assert "Hold this booth" not in text

    def test_a_lapsed_hold_is_free(self, fair: Fair, client: Client) -> None:
        booking = fair.hold("A1")
        assert "Being taken" in words(client.get(page_of("A1")))
        BoothBooking.objects.filter(pk=booking.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
        assert "Hold this booth" in words(client.get(page_of("A1")))

    def test_a_shared_booth_says_for_which_period_it_is_free(self, fair: Fair, client: Client) -> None:
        fair.hold("S1", period=fair.morning)
        page = client.get(page_of("S1")).content.decode()
        boxes = re.findall(r'<input type="radio" name="period"[^>]*value="(\d+)"([^>]*)>', page)
        assert {(int(pk), "disabled" in rest) for pk, rest in boxes} == {
            (fair.whole.pk, True),
            (fair.morning.pk, True),
            (fair.afternoon.pk, False),
        }

    def test_while_booking_is_closed(self, fair: Fair, client: Client) -> None:
        fair.exhibition.booking_opens_at = timezone.now() + timedelta(days=2)
        fair.exhibition.save()
        text = words(client.get(page_of("A1")))
        assert "Booths can be booked from" in text
        assert "Hold this booth" not in text

    def test_before_there_is_a_price_or_a_period(self, fair: Fair, client: Client) -> None:
        fair.standard.prices.all().delete()
        assert "No price is set yet" in words(client.get(page_of("A1")))
        fair.exhibition.periods.all().delete()
        assert "For when booths can be had is not set yet" in words(client.get(page_of("A1")))

    def test_unknown_booths_and_those_of_another_forum(self, fair: Fair, client: Client) -> None:
        BoothFactory(hall__forum=ForumFactory(is_current=False, slug="elsewhere"), number="Z9")
        assert client.get(page_of("Z9")).status_code == 404
        assert client.get(page_of("no%20such")).status_code == 404

    def test_queries_do_not_grow(self, fair: Fair, client: Client) -> None:
        client.get(page_of("A1"))
        fair.hold("A3")
        counted = []
        for number in ("A4", "A5"):
            with CaptureQueriesContext(connection) as queries:
                client.get(page_of("A1"))
            counted.append(len(queries))
            fair.hold(number)
            BoothFactory(hall=fair.booths["A1"].hall, type=fair.standard, number=f"B{number}", place=9)
        assert counted[0] == counted[1] <= 13


class TestHolding:
    def test_from_the_page_to_the_application(self, fair: Fair, sign_in: SignIn) -> None:
        who = fair.exhibitor()
        browser = sign_in(manager_of(who))
        response = browser.post(f"{page_of('A2')}hold/", {"period": fair.whole.pk, "exhibitor": who.slug})
        booking = BoothBooking.objects.get(exhibitor=who)
        assert response["Location"] == f"/en/exhibitor/{who.slug}/bookings/{booking.pk}/"
        assert statuses() == {"A2": "held"}
        assert "Yours:" in words(browser.get(page_of("A2")))

    def test_twice_is_once(self, fair: Fair, sign_in: SignIn) -> None:
        who = fair.exhibitor()
        browser = sign_in(manager_of(who))
        said = {"period": fair.whole.pk, "exhibitor": who.slug}
        first, second = (browser.post(f"{page_of('A2')}hold/", said)["Location"] for _ in range(2))
        assert first == second

    def test_another_booth_in_another_tab_swaps_the_hold(self, fair: Fair, sign_in: SignIn) -> None:
        who = fair.exhibitor()
        browser = sign_in(manager_of(who))
        fair.hold("A1", who)
        assert "Booth A1 is held for" in words(browser.get(page_of("A4")))
        browser.post(f"{page_of('A4')}hold/", {"period": fair.whole.pk, "exhibitor": who.slug})
        assert statuses() == {"A4": "held"}

    def test_several_side_by_side(self, fair: Fair, sign_in: SignIn) -> None:
        who = fair.exhibitor()
        browser = sign_in(manager_of(who))
        said = {"period": fair.whole.pk, "exhibitor": who.slug}
        browser.post(f"{page_of('A2')}hold/", said | {"beside": ["A3", "A1"]})
        assert booths_of(BoothBooking.objects.get(exhibitor=who)) == ["A1", "A2", "A3"]
        gap = browser.post(f"{page_of('A4')}hold/", said | {"beside": ["A6"]})
        assert gap.status_code == 400
        assert "only when they are of one type and stand side by side" in words(gap)

    def test_a_booth_just_taken_answers_with_alternatives(self, fair: Fair, sign_in: SignIn) -> None:
        who = fair.exhibitor()
        browser = sign_in(manager_of(who))
        fair.hold("A2")
        response = browser.post(f"{page_of('A2')}hold/", {"period": fair.whole.pk, "exhibitor": who.slug})
        assert response.status_code == 409
        text = words(response)
        assert "Booth A2 is taken. Free nearby: A1, A3" in text
        assert 'href="/en/booths/A1/"' in response.content.decode()

    def test_a_neighbour_just_taken(self, fair: Fair, sign_in: SignIn) -> None:
        who = fair.exhibitor()
        browser = sign_in(manager_of(who))
        fair.hold("A3")
        said = {"period": fair.whole.pk, "exhibitor": who.slug, "beside": ["A3"]}
        response = browser.post(f"{page_of('A2')}hold/", said)
        assert response.status_code == 422
        assert "Booth A3 is not free any more" in words(response)
        assert statuses() == {"A3": "held"}

    @pytest.mark.parametrize("period", ["", "0", "x", "99999999999999999999"])
    def test_no_period_of_this_booth(self, fair: Fair, sign_in: SignIn, period: str) -> None:
        who = fair.exhibitor()
        response = sign_in(manager_of(who)).post(
            f"{page_of('A2')}hold/", {"period": period, "exhibitor": who.slug}
        )
        assert response.status_code == 422
        assert "error-summary" in response.content.decode()

    def test_a_period_outside_the_exhibition(self, fair: Fair, sign_in: SignIn) -> None:
        who = fair.exhibitor()
        fair.exhibition.starts_at += timedelta(days=1)
        fair.exhibition.save()
        response = sign_in(manager_of(who)).post(
            f"{page_of('A2')}hold/", {"period": fair.whole.pk, "exhibitor": who.slug}
        )
        assert response.status_code == 400
        assert "This booth cannot be booked for that time." in words(response)

    def test_nobody_holds_for_somebody_else(self, fair: Fair, sign_in: SignIn) -> None:
        mine, other = fair.exhibitor(), fair.exhibitor()
        browser = sign_in(manager_of(mine))
        response = browser.post(f"{page_of('A2')}hold/", {"period": fair.whole.pk, "exhibitor": other.slug})
        assert response.status_code == 422
        assert not BoothBooking.objects.exists()

    def test_who_manages_several_chooses(self, fair: Fair, sign_in: SignIn) -> None:
        one, two = fair.exhibitor(), fair.exhibitor()
        user = manager_of(one)
        manager_of(two, user)
        browser = sign_in(user)
        page = browser.get(f"{page_of('A2')}?exhibitor={two.slug}").content.decode()
        assert f'<option value="{two.slug}" selected>' in page
        browser.post(f"{page_of('A2')}hold/", {"period": fair.whole.pk, "exhibitor": two.slug})
        assert BoothBooking.objects.get().exhibitor == two

    def test_who_manages_nobody_signs_up_and_keeps_the_choice(
        self, fair: Fair, client: Client, sign_in: SignIn, stranger: Any
    ) -> None:
        said = {"period": fair.whole.pk, "beside": ["A1", "A3"]}
        kept = f"/en/exhibitor/join/?booth=A2&period={fair.whole.pk}&beside=A1&beside=A3"
        assert client.post(f"{page_of('A2')}hold/", said)["Location"] == kept
        assert sign_in(stranger).post(f"{page_of('A2')}hold/", said)["Location"] == kept
        back = client.get(f"{page_of('A2')}?period={fair.whole.pk}&beside=A1").content.decode()
        assert re.search(r'name="beside" value="A1"[^>]* checked', back)


class TestWaiting:
    def test_from_a_taken_type_to_a_place_in_line_and_out(self, fair: Fair, sign_in: SignIn) -> None:
        fair.fill()
        who = fair.exhibitor()
        browser = sign_in(manager_of(who))
        assert "Wait for one: Whole exhibition" in words(browser.get(page_of("A1")))
        said = {"period": fair.whole.pk, "exhibitor": who.slug}
        response = browser.post(f"{page_of('A1')}wait/", said)
        assert response["Location"] == f"/en/exhibitor/{who.slug}/bookings/#waiting"
        assert "Place 1 in line" in words(browser.get(response["Location"].partition("#")[0]))
        assert "You wait: Whole exhibition" in words(browser.get(page_of("A2")))
        wait = BoothWait.objects.get()
        browser.post(f"/en/exhibitor/{who.slug}/waits/{wait.pk}/leave/")
        assert not BoothWait.objects.in_line().exists()

    def test_nobody_waits_while_a_booth_is_free(self, fair: Fair, sign_in: SignIn) -> None:
        who = fair.exhibitor()
        browser = sign_in(manager_of(who))
        fair.hold("A1")
        assert "Wait for one" not in words(browser.get(page_of("A1")))
        response = browser.post(f"{page_of('A1')}wait/", {"period": fair.whole.pk, "exhibitor": who.slug})
        assert response.status_code == 409
        assert "A booth of this type is free" in words(response)

    def test_nobody_leaves_for_somebody_else(self, fair: Fair, sign_in: SignIn) -> None:
        fair.fill()
        other, mine = fair.exhibitor(), fair.exhibitor()
        wait = services.join_line(exhibitor=other, kind=fair.standard, period=fair.whole, by=None)
        browser = sign_in(manager_of(mine))
        assert browser.post(f"/en/exhibitor/{mine.slug}/waits/{wait.pk}/leave/").status_code == 404
        assert browser.post(f"/en/exhibitor/{other.slug}/waits/{wait.pk}/leave/").status_code == 404
        assert BoothWait.objects.in_line().count() == 1


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_ten_managers_press_the_button_at_once(self, fair: Fair, sign_in: SignIn) -> None:
        people = [(who := fair.exhibitor(), sign_in(manager_of(who))) for _ in range(10)]
        answers: list[int] = []

        def press(who: Any, browser: Client) -> None:
            said = {"period": fair.whole.pk, "exhibitor": who.slug}
            answers.append(browser.post(f"{page_of('A2')}hold/", said).status_code)

        ends = at_once([partial(press, who, browser) for who, browser in people], threads=10)
        assert ends == {"done": 10}
        assert sorted(answers) == [302] + [409] * 9
        assert statuses() == {"A2": "held"}

    def test_two_impatient_clicks_are_one_hold(self, fair: Fair, sign_in: SignIn) -> None:
        who = fair.exhibitor()
        user = manager_of(who)
        said = {"period": fair.whole.pk, "exhibitor": who.slug}
        places: list[str] = []

        def press(browser: Client) -> None:
            places.append(browser.post(f"{page_of('A2')}hold/", said)["Location"])

        at_once([partial(press, sign_in(user)) for _ in range(4)], threads=4)
        assert len(places) == 4
        assert len(set(places)) == 1


def test_plan_and_list_lead_to_the_same_page(fair: Fair, client: Client) -> None:
    claim(company(fair.forum, "gasang", "Gasang"), fair.booths["A6"])
    ExhibitorFactory(forum=fair.forum)
    page = client.get("/en/exhibition/").content.decode()
    drawn = dict(re.findall(r'<a class="booth [^"]*" href="([^"]*)" aria-label="Booth (\w+)', page))
    listed = re.findall(r'<tr id="booth-(\w+)"><th scope="row"><a href="([^"]*)">', page)
    assert {number: href for href, number in drawn.items()} | {"A6": page_of("A6")} == dict(listed)
