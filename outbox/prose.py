"""What organizers write in mails: paragraphs, lists, links and emphasis, as HTML and as plain text.

The text is read first and its placeholders are filled in afterwards, so that no value is ever read as
Markdown or as HTML. Why our own writer stands behind markdown-it: docs/decisions/small-markdown.md.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from outbox.placeholders import PLACEHOLDER, fill

# Written on every cell of a mail: mail programs do not hand fonts down into tables.
FONT = mark_safe(
    "font-family:'Be Vietnam Pro','Noto Sans KR',-apple-system,'Segoe UI',Roboto,'Malgun Gothic',"
    "Arial,sans-serif"
)
# Of our own words alone, as the quotes around the font's names have to stay.
BLOCK = mark_safe(f"margin:0 0 14px;{FONT};font-size:16px;line-height:26px;color:#10252a")  # noqa: S308
LIST = mark_safe(f"{BLOCK};padding:0 0 0 24px")  # noqa: S308
ITEM = mark_safe("margin:0 0 6px")
LINK = mark_safe("color:#006566;text-decoration:underline")

ALLOWED = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)
# A bare address in a text; the full stop at the end of a sentence is not part of it.
BARE = re.compile(r"https?://[^\s<>\"{}]*[^\s<>\"{}.,;:!?)\]'’”]", re.IGNORECASE)
# Something written as a link, whatever its address.
WRITTEN_LINK = re.compile(r"\]\(\s*<?([^)>\s]*)")


@dataclass(frozen=True, slots=True)
class Values:
    """What the placeholders of one reader's mail stand for; those in ``addresses`` hold an address."""

    texts: Mapping[str, str]
    addresses: Collection[str] = ()


def refuse_links(text: str, addresses: Collection[str]) -> None:
    """Raise ValidationError when ``text`` has a link that would not become one."""
    for found in WRITTEN_LINK.finditer(text):
        if not _is_allowed(found[1], addresses):
            raise ValidationError(
                _("A link begins with https://, http:// or mailto:. This one does not: %(address)s")
                % {"address": found[1][:80] or "–"},
                code="link",
            )


def as_html(text: str, values: Values) -> SafeString:
    """Return ``text`` as HTML with styles on its elements, for the body of a mail."""
    return _Html(values).blocks(_read(text, values.addresses).children)


def as_text(text: str, values: Values) -> str:
    """Return ``text`` as plain text: one empty line between paragraphs, lists with their marks."""
    return "\n\n".join(_Plain(values).blocks(_read(text, values.addresses).children))


def _read(text: str, addresses: Collection[str]) -> SyntaxTreeNode:
    reader = MarkdownIt("zero").enable(["list", "link", "emphasis", "newline", "escape"])
    # As the methods of the instance, which is how markdown-it lets one replace them.
    reader.validateLink = lambda url: _is_allowed(url, addresses)  # type: ignore[method-assign]
    reader.normalizeLink = str  # type: ignore[method-assign, assignment]
    return SyntaxTreeNode(reader.parse(text))


def _is_allowed(url: str, addresses: Collection[str]) -> bool:
    only = PLACEHOLDER.fullmatch(url)
    return only[1].strip() in addresses if only else bool(ALLOWED.fullmatch(url))


def _address(url: str, values: Values) -> str:
    """Return the address of a link. Inside a longer one a value is one part, whatever characters it has."""
    only = PLACEHOLDER.fullmatch(url)
    if only:
        return values.texts.get(only[1].strip(), "")
    return fill(url, {name: quote(text, safe="") for name, text in values.texts.items()})


def _pieces(text: str, values: Values) -> Iterator[tuple[str, str]]:
    """Part a text into ``(words, address)``: placeholders that are addresses and bare addresses are links."""
    marks = re.compile(f"{PLACEHOLDER.pattern}|{BARE.pattern}", re.IGNORECASE)
    end = 0
    for found in marks.finditer(text):
        yield text[end : found.start()], ""
        end = found.end()
        name = (found[1] or "").strip()
        words = values.texts.get(name, "") if found[1] else found[0]
        yield words, words if not found[1] or name in values.addresses else ""
    yield text[end:], ""


class _Html:
    def __init__(self, values: Values) -> None:
        self.values = values

    def blocks(self, nodes: Iterable[SyntaxTreeNode], *, tight: bool = False) -> SafeString:
        return mark_safe("".join(self._block(node, tight=tight) for node in nodes))  # noqa: S308 # each escaped

    def _block(self, node: SyntaxTreeNode, *, tight: bool) -> SafeString:
        match node.type:
            case "paragraph":
                words = self._inline(node.children[0].children)
                return words if tight else format_html('<p class="ink" style="{}">{}</p>', BLOCK, words)
            case "bullet_list" | "ordered_list":
                items = format_html_join(
                    "",
                    '<li class="ink" style="{}">{}</li>',
                    ((ITEM, self.blocks(item.children, tight=_is_tight(item))) for item in node.children),
                )
                start = node.attrs.get("start")
                number = format_html(' start="{}"', start) if start else ""
                return format_html('<{}{} style="{}">{}</{}>', node.tag, number, LIST, items, node.tag)
        raise AssertionError(node.type)  # no other rule is switched on

    def _inline(self, nodes: Iterable[SyntaxTreeNode], *, linked: bool = False) -> SafeString:
        return mark_safe("".join(self._span(node, linked=linked) for node in nodes))  # noqa: S308 # each escaped

    def _span(self, node: SyntaxTreeNode, *, linked: bool) -> SafeString:
        match node.type:
            case "softbreak" | "hardbreak":
                return mark_safe("<br>")
            case "link":
                url = _address(str(node.attrs["href"]), self.values)
                return _anchor(url, self._inline(node.children, linked=True))
            case "strong" | "em":
                return format_html(
                    "<{}>{}</{}>", node.tag, self._inline(node.children, linked=linked), node.tag
                )
        pieces = (
            _anchor(url, escape(words)) if url and not linked else escape(words)
            for words, url in _pieces(node.content, self.values)
        )
        return mark_safe("".join(pieces))  # noqa: S308 # each escaped


class _Plain:
    def __init__(self, values: Values) -> None:
        self.values = values

    def blocks(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[str]:
        for node in nodes:
            if node.type == "paragraph":
                yield self._inline(node.children[0].children)
            else:
                first = int(node.attrs.get("start") or 1)
                yield "\n".join(
                    self._item(item, f"{number}. " if node.tag == "ol" else "- ")
                    for number, item in enumerate(node.children, first)
                )

    def _item(self, item: SyntaxTreeNode, mark: str) -> str:
        lines = "\n".join(self.blocks(item.children)).split("\n")
        return "\n".join(f"{' ' * len(mark) if number else mark}{line}" for number, line in enumerate(lines))

    def _inline(self, nodes: Iterable[SyntaxTreeNode]) -> str:
        return "".join(self._span(node) for node in nodes)

    def _span(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "softbreak" | "hardbreak":
                return "\n"
            case "link":
                words, url = self._inline(node.children), _address(str(node.attrs["href"]), self.values)
                return words if not url or words == url else f"{words}: {url}"
            case "strong" | "em":
                return self._inline(node.children)
        return "".join(words for words, _url in _pieces(node.content, self.values))


def _anchor(url: str, words: SafeString) -> SafeString:
    return format_html('<a class="link" href="{}" style="{}">{}</a>', url, LINK, words) if url else words


def _is_tight(item: SyntaxTreeNode) -> bool:
    """True for an item of one paragraph, which needs no room of its own."""
    return sum(child.type == "paragraph" for child in item.children) == 1
