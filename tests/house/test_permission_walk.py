"""Every address × method × role answers as the table in permission_table.py says."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from accounts.models import AuditEntry, ForumRole, User
from events.models import AgendaRelease, Forum, Session
from outbox.models import Message
from registrations.consents import consent_in
from registrations.links import link_path
from registrations.services import register
from speakers.models import Speaker
from tests.conftest import SignIn, organizer
from tests.factories import (
    ForumFactory,
    MembershipFactory,
    OrganizationFactory,
    TopicFactory,
)
from tests.house.permission_table import PAGES, ROLES, Row, admin_rights, admin_row

MODEL_PAGE = re.compile(r"admin:(?P<model>[a-z]+_[a-z]+)_(?P<view>changelist|add|change|delete|history)$")


def addresses(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """Yield the name of every address; what has none is named after its pattern."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or name_of_unnamed(namespace, str(entry.pattern))}"


def name_of_unnamed(namespace: str, pattern: str) -> str:
    """Return the names by which the table knows Django's two unnamed addresses of the admin."""
    known = {"(?P<url>.*)$": "anything_else", "<path:object_id>/": "old_change_address"}
    return known.get(pattern, f"unnamed {pattern}") if namespace == "admin:" else f"unnamed {pattern}"


def every_address() -> list[str]:
    """Return every address of the site once."""
    with translation.override("en"):
        return sorted({*addresses(get_resolver())})


def row_for(name: str) -> Row | None:
    """Return what the table says of an address, or None."""
    page = MODEL_PAGE.match(name)
    model = page["model"].replace("_", ".", 1) if page else ""
    if page and name not in PAGES and model in admin_rights():
        return admin_row(model, page["view"])
    return PAGES.get(name)


def test_every_address_is_declared() -> None:
    # Django redirects the admin's addresses of long ago; what they lead to is walked.
    undeclared = [
        name for name in every_address() if row_for(name) is None and name != "admin:old_change_address"
    ]
    assert not undeclared, "declare in permission_table.py: " + ", ".join(undeclared)


def test_nothing_is_declared_that_does_not_exist() -> None:
    assert [name for name in PAGES if name not in every_address()] == []
    registered = {name for name in every_address() if name.endswith("_changelist")}
    assert {f"admin:{model.replace('.', '_')}_changelist" for model in admin_rights()} == registered


def test_the_table_names_every_role() -> None:
    for name in every_address():
        row = row_for(name)
        if row:
            assert all(row.expected(method, role) for method in ("GET", "POST") for role in ROLES)


@pytest.fixture
def forum(published_forum: Forum) -> Forum:
    return published_forum


@pytest.fixture
def clients(
    forum: Forum,
    sign_in: SignIn,
    stranger: User,
    viewer: User,
    desk: User,
    agenda_editor: User,
    owner: User,
    owner_without_factor: User,
) -> dict[str, Client]:
    """Give a browser for each role."""
    other = ForumFactory(is_current=False, slug="elsewhere")
    people = {
        "stranger": stranger,
        "unproven": owner_without_factor,
        "elsewhere": organizer(other, ForumRole.Role.OWNER, "Elsa"),
        "viewer": viewer,
        "desk": desk,
        "agenda": agenda_editor,
        "owner": owner,
    }
    clients = {"anonymous": Client()} | {role: sign_in(user) for role, user in people.items()}
    assert list(clients) == ROLES
    return clients


@pytest.fixture
def arguments(forum: Forum, clients: dict[str, Client], owner: User) -> dict[str, Any]:
    """Give rows to put into addresses: by parameter, and by model for the admin."""
    registration = register(
        forum=forum,
        type=forum.registration_types.get(slug="guest"),
        form_token=uuid.uuid4(),
        name="Trần Văn Khách",
        email="khach@example.org",
        organization_name="Bệnh viện Bạch Mai",
        country="VN",
        language="vi",
        consent=consent_in(forum),
    )
    code, token = link_path(registration).strip("/").split("/")[-2:]
    session = Session.objects.get(slug="screening")
    MembershipFactory(user=owner)
    message = Message.objects.get(recipient=registration.email)
    rows = {
        "outbox_message": message,
        "accounts_organization": OrganizationFactory(),
        "accounts_user": forum.roles.get(role="viewer").user,
        "accounts_forumrole": forum.roles.get(role="viewer"),
        "accounts_auditentry": AuditEntry.objects.filter(forum_id=forum.pk).first(),
        "speakers_speaker": Speaker.objects.get(slug="kim-ha-na"),
        "events_forum": forum,
        "events_venue": forum.venue,
        "events_track": forum.tracks.first(),
        "events_topic": TopicFactory(),
        "events_session": session,
        "events_agendarelease": AgendaRelease.objects.get(),
        "registrations_registration": registration,
        "registrations_registrationtype": registration.type,
    }
    return {
        "code": code,
        "token": token,
        "rows": rows,
        "events:session": {"slug": session.slug},
        "events:session_calendar": {"slug": session.slug},
        "events:speaker": {"slug": "kim-ha-na"},
        "choose_language": {"code": "ko"},
        "admin:app_list": {"app_label": "events"},
        "admin:view_on_site": {
            "content_type_id": ContentType.objects.get_for_model(Session).pk,
            "object_id": session.pk,
        },
        "admin:outbox_message_html": {"pk": message.pk},
        "admin:outbox_message_file": {"pk": message.pk, "number": 0},
        "admin:outbox_message_send_again": {"pk": message.pk},
        "admin:registrations_registration_deed": {"pk": registration.pk, "name": "send-link"},
        "mfa_remove_webauthn": {"pk": 1},
        "mfa_edit_webauthn": {"pk": 1},
    }


def address_of(name: str, arguments: dict[str, Any]) -> str:
    """Return a working address by its name."""
    if name == "admin:anything_else":
        return "/admin/nothing/here/"
    page = MODEL_PAGE.match(name)
    if page and page["view"] in {"change", "delete", "history"}:
        return reverse(name, args=[arguments["rows"][page["model"]].pk])
    if name.startswith("registrations:") and name not in {"registrations:register", "registrations:sent"}:
        return reverse(name, args=[arguments["code"], arguments["token"]])
    if re.fullmatch(r"admin:registrations_registration_\w+_button", name):
        return reverse(name, args=[arguments["rows"]["registrations_registration"].pk])
    return reverse(name, kwargs=arguments.get(name))


def answer(client: Client, method: str, path: str) -> int:
    """Ask once, and undo what that did to the database, to the session and to the counted tries."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.generic(method, path, content_type="application/x-www-form-urlencoded")
        status: int = response.status_code
        transaction.set_rollback(True)
    client.cookies = cookies
    cache.clear()
    return status


def group_of(name: str) -> str:
    """Return what an address is walked together with: a model of the admin, or an app's pages."""
    page = MODEL_PAGE.match(name)
    return page["model"] if page else re.split("[:_]", name)[0]


GROUPS = sorted({group_of(name) for name in every_address() if row_for(name)})


@pytest.mark.django_db
@pytest.mark.parametrize("group", GROUPS)
def test_addresses(group: str, clients: dict[str, Client], arguments: dict[str, Any]) -> None:
    differing = []
    for name in every_address():
        row = row_for(name)
        if row is None or group_of(name) != group:
            continue
        with translation.override("en"):
            path = address_of(name, arguments)
        for method in ("GET", "POST"):
            for role, client in clients.items():
                found, expected = answer(client, method, path), row.expected(method, role)
                if found != expected:
                    differing.append(f"{name}: {method} {path} by {role}: {found}, not {expected}")
    assert not differing, "\n".join(differing)


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["detail", "edit", "cancel", "ticket", "calendar"])
def test_a_forged_link_is_a_404_to_all(
    page: str, clients: dict[str, Client], arguments: dict[str, Any]
) -> None:
    code, token = arguments["code"], arguments["token"]
    forged = [(code, token[:-1] + ("A" if token[-1] != "A" else "B")), (code, "x"), ("VK-AAAA-AA", token)]
    methods = ["GET", "POST"] if page in {"edit", "cancel"} else ["GET"]
    for role, client in clients.items():
        for method in methods:
            for wrong in forged:
                path = reverse(f"registrations:{page}", args=wrong)
                assert answer(client, method, path) == 404, f"{method} {path} by {role}"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_not_for_browsers(method: str, client: Client, forum: Forum) -> None:
    for name in ("pages:home", "events:agenda", "registrations:register", "healthz", "root"):
        assert answer(client, method, reverse(name)) == 405


def test_every_model_of_ours_is_in_the_admin_or_belongs_to_a_page_that_is() -> None:
    inside_others = {
        "core",
        "accounts.membership",
        "events.room",
        "events.sessionspeaker",
        "registrations.consent",
    }
    labels = {"outbox", "accounts", "speakers", "events", "registrations"}
    models = {model._meta.label_lower for model in apps.get_models() if model._meta.app_label in labels}
    assert models - inside_others == set(admin_rights())


def test_ids_that_are_none_are_not_an_error(db: None, owner_client: Client) -> None:
    for model in admin_rights():
        for wrong in ("999999999", "x", str(uuid.uuid4()), "1e9", "-1", "%00"):
            path = f"/admin/{model.replace('.', '/')}/{wrong}/change/"
            assert owner_client.get(path).status_code in {302, 400, 403, 404}, path
