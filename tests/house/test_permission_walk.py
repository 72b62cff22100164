"""Every address × method × role answers as the table in permission_table.py says."""

import re
import uuid
from copy import copy
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.template import loader
from django.template.response import SimpleTemplateResponse, TemplateResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from events.models import Forum
from tests.house.addresses import MODEL_PAGE, address_of, every_address
from tests.house.permission_answers import ROLES, Row
from tests.house.permission_models import admin_rights, admin_row
from tests.house.permission_table import PAGES


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
def _made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make each page for the first role that gets it alone.

    Whether a role may is decided before; making the same page ten times is most of what the walk costs.
    """
    made: set[tuple[object, ...]] = set()

    def is_new(request: HttpRequest, what: object) -> bool:
        asked = (request.method, request.path, what)
        fresh = asked not in made
        made.add(asked)
        return fresh

    content, text = SimpleTemplateResponse.rendered_content, loader.render_to_string

    def content_once(response: TemplateResponse) -> str:
        fresh = is_new(response._request, response.status_code)
        return content.__get__(response) if fresh else ""

    def text_once(name: Any, context: Any = None, request: Any = None, using: Any = None) -> str:
        fresh = request is None or is_new(request, str(name))
        return text(name, context, request, using) if fresh else ""

    monkeypatch.setattr(TemplateResponse, "rendered_content", property(content_once), raising=False)
    monkeypatch.setattr(loader, "render_to_string", text_once)


def answer(client: Client, method: str, path: str) -> int:
    """Ask once, and undo what that did to the database, to the session and to the counted tries."""
    cookies = copy(client.cookies)
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


# Pages behind the link of a registration.
OWN_PAGES = [
    "detail",
    "edit",
    "cancel",
    "ticket",
    "calendar",
    "consent",
    "data",
    "data_pdf",
    "data_json",
    "erase",
    "change_type",
    "answers",
    "hand_on",
    "keep",
    "send_again",
    "new_link",
]
GROUPS = sorted({group_of(name) for name in every_address() if row_for(name)})


@pytest.mark.django_db
@pytest.mark.usefixtures("_made_once")
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
@pytest.mark.parametrize("page", OWN_PAGES)
def test_a_forged_link_is_a_404_to_all(
    page: str, clients: dict[str, Client], arguments: dict[str, Any]
) -> None:
    code, token = arguments["code"], arguments["token"]
    forged = [(code, token[:-1] + ("A" if token[-1] != "A" else "B")), (code, "x"), ("VK-AAAA-AA", token)]
    row = PAGES[f"registrations:{page}"]
    methods = [method for method, right in (("GET", row.get), ("POST", row.post)) if right != 405]
    for role, client in clients.items():
        for method in methods:
            for wrong in forged:
                path = reverse(f"registrations:{page}", args=wrong)
                assert answer(client, method, path) == 404, f"{method} {path} by {role}"


@pytest.mark.django_db
def test_a_forged_link_of_a_speaker_is_a_404_to_all(
    clients: dict[str, Client], arguments: dict[str, Any]
) -> None:
    arguments["own"] |= {"token": "x" * 32}
    for name in every_address():
        if name.startswith("events:own_"):
            with translation.override("en"):
                path = address_of(name, arguments)
            row = PAGES[name]
            for method, right in (("GET", row.get), ("POST", row.post)):
                for role in ("anonymous", "owner"):
                    wanted = 405 if right == 405 else 404
                    assert answer(clients[role], method, path) == wanted, f"{method} {path} by {role}"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_not_for_browsers(method: str, client: Client, forum: Forum) -> None:
    for name in ("pages:home", "events:agenda", "registrations:register", "healthz", "root"):
        assert answer(client, method, reverse(name)) == 405


def test_every_model_of_ours_is_in_the_admin_or_belongs_to_a_page_that_is() -> None:
    inside_others = {
        "core",
        "accounts.membership",
        "events.acceptedclash",
        "events.agendanotice",
        # What visitors keep is on a page of their own
        "events.calendarfeed",
        "events.star",
        "events.editstep",
        "events.openinghours",
        "events.room",
        "events.scheduleupload",
        "events.sessionguest",
        "events.sessionspeaker",
        "events.walkingtime",
        "exhibitors.bookedbooth",
        "exhibitors.bookedextra",
        "exhibitors.bookingperiod",
        # Lines for types that are taken, seen beside the bookings
        "exhibitors.boothwait",
        # Seen beside the exhibitor, the seller and the invoice
        "exhibitors.exhibitormanager",
        "exhibitors.bankaccount",
        "exhibitors.payment",
        "exhibitors.invoiceseries",
        "exhibitors.boothprice",
        # Seen as the table of exhibitors by tasks, beside the documents, and beside the threads
        "exhibitors.taskentry",
        "exhibitors.taskreminder",
        "exhibitors.documentfile",
        "exhibitors.circular",
        "exhibitors.extraprice",
        "exhibitors.hallfeature",
        "exhibitors.product",
        # An exhibitor's own, and its visitors'; organizers see numbers
        "leads.lead",
        "leads.leadquestion",
        "leads.leadscanner",
        "leads.leadvisit",
        "leads.staffpass",
        "registrations.consent",
        # For a minute, until a worker has answered it
        "registrations.linkrequest",
        "registrations.answer",
        "registrations.questionoption",
        "registrations.seatwait",
        "registrations.seatbooking",
        "registrations.visit",
        "speakers.unavailability",
    }
    labels = {"outbox", "accounts", "speakers", "events", "exhibitors", "registrations", "leads"}
    models = {model._meta.label_lower for model in apps.get_models() if model._meta.app_label in labels}
    assert models - inside_others == set(admin_rights())


def test_ids_that_are_none_are_not_an_error(db: None, owner_client: Client) -> None:
    for model in admin_rights():
        for wrong in ("999999999", "x", str(uuid.uuid4()), "1e9", "-1", "%00"):
            path = f"/admin/{model.replace('.', '/')}/{wrong}/change/"
            assert owner_client.get(path).status_code in {302, 400, 403, 404}, path
