"""Mails in a forum's own words: subject, opening and closing change, everything else stays."""

import re

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from core.errors import Conflict
from core.i18n import LANGUAGE_CODES
from events.models import Forum
from outbox import kinds, rendering
from outbox.models import Message, WordingOverride
from outbox.wording import Wording, save_wordings, version_of, wordings_of
from tests.conftest import CountQueries
from tests.factories import ForumFactory

KIND = "registration.confirmed"
pytestmark = pytest.mark.django_db


def ticket(forum: Forum, language: str = "en") -> Message:
    """Return the mail with a ticket to somebody who does not exist."""
    context = kinds.get(KIND).sample(language)
    return Message(
        kind=KIND, language=language, recipient="a@example.org", context=context, forum_id=forum.pk
    )


def say(forum: Forum, owner: User, **wordings: Wording) -> list[WordingOverride]:
    """Save the words of the mail with the ticket."""
    version = version_of(wordings_of(forum.pk, KIND))
    return save_wordings(
        forum_id=forum.pk, kind=kinds.get(KIND), wordings=wordings, version=version, by=owner
    )


def test_subject_opening_and_closing_are_said_otherwise_and_the_facts_stay(forum: Forum, owner: User) -> None:
    built_in = rendering.render(ticket(forum))
    wording = Wording("Welcome, {name}", "Dear {name},\n\n- bring **this**", "See you, {organization}!")
    say(forum, owner, en=wording)
    own = rendering.render(ticket(forum))

    assert own.subject == "Welcome, Alex Sample"
    assert "Dear Alex Sample,\n\n- bring this" in own.text
    assert "See you, Sample Hospital!" in own.text
    assert "<strong>this</strong>" in own.html
    assert own.html.index("Dear Alex") < own.html.index("VK-7H2K-94") < own.html.index("See you")
    assert "Show the code below at the door" in built_in.html
    assert "Show the code below at the door" not in own.html
    # Heading, facts, link and files are the built-in ones.
    for fact in ("Alex Sample, your place is kept", "VK-7H2K-94", "Sample Hall", "/registration/VK-7H2K-94/"):
        assert fact in built_in.html
        assert fact in own.html
    assert [file.filename for file in own.attachments] == [file.filename for file in built_in.attachments]
    # Another language and another forum say it in the built-in words.
    assert rendering.render(ticket(forum, "ko")).subject != "Welcome, 김견본"
    assert rendering.render(ticket(ForumFactory(is_current=False))).subject == built_in.subject


# Read while pytest collects: tests register kinds of their own.
WORDABLE = [kind.name for kind in kinds.wordable()]
ALL = [kind.name for kind in kinds.all_kinds()]


def sample_of(kind: str, language: str, forum: Forum | None = None) -> Message:
    """Return a mail of ``kind`` to somebody who does not exist."""
    return Message(
        kind=kind,
        language=language,
        recipient="a@example.org",
        recipient_name="Alex Sample",
        context=kinds.get(kind).sample(language),
        forum_id=forum.pk if forum else None,
    )


def test_every_mail_that_goes_by_itself_may_be_said_otherwise() -> None:
    to_organizers = {name for name in ALL if name.startswith("exhibition.")}
    # What one person writes to another, and what a technician asks for.
    by_hand = {"registration.broadcast", "exhibitor.circular", "exhibitor.message", "outbox.test"}
    # Lists and answers that a sentence of somebody's own would not fit.
    of_facts = {"exhibitor.task_sent_back", "exhibitor.tasks_due", "lead.asked", "passes.over"}
    assert set(ALL) - set(WORDABLE) == to_organizers | by_hand | of_facts


@pytest.mark.parametrize("kind", WORDABLE)
def test_each_placeholder_of_each_kind_has_a_value_in_every_language(kind: str, forum: Forum) -> None:
    found = kinds.get(kind)
    for language in LANGUAGE_CODES:
        text = "\n\n".join(f"{name}=({{{name}}})" for name in found.placeholders)
        mail = rendering.render(sample_of(kind, language), wording=Wording(opening=text))
        # The sample of a certificate that was not replaced and the like: what is there must have a value.
        assert "=()" not in mail.text
        assert "link" in found.placeholders or kind == "account.code"


def words_between(html: str, start: str, end: str) -> str:
    """Return the words a reader sees between two others, tags left out."""
    return re.sub(r"<[^>]+>|\s+", " ", html[html.index(start) + len(start) : html.index(end)])


@pytest.mark.parametrize("kind", WORDABLE)
def test_a_mail_in_own_words_reads_as_one_text(kind: str, forum: Forum, owner: User) -> None:
    """No built-in sentence is left before the facts; the facts, the button and the reason are."""
    found = kinds.get(kind)
    wordings = {
        code: Wording(f"SUBJECT {code}", f"OPENING {code}", f"CLOSING {code}") for code in LANGUAGE_CODES
    }
    version = version_of(wordings_of(forum.pk, kind))
    save_wordings(forum_id=forum.pk, kind=found, wordings=wordings, version=version, by=owner)
    of_forum = None if found.of_no_forum else forum
    for language in LANGUAGE_CODES:
        message = sample_of(kind, language, of_forum)
        built_in = rendering.render(message, wording=Wording())
        own = rendering.render(message)
        assert own.subject == f"SUBJECT {language}"
        assert built_in.subject != own.subject
        assert [file.filename for file in own.attachments] == [file.filename for file in built_in.attachments]
        for said in (own.text, own.html):
            assert said.count(f"OPENING {language}") == said.count(f"CLOSING {language}") == 1
        # At the opening nothing but the forum's words stands under the headline …
        assert words_between(own.html, "</h1>", f"OPENING {language}").strip() == ""
        assert own.text.splitlines()[2] == f"OPENING {language}"
        # … the built-in opening and closing are gone, and every other line of the text is still there.
        kept = set(own.text.splitlines())
        gone = [line for line in built_in.text.splitlines() if line and line not in kept]
        assert len(gone) <= 2, gone
        assert not any(address in line for line in gone for address in ("http://", "https://"))


def test_a_name_in_an_own_wording_stays_a_name(forum: Forum, owner: User) -> None:
    say(forum, owner, en=Wording("{name}", "Dear {name}", ""))
    message = ticket(forum)
    message.context["name"] = "<b>[x](https://evil.example)</b>\r\nBcc: all@example.org {code}"
    mail = rendering.render(message)
    assert "<b>[x]" not in mail.html
    assert 'href="https://evil.example' not in mail.html
    assert "\n" not in mail.subject
    assert "{code}" in mail.subject


def test_words_are_kept_with_their_history_and_two_organizers_are_told(forum: Forum, owner: User) -> None:
    [row] = say(forum, owner, en=Wording("One"))
    assert say(forum, owner, en=Wording("One")) == [], "saved without a difference"
    with pytest.raises(Conflict):
        save_wordings(forum_id=forum.pk, kind=kinds.get(KIND), wordings={}, version="0-0-0", by=owner)
    say(forum, owner)
    row.refresh_from_db()
    assert (row.is_empty, row.version) == (True, 2)
    actions = AuditEntry.objects.filter(target_type="outbox.wordingoverride").order_by("at")
    assert [(one.action, one.changes) for one in actions] == [
        ("wordingoverride.changed", {"subject": ["", "One"]}),
        ("wordingoverride.reset", {"subject": ["One", ""]}),
    ]
    assert rendering.render(ticket(forum)).subject.startswith("Your ticket")


def test_reading_the_words_is_one_query(forum: Forum, owner: User, assert_queries: CountQueries) -> None:
    message = ticket(forum)
    with assert_queries(1):
        rendering.render(message)


# --- The pages ------------------------------------------------------------------------------------

LIST = "/admin/outbox/wordingoverride/"


def test_the_list_says_which_mails_have_words_of_their_own(
    forum: Forum, owner: User, desk_client: Client, assert_queries: CountQueries
) -> None:
    say(forum, owner, ko=Wording("{name} 님"))
    with assert_queries(4):
        html = desk_client.get(LIST).content.decode()
    about_accounts = sum(name.startswith("account.") for name in WORDABLE)
    assert html.count("built-in words") == len(WORDABLE) - about_accounts - 1
    assert f'href="{LIST}of/{forum.pk}/{KIND}/"' in html
    assert desk_client.get(f"{LIST}?forum=nonsense").status_code == 404


def test_words_are_written_looked_at_and_reset(forum: Forum, desk_client: Client) -> None:
    page = f"{LIST}of/{forum.pk}/{KIND}/"
    refused = desk_client.post(
        page, {"version": "0-0-0", "subject_en": "{nmae}", "opening_vi": "[x](y)", "closing_ko": "안녕"}
    )
    assert set(refused.context["form"].errors) == {"subject_en", "opening_vi"}
    assert "안녕</textarea>" in refused.content.decode()
    assert not WordingOverride.objects.exists()

    saved = desk_client.post(page, {"version": "0-0-0", "subject_en": "Welcome, {name}"})
    assert saved["Location"] == page
    html = desk_client.get(page).content.decode()
    assert "Welcome, Alex Sample" in html
    assert "Changed" in html
    assert desk_client.get(f"{page}html/ko/").status_code == 200
    assert desk_client.get(f"{page}html/xx/").status_code == 404

    stale = desk_client.post(page, {"version": "0-0-0", "subject_en": "Hers"})
    assert "Somebody else changed these words meanwhile." in stale.content.decode()
    desk_client.post(page, {"version": "0-0-1", "subject_en": "Ignored", "_reset": "1"})
    assert WordingOverride.objects.get().is_empty


@pytest.mark.parametrize("kind", WORDABLE)
def test_each_mail_is_looked_at_in_three_languages(kind: str, forum: Forum, owner_client: Client) -> None:
    page = f"{LIST}of/{forum.pk}/{kind}/"
    words = {f"opening_{code}": f"Seen in {code}" for code in LANGUAGE_CODES}
    assert owner_client.post(page, {"version": "0-0-0", **words})["Location"] == page
    shown = owner_client.get(page)
    for code, _native, mail in shown.context["previews"]:
        assert mail["preview"].why_not == ""
        html = owner_client.get(mail["url"]).content.decode()
        assert f"Seen in {code}" in html
        assert f'<html lang="{code}">' in html
    owner_client.post(page, {"version": "1-1-1", "_reset": "1"})
    assert "Seen in" not in owner_client.get(f"{page}html/en/").content.decode()


def test_words_about_accounts_are_those_of_the_forum_that_the_site_shows(forum: Forum, owner: User) -> None:
    kind = kinds.get("account.unknown")
    other = ForumFactory(is_current=False)
    for one, subject in ((forum, "Ours"), (other, "Theirs")):
        words = {"en": Wording(subject)}
        save_wordings(forum_id=one.pk, kind=kind, wordings=words, version="0-0-0", by=owner)
    assert rendering.render(sample_of(kind.name, "en")).subject == "Ours"
    Forum.objects.filter(pk=forum.pk).update(is_current=False)
    assert rendering.render(sample_of(kind.name, "en")).subject.startswith("No account has this address")
    Forum.objects.filter(pk=other.pk).update(is_current=True)
    assert rendering.render(sample_of(kind.name, "en")).subject == "Theirs"


def test_words_about_accounts_are_for_whoever_gives_roles(
    forum: Forum, desk_client: Client, owner_client: Client
) -> None:
    page = f"{LIST}of/{forum.pk}/account.code/"
    assert desk_client.get(page).status_code == 403
    assert desk_client.post(page, {"version": "0-0-0", "subject_en": "Give it to me"}).status_code == 403
    assert desk_client.get(f"{page}html/en/").status_code == 403
    assert page not in desk_client.get(LIST).content.decode()
    assert page in owner_client.get(LIST).content.decode()


@pytest.mark.parametrize("kind", ["accounts.login_code", "nonsense", "outbox.test"])
def test_other_mails_have_no_such_page(forum: Forum, desk_client: Client, kind: str) -> None:
    assert desk_client.get(f"{LIST}of/{forum.pk}/{kind}/").status_code == 404
