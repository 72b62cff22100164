"""Badges and tickets, read back from the files as people and scanners do."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from reportlab.lib.colors import HexColor

from events.models import Forum
from registrations.documents import BadgeLayout, render_badges, render_tickets
from registrations.documents.badges import unsettable
from registrations.documents.drawing import readable_on
from registrations.models import Registration
from registrations.ticket import TicketClaim, read_payload
from tests.examples import examples
from tests.factories import RegistrationFactory, RegistrationTypeFactory
from tests.registrations.paper import is_blank_around, letters_of, qrs_of, sizes_of, words_of

pytestmark = pytest.mark.django_db

NOTHING_LEFT_OUT = "Trần Quốc Nghiễm Thuỵ Ưu Đặng Ngọc Khuyển Hoàng Phủ Công Huyền Tôn Nữ Phương Thảo Ái Liên"


def people_of(forum: Forum, count: int, **details: Any) -> list[Registration]:
    """Return people with codes as tickets have them."""
    return [
        RegistrationFactory(forum=forum, code=f"VK-7H2K-{number:02d}", **details) for number in range(count)
    ]


@pytest.fixture
def park(forum: Forum) -> Registration:
    """Give somebody whose name has two forms."""
    kind = RegistrationTypeFactory(
        forum=forum, name_vi="Báo chí", name_ko="언론", name_en="Press", colour="#f2c14e"
    )
    return RegistrationFactory(
        forum=forum,
        type=kind,
        name="박윤규",
        latin_name="Park Yun Kyu",
        job_title="차관",
        organization_name="과학기술정보통신부",
        country="KR",
        language="ko",
    )


@pytest.mark.parametrize(
    ("layout", "pages", "size"),
    [
        (BadgeLayout.A6, 5, (105, 148)),
        (BadgeLayout.FOLDED, 5, (210, 148)),
        (BadgeLayout.SHEET, 2, (210, 297)),
        (BadgeLayout.LABEL, 5, (90, 55)),
    ],
)
def test_each_paper_has_the_badges_it_holds(
    forum: Forum, layout: str, pages: int, size: tuple[int, int]
) -> None:
    people = people_of(forum, 5)

    file = render_badges(people, layout, "en")

    assert sizes_of(file) == [size] * pages
    text = " ".join(words_of(file))
    assert [person.code in text for person in people] == [True] * 5


@pytest.mark.parametrize("layout", [BadgeLayout.A6, BadgeLayout.LABEL])
@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", ["Báo chí", "Hàn Quốc"]), ("ko", ["언론", "대한민국"]), ("en", ["Press", "South Korea"])],
)
def test_a_badge_says_both_names_and_the_rest_in_its_language(
    park: Registration, layout: str, language: str, words: list[str]
) -> None:
    [page] = words_of(render_badges([park], layout, language))

    for word in ("박윤규", "Park Yun Kyu", "차관", "과학기술정보통신부", park.code, *words):
        assert word.replace(" ", "") in page.replace(" ", "")


def test_without_a_language_each_badge_has_its_holders(park: Registration) -> None:
    assert "대한민국" in words_of(render_badges([park]))[0]


@pytest.mark.parametrize("layout", list(BadgeLayout))
def test_a_scanner_reads_every_badge(forum: Forum, layout: str) -> None:
    people = people_of(forum, 3, link_version=2)

    file = render_badges(people, layout, "vi")

    read = {claim for page in range(len(sizes_of(file))) for claim in _claims(file, forum, page)}
    assert read == {TicketClaim(person.code, 2) for person in people}


def _claims(file: bytes, forum: Forum, page: int = 0) -> list[TicketClaim | None]:
    return [read_payload(text, forum_id=forum.pk) for text in qrs_of(file, page)]


TYPED = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters="ỄặW가힣 "), max_size=120
)


@pytest.mark.parametrize("layout", [BadgeLayout.A6, BadgeLayout.LABEL])
def test_nothing_that_people_type_leaves_the_badge_or_covers_its_qr(forum: Forum, layout: str) -> None:
    kind = RegistrationTypeFactory(forum=forum)
    margin = 3 if layout == BadgeLayout.LABEL else 7

    @hypothesis_settings(max_examples=examples(12), deadline=None)
    @given(TYPED, TYPED, TYPED, TYPED)
    def holds(name: str, latin: str, job: str, organization: str) -> None:
        person = Registration(
            forum=forum,
            type=kind,
            code="VK-7H2K-94",
            name=name,
            latin_name=latin,
            job_title=job,
            organization_name=organization,
            country="VN",
            language="vi",
        )
        file = render_badges([person], layout)

        assert "□" not in words_of(file)[0]
        assert is_blank_around(file, margin)
        assert _claims(file, forum) == [TicketClaim("VK-7H2K-94", 1)]

    holds()


@pytest.mark.parametrize("letter", ["W", "가", "Ễ", "Nghiễm "])
@pytest.mark.parametrize("layout", [BadgeLayout.A6, BadgeLayout.LABEL])
def test_the_longest_name_is_printed_whole(forum: Forum, layout: str, letter: str) -> None:
    name = (letter * 120)[:120].strip()
    person = RegistrationFactory(forum=forum, name=name)

    assert name.replace(" ", "") in letters_of(render_badges([person], layout, "en"))[0]


def test_a_name_in_another_script_gives_way_to_its_latin_form(forum: Forum) -> None:
    person = RegistrationFactory(forum=forum, name="محمد علي", latin_name="Mohammed Ali")

    [page] = words_of(render_badges([person], BadgeLayout.A6, "en"))

    assert "Mohammed Ali" in page
    assert unsettable([person]) == []


def test_a_name_in_two_scripts_is_not_printed_in_part(forum: Forum) -> None:
    person = RegistrationFactory(forum=forum, name="Anna 李小明", latin_name="Anna Li Xiaoming")

    [badge] = words_of(render_badges([person], BadgeLayout.A6, "en"))
    [paper] = words_of(render_tickets([person]))

    assert "Anna Li Xiaoming" in badge.replace("\n", " ")
    assert "Anna Li Xiaoming" in paper.replace("\n", " ")


def test_a_name_that_no_face_has_leaves_a_line_to_write_on(forum: Forum) -> None:
    named = RegistrationFactory(forum=forum, name="Mai")
    person = RegistrationFactory(forum=forum, name="สมชาย", organization_name="Chulalongkorn Hospital")

    [page] = words_of(render_badges([person], BadgeLayout.A6, "en"))

    assert "Chulalongkorn Hospital" in page.replace("\n", " ")
    assert unsettable([named, person]) == [person]


@pytest.mark.parametrize(
    ("colour", "words"), [("#f2c14e", "#10252a"), ("#0f6b74", "#ffffff"), ("#ac1635", "#ffffff")]
)
def test_the_word_on_a_colour_stands_out(colour: str, words: str) -> None:
    assert readable_on(HexColor(colour)).hexval() == HexColor(words).hexval()


def test_making_badges_tells_how_far_it_is(forum: Forum) -> None:
    told: list[int] = []

    render_badges(
        RegistrationFactory.create_batch(5, forum=forum), BadgeLayout.SHEET, "en", progress=told.append
    )

    assert told == [4, 5]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ["Khi nào", "Ở đâu", "Cần mang theo", "Gấp ở đây"]),
        ("ko", ["일시", "장소", "준비물", "접는 선"]),
        ("en", ["When", "Where", "What to bring", "Fold here"]),
    ],
)
def test_a_ticket_on_paper_says_what_to_know_in_its_holders_language(
    published_forum: Forum, language: str, words: list[str]
) -> None:
    [person] = people_of(published_forum, 1, language=language, name=NOTHING_LEFT_OUT)

    file = render_tickets([person])

    [page] = words_of(file)
    for word in [*words, person.code]:
        assert word in page
    assert NOTHING_LEFT_OUT.replace(" ", "") in letters_of(file)[0]
    assert sizes_of(file) == [(210, 297)]
    assert _claims(file, published_forum) == [TicketClaim(person.code, 1)]
    # What goes with a mail.
    assert len(file) < 120_000


def test_a_ticket_for_one_day_says_so(forum: Forum) -> None:
    kind: Any = RegistrationTypeFactory(forum=forum, valid_until=forum.first_day)
    person = RegistrationFactory(forum=forum, type=kind, language="en")

    assert "This ticket is for" in words_of(render_tickets([person]))[0]


def test_many_tickets_ask_the_database_no_more_than_one(forum: Forum, assert_queries) -> None:
    people = RegistrationFactory.create_batch(3, forum=forum)
    loaded = Registration.objects.select_related("type", "forum__venue")
    # Whether there is an agenda is asked once and kept.
    render_tickets(loaded)

    with assert_queries(1):
        render_tickets(loaded.filter(pk=people[0].pk))
    with assert_queries(1):
        file = render_tickets(loaded.filter(pk__in=[person.pk for person in people]))

    assert len(sizes_of(file)) == 3
