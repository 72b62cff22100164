"""What exhibitors write of themselves, with products and pictures; co-exhibitors; when visitors see them."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.models import AuditEntry, Membership, Organization
from core.errors import DomainError
from core.i18n import texts_of
from exhibitors import services
from exhibitors.co_exhibitors import invite_guest, remove_guest
from exhibitors.completeness import card, completeness_of
from exhibitors.managing import accept_invitation
from exhibitors.models import Exhibitor, Product
from exhibitors.presence import MOST_PRODUCTS, save_product
from outbox.models import Message
from tests.conftest import CountQueries, SignIn
from tests.exhibitors.conftest import Fair
from tests.exhibitors.test_portal import manager_of
from tests.factories import TopicFactory, UserFactory

pytestmark = pytest.mark.usefixtures("in_english")

PRODUCT = {"name_en": "Sonar reader", "tagline_en": "Reads sonograms."}


@pytest.fixture
def mine(fair: Fair) -> Exhibitor:
    return fair.exhibitor()


@pytest.fixture
def browser(mine: Exhibitor, sign_in: SignIn) -> Client:
    return sign_in(manager_of(mine))


def page(exhibitor: Exhibitor, *parts: object) -> str:
    return "/".join(["/en/exhibitor", exhibitor.slug, *map(str, parts), ""])


def profile_of(exhibitor: Exhibitor, **changes: Any) -> dict[str, Any]:
    """Return the profile's form as it stands, with changes."""
    names = {
        f"called_{code}": getattr(exhibitor.organization, f"name_{code}") or "" for code in ("vi", "ko", "en")
    }
    kept = ("contact_name", "contact_email", "contact_phone", "language", "website", "billing_name")
    return names | {name: getattr(exhibitor, name) for name in kept} | changes


def picture(width: int = 300, height: int = 200, kind: str = "PNG") -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(written, kind)
    return SimpleUploadedFile("logo.png", written.getvalue(), "image/png")


def test_the_profile_is_written_in_three_languages(mine: Exhibitor, browser: Client) -> None:
    topic = TopicFactory()
    data = profile_of(
        mine,
        tagline_vi="Đọc ảnh siêu âm",
        tagline_ko="초음파 판독",
        description_en="One.\r\n\r\nTwo.",
        website="example.org/sonar",
        topics=[topic.pk],
        contact_phone="0912 345 678",
        billing_address="1 Tràng Thi\r\nHà Nội",
        tax_code="0101234567",
    )
    answer = browser.post(page(mine, "profile"), data)
    assert answer["Location"] == page(mine, "profile")
    mine.refresh_from_db()
    tagline, description = texts_of(mine, "tagline"), texts_of(mine, "description")
    assert (tagline["vi"], tagline["ko"]) == ("Đọc ảnh siêu âm", "초음파 판독")
    assert description["en"] == "One.\n\nTwo."
    assert (mine.website, mine.contact_phone) == ("https://example.org/sonar", "+84912345678")
    assert (mine.billing_address, mine.tax_code) == ("1 Tràng Thi\nHà Nội", "0101234567")
    assert list(mine.topics.all()) == [topic]
    entry = AuditEntry.objects.get(action="exhibitor.changed")
    assert "tagline_vi" in entry.changes
    # Once more without a change: nothing is written.
    browser.post(page(mine, "profile"), data | {"contact_phone": "+84912345678"})
    assert AuditEntry.objects.filter(action="exhibitor.changed").count() == 1


def test_what_another_manager_wrote_meanwhile_stays(mine: Exhibitor, browser: Client) -> None:
    """A form that was opened before writes what was changed in it, not what it was opened with."""
    Exhibitor.objects.filter(pk=mine.pk).update(tagline_en="Old")
    form = profile_of(mine, tagline_en="Old", tagline_vi="Mới")
    browser.post(page(mine, "profile"), form)
    mine.refresh_from_db()
    tagline = texts_of(mine, "tagline")
    assert (tagline["en"], tagline["vi"]) == ("Old", "Mới")


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (
            lambda: SimpleUploadedFile("a.svg", b"<svg><script>alert(1)</script></svg>"),
            "no picture we can read",
        ),
        (lambda: SimpleUploadedFile("a.png", b"GIF89a not a picture"), "no picture we can read"),
        (lambda: SimpleUploadedFile("a.png", b""), "empty"),
        (lambda: picture(20_000, 20_000), "too many pixels"),
        (lambda: picture(20, 20), "too small"),
    ],
)
def test_a_bad_logo_is_said_beside_the_field_and_texts_stay(
    mine: Exhibitor, browser: Client, file: Any, sentence: str
) -> None:
    answer = browser.post(page(mine, "profile"), profile_of(mine, tagline_en="Kept", logo=file()))
    text = answer.content.decode()
    assert sentence in text
    assert 'id="id_logo_error"' in text
    assert 'value="Kept"' in text
    mine.refresh_from_db()
    assert not mine.logo


def test_a_logo_is_stored_anew_and_the_one_before_is_deleted(
    mine: Exhibitor, browser: Client, django_capture_on_commit_callbacks: Any
) -> None:
    browser.post(page(mine, "profile"), profile_of(mine, logo=picture()))
    mine.refresh_from_db()
    first = Path(mine.logo.path)
    assert (first.suffix, first.exists()) == (".webp", True)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(page(mine, "profile"), profile_of(mine, logo=picture(400, 400)))
    mine.refresh_from_db()
    assert not first.exists()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(page(mine, "profile"), profile_of(mine, without_logo="on"))
    second = Path(mine.logo.path)
    mine.refresh_from_db()
    assert not mine.logo
    assert not second.exists()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("website", "javascript:alert(1)", "This is no web address."),
        ("contact_email", "x", "This is not a mail address."),
        ("contact_phone", "call me", "This is no telephone number."),
        ("tagline_en", "x" * 161, "at most 160"),
        ("topics", "999999", "Please choose topics from the list."),
    ],
)
def test_bad_input_is_said_beside_the_field(
    mine: Exhibitor, browser: Client, field: str, value: str, sentence: str
) -> None:
    answer = browser.post(page(mine, "profile"), profile_of(mine, **{"description_en": "Kept", field: value}))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in text
    assert "Kept" in text


def test_names_of_a_shared_organization_are_the_organizers(mine: Exhibitor, browser: Client) -> None:
    organization = mine.organization
    names = {"name_vi": "Viện A", "name_ko": "", "name_en": "Institute A"}
    Organization.objects.filter(pk=organization.pk).update(**names)
    organization.refresh_from_db()
    browser.post(page(mine, "profile"), profile_of(mine, called_en="Institute B"))
    organization.refresh_from_db()
    assert texts_of(organization, "name")["en"] == "Institute B"
    Membership.objects.create(user=UserFactory(), organization=organization)
    browser.post(page(mine, "profile"), profile_of(mine, called_en="Institute C", called_ko="연구원"))
    organization.refresh_from_db()
    # A missing one may be added.
    assert texts_of(organization, "name") == {"vi": "Viện A", "ko": "연구원", "en": "Institute B"}


# --- Products ----------------------------------------------------------------------------------------


def test_products_are_added_ordered_corrected_and_deleted(mine: Exhibitor, browser: Client) -> None:
    for name in ("First", "Second", "Second"):
        assert browser.post(page(mine, "products", "new"), {"name_en": name}).status_code == 302
    first, second, third = mine.products.all()
    assert (first.slug, second.slug, third.slug[:7]) == ("first", "second", "second-")
    browser.post(page(mine, "products", third.pk, "move"), {"up": ""})
    browser.post(page(mine, "products", first.pk, "move"), {"up": ""})
    assert list(mine.products.all()) == [first, third, second]
    browser.post(page(mine, "products", first.pk), {"name_en": "First", "name_vi": "Thứ nhất"})
    first.refresh_from_db()
    assert (texts_of(first, "name")["vi"], first.slug) == ("Thứ nhất", "first")
    assert "Delete “First”?" in browser.get(page(mine, "products", first.pk, "delete")).content.decode()
    browser.post(page(mine, "products", first.pk, "delete"))
    assert list(mine.products.all()) == [third, second]
    assert browser.post(page(mine, "products", first.pk, "delete")).status_code == 404


def test_a_product_needs_a_name_in_one_language(mine: Exhibitor, browser: Client) -> None:
    text = browser.post(page(mine, "products", "new"), {"tagline_en": "Kept"}).content.decode()
    assert "Please write what the product is called." in text
    assert 'value="Kept"' in text
    assert not mine.products.exists()


def test_there_is_an_end_to_products(mine: Exhibitor) -> None:
    Product.objects.bulk_create(
        Product(exhibitor=mine, slug=f"p{n}", name_en="P", position=n) for n in range(MOST_PRODUCTS)
    )
    with pytest.raises(DomainError, match="at most 50"):
        save_product(mine, None, by=None, fields={"name_en": "One more"})


def test_products_of_others_are_out_of_reach(fair: Fair, mine: Exhibitor, browser: Client) -> None:
    other = fair.exhibitor()
    theirs = save_product(other, None, by=None, fields=PRODUCT)
    for place in (other, mine):
        for deed in ((), ("delete",)):
            assert browser.get(page(place, "products", theirs.pk, *deed)).status_code == 404
            assert browser.post(page(place, "products", theirs.pk, *deed), PRODUCT).status_code == 404
        assert browser.post(page(place, "products", theirs.pk, "move"), {"up": ""}).status_code == 404
    assert other.products.count() == 1


def test_every_section_of_another_exhibitor_is_closed(fair: Fair, browser: Client) -> None:
    other = fair.exhibitor()
    for section in ("profile", "languages", "products", "products/new", "people", "co-exhibitors"):
        assert browser.get(page(other, section)).status_code == 404, section


@pytest.mark.parametrize(("section", "number"), [("products", 5), ("languages", 4)])
def test_the_number_of_queries_does_not_grow(
    mine: Exhibitor, browser: Client, section: str, number: int, assert_queries: CountQueries
) -> None:
    for count in (1, 3):
        while mine.products.count() < count:
            save_product(mine, None, by=None, fields=PRODUCT)
        browser.get(page(mine, section))
        with assert_queries(number):
            browser.get(page(mine, section))


# --- Three languages -----------------------------------------------------------------------------------


def test_what_lacks_is_counted_and_linked(mine: Exhibitor, browser: Client) -> None:
    Exhibitor.objects.filter(pk=mine.pk).update(
        **{f"{name}_{code}": "Text" for name in ("tagline", "description") for code in ("vi", "ko", "en")}
    )
    mine.refresh_from_db()
    assert completeness_of(mine).missing == 0
    assert card(mine).state == "done"
    product = save_product(mine, None, by=None, fields=PRODUCT)
    found = completeness_of(mine)
    assert found.missing == 7
    assert [(code, there, whole) for code, _name, there, whole in found.languages] == [
        ("vi", 3, 6),
        ("ko", 3, 6),
        ("en", 5, 6),
    ]
    assert card(mine).text == "7 texts are missing."
    text = browser.get(page(mine, "languages")).content.decode()
    assert f'href="{page(mine, "products", product.pk)}#id_name_ko"' in text
    assert 'id="id_name_ko"' in browser.get(page(mine, "products", product.pk)).content.decode()


# --- Co-exhibitors and showing ---------------------------------------------------------------------------


GUEST = {
    "organization": "Guest Clinic",
    "country": "VN",
    "name": "Lan",
    "email": "lan@example.org",
    "language": "vi",
}


def test_a_co_exhibitor_stands_at_the_booth_on_the_public_page(
    fair: Fair, mine: Exhibitor, browser: Client, client: Client, sign_in: SignIn
) -> None:
    fair.confirmed("A1", mine)
    mine.refresh_from_db()
    assert mine.is_published
    assert browser.post(page(mine, "co-exhibitors"), GUEST)["Location"] == page(mine, "co-exhibitors")
    guest = mine.guests.get()
    assert Message.objects.get(kind="exhibitor.guest_invited").recipient == "lan@example.org"
    assert client.get(f"/en/exhibition/{guest.slug}/").status_code == 404
    lan = UserFactory(email="lan@example.org")
    accept_invitation(guest.managers.get(), by=lan)
    public = client.get(f"/en/exhibition/{guest.slug}/")
    assert public.status_code == 200
    assert "A1" in public.content.decode()
    # She writes what is hers and nothing of the host's.
    hers = sign_in(lan)
    assert hers.get(page(guest, "profile")).status_code == 200
    assert hers.get(page(mine, "profile")).status_code == 404
    assert browser.get(page(guest, "profile")).status_code == 404
    assert "You stand at the booth of" in hers.get(page(guest)).content.decode()


def test_who_has_no_booth_and_who_is_a_guest_invites_nobody(
    fair: Fair, mine: Exhibitor, browser: Client
) -> None:
    fair.hold("A1", mine)
    answer = browser.post(page(mine, "co-exhibitors"), GUEST)
    assert answer.status_code == 409
    assert not mine.guests.exists()


def test_an_organization_that_exhibits_is_no_guest(fair: Fair, mine: Exhibitor, browser: Client) -> None:
    fair.apply(fair.hold("A1", mine))
    other = fair.exhibitor()
    name = texts_of(other.organization, "name")["en"]
    answer = browser.post(
        page(mine, "co-exhibitors"), GUEST | {"organization": name, "country": other.organization.country}
    )
    assert "This organization exhibits already." in answer.content.decode()
    other.refresh_from_db()
    assert other.host is None


def test_a_removed_guest_keeps_what_it_wrote(fair: Fair, mine: Exhibitor, browser: Client) -> None:
    fair.apply(fair.hold("A1", mine))
    facts: dict[str, Any] = {"country": "VN", "name": "Lan", "language": "vi", "by": None}
    asked = invite_guest(mine, names={"en": "Asked"}, email="a@example.org", **facts)
    there = invite_guest(mine, names={"en": "There"}, email="b@example.org", **facts)
    accept_invitation(there.managers.get(), by=UserFactory())
    for guest in (asked, there):
        assert browser.post(page(mine, "co-exhibitors", guest.pk, "remove")).status_code == 302
        remove_guest(mine, guest, by=None)
    assert not Exhibitor.objects.filter(pk=asked.pk).exists()
    there.refresh_from_db()
    assert (there.host, there.managers.live().count()) == (None, 1)


def test_guests_of_others_are_out_of_reach(fair: Fair, mine: Exhibitor, browser: Client) -> None:
    other = fair.exhibitor()
    fair.apply(fair.hold("A1", other))
    guest = invite_guest(
        other, names={"en": "Theirs"}, country="VN", name="Lan", email="a@example.org", language="vi", by=None
    )
    for place in (mine, other):
        assert browser.post(page(place, "co-exhibitors", guest.pk, "remove")).status_code == 404
        row = guest.managers.get()
        assert browser.post(page(place, "co-exhibitors", row.pk, "resend")).status_code == 404
    assert Exhibitor.objects.filter(pk=guest.pk).exists()


def test_a_confirmed_booth_shows_the_exhibitor_unless_it_was_withdrawn(fair: Fair, mine: Exhibitor) -> None:
    other = fair.exhibitor()
    accepted = [
        services.accept_offer(fair.offered(number, who), by=None)
        for number, who in (("A1", mine), ("A2", other))
    ]
    Exhibitor.objects.filter(pk=other.pk).update(withdrawn_at=timezone.now())
    for booking, exhibitor in zip(accepted, (mine, other), strict=True):
        services.confirm(booking, by=fair.organizer, reason="so it was agreed")
        exhibitor.refresh_from_db()
    assert (mine.is_published, other.is_published) == (True, False)
    entry = AuditEntry.objects.get(action="exhibitor.changed", target_id=str(mine.pk))
    assert entry.changes["is_published"] == ["no", "yes"]


def test_an_offer_alone_shows_nobody(fair: Fair, mine: Exhibitor) -> None:
    fair.offered("A1", mine)
    mine.refresh_from_db()
    assert not mine.is_published
