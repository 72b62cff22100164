"""Fixtures for every test: named people, a small forum, a clock that can be set, counted queries."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoDbBlocker
from whitenoise.base import WhiteNoise

from accounts.models import ForumRole, User
from core import catalogues
from embedded.pytest_plugin import SERVERS
from events.models import Forum
from tests.examples import choose_profile
from tests.factories import (
    ForumFactory,
    ForumRoleFactory,
    RegistrationTypeFactory,
    RoomFactory,
    SessionFactory,
    SpeakerFactory,
    TrackFactory,
    UserFactory,
    at,
    in_three_languages,
)
from tests.migrated import migrated_database

Role = ForumRole.Role


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues before anything is translated; once, also when tests run in parallel."""
    if not hasattr(config, "workerinput"):
        catalogues.compile_all()
    choose_profile()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, the browser first, so that no core waits for the other at the end."""
    items.sort(key=lambda item: [not item.get_closest_marker(name) for name in ("browser", "slow")])


@pytest.fixture(scope="session", autouse=True)
def _static_files_known() -> Iterator[None]:
    """Let whitenoise look through the static files once, not for every client: 25 ms for each."""
    look_through, found = WhiteNoise.update_files_dictionary, {}

    def look_once(self: WhiteNoise, root: str, prefix: str) -> None:
        if root not in found:
            look_through(self, root, prefix)
            found[root] = dict(self.files)
        self.files.update(found[root])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", look_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def _passwords_are_hashed_fast() -> Iterator[None]:
    """Hash passwords as the site does, with the least work instead of a tenth of a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScryptPasswordHasher, "work_factor", 2)
        yield


@pytest.fixture(scope="session")
def migrated(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> str:
    """Give the name of the run's migrated database, of which all others are copies."""
    with django_db_blocker.unblock():
        return migrated_database(request.config.stash[SERVERS].folder, os.environ["DATABASE_URL"])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, migrated: str) -> None:
    """Let pytest-django make its database as such a copy."""
    connection.settings_dict["TEST"]["TEMPLATE"] = migrated


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    """Leave neither a language nor counted tries to the next test."""
    with translation.override("vi"):
        yield
    cache.clear()


# --- The forum ------------------------------------------------------------------------------------


@pytest.fixture
def forum(db: None) -> Forum:
    """Give the forum that the site shows, with two kinds of attendance and no agenda yet."""
    forum = ForumFactory(
        slug="hanoi-2031",
        **in_three_languages("name", "Vietnam–Korea Forum"),
        **in_three_languages("short_name", "VK Forum"),
    )
    RegistrationTypeFactory(forum=forum, slug="guest", **in_three_languages("name", "Guest"))
    RegistrationTypeFactory(forum=forum, slug="press", capacity=2, **in_three_languages("name", "Press"))
    return forum


@pytest.fixture
def drafted_forum(forum: Forum) -> Forum:
    """Give the forum with a draft of three sessions in two rooms on two days, nothing published.

    ``opening`` (9:00, hall, Bùi Thế Duy), ``screening`` (10:00, hall, two speakers, track hospital) and
    ``booths`` (the next day at 9:00, gallery, nobody).
    """
    hall = RoomFactory(venue=forum.venue, slug="hall", position=1, **in_three_languages("name", "Hall"))
    gallery = RoomFactory(
        venue=forum.venue, slug="gallery", position=2, **in_three_languages("name", "Gallery")
    )
    track = TrackFactory(forum=forum, slug="hospital", **in_three_languages("name", "Hospitals"))
    minister = SpeakerFactory(slug="bui-the-duy", name="Bùi Thế Duy", hangul_name="부이 테 주이")
    doctor = SpeakerFactory(
        slug="kim-ha-na", name="김하나", latin_name="Kim Ha-na", hangul_name="", country="KR"
    )
    SessionFactory(
        forum=forum,
        slug="opening",
        kind="opening",
        room=hall,
        track=None,
        starts_at=at(9),
        speakers=[minister],
        **in_three_languages("title", "Opening"),
    )
    SessionFactory(
        forum=forum,
        slug="screening",
        room=hall,
        track=track,
        starts_at=at(10),
        speakers=[doctor, minister],
        **in_three_languages("title", "Cancer screening"),
    )
    SessionFactory(
        forum=forum,
        slug="booths",
        kind="exhibition",
        room=gallery,
        track=None,
        starts_at=at(9, day=forum.last_day),
        **in_three_languages("title", "Exhibition"),
    )
    return forum


@pytest.fixture
def published_forum(drafted_forum: Forum) -> Forum:
    """Give the forum of ``drafted_forum`` with its agenda published as release 1."""
    from events.services import publish_agenda  # Here, so that other tests need no agenda

    publish_agenda(forum=drafted_forum, by=None, note="")
    return drafted_forum


# --- People ---------------------------------------------------------------------------------------


def organizer(forum: Forum, role: Role, name: str, *, second_factor: bool = True) -> User:
    """Return a member of staff with one role in ``forum``."""
    user = UserFactory(
        email=f"{name.lower()}@example.org", name=name, is_staff=True, second_factor=second_factor
    )
    ForumRoleFactory(user=user, forum=forum, role=role)
    return user


@pytest.fixture
def owner(forum: Forum) -> User:
    """Give Oanh, who may do everything in the forum and has a second factor."""
    return organizer(forum, Role.OWNER, "Oanh")


@pytest.fixture
def agenda_editor(forum: Forum) -> User:
    """Give An, who edits and publishes the agenda and has a second factor."""
    return organizer(forum, Role.AGENDA_EDITOR, "An")


@pytest.fixture
def desk(forum: Forum) -> User:
    """Give Dung of the registration desk, who has a second factor."""
    return organizer(forum, Role.REGISTRATION_DESK, "Dung")


@pytest.fixture
def viewer(forum: Forum) -> User:
    """Give Vinh, who may look and change nothing, and has a second factor."""
    return organizer(forum, Role.VIEWER, "Vinh")


@pytest.fixture
def owner_without_factor(forum: Forum) -> User:
    """Give Omar: an owner who has not set up a second factor yet."""
    return organizer(forum, Role.OWNER, "Omar", second_factor=False)


@pytest.fixture
def stranger(db: None) -> User:
    """Give Seo-yeon, who has an account and no part in any forum."""
    return UserFactory(email="seoyeon@example.org", name="Seo-yeon")


SignIn = Callable[[User], Client]


@pytest.fixture
def sign_in() -> SignIn:
    """Give a function that returns a client signed in as a user, with the second factor if she has one."""

    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        session = client.session
        methods = [{"method": "password", "at": time.time(), "email": user.email}]
        if Authenticator.objects.filter(user=user).exists():
            methods.append({"method": "mfa", "type": "totp", "at": time.time()})
        # What allauth remembers of a sign-in, see allauth.account.internal.flows.login.
        session["account_authentication_methods"] = methods
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        return client

    return client_of


@pytest.fixture
def owner_client(owner: User, sign_in: SignIn) -> Client:
    """Give a browser in which the owner is signed in with her second factor."""
    return sign_in(owner)


@pytest.fixture
def agenda_editor_client(agenda_editor: User, sign_in: SignIn) -> Client:
    """Give a browser in which the agenda editor is signed in with his second factor."""
    return sign_in(agenda_editor)


@pytest.fixture
def desk_client(desk: User, sign_in: SignIn) -> Client:
    """Give a browser in which the registration desk is signed in with a second factor."""
    return sign_in(desk)


@pytest.fixture
def viewer_client(viewer: User, sign_in: SignIn) -> Client:
    """Give a browser in which the viewer is signed in with his second factor."""
    return sign_in(viewer)


@pytest.fixture
def stranger_client(stranger: User, sign_in: SignIn) -> Client:
    """Give a browser in which somebody without any role is signed in."""
    return sign_in(stranger)


# --- Queries and time -----------------------------------------------------------------------------

CountQueries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture
def assert_queries(django_assert_num_queries: CountQueries) -> CountQueries:
    """Give ``with assert_queries(3): …``: exactly so many queries, which are printed when it fails.

    A list page is tested with 1 and with 3 rows under the same number.
    """
    return django_assert_num_queries


class Clock:
    """A clock that stands still until a test moves it. Starts at the real time."""

    def __init__(self) -> None:
        self.instant = datetime.now(tz=UTC)

    def timestamp(self) -> float:
        """Return the seconds since 1970, as ``time.time`` does."""
        return self.instant.timestamp()

    def set(self, instant: datetime) -> None:
        """Make it ``instant`` (aware)."""
        self.instant = instant

    def advance(self, **duration: float) -> None:
        """Let time pass: ``clock.advance(minutes=5)``; takes the arguments of timedelta."""
        self.instant += timedelta(**duration)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Give the clock that ``timezone.now()`` and ``time.time()`` read in this test.

    It does not change the clocks of PostgreSQL, Valkey and of other processes, nor ``time.monotonic``.
    """
    clock = Clock()

    class _Kind(type):
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, datetime)

    class StoppedDatetime(datetime, metaclass=_Kind):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return clock.instant.astimezone(tz)

    # Not timezone.now itself: the models' fields hold a reference to that function.
    monkeypatch.setattr(timezone, "datetime", StoppedDatetime)
    monkeypatch.setattr(time, "time", clock.timestamp)
    return clock
