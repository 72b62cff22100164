"""The register of kinds; and every kind there is, in every language there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from django.utils.translation import trans_real

from core.i18n import LANGUAGE_CODES
from outbox import kinds
from outbox.kinds import MailKind, UnknownKind
from outbox.models import Message
from outbox.rendering import letter, render
from tests.outbox.conftest import plain_kind, read

# Those that the apps register, known while pytest collects.
KINDS = kinds.all_kinds()


def sample_message(kind: MailKind, language: str) -> Message:
    """Return a message of ``kind`` to an invented reader, from the kind's own sample."""
    return Message(
        kind=kind.name,
        recipient="reader@example.org",
        recipient_name="Mẫu Đơn",
        language=language,
        context=kind.sample(language),
        dedupe_key="sample",
    )


@contextmanager
def untranslated(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Collect the texts that are looked up in a catalogue and not found there."""
    missing: set[str] = set()

    def watched(name: str) -> Any:
        original = getattr(trans_real.DjangoTranslation, name)

        def look_up(catalogue: Any, *words: Any) -> str:
            found: str = original(catalogue, *words)
            texts = [word for word in words if isinstance(word, str)]
            if catalogue.language() != "en" and texts and not known(catalogue, name, texts):
                missing.add(texts[0])
            return found

        return look_up

    with monkeypatch.context() as patch:
        for name in ("gettext", "ngettext", "pgettext", "npgettext"):
            patch.setattr(trans_real.DjangoTranslation, name, watched(name))
        yield missing


def known(catalogue: Any, function: str, texts: list[str]) -> bool:
    """Tell whether a catalogue has an entry of its own for what was looked up."""
    key = f"{texts[0]}\x04{texts[1]}" if function in {"pgettext", "npgettext"} else texts[0]
    entries = catalogue._catalog
    return entries.get(key) is not None or entries.get((key, 0)) is not None


def test_there_are_kinds_to_test() -> None:
    assert "outbox.test" in [kind.name for kind in KINDS]


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_is_whole_in_every_language(
    kind: MailKind, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = sample_message(kind, language)
    with untranslated(monkeypatch) as missing:
        rendered = render(message)
        with translation.override(language):
            str(kind.title)
    assert missing == set()
    assert rendered.subject
    assert rendered.text.strip()
    assert f'<html lang="{language}">' in rendered.html
    for text in (rendered.subject, rendered.text, rendered.html):
        for leftover in ("{{", "{%", "None", "Localized(", "&amp;amp;"):
            assert leftover not in text
    for file in rendered.attachments:
        assert file.content
        if file.content_id is not None:
            assert f'src="cid:{file.content_id}"' in rendered.html
    assert rendered.html.count('src="cid:') == sum(f.content_id is not None for f in rendered.attachments)
    mail = read(letter(message).message().as_bytes())
    types = {part.get_content_type() for part in mail.walk()}
    assert types >= {"text/plain", "text/html"}


def test_a_missing_translation_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    with untranslated(monkeypatch) as missing, translation.override("ko"):
        translation.gettext("Nobody ever translated this.")
        translation.ngettext("One that", "Many that", 2)
        translation.gettext("Vietnam – Korea")
    assert missing == {"Nobody ever translated this.", "One that"}


def test_two_kinds_cannot_have_one_name() -> None:
    with pytest.raises(ImproperlyConfigured):
        kinds.register(plain_kind(title="Another"))


def test_an_unknown_kind_says_its_name() -> None:
    with pytest.raises(UnknownKind, match="unheard_of"):
        kinds.get("test.unheard_of")
    assert kinds.title_of("test.unheard_of") == "test.unheard_of"
    assert kinds.title_of("test.plain") == "Plain mail"


def test_private_kinds_are_not_readable(register: Any) -> None:
    register(name="test.private", private=True)
    assert "test.private" not in kinds.readable_names()
    assert "test.plain" in kinds.readable_names()
