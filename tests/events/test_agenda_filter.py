"""What an address may ask of the agenda, and that nothing in it is ever too much."""

from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from events.agenda import Agenda
from events.agenda_filter import AgendaFilter, read_filter
from events.models import Forum
from events.reading import current_agenda
from events.services import publish_agenda
from events.views.agenda_choices import choices, people
from tests.factories import (
    RoomFactory,
    SessionFactory,
    SpeakerFactory,
    TopicFactory,
    TrackFactory,
    at,
    in_three_languages,
)


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
        speakers=[
            SpeakerFactory(
                slug="kim-yesi", name="김예시", latin_name="Kim Yesi", affiliation_en="Yesi Hospital"
            )
        ],
    ).topics.add(TopicFactory(slug="early", **in_three_languages("name", "Early detection")))
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
        speakers=[SpeakerFactory(slug="bi-mat", name="Bí Mật")],
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
        ("topic=early", ["screening"]),
        ("topic=early&room=gallery", []),
        ("speaker=kim-yesi", ["screening"]),
        ("speaker=kim-yesi&track=imaging", []),
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
        (
            "track=nothing&day=2031-02-31&room=%00&language=xx&topic=no&speaker=bi-mat",
            ["screening", "imaging", "closing"],
        ),
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

    assert choice == AgendaFilter(tracks=("cancer", "imaging"), words="Kim Yesi", is_less=True)
    assert choice.query_string() == "track=cancer&track=imaging&q=Kim+Yesi&less=1"
    assert choice.query_string(without=("q", "Kim Yesi")) == "track=cancer&track=imaging"
    assert not read_filter(QueryDict("track=cancer&day=&speaker=&utm_source=mail&less=2"), agenda).is_less
    assert AgendaFilter().query_string() == ""


@pytest.mark.django_db
def test_the_order_of_an_address_is_that_of_the_form(agenda: Agenda) -> None:
    typed = "q=kim&language=ko&speaker=x&speaker=kim-yesi&room=hall&topic=early&track=cancer&day=2031-05-14"

    assert read_filter(QueryDict(typed), agenda).query_string() == (
        "day=2031-05-14&track=cancer&topic=early&room=hall&speaker=kim-yesi&language=ko&q=kim&less=1"
    )


@pytest.mark.parametrize(
    ("choice", "is_common"),
    [
        (AgendaFilter(), True),
        (AgendaFilter(days=("2031-05-14",), topics=("early",)), True),
        (AgendaFilter(days=("2031-05-14",), topics=("early",), tracks=("cancer",)), False),
        (AgendaFilter(speaker="kim-yesi"), True),
        (AgendaFilter(speaker="kim-yesi", days=("2031-05-14",)), False),
        (AgendaFilter(words="kim"), False),
    ],
)
def test_only_what_many_ask_alike_is_common(choice: AgendaFilter, is_common: bool) -> None:
    assert choice.is_common is is_common


queries: Any = st.dictionaries(
    st.sampled_from(["day", "track", "topic", "room", "speaker", "language", "q", "other"]),
    st.one_of(
        st.text(max_size=300),
        st.sampled_from(["cancer", "hall", "2031-05-14", "ko", "kim", "early", "kim-yesi", "bi-mat"]),
    ),
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


class TestChoices:
    @pytest.mark.django_db
    def test_each_is_named_in_the_readers_language_and_leads_to_the_rest(self, agenda: Agenda) -> None:
        query = "day=2031-05-14&track=cancer&topic=early&room=hall&speaker=kim-yesi&language=ko&q=kim"
        choice = read_filter(QueryDict(query), agenda)

        with translation.override("ko"):
            found = choices(choice, agenda, "ko")

        assert [str(one.value) for one in found] == [
            "5월 14일 (수)",
            "Cancer (한국어)",
            "Early detection (한국어)",
            "Hall (한국어)",
            "김예시",
            "한국어",
            "kim",
        ]
        for one, part in zip(found, query.split("&"), strict=True):
            left = [other for other in query.split("&") if other != part]
            assert one.address == f"/ko/agenda/?{'&'.join(left)}"

    @pytest.mark.django_db
    def test_without_the_last_one_it_is_the_whole_agenda(self, agenda: Agenda) -> None:
        with translation.override("en"):
            [one] = choices(AgendaFilter(topics=("early",)), agenda, "en")

        assert (one.name, str(one.value), one.address) == ("Topic", "Early detection", "/en/agenda/")

    @pytest.mark.django_db
    def test_only_people_of_the_release_can_be_chosen(self, agenda: Agenda) -> None:
        assert [speaker.slug for speaker in people(agenda, "en")] == ["kim-yesi"]
