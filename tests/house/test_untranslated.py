"""No English reaches a Vietnamese or Korean page or mail: neither ours nor that of a package.

While a page is made, every text that is asked for and comes back as it was is remembered; if it then
stands on the page, it is missing in ``locale/`` (for a package's text: in ``locale/packages.pot``).
"""

import re

import pytest
from django.test import Client
from django.utils import translation
from django.utils.html import escape

from core.catalogues import Text, has_words, unchanged_texts
from outbox import kinds
from outbox.models import Message
from outbox.rendering import render
from tests.house.addresses import address_of, every_address
from tests.house.permission_table import PAGES
from tests.house.test_permission_walk import GROUPS, group_of, row_for

# Names of things inside Django that pass through gettext and nobody reads, such as "auth.user".
CODE = re.compile(r"[a-z_]+(\.[a-z_]+)+")


class Listener:
    """Remembers the texts for which there was no translation."""

    def __init__(self) -> None:
        self.untranslated: set[str] = set()

    def note(self, asked: tuple[str, ...], got: str) -> None:
        """Look at one question and its answer."""
        foreign = translation.get_language() in {"vi", "ko"}
        if got in asked and foreign and has_words(Text(got)) and not CODE.fullmatch(got):
            self.untranslated.add(got)

    def on(self, text: str) -> set[str]:
        """Return the untranslated texts that stand on a page or in a mail."""
        return {
            message
            for message in self.untranslated - unchanged_texts()
            if re.search(as_it_stands(message), text)
        }


def as_it_stands(message: str) -> str:
    """Return a pattern of a text as a reader sees it: its placeholders are filled in."""
    parts = re.split(r"%\(\w+\)[sd]|%[sd]|{\w*}", message.replace("%%", "%"))
    pattern = ".{0,300}?".join(f"(?:{re.escape(part)}|{re.escape(escape(part))})" for part in parts)
    return rf"(?<![\w.#/-]){pattern}(?![\w/-])"


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Listener:
    """Listen to Django's translations."""
    listener = Listener()
    trans = vars(translation)["_trans"]
    originals = {name: getattr(trans, name) for name in ("gettext", "pgettext", "ngettext", "npgettext")}

    def gettext(message: str) -> str:
        got = originals["gettext"](message)
        listener.note((message,), got)
        return got

    def pgettext(context: str, message: str) -> str:
        got = originals["pgettext"](context, message)
        listener.note((message,), got)
        return got

    def ngettext(singular: str, plural: str, number: int) -> str:
        got = originals["ngettext"](singular, plural, number)
        listener.note((singular, plural), got)
        return got

    def npgettext(context: str, singular: str, plural: str, number: int) -> str:
        got = originals["npgettext"](context, singular, plural, number)
        listener.note((singular, plural), got)
        return got

    for function in (gettext, pgettext, ngettext, npgettext):
        monkeypatch.setattr(trans, function.__name__, function)
    return listener


def readable(html: str) -> str:
    """Return what people read of a page: text and the attributes that are read out."""
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    said = re.findall(r'\b(?:alt|title|placeholder|aria-label|value|content|label)="([^"]*)"', html)
    return "\n".join([re.sub(r"<[^>]*>", "\n", html), *said])


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "ko"])
@pytest.mark.parametrize("group", GROUPS)
def test_pages(
    listener: Listener,
    clients: dict[str, Client],
    arguments: dict[str, object],
    group: str,
    language: str,
) -> None:
    found = set()
    for name in every_address():
        row = row_for(name)
        if group_of(name) != group or row is None:
            continue
        with translation.override(language):
            path = address_of(name, arguments)
        for role in (
            ("owner",) if name not in PAGES or name.startswith("admin:") else ("anonymous", "stranger")
        ):
            client = clients[role]
            client.cookies["forum_language"] = language
            for method in ("GET", "POST"):
                if row.expected(method, role) not in {200, 403, 404, 409} or name.endswith("_deed"):
                    continue
                response = client.generic(method, path, content_type="application/x-www-form-urlencoded")
                if "text/html" in response.headers.get("Content-Type", ""):
                    page = readable(response.content.decode())
                    found |= {f"{message!r} on {path}" for message in listener.on(page)}
    assert not found, "\n".join(sorted(found))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "ko"])
@pytest.mark.parametrize("kind", kinds.all_kinds(), ids=lambda kind: kind.name)
def test_mails(listener: Listener, kind: kinds.MailKind, language: str) -> None:
    message = Message(
        kind=kind.name,
        recipient="reader@example.org",
        recipient_name="Reader",
        language=language,
        context=kind.sample(language),
        dedupe_key="sample",
    )
    rendered = render(message)
    text = "\n".join([rendered.subject, rendered.text, readable(rendered.html)])
    found = listener.on(text)
    assert not found, "\n".join(sorted(found))


def test_the_listener_hears(listener: Listener) -> None:
    with translation.override("vi"):
        translation.gettext("A sentence that nobody translated")
        translation.gettext("%(count)d words that nobody translated")
        translation.gettext("Monday")
    assert listener.on("x\nA sentence that nobody translated\n7 words that nobody translated") == {
        "A sentence that nobody translated",
        "%(count)d words that nobody translated",
    }
    assert listener.on("Another sentence, and Monday") == set()
