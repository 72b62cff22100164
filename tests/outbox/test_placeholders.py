"""What organizers write with placeholders: nothing that is filled in ever becomes markup."""

from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from outbox.placeholders import fill, names_in, refuse_unknown
from outbox.prose import Values, as_html, as_text, refuse_links

LINK = "https://forum.example/r/VK-1/t?a=1&b=2"
ALLOWED = {"p", "ul", "ol", "li", "a", "strong", "em", "br"}


class Tags(HTMLParser):
    """Collects tags, addresses and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _value in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def values(**texts: str) -> Values:
    return Values({"link": LINK, **texts}, ("link",))


def test_a_text_becomes_paragraphs_lists_and_links() -> None:
    text = (
        "Dear {name},\nsee https://a.example/b.\n\n- one [here]({link})\n- **two**\n\n3. three\n\n*end* \\*"
    )
    html = as_html(text, values(name="Lan"))
    tags = Tags(html)
    assert tags.tags == ["p", "br", "a", "ul", "li", "a", "li", "strong", "ol", "li", "p", "em"]
    assert tags.addresses == ["https://a.example/b", LINK]
    assert '<ol start="3"' in html
    assert as_text(text, values(name="Lan")) == (
        f"Dear Lan,\nsee https://a.example/b.\n\n- one here: {LINK}\n- two\n\n3. three\n\nend *"
    )


def test_what_nobody_wrote_a_line_for_stays_text() -> None:
    text = (
        "<script>x</script>\n\n# Head\n\n![p](https://e.example/x.png) `c` <https://a.example>\n\n> q\n\n---"
    )
    tags = Tags(as_html(text, values()))
    assert set(tags.tags) <= {"p", "a", "br"}
    assert "<script>x</script>" in tags.text
    assert "# Head" in tags.text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "//evil.example",
        "/admin/",
        "x",
        "{name}",
        "",
    ],
)
def test_a_link_to_anything_else_is_refused_and_never_becomes_one(address: str) -> None:
    text = f"[click]({address})"
    with pytest.raises(ValidationError):
        refuse_links(text, ("link",))
    assert Tags(as_html(text, values(name="javascript:alert(1)"))).addresses == []


@pytest.mark.parametrize(
    "address", ["https://a.example", "mailto:a@example.org", "{link}", "HTTP://a.example/?q=1"]
)
def test_the_others_are_links(address: str) -> None:
    refuse_links(f"[click]({address})", ("link",))
    assert len(Tags(as_html(f"[click]({address})", values())).addresses) == 1


def test_a_value_inside_an_address_is_one_part_of_it() -> None:
    html = as_html("[x](https://a.example/{code}?q=1)", values(code="A/B?&#\"'>"))
    assert Tags(html).addresses == ["https://a.example/A%2FB%3F%26%23%22%27%3E?q=1"]


def test_unknown_placeholders_are_named_with_those_that_exist() -> None:
    assert list(names_in("{a} { b } {a} {{c}} {d\n} {}")) == ["a", "b", "c"]
    refuse_unknown("{name} { link } {", ["name", "link"])
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        refuse_unknown("{nmae} {x y}", ["name", "link"])
    assert refusal.value.messages == ["There are no placeholders {nmae}, {x y}. There are: {name}, {link}."]
    assert fill("{nmae}, {name}!", {"name": "{link}"}) == ", {link}!"


nasty = st.text(
    alphabet=st.sampled_from(list("<>&\"'`{}[]()*_-+.!#|\\/:;=\n\t 1aNn")) | st.characters(codec="utf-8"),
    max_size=60,
)
snippets = st.sampled_from(
    ["<b>", "</p>", "{link}", "{name}", "](javascript:x)", "[a](", "<!--", "&lt;", "https://e.example/<b>",
     "- ", "\n\n", "1. ", "**", "\u202e", "\x00", "</a><script>", '" onclick="x']
)  # fmt: skip
pieces = st.lists(nasty | snippets, max_size=6).map("".join)


@settings(max_examples=150, deadline=None)
@given(text=pieces, name=pieces)
def test_neither_a_text_nor_a_value_ever_escapes(text: str, name: str) -> None:
    filled = values(name=name)
    tags = Tags(as_html(text, filled))
    assert set(tags.tags) <= ALLOWED
    assert tags.attributes <= {"href", "style", "class", "start"}
    for address in tags.addresses:
        assert address == LINK or address.lower().startswith(("http://", "https://", "mailto:"))
    as_text(text, filled)


@settings(max_examples=100, deadline=None)
@given(name=pieces)
def test_a_value_is_shown_as_it_is_and_changes_no_tag(name: str) -> None:
    text = "Dear {name},\n\n- **{name}**\n- [{name}]({link})"
    assert Tags(as_html(text, values(name=name))).tags == Tags(as_html(text, values(name="Lan"))).tags
    assert as_text("{name}", values(name=name)) == name
