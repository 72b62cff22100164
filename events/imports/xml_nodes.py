"""XML, read as a stream: each finished ``<event>`` is handed on and forgotten.

Entities and document types are refused (they expand to any size and name other files), nesting and the
number of elements are bounded. Every node knows its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.sax import SAXParseException, handler
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser
from django.utils.translation import gettext_lazy as _

from events.imports.limits import DEEPEST, MOST_PARTS, UnreadableSchedule, too_large
from events.imports.rows import Sentence

_CHUNK = 64 * 1024


@dataclass(slots=True, eq=False)
class Node:
    """An element: its name, attributes, line, inner elements, and its text without theirs."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list[Node] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the element's own text."""
        return "".join(self.pieces).strip()

    def all(self, name: str) -> Iterator[Node]:
        """Yield the inner elements of one name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> Node | None:
        """Return the first inner element of one name."""
        return next(self.all(name), None)

    def value(self, name: str) -> str:
        """Return the text of the first inner element of one name, or nothing."""
        found = self.first(name)
        return found.text if found else ""


# Called with a finished event and with the elements around it, the outermost first.
Finished = Callable[[Node, list[Node]], None]


class _Builder(handler.ContentHandler):
    def __init__(self, position: Locator, streamed: str, finished: Finished) -> None:
        super().__init__()
        self.position, self.streamed, self.finished = position, streamed, finished
        self.path: list[Node] = []
        self.root: Node | None = None
        self.count = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - the name is SAX's
        self.count += 1
        line = self.position.getLineNumber() or 1
        if self.count > MOST_PARTS:
            raise too_large()
        if len(self.path) >= DEEPEST:
            raise UnreadableSchedule(Sentence(_("The elements are nested too deeply.")), line=line)
        node = Node(name, dict(attrs.items()), line)
        if self.path:
            self.path[-1].children.append(node)
        self.root = self.root or node
        self.path.append(node)

    def characters(self, content: str) -> None:
        if self.path:
            self.path[-1].pieces.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        node = self.path.pop()
        if name == self.streamed:
            self.finished(node, self.path)
            if self.path:
                self.path[-1].children.pop()


def read_nodes(content: bytes, streamed: str, finished: Finished) -> Node:
    """Read a document, calling ``finished`` for each element named ``streamed``; return what is left of it.

    Raises UnreadableSchedule for what is no well-formed document within the limits.
    """
    parser = create_parser(forbid_dtd=True)
    builder = _Builder(parser, streamed, finished)
    parser.setContentHandler(builder)
    try:
        for start in range(0, len(content), _CHUNK):
            parser.feed(content[start : start + _CHUNK])
        parser.close()
    except DefusedXmlException as error:
        raise UnreadableSchedule(
            Sentence(_("The file declares a document type or entities, which are not read for safety."))
        ) from error
    except SAXParseException as error:
        raise UnreadableSchedule(
            Sentence(_("This is not well-formed XML.")), line=error.getLineNumber()
        ) from error
    # An encoding that Python does not know, or a text that is not in the encoding it names.
    except (LookupError, ValueError) as error:
        raise UnreadableSchedule(Sentence(_("The encoding that the XML names cannot be read."))) from error
    if builder.root is None:
        raise UnreadableSchedule(Sentence(_("This is not well-formed XML.")))
    return builder.root
