"""A booking on the exhibitor's own pages, from the hold to the confirmed booth and every end between."""

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
from exhibitors.models import BoothBooking, BoothPrice, BoothWait, Exhibition, Exhibitor, ExtraPrice
from outbox.models import Message
from tests.conftest import SignIn
from tests.crowd import at_once
from tests.exhibitors.conftest import REASON, Fair, booths_of, statuses
from tests.exhibitors.factories import BoothPriceFactory, ExtraFactory, ExtraPriceFactory
from tests.exhibitors.test_booth_page import words
from tests.exhibitors.test_portal import manager_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(fair: Fair) -> Exhibitor:
    """Give an exhibitor with all that an invoice needs."""
    return fair.exhibitor(billing_name="Company", billing_address="1 Main Street")


@pytest.fixture
def browser(who: Exhibitor, sign_in: SignIn) -> Client:
    """Give the browser of somebody who looks after it."""
    return sign_in(manager_of(who))


def path_of(booking: BoothBooking, deed: str = "") -> str:
    return f"/en/exhibitor/{booking.exhibitor.slug}/bookings/{booking.pk}/{deed}"


def filled(browser: Client, booking: BoothBooking, **changes: Any) -> dict[str, Any]:
    """Return the form as a browser sends it: what stands in it, with what is filled in besides."""
    page = browser.get(path_of(booking)).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(terms_version|prices)" value="([^"]*)"', page))
    said = {
        "contact_name": "Kim Ha-na",
        "contact_email": "kim@example.org",
        "contact_phone": "+82 2 123",
        "billing_name": "Company",
        "billing_address": "1 Main Street",
        "tax_code": "0101",
        "shows": "A reader of bones",
        "currency": "USD",
        "note": "Near the stage, please",
        "terms": "on",
    }
    return hidden | said | changes


class TestHold:
    def test_the_page_counts_down_by_the_clock_of_the_site(
        self, fair: Fair, who: Exhibitor, browser: Client
    ) -> None:
        booking = fair.hold("A1", who)
        page = browser.get(path_of(booking)).content.decode()
        assert re.search(r'data-until="20[^"]+" data-now="20[^"]+"', page)
        assert "Held for you until" in page
        assert "Terms" in page

    def test_renewed_once(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        booking = fair.hold("A1", who)
        assert "Renew once" in words(browser.get(path_of(booking)))
        browser.post(path_of(booking, "renew/"))
        assert "Renew once" not in words(browser.get(path_of(booking)))
        page = browser.post(path_of(booking, "renew/"), follow=True)
        assert "You have renewed this hold already" in words(page)

    def test_given_up(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        booking = fair.hold("A1", who)
        page = browser.post(path_of(booking, "release/"), follow=True)
        assert "The booth is given up." in words(page)
        assert "Hold the booth again" in words(page)
        assert statuses() == {}

    def test_it_holds_again_after_the_time_is_over(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        booking = fair.hold("A1", who)
        lapse(booking)
        assert "The booth is no longer held for you" in words(browser.get(path_of(booking)))
        response = browser.post(path_of(booking, "again/"))
        new = BoothBooking.objects.get(status="held")
        assert response["Location"] == path_of(new)
        assert new.pk != booking.pk

    def test_it_cannot_be_held_again_once_somebody_has_it(
        self, fair: Fair, who: Exhibitor, browser: Client
    ) -> None:
        booking = fair.hold("A1", who)
        lapse(booking)
        fair.hold("A1")
        page = browser.post(path_of(booking, "again/"), follow=True)
        assert "Booth A1 is taken." in words(page)
        assert f'href="/en/booths/A2/?exhibitor={who.slug}' in page.content.decode()

    def test_a_turn_in_the_line(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        rows = fair.fill()
        services.join_line(exhibitor=who, kind=fair.standard, period=fair.whole, by=None)
        services.release_booking(rows["A4"], by=fair.organizer, reason=REASON)
        booking = BoothWait.objects.get().booking
        assert booking is not None
        assert "You waited for such a booth: it is held for you for a day." in words(
            browser.get(path_of(booking))
        )


def lapse(booking: BoothBooking) -> None:
    """Let the time of a hold or an offer be over, without anybody noticing."""
    BoothBooking.objects.filter(pk=booking.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


class TestApplication:
    def test_sent(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        booking = fair.hold("A1", who)
        extra = f"extra_{fair.screens.pk}"
        response = browser.post(path_of(booking), filled(browser, booking, **{extra: "2"}))
        assert response["Location"] == path_of(booking)
        booking.refresh_from_db()
        who.refresh_from_db()
        assert (booking.status, booking.shows, booking.note) == (
            "requested",
            "A reader of bones",
            "Near the stage, please",
        )
        assert dict(booking.extras.values_list("extra", "quantity")) == {fair.screens.pk: 2}
        assert (who.contact_email, who.billing_name, who.tax_code) == ("kim@example.org", "Company", "0101")
        text = words(browser.get(path_of(booking)))
        assert "The organizers look at your application" in text
        assert "2 × Screen" in text
        assert "Application sent" in text

    def test_twice_in_two_tabs_is_once(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        booking = fair.hold("A1", who)
        said = filled(browser, booking)
        first, second = (browser.post(path_of(booking), said) for _ in range(2))
        assert first["Location"] == second["Location"] == path_of(booking)
        assert Message.objects.filter(kind="booth.requested").count() == 1

    def test_nothing_filled_in(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        booking = fair.hold("A1", who)
        response = browser.post(path_of(booking), {})
        assert response.status_code == 422
        text = words(response)
        assert "Please say in a sentence or two what you will show." in text
        assert "Please read and accept the terms of participation." in text
        assert statuses() == {"A1": "held"}

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"currency": "EUR"}, "Please choose one of the currencies of the price list."),
            ({"currency": ""}, "Please choose one of the currencies of the price list."),
            ({"contact_email": "nobody"}, "Enter a valid email address."),
            ({"shows": "x" * 2001}, "Ensure this value has at most 2000 characters"),
            ({"extra": "many"}, "Please give a whole number."),
            ({"extra": "-1"}, "greater than or equal to 0"),
            ({"terms": ""}, "Please read and accept the terms of participation."),
        ],
    )
    def test_bad_input_says_so_beside_its_field(
        self, fair: Fair, who: Exhibitor, browser: Client, changes: dict[str, str], sentence: str
    ) -> None:
        booking = fair.hold("A1", who)
        if "extra" in changes:
            changes = {f"extra_{fair.screens.pk}": changes["extra"]}
        response = browser.post(path_of(booking), filled(browser, booking, **changes))
        assert response.status_code == 422
        assert sentence in words(response)
        assert "Near the stage, please" in words(response)

    def test_computed_without_script(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        booking = fair.hold("A1", who)
        said = filled(browser, booking, **{f"extra_{fair.screens.pk}": "2", "compute": "1"})
        response = browser.post(path_of(booking), said)
        assert response.status_code == 200
        text = words(response)
        assert "Total with VAT $1,298.00" in text
        assert "A reader of bones" in text
        assert "needs another look" not in text

    @pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "\u00b2", "-1"])
    @pytest.mark.parametrize("deed", ["", "price/"])
    def test_a_number_beyond_reason_is_not_computed(
        self, fair: Fair, who: Exhibitor, browser: Client, deed: str, number: str
    ) -> None:
        booking = fair.hold("A1", who)
        said = filled(browser, booking) | {f"extra_{fair.screens.pk}": number}
        page = browser.post(path_of(booking, deed), said | {"compute": "1"})
        assert page.status_code == 200
        assert page.context["computed"].net == 1000
        assert browser.post(path_of(booking), said).status_code == 422

    def test_computed_for_the_script(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        booking = fair.hold("A1", who)
        answer = browser.post(path_of(booking, "price/"), filled(browser, booking)).content.decode()
        assert "$1,100.00" in answer
        assert "<main" not in answer
        said = filled(browser, booking, currency="KRW")
        answer = browser.post(path_of(booking, "price/"), said).content.decode()
        assert "There is no price in KRW for this booth." in answer

    def test_an_extra_sold_out_says_so_beside_it(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        booking = fair.hold("A1", who)
        fair.apply(fair.hold("A2"), extras={fair.screens.pk: 4})
        extra = f"extra_{fair.screens.pk}"
        response = browser.post(path_of(booking), filled(browser, booking, **{extra: "2"}))
        assert response.status_code == 409
        page = response.content.decode()
        assert f'id="id_{extra}_error"' in page
        assert "1 is left." in words(response)
        assert "A reader of bones" in page

    def test_terms_changed_meanwhile(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        booking = fair.hold("A1", who)
        said = filled(browser, booking)
        Exhibition.objects.filter(pk=fair.exhibition.pk).update(terms_en="New terms")
        response = browser.post(path_of(booking), said)
        assert response.status_code == 409
        page = response.content.decode()
        assert "The terms of participation were changed meanwhile" in page
        assert "New terms" in page
        assert f'name="terms_version" value="{fair.terms}"' in page
        assert not re.search(r'name="terms"[^>]*checked', page)
        assert "A reader of bones" in page
        assert browser.post(path_of(booking), filled(browser, booking)).status_code == 302

    def test_prices_changed_meanwhile(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        booking = fair.hold("A1", who)
        said = filled(browser, booking)
        BoothPrice.objects.filter(type=fair.standard).update(amount=1500)
        response = browser.post(path_of(booking), said)
        assert response.status_code == 409
        assert "The price list was changed meanwhile." in words(response)
        assert "Total with VAT $1,650.00" in words(response)
        fresh = re.search(r'name="prices" value="([^"]*)"', response.content.decode())
        assert fresh is not None
        assert browser.post(path_of(booking), said | {"prices": fresh[1]}).status_code == 302

    def test_an_extra_without_a_price_in_the_currency(
        self, fair: Fair, who: Exhibitor, browser: Client
    ) -> None:
        BoothPriceFactory(type=fair.standard, currency="KRW", amount=1_300_000)
        booking = fair.hold("A1", who)
        said = filled(browser, booking, currency="KRW", **{f"extra_{fair.screens.pk}": "1"})
        response = browser.post(path_of(booking), said)
        assert response.status_code == 409
        assert "One of the extras you chose has no price in KRW." in words(response)
        assert ExtraPrice.objects.get().currency == "USD"

    def test_over_while_it_was_typed_and_nothing_is_lost(
        self, fair: Fair, who: Exhibitor, browser: Client
    ) -> None:
        booking = fair.hold("A1", who)
        said = filled(browser, booking, **{f"extra_{fair.screens.pk}": "3"})
        lapse(booking)
        response = browser.post(path_of(booking), said)
        assert response.status_code == 409
        text = words(response)
        assert "This booth is no longer held for you. Please choose it again." in text
        assert "A reader of bones" in text
        assert "Hold the booth again" in text
        new = browser.post(path_of(booking, "again/"), said)["Location"]
        page = browser.get(new).content.decode()
        assert "A reader of bones" in page
        assert f'id="id_extra_{fair.screens.pk}" value="3"' in page

    def test_what_was_typed_goes_along_to_another_booth(
        self, fair: Fair, who: Exhibitor, browser: Client
    ) -> None:
        booking = fair.hold("A1", who)
        browser.post(path_of(booking, "price/"), filled(browser, booking, shows="A scanner"))
        answer = browser.post("/en/booths/A5/hold/", {"period": fair.whole.pk, "exhibitor": who.slug})
        assert "A scanner" in browser.get(answer["Location"]).content.decode()
        assert statuses() == {"A5": "held"}

    def test_queries_do_not_grow_with_extras(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        booking = fair.hold("A1", who)
        counted = []
        for _round in (1, 2):
            browser.get(path_of(booking))
            with CaptureQueriesContext(connection) as queries:
                browser.get(path_of(booking))
            counted.append(len(queries))
            for _more in range(2):
                ExtraPriceFactory(extra=ExtraFactory(forum=fair.forum))
        assert counted[0] == counted[1] <= 20


class TestLife:
    def test_a_question_and_its_answer(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        booking = services.ask_back(
            fair.apply(fair.hold("A1", who)), by=fair.organizer, question="How heavy is it?"
        )
        assert "The organizers ask How heavy is it?" in words(browser.get(path_of(booking)))
        empty = browser.post(path_of(booking, "answer/"), {"text": " "})
        assert empty.status_code == 422
        assert "Please write your answer." in words(empty)
        browser.post(path_of(booking, "answer/"), {"text": "Two tons"})
        text = words(browser.get(path_of(booking)))
        assert "Answer sent" in text
        assert "Two tons" in text
        late = browser.post(path_of(booking, "answer/"), {"text": "Once more"})
        assert late.status_code == 409
        assert "the booking was changed meanwhile" in words(late)

    def test_an_offer_is_accepted_after_asking_once(
        self, fair: Fair, who: Exhibitor, browser: Client
    ) -> None:
        booking = fair.offered("A1", who, extras={fair.screens.pk: 1})
        text = words(browser.get(path_of(booking)))
        assert "The price is fixed until" in text
        assert "VAT $109.00 Total with VAT $1,199.00" in text
        asked = words(browser.get(path_of(booking, "accept/")))
        assert "You then owe $1,199.00, VAT included." in asked
        nameless = browser.post(
            path_of(booking, "accept/"), {"billing_name": "", "billing_address": "Street"}
        )
        assert nameless.status_code == 422
        assert "Please say to whom the invoice is made out." in words(nameless)
        buyer = {"billing_name": "Holding", "billing_address": "2 Side Street", "tax_code": ""}
        page = browser.post(path_of(booking, "accept/"), buyer, follow=True)
        assert "You have accepted the offer." in words(page)
        assert statuses() == {"A1": "accepted"}
        who.refresh_from_db()
        assert who.billing_name == "Holding"
        assert browser.get(path_of(booking, "accept/")).status_code == 302
        browser.post(path_of(booking, "accept/"), buyer)
        assert Message.objects.filter(kind="booth.accepted").count() == 1

    def test_an_offer_whose_time_is_over(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        booking = fair.offered("A1", who)
        lapse(booking)
        assert "The time to accept the offer is over" in words(browser.get(path_of(booking)))
        buyer = {"billing_name": "Holding", "billing_address": "2 Side Street"}
        late = browser.post(path_of(booking, "accept/"), buyer)
        assert late.status_code == 409
        assert "The time to accept this offer is over." in words(late)

    def test_given_back_with_a_reason(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        booking = fair.offered("A1", who)
        assert browser.post(path_of(booking, "give-back/"), {"reason": ""}).status_code == 422
        page = browser.post(path_of(booking, "give-back/"), {"reason": "Too dear"}, follow=True)
        assert "You have given the booking back." in words(page)
        assert "Too dear" in words(page)
        assert statuses() == {}
        assert browser.get(path_of(booking, "give-back/")).status_code == 302

    def test_declined_with_what_can_be_done(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        booking = services.decline(
            fair.apply(fair.hold("A1", who)), by=fair.organizer, reason="No room for chairs"
        )
        text = words(browser.get(path_of(booking)))
        assert "The organizers declined the application No room for chairs" in text
        assert "Hold the booth again" in text
        assert "The organizers" in text

    def test_confirmed(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        booking = fair.confirmed("A1", who)
        text = words(browser.get(path_of(booking)))
        assert "The booth is yours" in text
        assert "2 passes for your staff come with it." in text
        assert f"Booth confirmed {REASON}" in text
        refused = browser.post(path_of(booking, "give-back/"), {"reason": "Sorry"})
        assert refused.status_code == 409
        assert "given back through the organizers" in words(refused)

    def test_the_story_names_the_exhibitors_people_and_no_organizer(
        self, fair: Fair, who: Exhibitor, sign_in: SignIn
    ) -> None:
        user = manager_of(who)
        browser = sign_in(user)
        browser.post("/en/booths/A1/hold/", {"period": fair.whole.pk, "exhibitor": who.slug})
        booking = BoothBooking.objects.get()
        services.move_booking(
            fair.apply(booking), booths=[fair.booths["A3"]], by=fair.organizer, reason="A pillar"
        )
        text = words(browser.get(path_of(booking)))
        assert "Moved to another booth A1 → A3 A pillar" in text
        assert (user.name or user.email) in text
        assert str(fair.organizer) not in text
        assert booths_of(booking) == ["A3"]

    def test_the_list(self, fair: Fair, who: Exhibitor, browser: Client) -> None:
        assert "You have no booth yet" in words(browser.get(f"/en/exhibitor/{who.slug}/bookings/"))
        fair.apply(fair.hold("A1", who))
        services.release_hold(fair.hold("A2", who), by=None)
        text = words(browser.get(f"/en/exhibitor/{who.slug}/bookings/"))
        assert "A1 Standard Requested" in text
        assert "A2 Standard Released" in text
        counted = []
        for number in ("A3", "A4"):
            fair.apply(fair.hold(number, who))
            with CaptureQueriesContext(connection) as queries:
                browser.get(f"/en/exhibitor/{who.slug}/bookings/")
            counted.append(len(queries))
        assert counted[0] == counted[1]


DEEDS = ("", "price/", "again/", "renew/", "release/", "answer/", "accept/", "give-back/")


@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_touches_the_booking_of_another(
    fair: Fair, who: Exhibitor, browser: Client, deed: str
) -> None:
    theirs = fair.hold("A1")
    assert browser.post(path_of(theirs, deed)).status_code == 404
    # The own name with the other's number neither
    mixed = f"/en/exhibitor/{who.slug}/bookings/{theirs.pk}/{deed}"
    assert browser.post(mixed).status_code == 404
    assert browser.get(f"/en/exhibitor/{who.slug}/bookings/{theirs.pk}/").status_code == 404
    assert statuses() == {"A1": "held"}


@pytest.mark.django_db(transaction=True)
def test_two_tabs_send_the_application_at_once(fair: Fair, who: Exhibitor, sign_in: SignIn) -> None:
    user = manager_of(who)
    booking = fair.hold("A1", who)
    browsers = [sign_in(user) for _ in range(4)]
    said = filled(browsers[0], booking, **{f"extra_{fair.screens.pk}": "5"})
    answers: list[int] = []

    def send(browser: Client) -> None:
        answers.append(browser.post(path_of(booking), said).status_code)

    at_once([partial(send, browser) for browser in browsers], threads=4)
    assert answers == [302] * 4
    assert Message.objects.filter(kind="booth.requested").count() == 1
    fair.screens.refresh_from_db()
    assert fair.screens.taken == 5
