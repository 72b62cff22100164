"""Staff passes: as many as the booths allow, each a ticket."""

import uuid

import pytest
from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.utils import translation

from accounts.models import User
from exhibitors import services as booths
from exhibitors.duties.facts import facts_of
from exhibitors.models import Booth, BoothBooking, Exhibitor
from exhibitors.portal_cards import cards_of
from leads.allowances import Allowance, allowance_of
from leads.errors import AllowanceUsed, HasArrived, NoPasses
from leads.models import PassSetting, StaffPass
from leads.passes import give_pass, keep_person, passes_of, replace_person, withdraw_pass
from outbox.models import Message
from registrations import services
from registrations.consents import consent_in
from registrations.errors import AlreadyRegistered
from registrations.models import Registration
from tests.exhibitors.shown import claim, company
from tests.factories import ForumFactory, RegistrationTypeFactory
from tests.leads.conftest import manager_of, staff

pytestmark = pytest.mark.django_db


def given(exhibitor: Exhibitor, by: User, number: int = 1, **changes: str) -> StaffPass:
    """Give a pass to somebody new."""
    return give_pass(exhibitor, staff(number, **changes), form_token=uuid.uuid4(), by=by)


def test_a_pass_is_a_ticket_that_comes_by_mail(
    exhibitor: Exhibitor, booking: BoothBooking, manager: User
) -> None:
    one = given(exhibitor, manager, latin_name="MIN ONE", job_title="Sales")

    person = one.registration
    assert (person.status, person.type.slug, person.name) == ("confirmed", "exhibitor", "Min 1")
    assert (person.organization_name, person.country) == ("Gasang Medi (한국어)", "KR")
    [consent] = person.consents.all()
    assert consent.language == "ko"
    assert "Min (" in consent.wording
    assert consent_in(exhibitor.forum, "ko").wording in consent.wording
    mail = Message.objects.get(recipient="min1@gasang.example")
    assert (mail.kind, mail.language) == ("registration.confirmed", "ko")
    assert allowance_of(exhibitor) == Allowance(total=2, given=1)


def test_the_same_form_gives_one_pass(exhibitor: Exhibitor, booking: BoothBooking, manager: User) -> None:
    token = uuid.uuid4()
    passes = {give_pass(exhibitor, staff(), form_token=token, by=manager).pk for _click in range(2)}

    assert len(passes) == 1
    assert Registration.objects.filter(email="min1@gasang.example").count() == 1


def test_never_more_than_the_booths_allow(exhibitor: Exhibitor, booking: BoothBooking, manager: User) -> None:
    given(exhibitor, manager, 1)
    given(exhibitor, manager, 2)
    with pytest.raises(AllowanceUsed):
        given(exhibitor, manager, 3)
    assert Registration.objects.filter(type__slug="exhibitor").count() == 2
    assert not Message.objects.filter(recipient="min3@gasang.example").exists()


@pytest.mark.parametrize(
    ("status", "total", "awaited"),
    [("confirmed", 2, 0), ("accepted", 0, 2), ("requested", 0, 0), ("released", 0, 0)],
)
def test_confirmed_booths_alone_bring_passes(
    exhibitor: Exhibitor, booth: Booth, status: str, total: int, awaited: int
) -> None:
    price = {"amount": 1, "currency": "USD"} if status == "accepted" else {}
    claim(exhibitor, booth, status, **price)
    assert allowance_of(exhibitor) == Allowance(total=total, given=0, awaited=awaited)


def test_a_host_and_its_guests_share(exhibitor: Exhibitor, booking: BoothBooking, manager: User) -> None:
    guest = company(exhibitor.forum, "guest", "Guest Labs", host=exhibitor)
    of_guest = manager_of(guest, "Han")
    given(guest, of_guest, 1)
    given(exhibitor, manager, 2)
    with pytest.raises(AllowanceUsed):
        given(guest, of_guest, 3)
    assert [line.registration.name for line in passes_of(guest)] == ["Min 1"]


def test_without_a_setting_nobody_gets_a_pass(
    exhibitor: Exhibitor, booking: BoothBooking, manager: User
) -> None:
    PassSetting.objects.all().delete()
    with pytest.raises(NoPasses):
        given(exhibitor, manager)


def test_an_address_that_is_registered_is_told(
    exhibitor: Exhibitor, booking: BoothBooking, manager: User, mai: Registration
) -> None:
    with pytest.raises(AlreadyRegistered):
        given(exhibitor, manager, email=mai.email)
    assert allowance_of(exhibitor).given == 0


def test_withdrawn_before_it_is_used_and_not_afterwards(
    exhibitor: Exhibitor, booking: BoothBooking, manager: User
) -> None:
    one, two = given(exhibitor, manager, 1), given(exhibitor, manager, 2)
    for _twice in range(2):
        withdraw_pass(one, by=manager)
    assert allowance_of(exhibitor) == Allowance(total=2, given=1)
    Registration.objects.filter(pk=two.registration_id).update(arrived_at=booking.created_at)
    with pytest.raises(HasArrived):
        withdraw_pass(two, by=manager)
    assert Registration.objects.get(pk=two.registration_id).status == "confirmed"


def test_a_pass_goes_along_with_a_ticket_that_is_handed_on(
    exhibitor: Exhibitor, booking: BoothBooking, manager: User
) -> None:
    one = given(exhibitor, manager)
    invitation = replace_person(one, name="Seo", email="seo@gasang.example", language="ko", by=manager)
    assert passes_of(exhibitor)[0].hand_over == invitation
    keep_person(one, by=manager)
    assert passes_of(exhibitor)[0].hand_over is None

    invitation = replace_person(one, name="Seo", email="seo@gasang.example", language="ko", by=manager)
    seo = services.register(
        forum=exhibitor.forum,
        type=invitation.type,
        form_token=uuid.uuid4(),
        details=services.PersonDetails(
            name="Seo", email="seo@gasang.example", organization_name="Gasang", country="KR", language="ko"
        ),
        consents=[consent_in(exhibitor.forum, "ko")],
        invitation=invitation,
    )
    one.refresh_from_db()
    assert one.registration == seo
    assert allowance_of(exhibitor) == Allowance(total=2, given=1)


def test_a_released_booth_leaves_passes_and_both_sides_are_told(
    exhibitor: Exhibitor, booking: BoothBooking, manager: User, owner: User
) -> None:
    given(exhibitor, manager, 1)
    booths.release_booking(booking, by=owner, reason="Not paid after all")

    assert allowance_of(exhibitor) == Allowance(total=0, given=1)
    assert allowance_of(exhibitor).over == 1
    mail = Message.objects.get(kind="passes.over")
    assert (mail.recipient, mail.context["given"], mail.context["total"]) == (manager.email, 1, 0)
    assert Message.objects.filter(kind="exhibition.passes_over").count() == 1
    with pytest.raises(AllowanceUsed):
        given(exhibitor, manager, 2)
    with translation.override("en"):
        [card] = [card for card in cards_of(exhibitor) if "1 given, 0 allowed" in card.text]
    assert card.state == "late"


def test_a_released_booth_without_passes_is_nobodys_mail(booking: BoothBooking, owner: User) -> None:
    booths.release_booking(booking, by=owner, reason="Not paid after all")
    assert not Message.objects.filter(kind__endswith="over").exists()


def test_the_task_of_naming_the_staff_knows_how_many(
    exhibitor: Exhibitor, booking: BoothBooking, manager: User
) -> None:
    given(exhibitor, manager)
    progress = facts_of([exhibitor.pk])[exhibitor.pk, "staff"]
    assert (progress.done, progress.wanted, progress.is_complete) == (1, 2, False)


def test_a_booth_booked_for_two_days_counts_once(exhibitor: Exhibitor, booking: BoothBooking) -> None:
    booth, begin, end = booking.booths.get().booth, booking.span.lower, booking.span.upper
    assert begin is not None
    assert end is not None
    middle = begin + (end - begin) / 2
    BoothBooking.objects.update(status="released")
    for begins, ends in ((begin, middle), (middle, end)):
        booking.pk, booking._state.adding = None, True
        booking.span, booking.status = DateTimeTZRange(begins, ends, "[)"), "confirmed"
        booking.save()
        booking.booths.create(booth=booth)
    assert allowance_of(exhibitor).total == 2


# --- the page ------------------------------------------------------------------------------------


def page_of(exhibitor: Exhibitor, rest: str = "") -> str:
    """Return an address of the exhibitor's page of its staff."""
    return f"/en/exhibitor/{exhibitor.slug}/staff/{rest}"


def form_of(page: Client, exhibitor: Exhibitor, **changes: str) -> dict[str, str]:
    """Return what the page's form is sent with."""
    shown = page.get(page_of(exhibitor, "new/")).context["form"]
    person = {"name": "Min Gasang", "email": "min@gasang.example", "language": "ko", "agreed": "on"}
    return {**person, "form_token": shown.initial["form_token"], **changes}


def test_the_page_gives_a_pass_and_says_so(
    browser: Client, exhibitor: Exhibitor, booking: BoothBooking
) -> None:
    response = browser.post(page_of(exhibitor, "new/"), form_of(browser, exhibitor), follow=True)

    text = response.content.decode()
    assert "Min Gasang has a ticket now; it is on its way to min@gasang.example." in text
    assert "1 of 2 given" in text


def test_what_is_missing_stands_beside_its_field_and_nothing_is_lost(
    browser: Client, exhibitor: Exhibitor, booking: BoothBooking
) -> None:
    sent = form_of(browser, exhibitor, email="no address", name="Min Gasang")
    del sent["agreed"]
    response = browser.post(page_of(exhibitor, "new/"), sent)

    form = response.context["form"]
    assert sorted(form.errors) == ["agreed", "email"]
    assert 'value="Min Gasang"' in response.content.decode()


def test_a_full_allowance_is_a_sentence(
    browser: Client, exhibitor: Exhibitor, booking: BoothBooking, manager: User
) -> None:
    sent = form_of(browser, exhibitor)
    given(exhibitor, manager, 1)
    given(exhibitor, manager, 2)
    response = browser.post(page_of(exhibitor, "new/"), sent)
    assert response.status_code == 409
    assert "All staff passes of your booth are given." in response.content.decode()


def test_a_pass_is_replaced_and_withdrawn_from_the_page(
    browser: Client, exhibitor: Exhibitor, booking: BoothBooking, manager: User
) -> None:
    one = given(exhibitor, manager)
    person = {"name": "Seo", "email": "seo@gasang.example", "language": "ko"}
    page = browser.post(page_of(exhibitor, f"{one.pk}/"), person, follow=True).content.decode()
    assert "waits for Seo" in page
    page = browser.post(page_of(exhibitor, f"{one.pk}/deed/"), {"keep": ""}, follow=True).content.decode()
    assert "waits for Seo" not in page
    page = browser.post(page_of(exhibitor, f"{one.pk}/deed/"), {"withdraw": ""}, follow=True).content.decode()
    assert "0 of 2 given" in page


def test_passes_of_others_do_not_exist(
    rival: Client,
    browser: Client,
    other: Exhibitor,
    exhibitor: Exhibitor,
    booking: BoothBooking,
    manager: User,
) -> None:
    one = given(exhibitor, manager)
    for rest in ("", "new/", f"{one.pk}/"):
        assert rival.get(page_of(exhibitor, rest)).status_code == 404
        assert Client().get(page_of(exhibitor, rest)).status_code == 302
    assert rival.post(page_of(exhibitor, f"{one.pk}/deed/"), {"withdraw": ""}).status_code == 404
    # A pass of somebody else, from a page that is one's own.
    assert rival.post(page_of(other, f"{one.pk}/deed/"), {"withdraw": ""}).status_code == 404
    assert Registration.objects.get(pk=one.registration_id).status == "confirmed"


def test_a_ticket_of_another_forum_is_refused_by_the_database(
    exhibitor: Exhibitor, booking: BoothBooking, mai: Registration
) -> None:
    elsewhere = ForumFactory(is_current=False, slug="elsewhere")
    kind = RegistrationTypeFactory(forum=elsewhere)
    Registration.objects.filter(pk=mai.pk).update(forum=elsewhere, type=kind)
    with pytest.raises(IntegrityError, match="another forum"):
        StaffPass.objects.create(exhibitor=exhibitor, registration=mai)
