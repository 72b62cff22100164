"""A confidential session is known to its guests and to organizers with the right, and to nobody else.

Every address of the resolver is walked by those who may not know, after its guest has read everything she
can, so that whatever a cache keeps of her visit would be given to them; and the bytes are searched, also
inside compressed files. That the search finds what is there is shown on the guest's own pages.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import translation

from accounts.models import User
from events.agenda_document import build_document, canonical
from events.models import Forum, Session, SessionGuest
from events.services import publish_agenda
from events.services.feeds import open_feed
from events.services.stars import star_sessions
from pages.my_forum.feed_link import feed_url
from tests.conftest import SignIn
from tests.factories import (
    RoomFactory,
    SessionFactory,
    SpeakerFactory,
    TopicFactory,
    TrackFactory,
    UserFactory,
    at,
)
from tests.house.addresses import address_of, every_address
from tests.house.permission_answers import ROLES

# The first of each pair may be asked for; the second is what an answer would betray.
ASKED = ["quokka", "wombat", "numbat", "bilby", "potoroo", "dingo", "bandicoot"]
PLANTED = re.compile(rb"xyzzyq", re.IGNORECASE)
# Its room, track, topic and speaker. The admin keeps lists of them, and the venue's page shows the rooms of
# the house; that something confidential is in them stands nowhere.
AROUND_IT = re.compile(rb"plughq", re.IGNORECASE)
SHOWS_ROOMS = re.compile(r"/\w\w/venue/|/admin/")
IN_THE_KNOW = {"agenda", "owner"}
# Signing out would end the walk; the last is what Django leads old addresses of the admin on from.
LEFT_OUT = ("account_logout", "admin:logout", "admin:old_change_address")


@dataclass
class Walk:
    """Who walks, and what there is to be walked."""

    clients: dict[str, Client]
    guest: Client
    arguments: dict[str, Any]
    slug: str
    feed: str

    def paths(self, *languages: str, admin: bool = False) -> Iterator[str]:
        """Yield every address of the site, the confidential session's own among them."""
        own = {
            "events:session": {"slug": self.slug},
            "events:session_calendar": {"slug": self.slug},
            "pages:my_session": {"slug": self.slug},
            "pages:screen": {"room": "numbat"},
            "events:speaker": {"slug": "potoroo"},
        }
        for language in languages:
            with translation.override(language):
                for name in every_address():
                    if name in LEFT_OUT or (name.startswith("admin:") and not admin):
                        continue
                    yield address_of(name, self.arguments)
                    if name in own:
                        yield address_of(name, self.arguments | own)
            for word in ASKED:
                yield f"/{language}/agenda/?q={word}"
                yield f"/{language}/speakers/?q={word}"
                yield f"/{language}/my/?starred={self.slug}&unstarred={self.slug}"
            yield f"/{language}/agenda/?room=numbat&track=dingo&topic=bandicoot&speaker=potoroo"


@pytest.fixture
def walk(
    clients: dict[str, Client],
    arguments: dict[str, Any],
    forum: Forum,
    stranger: User,
    sign_in: SignIn,
    viewer: User,
) -> Walk:
    """Plant a confidential session into a published forum and let its guest read all she can."""
    session = SessionFactory(
        forum=forum,
        slug="quokka-talks",
        visibility="confidential",
        starts_at=at(16),
        room=RoomFactory(venue=forum.venue, slug="numbat", **around("name", "Numbat")),
        track=TrackFactory(forum=forum, slug="dingo", **around("name", "Dingo")),
        speakers=[SpeakerFactory(slug="potoroo", name="Potoroo Plughq", hangul_name="Potoroo Plughq")],
        **words("title", "Quokka"),
        **words("note", "Wombat"),
        **words("abstract", "Quokka"),
    )
    session.topics.add(TopicFactory(slug="bandicoot", **around("name", "Bandicoot")))
    star_sessions(stranger, [session.uid])
    person = UserFactory(email="bilby@xyzzyq.example", name="Bilby Xyzzyq")
    SessionGuest.objects.create(session=session, email=person.email, name="Bilby Xyzzyq")
    feed = feed_url(open_feed(person, language="en"))
    found = Walk(
        clients={role: client for role, client in clients.items() if role not in IN_THE_KNOW},
        guest=sign_in(person),
        arguments=arguments,
        slug=session.slug,
        feed=feed[feed.index("/en/") :],
    )
    assert {*found.clients} == {*ROLES} - IN_THE_KNOW
    return found


def words(field: str, animal: str) -> dict[str, str]:
    """Return a text in three languages that nobody writes by chance."""
    return {f"{field}_{code}": f"{animal} Xyzzyq {code}" for code in ("vi", "ko", "en")}


def around(field: str, animal: str) -> dict[str, str]:
    """Return such a text for what is around the session."""
    return {f"{field}_{code}": f"{animal} Plughq {code}" for code in ("vi", "ko", "en")}


def everything_in(content: bytes) -> bytes:
    """Return an answer together with what is packed inside it: a workbook's sheets, a PDF's streams."""
    parts = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts += [archive.read(name) for name in archive.namelist()]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        unpacked = zlib.decompressobj()
        try:
            parts.append(unpacked.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(parts)


def ask(client: Client, path: str) -> tuple[int, bytes, str]:
    """Return status, content with all that is in it, and headers."""
    with transaction.atomic():
        response: Any = client.get(path)
        raw = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    return response.status_code, everything_in(raw), str(dict(response.headers))


def betrayals(walk: Walk, role: str, *languages: str, admin: bool = False) -> Iterator[str]:
    """Walk as ``role``; yield the addresses that told something. Some must have answered."""
    answered = 0
    for path in walk.paths(*languages, admin=admin):
        status, content, headers = ask(walk.clients[role], path)
        answered += status == 200
        told = content + headers.encode()
        if PLANTED.search(told) or (AROUND_IT.search(told) and not SHOWS_ROOMS.match(path)):
            yield f"{path} by {role}: {status}"
    assert answered > 50, f"{role} was answered {answered} times, which proves nothing."


def test_nobody_else_learns_of_it_at_any_address(walk: Walk) -> None:
    for path in walk.paths("vi", "ko", "en"):
        walk.guest.get(path)

    told = [*betrayals(walk, "anonymous", "vi", "ko", "en")]
    for role in ("stranger", "unproven", "desk"):
        told += betrayals(walk, role, "en")
    for role in ("viewer", "elsewhere"):
        told += betrayals(walk, role, "en", admin=True)

    assert not told, "\n".join(told)


def test_the_search_finds_it_where_it_may_be(walk: Walk, clients: dict[str, Client]) -> None:
    """The negative control: what the walk looks for is there, on each page of those who may know."""
    for path in ("/en/my/", f"/vi/my/sessions/{walk.slug}/"):
        status, content, _headers = ask(walk.guest, path)
        assert (status, bool(PLANTED.search(content))) == (200, True), path
    for word in (b"Quokka Xyzzyq", b"Wombat Xyzzyq", b"Numbat Plughq", b"Potoroo Plughq"):
        assert word in walk.guest.get(f"/en/my/sessions/{walk.slug}/").content
        assert word in Client().get(walk.feed).content.replace(b"\r\n ", b"")
    for role in IN_THE_KNOW:
        assert PLANTED.search(ask(clients[role], f"/en/my/sessions/{walk.slug}/")[1])
        assert b"Bilby Xyzzyq" in ask(clients[role], f"/admin/events/session/{pk_of(walk)}/change/")[1]


def pk_of(walk: Walk) -> int:
    return Session.objects.get(slug=walk.slug).pk


def test_the_search_looks_inside_packed_files(walk: Walk) -> None:
    Session.objects.filter(slug=walk.slug).update(visibility="public")
    publish_agenda(forum=Forum.objects.get(is_current=True), by=None)
    cache.clear()
    for name in ("sessions.xlsx", "sessions.csv", "schedule.xml", "schedule.json", "calendar.ics"):
        assert PLANTED.search(ask(Client(), f"/en/agenda/{name}")[1]), name
    assert PLANTED.search(ask(Client(), "/en/agenda/?q=quokka")[1])


def test_to_the_document_it_does_not_exist(walk: Walk, forum: Forum) -> None:
    """All that is public is made from the document, printed programmes included."""
    with_it = canonical(build_document(forum))
    Session.objects.get(slug=walk.slug).delete()

    assert not PLANTED.search(with_it)
    assert not AROUND_IT.search(with_it)
    assert canonical(build_document(forum)) == with_it


def test_no_cache_keeps_it(walk: Walk) -> None:
    for path in walk.paths("en"):
        walk.guest.get(path)
    Client().get(walk.feed)
    everything = cache.keys("*")  # type: ignore[attr-defined]  # of django-redis
    # Her own sign-in names her, to herself.
    kept = [key for key in everything if not key.startswith("django.contrib.sessions.")]
    found = [key for key in kept if PLANTED.search(unpacked_from_cache(key))]

    assert any(key.startswith("events:page:") for key in kept)
    assert found == []


def unpacked_from_cache(key: str) -> bytes:
    value = cache.get(key)
    if isinstance(value, tuple) and len(value) == 4 and isinstance(value[1], bytes):
        body = zlib.decompress(value[1], wbits=31) if value[2] else value[1]
        return everything_in(body)
    return repr(value).encode()
