"""Who in a file is who here: two people of one name stay two, and a guess is said."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation

from events.imports.draft import KnownPerson
from events.imports.rows import Person
from events.imports.short_names import short_name
from tests.events.import_plans import DRAFT, planned, row, state


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


KIM = KnownPerson("kim-ha-na", ("김하나", "Kim Ha-na"), "hana@example.org")


class TestPeople:
    def found(self, *people: Person, known: tuple[KnownPerson, ...] = (KIM,), **session: Any) -> list[str]:
        draft = replace(DRAFT, people=known, sessions=(state(**session),) if session else ())
        self.plan = planned(row(people=people), draft=draft)
        [one] = self.plan.additions or self.plan.changes
        return [slug for slug, _role in one.after.people]

    def said(self) -> str:
        return " ".join(str(notice) for notice in self.plan.notices)

    def test_somebody_new(self) -> None:
        assert self.found(Person("Đỗ Thị Bưởi")) == ["do-thi-buoi"]
        [person] = self.plan.people
        assert person.columns["name"] == "Đỗ Thị Bưởi"
        assert self.said() == ""

    def test_by_the_name_alone_in_any_script_and_that_is_said(self) -> None:
        for name in ("김하나", "kim ha-na", "KIM  HA-NA"):
            assert self.found(Person(name)) == ["kim-ha-na"]
            assert "by their names alone: 김하나." in self.said()

    def test_two_of_one_name_in_the_file_are_two(self) -> None:
        assert self.found(Person("Kim Ha-na", "1"), Person("Kim Ha-na", "2")) == [
            "kim-ha-na-2",
            "kim-ha-na-3",
        ]
        assert "Added although others here have the same names: Kim Ha-na, Kim Ha-na." in self.said()

    def test_of_two_of_one_name_here_neither_is_chosen(self) -> None:
        known = (KIM, KnownPerson("kim-2", ("Kim Ha-na",)))

        assert self.found(Person("Kim Ha-na"), known=known) == ["kim-ha-na-2"]

    def test_another_address_is_another_person(self) -> None:
        assert self.found(Person("Kim Ha-na", email="other@example.org")) == ["kim-ha-na-2"]
        assert self.found(Person("Kim Ha-na", email="HANA@example.org")) == ["kim-ha-na"]
        assert "by their names alone" not in self.said()

    def test_an_address_without_the_name_is_nobody(self) -> None:
        """Offices share addresses."""
        assert self.found(Person("Lee", email="hana@example.org")) == ["lee"]

    def test_whoever_has_a_part_in_the_session_is_meant_there(self) -> None:
        known = (KIM, KnownPerson("kim-2", ("Kim Ha-na",)))

        found = self.found(Person("Kim Ha-na", "7"), known=known, people=(("kim-2", "speaker"),), title={})

        assert found == ["kim-2"]

    def test_two_namesakes_stay_who_they_are_when_the_file_comes_again(self) -> None:
        known = (KnownPerson("kim", ("Kim",)), KnownPerson("kim-2", ("Kim",)))
        draft = replace(
            DRAFT,
            people=known,
            sessions=(
                state(1, people=(("kim", "speaker"),)),
                state(2, people=(("kim-2", "speaker"),), room="attic"),
            ),
        )

        plan = planned(
            row(1, people=(Person("Kim", "a"),)),
            row(2, people=(Person("Kim", "b"),), room="Attic"),
            draft=draft,
        )

        assert plan.is_empty

    def test_a_short_name_counts_only_with_the_name_or_the_session(self) -> None:
        assert self.found(Person("Kim Ha-na", slug="kim-ha-na")) == ["kim-ha-na"]
        assert self.found(Person("Lee", slug="kim-ha-na")) == ["lee"]
        renamed: dict[str, Any] = {"people": (("kim-ha-na", "speaker"),), "title": {}}
        assert self.found(Person("Kim Hana Lee", slug="kim-ha-na"), **renamed) == ["kim-ha-na"]

    def test_a_name_in_one_row_and_a_short_name_in_another_are_one_person(self) -> None:
        rows = (
            row(1, people=(Person("Lee Young", "lee", slug="lee"),)),
            row(2, people=(Person("Lee Young"),), room="Attic"),
        )

        plan = planned(*rows)

        assert [one.after.people for one in plan.additions] == [(("lee", "speaker"),)] * 2
        assert len(plan.people) == 1

    def test_roles_and_order(self) -> None:
        lee, kim = Person("Lee"), Person("Kim")
        plan = planned(row(people=(replace(lee, role="chair"), kim, lee, replace(kim, role="speaker"))))

        assert plan.additions[0].after.people == (("lee", "chair"), ("kim", "speaker"), ("lee", "speaker"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tầm soát ung thư: Đà Nẵng", "tam-soat-ung-thu-da-nang"),
        ("김하나", "gimhana"),
        ("암 검진 2031", "am-geomjin-2031"),
        ("Straße & Übermut", "strasse-ubermut"),
        ("日本", "thing"),
        ("x" * 50, "x" * 20),
        ("taken", "taken-2"),
    ],
)
def test_short_names(text: str, name: str) -> None:
    assert short_name(text, otherwise="thing", longest=20, taken={"taken"}) == name[:20].rstrip("-")
