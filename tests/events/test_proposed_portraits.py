"""Portraits that speakers propose: where they wait, who sees them, and what becomes of their files."""

from contextlib import suppress
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from accounts.models import AuditEntry, User
from core.errors import DomainError
from core.private_files import private_files
from events.models import Proposal, Session
from events.services.proposals import (
    ChangedMeanwhile,
    accept_proposal,
    decline_proposal,
    fingerprint,
    propose,
    withdraw_proposal,
)
from events.speaker_links import own_path
from outbox.models import Message
from speakers.models import Speaker
from tests.events.test_proposals import QUEUE, about_me, kim, typed
from tests.speakers.test_portraits import SVG, bomb, corner, picture

__all__ = ["kim"]  # the fixture
pytestmark = pytest.mark.django_db


def send_portrait(client: Client, speaker: Speaker, data: bytes, **sent: Any) -> Any:
    """Send the form with a file."""
    return about_me(client, speaker, portrait=SimpleUploadedFile("../Ảnh.jpg", data, "image/jpeg"), **sent)


def test_a_portrait_waits_where_no_browser_reads(kim: Any, client: Client, owner_client: Client) -> None:
    assert send_portrait(client, kim, picture()).status_code == 302

    proposal = Proposal.objects.get()
    name = str(proposal.portrait.name)
    assert name.startswith("proposals/")
    assert name.endswith(".webp")
    assert private_files().exists(name)
    assert not default_storage.exists(name)
    shown: Any
    for shown in (
        client.get(own_path(kim, "portrait")),
        owner_client.get(f"{QUEUE}{proposal.pk}/portrait/"),
    ):
        assert shown["Content-Type"] == "image/webp"
        assert b"".join(shown.streaming_content)[8:12] == b"WEBP"


@pytest.mark.parametrize(("cut", "colour"), [("left", "red"), ("right", "blue"), ("", "blue")])
def test_she_says_which_side_stays(kim: Any, client: Client, cut: str, colour: str) -> None:
    send_portrait(client, kim, picture((1600, 400)), cut=cut)

    with Proposal.objects.get().portrait.open() as file:
        # The upper left quarter of the picture is red: 800 × 200 of it.
        assert corner(Image.open(file), 630, 10) == colour


@pytest.mark.parametrize("data", [SVG, bomb(20_000, 20_000), b"GIF89a", b"", b"%PDF-1.7"])
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_what_is_no_picture_is_refused_beside_the_field(kim: Any, client: Client, data: bytes) -> None:
    answer = send_portrait(client, kim, data)

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["portrait"]
    assert not Proposal.objects.exists()


def test_an_accepted_portrait_is_hers_and_public(kim: Any, client: Client, owner: User) -> None:
    send_portrait(client, kim, picture())
    proposal = Proposal.objects.get()
    accept_proposal(proposal, by=owner, looked_at=fingerprint(proposal))

    kim.refresh_from_db()
    assert str(kim.portrait.name).startswith("portraits/")
    with default_storage.open(str(kim.portrait.name)) as file:
        assert Image.open(file).size == (640, 640)
    assert AuditEntry.objects.get(action="speaker.changed").changes["portrait"][1] == kim.portrait.name


def test_a_refused_acceptance_leaves_no_picture_where_browsers_read(
    kim: Any, client: Client, owner: User
) -> None:
    send_portrait(client, kim, picture())
    proposal = Proposal.objects.get()
    with suppress(FileNotFoundError):
        before = default_storage.listdir("portraits")[1]
    with pytest.raises(ChangedMeanwhile):
        accept_proposal(proposal, by=owner, looked_at="something else")

    assert default_storage.listdir("portraits")[1] == before


@pytest.mark.parametrize("end", ["accepted", "declined", "withdrawn"])
def test_a_decided_proposal_keeps_no_portrait_of_its_own(
    kim: Any, client: Client, owner: User, end: str, django_capture_on_commit_callbacks: Any
) -> None:
    Speaker.objects.filter(pk=kim.pk).update(email="kim@example.org")
    send_portrait(client, kim, picture())
    proposal = Proposal.objects.get()
    name = str(proposal.portrait.name)
    with django_capture_on_commit_callbacks(execute=True):
        if end == "accepted":
            accept_proposal(proposal, by=owner, looked_at=fingerprint(proposal))
        elif end == "declined":
            decline_proposal(proposal, by=owner, reason="Please send one of yourself alone.")
        else:
            withdraw_proposal(kim, proposal_id=proposal.pk)

    proposal.refresh_from_db()
    assert (proposal.status, proposal.portrait.name) == (end, "")
    assert not private_files().exists(name)
    # The mail says all the same what it was about.
    told = list(
        Message.objects.filter(kind="speaker.decision").values_list("context__has_portrait", flat=True)
    )
    assert told == ([] if end == "withdrawn" else [True])


def test_a_declined_portrait_leaves_a_sentence_in_its_place(
    kim: Any, client: Client, owner: User, owner_client: Client
) -> None:
    send_portrait(client, kim, picture())
    proposal = Proposal.objects.get()
    waiting = owner_client.get(f"{QUEUE}{proposal.pk}/change/").content.decode()
    assert "No portrait yet" in waiting
    decline_proposal(proposal, by=owner, reason="Too dark.")

    decided = owner_client.get(f"{QUEUE}{proposal.pk}/change/").content.decode()
    assert "A portrait was proposed. It was deleted with the decision." in decided
    assert owner_client.get(f"{QUEUE}{proposal.pk}/portrait/").status_code == 404


def test_a_refused_portrait_is_written_before_the_transaction_and_taken_away(
    kim: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths = []
    save = private_files().save

    def saved(*args: Any, **kwargs: Any) -> str:
        depths.append(len(connection.savepoint_ids))
        return save(*args, **kwargs)

    monkeypatch.setattr(private_files(), "save", saved)
    opening = Session.objects.get(slug="opening")
    outside = len(connection.savepoint_ids)
    texts = {"abstract_vi": "", "abstract_ko": "", "abstract_en": ""}
    with pytest.raises(DomainError):
        propose(kim, session=opening, fields=texts, portrait=ContentFile(b"x", "refused.webp"))

    assert depths == [outside]
    assert not any("refused" in name for name in private_files().listdir("proposals")[1])


def test_a_portrait_of_the_proposal_before_is_not_left_lying(
    kim: Any, django_capture_on_commit_callbacks: Any
) -> None:
    first = propose(kim, fields=typed(kim), portrait=ContentFile(b"one", "a.webp"))
    assert first is not None
    name = str(first.portrait.name)
    with django_capture_on_commit_callbacks(execute=True):
        propose(kim, fields=typed(kim), portrait=ContentFile(b"two", "b.webp"))

    assert not private_files().exists(name)
    assert Proposal.objects.count() == 1
