"""The exhibition in the admin: who may do what, geometry that is refused, rows, and pictures."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from PIL import Image

from accounts.models import AuditEntry, ForumRole
from accounts.permissions import can
from events.models import Forum
from exhibitors.geometry import rectangle
from exhibitors.models import Booth, BoothBooking, BoothType, Exhibitor, Hall
from exhibitors.pictures import LONGEST_SIDE, BadPicture, picture_from
from tests.conftest import SignIn, organizer
from tests.events.admin_forms import errors, filled
from tests.exhibitors.factories import (
    BookingPeriodFactory,
    BoothFactory,
    BoothTypeFactory,
    ExhibitionFactory,
    HallFactory,
)
from tests.exhibitors.shown import HallFeatureFactory, claim, company
from tests.factories import in_three_languages

BOOTHS = "/admin/exhibitors/booth/"


@pytest.fixture
def manager(forum: Forum, sign_in: SignIn) -> Client:
    """Give a browser of somebody who keeps the exhibition."""
    return sign_in(organizer(forum, ForumRole.Role.EXHIBITION_MANAGER, "Mai"))


@pytest.fixture
def hall(forum: Forum) -> Hall:
    """Give a hall of 20 × 10 m with an aisle."""
    hall = HallFactory(forum=forum, width=2_000, depth=1_000)
    HallFeatureFactory(
        hall=hall, shape=rectangle(0, 800, 2_000, 200), **in_three_languages("name", "Aisle 1")
    )
    return hall


@pytest.fixture
def wall(forum: Forum) -> BoothType:
    """Give a type of booths of 3 × 3 m."""
    return BoothTypeFactory(forum=forum)


def shape_fields(x: int, y: int, width: int = 300, depth: int = 300) -> dict[str, Any]:
    """Return a rectangle as the form of a booth sends it."""
    numbers = zip(range(5), (x, y, width, depth, 0), strict=True)
    return {f"shape_{number}": value for number, value in numbers}


def new_booth(hall: Hall, kind: BoothType, number: str, **shape: Any) -> dict[str, Any]:
    """Return what the form of a new booth sends."""
    return {"hall": hall.pk, "type": kind.pk, "number": number, **shape}


@pytest.mark.django_db
class TestRights:
    def test_of_those_who_keep_it(self, forum: Forum) -> None:
        mai = organizer(forum, ForumRole.Role.EXHIBITION_MANAGER, "Mai")
        for model in (
            "exhibition",
            "hall",
            "hallfeature",
            "booth",
            "boothtype",
            "extra",
            "exhibitor",
            "product",
        ):
            assert all(
                can(mai, f"exhibitors.{verb}_{model}", forum) for verb in ("view", "add", "change", "delete")
            )
        assert can(mai, "exhibitors.view_boothbooking", forum)
        assert not can(mai, "exhibitors.change_boothbooking", forum)
        assert not can(mai, "events.change_session", forum)
        assert not can(mai, "registrations.view_registration", forum)

    def test_who_only_looks_sees_nobody_to_write_to(
        self, forum: Forum, manager: Client, viewer_client: Client
    ) -> None:
        gasang = company(forum, "gasang", "Gasang Medi", contact_email="private@exhibitor.example")
        address = f"/admin/exhibitors/exhibitor/{gasang.pk}/change/"
        assert "private@exhibitor.example" in manager.get(address).content.decode()
        assert "private@exhibitor.example" not in viewer_client.get(address).content.decode()
        assert viewer_client.get(f"{BOOTHS}add/").status_code == 403


@pytest.mark.django_db
class TestBooth:
    def test_is_added_with_the_forum_of_its_hall(self, manager: Client, hall: Hall, wall: BoothType) -> None:
        hall.refresh_from_db()
        seen = hall.version
        response = manager.post(f"{BOOTHS}add/", new_booth(hall, wall, "A1", **shape_fields(0, 0)))
        assert response.status_code == 302, response.context["errors"]
        booth = Booth.objects.get()
        assert (booth.number, booth.forum_id, booth.shape) == ("A1", hall.forum_id, rectangle(0, 0, 300, 300))
        hall.refresh_from_db()
        assert hall.version == seen + 1

    @pytest.mark.parametrize(
        ("place", "sentence"),
        [
            ((200, 200), "A1 and A2 overlap."),
            ((1_800, 0), "A2 leaves the hall."),
            ((400, 700), "A2 and aisle “Aisle 1” overlap."),
        ],
    )
    def test_stands_in_nothing_else(
        self, manager: Client, hall: Hall, wall: BoothType, place: tuple[int, int], sentence: str
    ) -> None:
        BoothFactory(hall=hall, type=wall, number="A1", shape=rectangle(0, 0, 300, 300))
        response = manager.post(
            f"{BOOTHS}add/",
            new_booth(hall, wall, "A2", **shape_fields(*place)),
            headers={"Accept-Language": "en"},
        )
        assert errors(response) == {"__all__": [sentence]}
        assert Booth.objects.count() == 1

    def test_may_stand_wall_to_wall(self, manager: Client, hall: Hall, wall: BoothType) -> None:
        BoothFactory(hall=hall, type=wall, number="A1", shape=rectangle(0, 0, 300, 300))
        response = manager.post(f"{BOOTHS}add/", new_booth(hall, wall, "A2", **shape_fields(300, 0)))
        assert response.status_code == 302

    def test_corners_are_read_and_nonsense_is_told(
        self, manager: Client, hall: Hall, wall: BoothType
    ) -> None:
        data = new_booth(hall, wall, "A1", shape_5="0 0, 300 0, 300 300")
        assert manager.post(f"{BOOTHS}add/", data).status_code == 302
        assert Booth.objects.get().shape == {"corners": [[0, 0], [300, 0], [300, 300]]}
        for wrong in ("0 0, 300", "0 0; 1 1", "a b, c d, e f"):
            found = errors(manager.post(f"{BOOTHS}add/", new_booth(hall, wall, "A2", shape_5=wrong)))
            assert list(found) == ["shape"], wrong

    @pytest.mark.parametrize("changed", ["type", "hall"])
    def test_keeps_its_type_and_its_hall_while_somebody_has_it(
        self, manager: Client, hall: Hall, wall: BoothType, changed: str
    ) -> None:
        booth = BoothFactory(hall=hall, type=wall, number="A1", shape=rectangle(0, 0, 300, 300))
        other = BoothTypeFactory(forum=hall.forum) if changed == "type" else HallFactory(forum=hall.forum)
        data = new_booth(hall, wall, "A1", **shape_fields(0, 0)) | {changed: other.pk}
        address, english = f"{BOOTHS}{booth.pk}/change/", {"Accept-Language": "en"}
        BookingPeriodFactory(exhibition=ExhibitionFactory(forum=hall.forum))
        taken = claim(company(hall.forum, "yesi", "Yesi"), booth)
        found = errors(manager.post(address, data, headers=english))
        assert found == {
            changed: ["Booth A1 is booked, so its hall and its type stay. Please move that booking first."]
        }

        BoothBooking.objects.filter(pk=taken.pk).update(status="released")
        assert manager.post(address, data, headers=english).status_code == 302
        booth.refresh_from_db()
        assert getattr(booth, changed) == other

    def test_is_kept_free_with_a_reason_unless_somebody_has_it(
        self, manager: Client, hall: Hall, wall: BoothType
    ) -> None:
        booth = BoothFactory(hall=hall, type=wall, number="A1", shape=rectangle(0, 0, 300, 300))
        address = f"{BOOTHS}{booth.pk}/change/"
        data = new_booth(hall, wall, "A1", **shape_fields(0, 0)) | {"is_blocked": "on"}
        english = {"Accept-Language": "en"}

        assert list(errors(manager.post(address, data, headers=english))) == ["block_reason"]

        BookingPeriodFactory(exhibition=ExhibitionFactory(forum=hall.forum))
        taken = claim(company(hall.forum, "yesi", "Yesi"), booth)
        found = errors(manager.post(address, data | {"block_reason": "Fire door"}, headers=english))
        assert found == {"__all__": ["Booth A1 is booked. Please move or release that booking first."]}
        booth.refresh_from_db()
        assert not booth.is_blocked

        BoothBooking.objects.filter(pk=taken.pk).update(status="released")
        assert manager.post(address, data | {"block_reason": "Fire door"}).status_code == 302
        booth.refresh_from_db()
        assert (booth.is_blocked, booth.block_reason) == (True, "Fire door")
        assert AuditEntry.objects.get(action="booth.blocked").reason == "Fire door"

        del data["is_blocked"]
        assert manager.post(address, data).status_code == 302
        booth.refresh_from_db()
        assert (booth.is_blocked, booth.block_reason) == (False, "")


@pytest.mark.django_db
class TestHall:
    def test_does_not_shrink_below_its_booths(self, manager: Client, hall: Hall, wall: BoothType) -> None:
        BoothFactory(hall=hall, type=wall, number="A1", shape=rectangle(1_500, 0, 300, 300))
        address = f"/admin/exhibitors/hall/{hall.pk}/change/"
        data = {
            **{name: getattr(hall, name) for name in ("slug", "position", "depth", "name_vi", "name_en")},
            "forum": hall.forum_id,
            "width": 1_600,
            "features-TOTAL_FORMS": 0,
            "features-INITIAL_FORMS": 0,
        }
        assert errors(manager.post(address, data, headers={"Accept-Language": "en"})) == {
            "__all__": ["A1 leaves the hall. aisle “Aisle 1” leaves the hall."]
        }
        hall.refresh_from_db()
        assert hall.width == 2_000

    def test_gets_a_row_of_booths_or_none(self, manager: Client, hall: Hall, wall: BoothType) -> None:
        address = f"/admin/exhibitors/hall/{hall.pk}/row/"
        row = {
            "type": wall.pk,
            "first": "b9",
            "count": 3,
            "x": 100,
            "y": 100,
            "gap": 50,
            "direction": "right",
        }
        assert manager.post(address, row).status_code == 302
        places = [(booth.number, booth.shape["x"]) for booth in Booth.objects.order_by("pk")]
        assert places == [("B9", 100), ("B10", 450), ("B11", 800)]
        for changes, sentence in (
            ({"first": "B11"}, "These numbers are given already: B11."),
            ({"first": "C1"}, "B9 and C1 overlap. B10 and C2 overlap. B11 and C3 overlap."),
            ({"first": "C1", "x": 1_500, "count": 2}, "C2 leaves the hall."),
            ({"first": "C"}, "The first number must end with digits, such as A1 or B-01."),
        ):
            response = manager.post(address, {**row, **changes}, headers={"Accept-Language": "en"})
            told = [one for found in response.context["form"].errors.values() for one in found]
            assert told == [sentence]
        assert Booth.objects.count() == 3


def picture(kind: str, size: tuple[int, int], mode: str = "RGB") -> io.BytesIO:
    """Return a file with a picture of one colour."""
    file = io.BytesIO()
    Image.new(mode, size).save(file, kind)
    file.seek(0)
    return file


class TestPicture:
    def test_is_written_anew_and_bounded(self) -> None:
        kept = Image.open(picture_from(picture("PNG", (3_000, 1_000), "RGBA"), None))
        assert (kept.format, kept.mode, kept.size) == ("WEBP", "RGBA", (LONGEST_SIDE, LONGEST_SIDE // 3))

    @pytest.mark.parametrize(
        ("file", "words"),
        [
            (picture("PNG", (20_000, 20_000), "1"), "too many pixels"),
            (picture("PNG", (9_000, 9_000), "1"), "too many pixels"),
            (picture("PNG", (20, 20)), "too small"),
            (picture("GIF", (200, 200)), "no picture we can read"),
            (
                io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
                "no picture we can read",
            ),
            (io.BytesIO(picture("JPEG", (500, 500)).getvalue()[:700]), "damaged"),
        ],
    )
    def test_what_is_none_is_refused_in_words(self, file: io.BytesIO, words: str) -> None:
        with translation.override("en"), pytest.raises(BadPicture, match=words):
            picture_from(file, None)

    @pytest.mark.django_db
    def test_the_form_says_so_beside_the_field(self, forum: Forum, manager: Client) -> None:
        gasang = company(forum, "gasang", "Gasang Medi")
        address = f"/admin/exhibitors/exhibitor/{gasang.pk}/change/"
        script = SimpleUploadedFile("logo.svg", b"<svg><script>alert(1)</script></svg>", "image/svg+xml")
        found = errors(manager.post(address, filled(manager, address, logo=script)))
        assert list(found) == ["logo"]
        good = SimpleUploadedFile("logo.png", picture("PNG", (400, 400)).getvalue(), "image/png")
        assert manager.post(address, filled(manager, address, logo=good)).status_code == 302
        assert Exhibitor.objects.get().logo.name.endswith(".webp")
