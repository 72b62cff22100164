"""The editor of a hall: what its page shows, what its script is told, and the same without script."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import ForumRole
from exhibitors.floor.items import items_of
from exhibitors.geometry import rectangle
from exhibitors.models import Booth, Hall
from tests.conftest import CountQueries, SignIn, organizer
from tests.exhibitors.conftest import Fair
from tests.exhibitors.shown import HallFeatureFactory

pytestmark = pytest.mark.django_db
SCRIPT = {"Accept": "application/json", "Accept-Language": "en"}
READER = {"Accept-Language": "en"}


@pytest.fixture
def hall(fair: Fair) -> Hall:
    """Give the hall of the fair."""
    hall = fair.booths["A1"].hall
    HallFeatureFactory(hall=hall)
    hall.refresh_from_db()
    return hall


@pytest.fixture
def mai(fair: Fair, sign_in: SignIn) -> Client:
    """Give the browser of somebody who keeps the exhibition."""
    return sign_in(organizer(fair.forum, ForumRole.Role.EXHIBITION_MANAGER, "Mai"))


def address(hall: Hall, name: str = "") -> str:
    return f"/admin/exhibitors/hall/{hall.pk}/plan/{name}"


def sent(hall: Hall, *changes: tuple[Any, Any], **more: Any) -> dict[str, Any]:
    """Return what the script sends to save."""
    pairs = [{"before": one and one.as_json(), "after": other and other.as_json()} for one, other in changes]
    return {"version": hall.version, "differences": json.dumps(pairs), **more}


def post(client: Client, hall: Hall, name: str, data: dict[str, Any], headers: Any = None) -> Any:
    return client.post(address(hall, name), data, headers=SCRIPT if headers is None else headers)


def test_the_page_draws_everything_and_lists_it(mai: Client, fair: Fair, hall: Hall) -> None:
    fair.hold("A1")
    page = mai.get(address(hall), headers=READER)
    shown = page.content.decode()
    assert [one.item.number for one in page.context["booths"]] == ["A1", "A2", "A3", "A4", "A5", "A6", "S1"]
    assert shown.count('class="thing booth') == 7
    assert "3 × 3 m, 3 m from the left, 5 m from the top" in shown
    assert "(held)" in shown


@pytest.mark.parametrize("bookings", [1, 3])
def test_its_queries_do_not_grow_with_the_hall(
    mai: Client, fair: Fair, hall: Hall, bookings: int, assert_queries: CountQueries
) -> None:
    for number in ("A1", "A2", "A3")[:bookings]:
        fair.hold(number)
    mai.get(address(hall))
    with assert_queries(11):
        mai.get(address(hall))


class TestForTheScript:
    def test_everything_is_saved_and_new_things_get_their_keys(self, mai: Client, hall: Hall) -> None:
        [a1, *_rest] = items_of(hall)
        data = sent(hall, (a1, a1.at(rectangle(0, 1500, 300, 300))))
        answer = post(mai, hall, "save/", data)
        assert answer.status_code == 200
        assert answer.json()["plan"]["version"] == hall.version + 1
        assert Booth.objects.get(number="A1").shape["y"] == 1500
        # The same once more, as after a double click: somebody was faster, and it was herself.
        assert post(mai, hall, "save/", data).status_code == 409

    def test_who_was_slower_gets_both_side_by_side(self, mai: Client, hall: Hall) -> None:
        [a1, *_rest] = items_of(hall)
        data = sent(hall, (a1, a1.at(rectangle(0, 1900, 300, 300))))
        Booth.objects.filter(number=a1.number).update(shape=rectangle(0, 1500, 300, 300))
        answer = post(mai, hall, "save/", data)
        assert answer.status_code == 409
        shown = answer.json()["html"]
        assert "0 m from the left, 15 m from the top" in shown
        assert "0 m from the left, 19 m from the top" in shown
        assert answer.json()["plan"]["items"][0]["shape"]["y"] == 1500

    def test_what_overlaps_is_named_with_its_keys(self, mai: Client, hall: Hall) -> None:
        a1, a2, *_rest = items_of(hall)
        on_a2 = a1.at(rectangle(595, 500, 300, 300))
        answer = post(mai, hall, "save/", sent(hall, (a1, on_a2)))
        assert answer.status_code == 422
        assert answer.json()["faults"] == [{"sentence": "A1 and A2 overlap.", "keys": [a1.key, a2.key]}]
        items = json.dumps([on_a2.as_json(), a2.as_json()])
        checked = post(mai, hall, "check/", {"items": items}).json()["faults"]
        assert [fault["sentence"] for fault in checked] == ["A1 and A2 overlap."]

    def test_who_stands_there_is_asked_about_with_names(self, mai: Client, fair: Fair, hall: Hall) -> None:
        booking = fair.confirmed("A1")
        [a1, *_rest] = items_of(hall)
        data = sent(hall, (a1, a1.at(rectangle(0, 1500, 300, 300))))
        answer = post(mai, hall, "save/", data)
        assert answer.status_code == 409
        assert str(booking.exhibitor.organization.display_name) in answer.json()["html"]
        assert post(mai, hall, "save/", {**data, "agreed": "on"}).status_code == 200

    def test_things_are_arranged_without_being_saved(self, mai: Client, hall: Hall) -> None:
        items = items_of(hall)
        data = {"items": json.dumps([item.as_json() for item in items])}
        data |= {"chosen": f"{items[0].key} {items[1].key}", "deed": "number", "first": "q7", "order": "left"}
        answer = post(mai, hall, "arrange/", data).json()["items"]
        assert [item["number"] for item in answer] == ["Q8", "Q7"]
        row = {"type": items[0].type, "first": "R1", "count": 2, "x": 0, "y": 2000, "direction": "right"}
        made = post(mai, hall, "row/", row).json()["items"]
        assert [(item["number"], item["shape"]["x"]) for item in made] == [("R1", 0), ("R2", 300)]
        assert items_of(hall) == items

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("save/", {"version": "x"}),
            ("save/", {"version": 1, "differences": "{"}),
            ("save/", {"version": 1, "differences": '[{"after": {"key": "n1", "kind": "booth"}}]'}),
            ("save/", {"version": 1, "differences": '[{"after": 7}, 3]'}),
            ("check/", {"items": "[[[["}),
            (
                "check/",
                {
                    "items": json.dumps(
                        [{"key": "x", "kind": "wall", "shape": {"corners": [[0, 0]] * 10_000}}]
                    )
                },
            ),
            ("arrange/", {"items": "[]", "deed": "explode"}),
            ("arrange/", {"items": "[]", "deed": "move"}),
            ("row/", {"count": "many"}),
        ],
    )
    def test_nonsense_is_answered_with_a_sentence(
        self, mai: Client, hall: Hall, name: str, data: dict[str, Any]
    ) -> None:
        answer = post(mai, hall, name, data)
        assert answer.status_code == 422
        assert answer.json()["said"]


class TestWithoutScript:
    def test_several_are_moved_at_once(self, mai: Client, hall: Hall) -> None:
        keys = [item.key for item in items_of(hall)[:2]]
        data = {"version": hall.version, "item": keys, "deed": "move", "dx": 0, "dy": 900}
        assert post(mai, hall, "deed/", data, READER).status_code == 302
        assert [booth.shape["y"] for booth in Booth.objects.filter(number__in=["A1", "A2"])] == [1400, 1400]
        data = {**data, "dy": 1, "deed": "delete"}
        stale = post(mai, hall, "deed/", data, READER)
        assert stale.status_code == 409
        assert "Somebody else has changed this hall" in stale.content.decode()

    def test_what_was_typed_stays_beside_what_is_wrong(self, mai: Client, hall: Hall) -> None:
        data = {"version": hall.version, "item": [items_of(hall)[0].key], "deed": "number", "first": "A-"}
        answer = post(mai, hall, "deed/", data, READER)
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert "must end with digits" in shown
        assert 'value="A-"' in shown

    def test_a_booked_booth_is_asked_about(self, mai: Client, fair: Fair, hall: Hall) -> None:
        fair.confirmed("A1")
        data = {"version": hall.version, "item": [items_of(hall)[0].key], "deed": "move", "dy": 900}
        asked = post(mai, hall, "deed/", data, READER)
        assert asked.status_code == 409
        assert "Somebody has these booths" in asked.content.decode()
        hidden = dict(asked.context["hidden"])
        assert post(mai, hall, "deed/", {**hidden, "agreed": "on"}, READER).status_code == 302
        assert Booth.objects.get(number="A1").shape["y"] == 1400


class TestFiles:
    @pytest.mark.parametrize("ending", ["json", "svg"])
    def test_a_plan_goes_to_another_hall_and_comes_back_the_same(
        self, mai: Client, fair: Fair, hall: Hall, ending: str
    ) -> None:
        content = mai.get(address(hall, f"{ending}/")).content
        hall.booths.all().delete()
        hall.features.all().delete()
        Hall.objects.filter(pk=hall.pk).update(width=1000, depth=1000)
        upload = SimpleUploadedFile(f"plan.{ending}", content)
        preview = post(mai, hall, "import/", {"file": upload, "rest": "remove"}, READER)
        assert [number for _name, number in preview.context["counts"]] == [8, 0, 0, 0]
        assert not hall.booths.exists()
        data = {**preview.context["apply"].initial, "tell": ""}
        assert post(mai, hall, "import/", data, READER).status_code == 302
        assert mai.get(address(hall, f"{ending}/")).content == content

    def test_a_wrong_line_lets_nothing_in(self, mai: Client, hall: Hall) -> None:
        upload = SimpleUploadedFile(
            "plan.csv", b"number,type,x,y,width,depth\nZ1,standard,0,0,300,300\nZ2,tent,0,0,1,1\n"
        )
        preview = post(mai, hall, "import/", {"file": upload, "rest": "keep"}, READER)
        shown = preview.content.decode()
        assert "Line 3" in shown
        assert "Import this plan" not in shown
        evil = SimpleUploadedFile(
            "plan.svg", b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><script/></svg>"
        )
        refused = post(mai, hall, "import/", {"file": evil, "rest": "keep"}, READER)
        assert "holds a script" in refused.content.decode()

    def test_booked_booths_are_asked_about_here_too(self, mai: Client, fair: Fair, hall: Hall) -> None:
        fair.confirmed("A1")
        upload = SimpleUploadedFile("plan.csv", b"number,type,x,y,width,depth\nA1,standard,0,2000,300,300\n")
        preview = post(mai, hall, "import/", {"file": upload, "rest": "keep"}, READER)
        data = preview.context["apply"].initial
        asked = post(mai, hall, "import/", data, READER)
        assert asked.status_code == 409
        assert "Somebody has these booths" in asked.content.decode()
        assert post(mai, hall, "import/", {**data, "agreed": "on"}, READER).status_code == 302
        assert Booth.objects.get(number="A1").shape["y"] == 2000
