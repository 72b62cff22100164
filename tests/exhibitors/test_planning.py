"""Changing a hall's plan: all or nothing, nobody's work lost, and what is booked is asked about."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation

from accounts.models import AuditEntry, User
from core.errors import Conflict
from exhibitors.floor.faults import BadPlan
from exhibitors.floor.items import BOOTH, Item, items_of
from exhibitors.geometry import rectangle
from exhibitors.models import Booth, BoothBooking, Hall, HallFeature
from exhibitors.services.planning import (
    BookedAsItIs,
    BoothKept,
    BoothsBooked,
    Difference,
    StalePlan,
    change_plan,
    differences_between,
)
from tests.crowd import at_once
from tests.exhibitors.conftest import Fair, mailed
from tests.exhibitors.factories import BoothFactory
from tests.exhibitors.shown import HallFeatureFactory
from tests.factories import ForumFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def hall(fair: Fair) -> Hall:
    """Give the hall of the fair, with an aisle along its front."""
    hall = fair.booths["A1"].hall
    HallFeatureFactory(hall=hall)
    hall.refresh_from_db()
    return hall


def item(hall: Hall, number: str) -> Item:
    return next(one for one in items_of(hall) if one.number == number)


def at(thing: Item, x: int, y: int) -> Item:
    return thing.at({**thing.shape, "x": x, "y": y})


def save(hall: Hall, by: User, *changes: tuple[Item | None, Item | None], **more: Any) -> dict[str, str]:
    hall.refresh_from_db()
    differences = [Difference(*pair) for pair in changes]
    return change_plan(hall, by=by, **{"version": hall.version, "differences": differences, **more})


def test_everything_is_written_at_once_and_recorded(fair: Fair, hall: Hall) -> None:
    a1, a2, a3 = (item(hall, number) for number in ("A1", "A2", "A3"))
    aisle = next(one for one in items_of(hall) if not one.is_booth)
    new = Item("n1", BOOTH, rectangle(3000, 2000, 400, 300), "Z1", fair.standard.pk)
    pillar = Item("n2", "pillar", rectangle(5000, 100, 50, 50), names={"vi": "", "ko": "", "en": "P"})
    wider = at(aisle, 0, 3700)
    before = hall.version
    given = save(
        hall, fair.organizer, (a1, at(a1, 0, 1500)), (a2, None), (None, new), (None, pillar), (aisle, wider)
    )
    assert set(given) == {"n1", "n2"}
    assert item(hall, "A1").shape["y"] == 1500
    assert item(hall, "A3") == a3
    assert not Booth.objects.filter(number="A2").exists()
    assert Booth.objects.get(number="Z1").forum == fair.forum
    assert given["n1"] == item(hall, "Z1").key
    assert str(HallFeature.objects.get(kind="pillar").display_name) == "P"
    assert HallFeature.objects.get(kind="aisle").shape["y"] == 3700
    hall.refresh_from_db()
    assert hall.version > before
    trail = AuditEntry.objects.filter(actor=fair.organizer).values_list("action", flat=True)
    assert sorted(trail) == ["booth.added", "booth.changed", "booth.deleted", "hall.changed"]


def test_two_booths_may_take_each_others_numbers(fair: Fair, hall: Hall) -> None:
    a1, a2 = item(hall, "A1"), item(hall, "A2")
    save(hall, fair.organizer, (a1, replace(a1, number="A2")), (a2, replace(a2, number="A1")))
    assert (item(hall, "A2").pk, item(hall, "A1").pk) == (a1.pk, a2.pk)


def test_the_second_of_two_organizers_sees_both_wishes(fair: Fair, hall: Hall) -> None:
    a1, a2 = item(hall, "A1"), item(hall, "A2")
    seen = hall.version
    save(hall, fair.organizer, (a1, at(a1, 0, 1500)))
    with pytest.raises(StalePlan) as refused:
        save(hall, fair.organizer, (a1, at(a1, 0, 1900)), (a2, at(a2, 300, 1900)), version=seen)
    clashes = {clash.seen.number: clash for clash in refused.value.clashes if clash.seen}
    assert clashes["A1"].is_disputed
    assert not clashes["A2"].is_disputed
    assert clashes["A1"].now == at(a1, 0, 1500)
    assert clashes["A1"].wanted == at(a1, 0, 1900)
    assert item(hall, "A2") == a2


def test_a_form_elsewhere_counts_as_somebody_else(fair: Fair, hall: Hall) -> None:
    a1, seen = item(hall, "A1"), hall.version
    Booth.objects.filter(number="A6").update(shape=rectangle(0, 2500, 300, 300))
    with pytest.raises(StalePlan):
        save(hall, fair.organizer, (a1, at(a1, 0, 1500)), version=seen)
    hall.refresh_from_db()
    seen = hall.version
    # Whether a booth is kept free changes no plan.
    Booth.objects.filter(number="A6").update(is_blocked=True, block_reason="why")
    # Nor does saving what was read before undo the count.
    stale = Hall.objects.get(pk=hall.pk)
    Booth.objects.filter(number="A6").update(shape=rectangle(0, 2600, 300, 300))
    stale.save()
    hall.refresh_from_db()
    assert hall.version == seen + 1


def test_what_cannot_be_built_is_refused_as_a_whole(fair: Fair, hall: Hall) -> None:
    a1, a2 = item(hall, "A1"), item(hall, "A2")
    with pytest.raises(BadPlan) as refused:
        save(hall, fair.organizer, (a1, at(a1, 750, 500)), (a2, at(a2, 300, 1500)))
    assert [fault.keys for fault in refused.value.faults] == [(a1.key, item(hall, "A3").key)]
    assert item(hall, "A2") == a2
    with pytest.raises(BadPlan, match="leaves the hall"):
        save(hall, fair.organizer, size=(1000, 1000))


def test_a_booth_that_somebody_has_is_asked_about_once(fair: Fair, hall: Hall) -> None:
    fair.confirmed("A1")
    fair.hold("A2")
    a1, a2 = item(hall, "A1"), item(hall, "A2")
    moves = ((a1, at(a1, 0, 1500)), (a2, at(a2, 300, 1500)))
    before = mailed()
    with pytest.raises(BoothsBooked) as asked:
        save(hall, fair.organizer, *moves)
    assert {number: len(rows) for number, rows in asked.value.bookings.items()} == {"A1": 1, "A2": 1}
    assert item(hall, "A1") == a1
    save(hall, fair.organizer, *moves, agreed=True, tell=True)
    assert item(hall, "A1").shape["y"] == 1500
    # Who merely holds one has its page open.
    assert sorted(mailed()) == sorted([*before, "booth.replanned"])
    save(hall, fair.organizer, (item(hall, "A1"), a1), agreed=True)
    assert len(mailed()) == len(before) + 1


def test_booths_that_were_booked_stay(fair: Fair, hall: Hall) -> None:
    fair.offered("A1")
    a1 = item(hall, "A1")
    with pytest.raises(BoothKept, match="A1: booked, so not deleted"):
        save(hall, fair.organizer, (a1, None), agreed=True)
    with pytest.raises(BookedAsItIs, match="keeps its type"):
        save(hall, fair.organizer, (a1, replace(a1, type=fair.shared.pk)), agreed=True)
    BoothBooking.objects.update(status="declined", expires_at=None)
    with pytest.raises(BoothKept, match="somebody applied once"):
        save(hall, fair.organizer, (a1, None))
    # A hold that led to nothing is no decision.
    held = fair.hold("A2")
    BoothBooking.objects.filter(pk=held.pk).update(status="expired")
    save(hall, fair.organizer, (item(hall, "A2"), None))
    assert not Booth.objects.filter(number="A2").exists()


def test_booths_booked_as_one_stay_side_by_side(fair: Fair, hall: Hall) -> None:
    from exhibitors.services import hold_booths

    pair = [fair.booths["A1"], fair.booths["A2"]]
    hold_booths(booths=pair, exhibitor=fair.exhibitor(), period=fair.whole, by=None)
    a1, a2 = item(hall, "A1"), item(hall, "A2")
    with pytest.raises(BookedAsItIs, match="A1 and A2 are booked as one"):
        save(hall, fair.organizer, (a1, at(a1, 0, 1500)), agreed=True)
    save(hall, fair.organizer, (a1, at(a1, 0, 1500)), (a2, at(a2, 300, 1500)), agreed=True)


def test_what_belongs_to_another_hall_is_not_touched(fair: Fair, hall: Hall) -> None:
    strange = replace(item(hall, "A1"), key="b999999")
    for pair in ((strange, None), (strange, strange), (None, item(hall, "A1"))):
        with pytest.raises(Conflict, match="not how the hall is"):
            save(hall, fair.organizer, pair)


def test_differences_lead_from_one_plan_to_another(fair: Fair, hall: Hall) -> None:
    before = items_of(hall)
    after = [at(before[0], 0, 1500), *before[2:], Item("n1", "wall", rectangle(0, 0, 10, 90))]
    found = [(d.before and d.before.number, bool(d.after)) for d in differences_between(before, after)]
    assert found == [("A1", True), (None, True), ("A2", False)]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told(fair: Fair, hall: Hall) -> None:
    a1, version = item(hall, "A1"), hall.version

    def move(y: int) -> None:
        save_as = [Difference(a1, at(a1, 0, y))]
        change_plan(hall, by=fair.organizer, version=version, differences=save_as)

    assert at_once([lambda: move(1500), lambda: move(1900)]) == {"done": 1, "StalePlan": 1}


def test_the_id_of_a_part_is_not_taken_for_that_of_a_booth_elsewhere(fair: Fair, hall: Hall) -> None:
    elsewhere = BoothFactory(hall__forum=ForumFactory(is_current=False), number="X1")
    HallFeatureFactory(hall=hall, pk=elsewhere.pk)
    disguised = Item(f"f{elsewhere.pk}", BOOTH, elsewhere.shape, "X1", fair.standard.pk)
    with pytest.raises(Conflict):
        save(hall, fair.organizer, (disguised, None))
    assert Booth.objects.filter(pk=elsewhere.pk).exists()
