"""What differs between two documents: as data, word by word, and in words."""

from copy import deepcopy
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from events.agenda_changes import applied, changes_between, missing_translations_in, told
from events.agenda_changes.words import MOST_PAIRS, Piece, marked
from events.agenda_document import Document, canonical
from tests.events.documents import NOTHING, document, documents, in_document, session, speaker, uid
from tests.examples import examples


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


# --- As data --------------------------------------------------------------------------------------


@settings(max_examples=examples(150), deadline=None)
@given(old=documents, new=documents)
def test_the_changes_applied_to_the_old_document_give_the_new_one(old: Document, new: Document) -> None:
    before = deepcopy(old)
    changes = changes_between(old, new)

    assert applied(changes, old) == new
    assert old == before
    assert (len(changes) == 0) == (canonical(old) == canonical(new))


@settings(max_examples=examples(100), deadline=None)
@given(old=st.none() | documents, new=documents, language=st.sampled_from(["vi", "ko", "en"]))
def test_any_change_can_be_told(old: Document | None, new: Document, language: str) -> None:
    changes = changes_between(old, new)
    with translation.override(language):
        words = told(changes, old, new)
        missing_translations_in(new)
    assert len(words) == len(changes)
    assert sum(len(group.changes) for group in words.groups) == len(words.sessions)


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_shape_is_compared_as_if_it_were_the_present_one(version: int) -> None:
    old = document(session())
    for one in old["sessions"]:
        del one["cme_credits"], one["cme_minimum_percent"]
        if version == 1:
            del one["recording"], one["materials"]
    old["version"] = version

    assert len(changes_between(old, document(session()))) == 0


def test_without_an_earlier_release_each_session_is_new() -> None:
    changes = changes_between(None, document(session(1), session(2)))

    assert [(change.kind, change.uid, change.fields) for change in changes.sessions] == [
        ("added", uid(1), ()),
        ("added", uid(2), ()),
    ]
    assert len(changes) == 2


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ({}, {"start": "2031-05-14T02:30:00Z"}, "moved"),
        ({}, {"end": "2031-05-14T04:15:00Z"}, "moved"),
        ({}, {"room": "gallery"}, "moved"),
        ({}, {"room": None}, "moved"),
        ({}, {"room": None, "visibility": "invitation"}, "changed"),
        ({"room": None, "visibility": "invitation"}, {}, "changed"),
        ({}, {"room": None, "visibility": "invitation", "start": "2031-05-14T02:30:00Z"}, "moved"),
        ({}, {"title": in_document("Another")}, "changed"),
        ({}, {"state": "planned"}, "changed"),
        ({}, {"state": "cancelled", "room": "gallery"}, "cancelled"),
        ({"state": "cancelled"}, {"room": "gallery"}, "reinstated"),
    ],
)
def test_what_happened_to_a_session(before: Any, after: Any, kind: str) -> None:
    [change] = changes_between(document(session(**before)), document(session(**after))).sessions

    assert change.kind == kind


def test_the_order_of_rooms_is_told_and_that_of_what_follows_from_other_changes_is_not() -> None:
    old, new = document(session(1), session(2)), document(session(2), session(1))
    new["rooms"].reverse()

    words = told(changes_between(old, new), old, new)

    assert [str(change.title) for change in words.things] == ["The order of the rooms"]
    new["rooms"].reverse()
    words = told(changes_between(old, new), old, new)
    assert [str(change.title) for change in words.things] == ["The order of sessions at the same time"]


# --- Word by word ---------------------------------------------------------------------------------


def bracketed(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("old", "new", "first", "second"),
    [
        ("the same", "the same", "the same", "the same"),
        ("", "new words", "", "[new words]"),
        ("gone", "", "[gone]", ""),
        (
            "AI for cancer screening in Hanoi",
            "AI for lung cancer screening in Seoul",
            "AI for cancer screening in [Hanoi]",
            "AI for [lung] cancer screening in [Seoul]",
        ),
        (
            "암 조기 진단을 위한 인공지능",
            "폐암 조기 진단을 위한 의료 인공지능",
            "[암] 조기 진단을 위한 인공지능",
            "[폐암] 조기 진단을 위한 [의료] 인공지능",
        ),
        ("Tầm soát ung thư", "Hội thảo dữ liệu", "[Tầm soát ung thư]", "[Hội thảo dữ liệu]"),
        ("Room 1, hall", "Room 2, hall", "Room [1], hall", "Room [2], hall"),
    ],
)
def test_differing_words_are_marked(old: str, new: str, first: str, second: str) -> None:
    before, after = marked(old, new)

    assert (bracketed(before), bracketed(after)) == (first, second)


@settings(max_examples=examples(200), deadline=None)
@given(old=st.text("ab 한글\n.", max_size=30), new=st.text("ab 한글\n.", max_size=30))
def test_the_pieces_are_the_text_and_differ_only_where_the_texts_do(old: str, new: str) -> None:
    before, after = marked(old, new)

    assert "".join(piece.text for piece in before) == old
    assert "".join(piece.text for piece in after) == new
    assert any(piece.differs for piece in (*before, *after)) == (old != new)
    assert all(piece.text for piece in (*before, *after))


def test_texts_that_repeat_themselves_are_marked_as_a_whole() -> None:
    often = int(MOST_PAIRS**0.5) + 1
    before, after = marked("first " + "word " * often + "last", "another " + "word, " * often + "end")

    assert [len(before), len(after)] == [1, 1]
    assert after[0].differs


def test_a_long_text_with_a_few_changed_words_is_marked_word_by_word() -> None:
    words = [f"word{number}" for number in range(3000)]
    changed = ["new", *words[1:1500], "other", *words[1501:]]

    before, after = marked(" ".join(words), " ".join(changed))

    assert [piece.text for piece in before if piece.differs] == ["word0", "word1500"]
    assert [piece.text for piece in after if piece.differs] == ["new", "other"]


# --- In words -------------------------------------------------------------------------------------


def fields(old: Document, new: Document, **values: Any) -> list[tuple[str, str | None, str, str]]:
    """Return the only session's fields as they are told: label, language, before, now."""
    first, second = document(old, **values), document(new, **values)
    [change] = told(changes_between(first, second), first, second).sessions
    return [
        (field.label, field.language, bracketed(field.old), bracketed(field.new)) for field in change.fields
    ]


def test_a_move_is_told_in_one_line() -> None:
    assert fields(
        session(), session(start="2031-05-14T07:00:00Z", end="2031-05-14T08:00:00Z", room="gallery")
    ) == [
        (
            "Time and room",
            None,
            "Wednesday 14 May, [10]:00–[11]:00, [Hall]",
            "Wednesday 14 May, [14]:00–[15]:00, [Gallery]",
        )
    ]


def test_the_year_is_shown_where_it_differs() -> None:
    another_year = session(start="2032-05-14T03:00:00Z", end="2032-05-14T04:00:00Z")

    [(_label, _language, old, new)] = fields(session(), another_year)

    assert old == "[Wednesday] 14 May [2031], 10:00–11:00, Hall"
    assert new == "[Friday] 14 May [2032], 10:00–11:00, Hall"
    added = told(changes_between(document(), document(another_year)), document(), document(another_year))
    assert added.sessions[0].place == "Friday 14 May 2032, 10:00–11:00, Hall"


def test_a_session_past_midnight_names_both_days() -> None:
    [(_label, _language, _old, new)] = fields(session(), session(end="2031-05-14T18:00:00Z"))

    assert new.replace("[", "").replace("]", "") == "Wednesday 14 May, 10:00 – Thursday 15 May, 01:00, Hall"


def test_each_language_and_each_kind_of_value_is_told() -> None:
    people = [speaker("kim", "김하나", latin_name="Kim Ha-na"), speaker("bui", "Bùi Thế Duy")]
    track = {"slug": "t", "name": in_document("Hospitals"), "description": NOTHING, "weave": "check"}
    old = session(people=[{"speaker": "kim", "role": "speaker"}])
    new = session(
        title=in_document("Session 1") | {"ko": "새 제목"},
        people=[{"speaker": "kim", "role": "chair"}, {"speaker": "bui", "role": "speaker"}],
        track="t",
        topics=["ai"],
        kind="panel",
        visibility="registered",
        state="planned",
        spoken=["vi", "ko"],
        seat_limit=40,
        recording="https://media.example/1",
        materials=[{"title": "Slides", "kind": "slides", "url": "/m/1", "content_type": "x", "size": 1}],
        is_demo=True,
    )

    told_fields = fields(
        old, new, speakers=people, tracks=[track], topics=[{"slug": "ai", "name": in_document("AI")}]
    )

    plain = [
        (label, language, *(side.replace("[", "").replace("]", "") for side in sides))
        for label, language, *sides in told_fields
    ]
    assert plain == [
        ("Kind", None, "talk", "panel"),
        ("State", None, "confirmed", "planned"),
        ("Visibility", None, "public", "for registered people"),
        ("Title", "ko", "Session 1 (한국어)", "새 제목"),
        ("Track", None, "", "Hospitals"),
        ("Topics", None, "", "AI"),
        ("Spoken languages", None, "Vietnamese", "Vietnamese, Korean"),
        ("Seat limit", None, "", "40"),
        ("People", None, "Kim Ha-na (speaker)", "Kim Ha-na (chair), Bùi Thế Duy (speaker)"),
        ("Recording", None, "", "https://media.example/1"),
        ("Materials", None, "", "Slides"),
        ("Demonstration data", None, "no", "yes"),
    ]


def test_what_stands_around_the_sessions_is_told() -> None:
    old = document(session(), speakers=[speaker("kim", "Kim"), speaker("gone", "Gone")])
    new = document(
        session(), speakers=[speaker("kim", "Kim", biography=in_document("Doctor")), speaker("lee", "Lee")]
    )
    new["rooms"][0] = new["rooms"][0] | {"capacity": 80, "name": in_document("Great hall")}
    new["forum"] = new["forum"] | {"last_day": "2031-05-16"}

    words = told(changes_between(old, new), old, new)

    assert [(change.verb, change.what, str(change.title)) for change in words.things] == [
        ("changed", "Forum", "Forum"),
        ("changed", "Room", "Great hall"),
        ("changed", "Speaker", "Kim"),
        ("new", "Speaker", "Lee"),
        ("taken out", "Speaker", "Gone"),
    ]
    assert [field.label for field in words.things[1].fields] == ["Name", "Name", "Name", "Seats"]


def test_a_reader_of_korean_sees_names_and_labels_in_korean() -> None:
    people = [speaker("bui", "Bùi Thế Duy", hangul_name="부이 테 주이")]
    with translation.override("ko"):
        [(label, _language, _old, new)] = fields(
            session(), session(people=[{"speaker": "bui", "role": "speaker"}]), speakers=people
        )
    assert label != "People"
    assert "부이 테 주이" in new


# --- Missing translations -------------------------------------------------------------------------


def test_texts_that_a_language_lacks_are_named() -> None:
    full = document(
        session(title=in_document("T") | {"ko": "", "vi": ""}, note=NOTHING),
        speakers=[speaker("kim", "Kim", biography={"vi": "Bác sĩ", "ko": "", "en": "Doctor"})],
    )
    full["rooms"][0] = full["rooms"][0] | {"floor": {"vi": "tầng 1", "ko": "1층", "en": ""}}

    found = [(gap.where, gap.name, gap.fields) for gap in missing_translations_in(full)]

    assert found == [
        ("sessions", "T", ("title (VI, KO)",)),
        ("rooms", "Hall", ("floor (EN)",)),
        ("speakers", "Kim", ("biography (KO)",)),
    ]
