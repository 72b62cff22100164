"""What speakers propose, and what organizers make of it."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from core.errors import DomainError
from events.models import Forum, Proposal, Session
from events.services import change_session
from events.services.proposals import (
    ChangedMeanwhile,
    DecidedAlready,
    accept_proposal,
    decline_proposal,
    fingerprint,
    is_stale,
    pending,
    propose,
    withdraw_proposal,
)
from events.speaker_links import own_path
from outbox.models import Message
from outbox.rendering import render
from speakers.models import Speaker
from tests.conftest import SignIn, organizer
from tests.crowd import at_once
from tests.events.admin_forms import queries
from tests.factories import ProposalFactory, SpeakerFactory

pytestmark = pytest.mark.django_db
QUEUE = "/admin/events/proposal/"


@pytest.fixture
def kim(published_forum: Forum) -> Any:
    """Give Kim Ha-na, who speaks on screening."""
    return Speaker.objects.get(slug="kim-ha-na")


@pytest.fixture
def screening(kim: Any) -> Any:
    """Give her session."""
    return Session.objects.get(slug="screening")


def typed(speaker: Any, **changes: str) -> dict[str, str]:
    """Return what the form about a speaker sends, with some texts changed."""
    names = [
        f"{name}_{code}" for name in ("position", "affiliation", "biography") for code in ("vi", "ko", "en")
    ]
    return {name: getattr(speaker, name) for name in names} | changes


def about_me(client: Client, speaker: Speaker, **sent: Any) -> Any:
    """Send the form about a speaker."""
    return client.post(own_path(speaker, "about_me", language="en"), {**typed(speaker), **sent})


# --- Sending in --------------------------------------------------------------------------------------


def test_texts_wait_and_the_site_keeps_what_it_had(kim: Any, client: Client) -> None:
    before = kim.position_ko
    assert about_me(client, kim, position_ko="교수", biography_en="Hello\r\n\r\nthere").status_code == 302

    proposal = Proposal.objects.get()
    assert proposal.fields == {"position_ko": "교수", "biography_en": "Hello\n\nthere"}
    assert proposal.seen["position_ko"] == before
    kim.refresh_from_db()
    assert kim.position_ko == before
    entry = AuditEntry.objects.get(action="proposal.added")
    assert (entry.actor, entry.actor_label) == (None, "김하나 (speaker)")
    form = client.get(own_path(kim, "about_me", language="en")).content.decode()
    assert 'value="교수"' in form
    assert "have not decided yet" in form


def test_her_own_language_comes_first(kim: Any, screening: Any, client: Client) -> None:
    for language, order in (("ko", "ko vi en"), ("en", "en vi ko"), ("vi", "vi ko en")):
        names = [f"{name}_{code}" for name in ("position", "biography") for code in order.split()]
        page = client.get(own_path(kim, "about_me", language=language)).content.decode()
        places = [page.index(f'name="{name}"') for name in names]
        assert places == sorted(places)
        page = client.get(own_path(kim, "abstract", language=language, uid=screening.uid)).content.decode()
        places = [page.index(f'name="abstract_{code}"') for code in order.split()]
        assert places == sorted(places)


def test_a_text_under_the_wrong_language_is_doubted_and_taken(kim: Any, client: Client) -> None:
    answer = about_me(client, kim, position_vi="한국 교수", position_ko="Giáo sư", affiliation_en="KAIST")
    page = client.get(answer["Location"]).content.decode()

    assert Proposal.objects.get().fields["position_vi"] == "한국 교수"
    assert "“Position · Tiếng Việt” seems to be written in 한국어. If so, please move it there." in page
    assert "“Position · 한국어” seems to be written in Tiếng Việt." in page
    assert page.count("seems to be written in") == 2


def test_sending_again_replaces_what_waits_and_the_old_text_withdraws_it(kim: Any, client: Client) -> None:
    about_me(client, kim, position_en="Professor", position_vi="Giáo sư")
    about_me(client, kim, position_en="Dean")
    assert Proposal.objects.get().fields == {"position_en": "Dean"}

    about_me(client, kim)
    assert pending(kim) is None
    assert Proposal.objects.get().status == "withdrawn"


def test_nothing_changed_is_no_proposal(kim: Any, screening: Any, client: Client) -> None:
    about_me(client, kim)
    texts = {f"abstract_{code}": getattr(screening, f"abstract_{code}") for code in ("vi", "ko", "en")}
    client.post(own_path(kim, "abstract", uid=screening.uid), texts)

    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("position_en", "x" * 251, "at most 250 characters"),
        ("biography_ko", "x" * 6001, "at most 6000 characters"),
        ("affiliation_vi", "a\x00b", "Null characters are not allowed."),
    ],
)
def test_what_does_not_fit_is_shown_again(
    kim: Any, client: Client, field: str, text: str, sentence: str
) -> None:
    answer = about_me(client, kim, **{field: text})

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not Proposal.objects.exists()


def test_html_and_signs_of_every_kind_are_only_text(kim: Any, client: Client, owner_client: Client) -> None:
    about_me(client, kim, biography_en="<script>alert(1)</script> 🙂 \u202eabc {{ x }}")

    proposal = Proposal.objects.get()
    for page in (
        client.get(own_path(kim, "about_me")).content,
        client.get(own_path(kim)).content,
        owner_client.get(f"{QUEUE}{proposal.pk}/change/").content,
    ):
        assert b"<script>alert" not in page


def test_a_session_of_others_cannot_be_written_about(kim: Any, client: Client) -> None:
    opening = Session.objects.get(slug="opening")

    assert client.get(own_path(kim, "abstract", uid=opening.uid)).status_code == 404
    assert client.post(own_path(kim, "abstract", uid=opening.uid), {"abstract_en": "x"}).status_code == 404
    with pytest.raises(DomainError):
        propose(kim, session=opening, fields={"abstract_vi": "", "abstract_ko": "", "abstract_en": "x"})


def test_she_withdraws_her_own_alone(kim: Any, client: Client) -> None:
    mine, theirs = ProposalFactory(speaker=kim), ProposalFactory()
    client.post(own_path(kim, "withdraw", proposal=theirs.pk))
    client.post(own_path(kim, "withdraw", proposal=mine.pk))
    client.post(own_path(kim, "withdraw", proposal=mine.pk))

    assert [Proposal.objects.get(pk=one.pk).status for one in (mine, theirs)] == ["withdrawn", "pending"]
    assert AuditEntry.objects.filter(action="proposal.withdrawn").count() == 1


# --- Deciding ----------------------------------------------------------------------------------------


def test_accepting_writes_by_the_services_and_tells_her(
    kim: Any, screening: Any, owner: User, owner_client: Client
) -> None:
    texts = {"abstract_vi": screening.abstract_vi, "abstract_ko": "새 글", "abstract_en": "New text"}
    proposal = propose(kim, session=screening, fields=texts)
    assert proposal is not None
    page = owner_client.get(f"{QUEUE}{proposal.pk}/change/").content.decode()
    assert "<ins>" in page
    looked_at = page.split('name="looked_at" value="')[1].split('"')[0]

    done = owner_client.post(f"{QUEUE}{proposal.pk}/accept/", {"looked_at": looked_at})
    assert done["Location"] == f"{QUEUE}?status__exact=pending"
    after: Any = Session.objects.get(pk=screening.pk)
    assert (after.abstract_ko, after.abstract_en, after.version) == (
        "새 글",
        "New text",
        screening.version + 1,
    )
    proposal.refresh_from_db()
    assert (proposal.status, proposal.decided_by) == ("accepted", owner)
    entry = AuditEntry.objects.filter(action="session.changed").latest("at")
    assert entry.actor == owner
    assert set(entry.changes) == {"abstract_ko", "abstract_en", "version"}
    message = Message.objects.get(kind="speaker.decision")
    assert (message.recipient, message.forum_id) == (kim.email, screening.forum_id)


def test_declining_needs_a_reason_which_she_reads(kim: Any, owner_client: Client, screening: Any) -> None:
    Speaker.objects.filter(pk=kim.pk).update(language="ko")
    proposal = ProposalFactory(speaker=kim, session=screening, fields={"abstract_en": "x"})
    refused = owner_client.post(f"{QUEUE}{proposal.pk}/decline/", {"reason": " "})
    assert refused.context["form"].errors["reason"]
    owner_client.post(f"{QUEUE}{proposal.pk}/decline/", {"reason": "Too <short>"})

    proposal.refresh_from_db()
    assert (proposal.status, proposal.reason) == ("declined", "Too <short>")
    screening.refresh_from_db()
    assert screening.abstract_en != "x"
    rendered = render(Message.objects.get(kind="speaker.decision"))
    assert "Too <short>" in rendered.text
    assert "Too &lt;short&gt;" in rendered.html
    kim.refresh_from_db()
    assert f"http://testserver{own_path(kim, language='ko')}" in rendered.text


def test_a_text_that_changed_meanwhile_is_shown_and_not_overwritten_unseen(
    kim: Any, screening: Any, owner: User, owner_client: Client
) -> None:
    proposal: Any = ProposalFactory(speaker=kim, session=screening, fields={"abstract_en": "Hers"})
    before = fingerprint(proposal)
    change_session(
        screening, by=owner, expected_version=screening.version, fields={"abstract_en": "The organizers’"}
    )

    owner_client.post(f"{QUEUE}{proposal.pk}/accept/", {"looked_at": before})
    proposal = Proposal.objects.select_related("session", "speaker").get()
    assert proposal.status == "pending"
    assert is_stale(proposal)
    page = owner_client.get(f"{QUEUE}{proposal.pk}/change/").content.decode()
    for words in ('role="alert"', "The organizers’", "Hers", screening.abstract_en):
        assert words in page
    owner_client.post(f"{QUEUE}{proposal.pk}/accept/", {"looked_at": fingerprint(proposal)})
    screening.refresh_from_db()
    assert screening.abstract_en == "Hers"


def test_what_the_speaker_wrote_anew_is_not_accepted_unread(kim: Any, owner: User, client: Client) -> None:
    about_me(client, kim, position_en="Professor")
    seen = fingerprint(Proposal.objects.get())
    about_me(client, kim, position_en="King")

    with pytest.raises(ChangedMeanwhile):
        accept_proposal(Proposal.objects.get(), by=owner, looked_at=seen)


def test_a_decided_proposal_stays_decided(kim: Any, owner: User) -> None:
    proposal = ProposalFactory(speaker=kim)
    accept_proposal(proposal, by=owner, looked_at=fingerprint(proposal))

    with pytest.raises(DecidedAlready):
        decline_proposal(proposal, by=owner, reason="no")
    with pytest.raises(DecidedAlready):
        withdraw_proposal(kim, proposal_id=proposal.pk)
    assert Message.objects.filter(kind="speaker.decision").count() == 1


def test_a_speaker_without_an_address_is_told_nothing(kim: Any, owner: User) -> None:
    Speaker.objects.filter(pk=kim.pk).update(email="")
    decline_proposal(ProposalFactory(speaker=kim), by=owner, reason="no")

    assert not Message.objects.exists()


# --- The queue ---------------------------------------------------------------------------------------


def test_the_queue_costs_the_same_for_one_and_three(kim: Any, screening: Any, owner_client: Client) -> None:
    ProposalFactory(speaker=kim, session=screening, fields={"abstract_en": "x"})
    one = queries(owner_client, QUEUE)
    for _more in range(2):
        ProposalFactory(speaker=SpeakerFactory(), session=screening, fields={"abstract_en": "x"})

    assert queries(owner_client, QUEUE) == one <= 12


def test_owners_of_another_forum_see_what_is_about_speakers_alone(
    kim: Any, screening: Any, sign_in: SignIn
) -> None:
    from tests.factories import ForumFactory  # only here

    about_session = ProposalFactory(speaker=kim, session=screening, fields={"abstract_en": "x"})
    about_her = ProposalFactory(speaker=kim)
    elsewhere = sign_in(organizer(ForumFactory(is_current=False), "owner", "Elsa"))  # type: ignore[arg-type]

    assert elsewhere.get(f"{QUEUE}{about_session.pk}/change/").status_code == 404
    assert elsewhere.get(f"{QUEUE}{about_her.pk}/change/").status_code == 200


def test_the_first_page_counts_what_waits(kim: Any, owner_client: Client, viewer_client: Client) -> None:
    ProposalFactory(speaker=kim)

    page = owner_client.get("/admin/").content.decode()
    assert "1 proposal waits for a decision." in page or "đề xuất" in page
    assert "events/proposal" not in viewer_client.get("/admin/").content.decode()


# --- Two organizers at once --------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
class TestRace:
    """Two organizers accept the same proposal in the same moment."""

    @pytest.fixture
    def both(self, forum: Forum, owner: User, agenda_editor: User) -> list[Callable[[], Any]]:
        """Give what the two do."""
        proposal = ProposalFactory(speaker=SpeakerFactory())
        seen = fingerprint(proposal)

        def accepting(by: User) -> Callable[[], Any]:
            mine = Proposal.objects.select_related("speaker").get(pk=proposal.pk)
            return lambda: accept_proposal(mine, by=by, looked_at=seen)

        return [accepting(owner), accepting(agenda_editor)]

    def test_one_is_first(self, both: list[Callable[[], Any]]) -> None:
        assert at_once(both, threads=2) == {"done": 1, "DecidedAlready": 1}
        assert AuditEntry.objects.filter(action="proposal.accepted").count() == 1
        assert AuditEntry.objects.filter(action="speaker.changed").count() == 1
        assert Message.objects.filter(kind="speaker.decision").count() == 1

    def test_negative_control_without_the_locks_both_are_first(
        self, both: list[Callable[[], Any]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        all_have_read = threading.Barrier(2, timeout=20)

        def only_read(pk: int) -> Proposal | None:
            found = Proposal.objects.get(pk=pk)
            all_have_read.wait()
            return found

        module = "events.services.proposals"
        monkeypatch.setattr(f"{module}._locked_proposal", only_read)
        monkeypatch.setattr(f"{module}.locked_speaker", lambda speaker: Speaker.objects.get(pk=speaker.pk))
        monkeypatch.setattr(f"{module}._check_same", lambda *_: None)

        assert at_once(both, threads=2) == {"done": 2}
        assert AuditEntry.objects.filter(action="proposal.accepted").count() == 2
