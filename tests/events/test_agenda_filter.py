"""What an address may ask of the agenda, and that nothing in it is ever too much."""

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from events.agenda import Agenda
from events.agenda_filter import AgendaFilter, read_filter
from events.models import Forum
from events.reading import current_agenda
from events.services import publish_agenda
from tests.factories import RoomFactory, SessionFactory, SpeakerFactory, TrackFactory, at, in_three_languages


@pytest.fixture
def agenda(forum: Forum) -> Agenda:
    """Give a published agenda of three sessions on two days, in two rooms and two tracks."""
    hall = RoomFactory(venue=forum.venue, slug="hall", **in_three_languages("name", "Hall"))
    cancer = TrackFactory(forum=forum, slug="cancer", **in_three_languages("name", "Cancer"))
    SessionFactory(
        forum=forum,
        slug="screening",
        room=hall,
        track=cancer,
        title_vi="Sàng lọc ung thư",
        title_ko="암 검진",
        title_en="Screening",
        spoken_languages=["ko"],
        interpretation=["vi"],
        speakers=[SpeakerFactory(name="김예시", latin_name="Kim Yesi", affiliation_en="Yesi Hospital")],
    )
    SessionFactory(
        forum=forum,
        slug="imaging",
        room=RoomFactory(venue=forum.venue, slug="gallery"),
        track=TrackFactory(forum=forum, slug="imaging"),
        starts_at=at(11),
        title_en="Bones of children",
        abstract_en="How a picture of a hand tells an age.",
        spoken_languages=["en"],
        interpretation=[],
    )
    SessionFactory(
        forum=forum,
        slug="closing",
        room=hall,
        track=None,
        starts_at=at(16, day=forum.last_day),
        title_en="Closing",
    )
    SessionFactory(
        forum=forum,
        slug="secret",
        visibility="confidential",
        starts_at=at(13),
        title_en="Protocol screening",
        speakers=[SpeakerFactory(name="Bí Mật")],
    )
    publish_agenda(forum=forum, by=None, actor_label="test")
    found = current_agenda()
    assert found is not None
    return found


def slugs(query: str, agenda: Agenda, language: str = "en") -> list[str]:
    """Return which sessions an address leaves."""
    return [session.slug for session in read_filter(QueryDict(query), agenda).chosen(agenda, language)]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", ["screening", "imaging", "closing"]),
        ("day=2031-05-15", ["closing"]),
        ("track=cancer", ["screening"]),
        ("track=cancer&track=imaging", ["screening", "imaging"]),
        ("room=hall", ["screening", "closing"]),
        ("room=hall&day=2031-05-14", ["screening"]),
        ("language=vi", ["screening", "closing"]),
        ("language=ko&language=en", ["screening", "imaging", "closing"]),
        ("q=sang+loc", ["screening"]),
        ("q=%EA%B2%80%EC%A7%84", ["screening"]),  # 검진, in any language of the page
        ("q=kim+yesi", ["screening"]),
        ("q=yesi+hospital", ["screening"]),
        ("q=hand", ["imaging"]),
        ("q=hall", ["screening", "closing"]),
        ("q=protocol", []),
        ("q=bi+mat", []),
        ("track=cancer&q=closing", []),
        # What the agenda does not have is ignored.
        ("track=nothing&day=2031-02-31&room=%00&language=xx", ["screening", "imaging", "closing"]),
    ],
)
@pytest.mark.django_db
def test_an_address_leaves_exactly_these(agenda: Agenda, query: str, left: list[str]) -> None:
    assert slugs(query, agenda) == left


@pytest.mark.django_db
def test_texts_are_searched_as_the_reader_sees_them(agenda: Agenda) -> None:
    assert slugs("q=hand", agenda, "en") == ["imaging"]
    assert slugs("q=hand", agenda, "ko") == []


@pytest.mark.django_db
def test_every_address_has_one_spelling(agenda: Agenda) -> None:
    choice = read_filter(
        QueryDict("q=++Kim%0a%00+Yesi+&track=imaging&track=cancer&track=x&day=&utm_source=mail"), agenda
    )

    assert choice == AgendaFilter(tracks=("cancer", "imaging"), words="Kim Yesi")
    assert choice.query_string() == "track=cancer&track=imaging&q=Kim+Yesi"
    assert AgendaFilter().query_string() == ""


queries: Any = st.dictionaries(
    st.sampled_from(["day", "track", "room", "language", "q", "other"]),
    st.one_of(st.text(max_size=300), st.sampled_from(["cancer", "hall", "2031-05-14", "ko", "kim"])),
)


@pytest.mark.django_db
def test_whatever_is_typed_is_understood_or_ignored_and_its_spelling_is_stable(agenda: Agenda) -> None:
    @settings(deadline=None)  # other programs of the machine may take their time
    @given(queries)
    def check(typed: dict[str, str]) -> None:
        query = QueryDict(mutable=True)
        query.update(typed)
        choice = read_filter(query, agenda)

        assert len(choice.words) <= 100
        assert "secret" not in {session.slug for session in choice.chosen(agenda, "en")}
        assert read_filter(QueryDict(choice.query_string()), agenda) == choice

    check()
