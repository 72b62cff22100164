"""What every page of the admin does: the audit trail, rights per object, refusals, strange input."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.admin import OrganizationAdmin
from accounts.models import AuditEntry, Membership, Organization, User
from core.errors import DomainError
from tests.factories import MembershipFactory, OrganizationFactory, UserFactory

ADD = "/admin/accounts/organization/add/"
LIST = "/admin/accounts/organization/"


def change_url(organization: Organization) -> str:
    return reverse("admin:accounts_organization_change", args=[organization.pk])


def form(organization: Organization | None = None, **changed: Any) -> dict[str, Any]:
    """Return what a browser posts for an organization, its members unchanged."""
    members = list(organization.memberships.order_by("pk")) if organization else []
    values: dict[str, Any] = {
        "name_vi": getattr(organization, "name_vi", "Bệnh viện"),
        "name_ko": getattr(organization, "name_ko", "병원"),
        "name_en": getattr(organization, "name_en", "Hospital"),
        "slug": organization.slug if organization else "hospital",
        "kind": organization.kind if organization else "hospital",
        "country": organization.country if organization else "VN",
        "website": "",
        "memberships-TOTAL_FORMS": len(members),
        "memberships-INITIAL_FORMS": len(members),
    }
    for number, member in enumerate(members):
        values[f"memberships-{number}-id"] = member.pk
        values[f"memberships-{number}-organization"] = member.organization_id
        values[f"memberships-{number}-user"] = member.user_id
        values[f"memberships-{number}-role"] = member.role
    return values | changed


# --- The audit trail ------------------------------------------------------------------------------


def test_an_addition_is_recorded_with_every_language(
    agenda_editor_client: Client, agenda_editor: User
) -> None:
    answer = agenda_editor_client.post(ADD, form())
    assert answer.status_code == 302
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.target_type, entry.target_label) == (
        "organization.added",
        agenda_editor,
        "accounts.organization",
        "Hospital",
    )
    assert entry.actor_label == f"{agenda_editor.name} <{agenda_editor.email}>"
    assert entry.changes["name_ko"] == ["", "병원"]
    assert "name" not in entry.changes


def test_a_change_is_recorded_with_before_and_after(agenda_editor_client: Client) -> None:
    organization = OrganizationFactory(name_vi="Cũ", name_ko="옛", name_en="Old", website="")
    agenda_editor_client.post(change_url(organization), form(organization, name_vi="Mới", country="KR"))
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.target_id) == ("organization.changed", str(organization.pk))
    assert entry.changes == {"name_vi": ["Cũ", "Mới"], "country": ["VN", "KR"]}


def test_rows_inside_are_recorded_too(
    agenda_editor_client: Client, agenda_editor: User, owner_client: Client
) -> None:
    organization = OrganizationFactory(website="")
    member = MembershipFactory(
        organization=organization, user=UserFactory(name="Lan", email="lan@example.org")
    )
    values = form(organization, **{"memberships-0-role": "manager"})
    owner_client.post(change_url(organization), values)
    entry = AuditEntry.objects.get()
    assert entry.changes == {f"membership {member.pk} role": ["member", "manager"]}
    owner_client.post(change_url(organization), form(organization, **{"memberships-0-DELETE": "on"}))
    entry = AuditEntry.objects.latest("pk")
    assert entry.changes == {
        f"membership {member.pk} user": [f"Lan ({member.user_id})", ""],
        f"membership {member.pk} role": ["manager", ""],
    }


def test_saving_without_a_change_leaves_no_entry(agenda_editor_client: Client) -> None:
    organization = OrganizationFactory(website="")
    answer = agenda_editor_client.post(change_url(organization), form(organization))
    assert answer.status_code == 302
    assert not AuditEntry.objects.exists()


def test_deleting_is_recorded_with_what_there_was(agenda_editor_client: Client) -> None:
    organization = OrganizationFactory(name_en="Gone")
    agenda_editor_client.post(f"{LIST}{organization.pk}/delete/", {"post": "yes"})
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.changes["name_en"]) == ("organization.deleted", ["Gone", ""])
    assert not Organization.objects.exists()


def test_deleting_several_is_recorded_one_by_one(agenda_editor_client: Client) -> None:
    two = OrganizationFactory.create_batch(2)
    answer = agenda_editor_client.post(
        LIST,
        {"action": "delete_selected", "_selected_action": [row.pk for row in two], "post": "yes"},
    )
    assert answer.status_code == 302
    entries = AuditEntry.objects.values_list("action", "target_id")
    assert set(entries) == {("organization.deleted", str(row.pk)) for row in two}


def test_a_change_that_fails_leaves_no_entry(
    agenda_editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    organization = OrganizationFactory(name_en="Same", website="")

    def refuse(*args: Any) -> None:
        raise DomainError("Not today.", field="country")

    monkeypatch.setattr(OrganizationAdmin, "save_related", refuse)
    answer = agenda_editor_client.post(change_url(organization), form(organization, name_en="Other"))
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors == {"country": ["Not today."]}
    assert 'value="Other"' in answer.content.decode()
    organization.refresh_from_db()
    assert organization.name_en == "Same"
    assert not AuditEntry.objects.exists()


def test_the_history_of_an_object_is_its_part_of_the_trail(agenda_editor_client: Client) -> None:
    organization = OrganizationFactory(name_en="Old", website="")
    agenda_editor_client.post(change_url(organization), form(organization, name_en="New"))
    page = agenda_editor_client.get(f"{LIST}{organization.pk}/history/").content.decode()
    assert "Name · English" in page
    assert "Old" in page
    assert "New" in page


# --- Rights ---------------------------------------------------------------------------------------


def test_a_viewer_reads_and_changes_nothing(viewer_client: Client) -> None:
    organization = OrganizationFactory()
    assert viewer_client.get(LIST).status_code == 200
    assert viewer_client.get(change_url(organization)).status_code == 200
    assert viewer_client.post(change_url(organization), form(organization)).status_code == 403
    assert viewer_client.get(ADD).status_code == 403
    assert viewer_client.post(f"{LIST}{organization.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("key", ["999999", "abc", "%00", "1%00", "9" * 40])
def test_what_does_not_exist_is_a_404(agenda_editor_client: Client, key: str) -> None:
    for page in ("change", "delete", "history"):
        assert agenda_editor_client.get(f"{LIST}{key}/{page}/").status_code == 404


# --- Refusals -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_who_loses_a_race_gets_a_form_error(
    agenda_editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form is valid; then somebody else commits the same slug before this one is written."""
    save_model = OrganizationAdmin.save_model

    def commit_another() -> None:
        OrganizationFactory(slug="hospital")
        connection.close()

    def overtaken(self: Any, request: Any, obj: Any, form: Any, change: bool) -> None:
        thread = threading.Thread(target=commit_another)
        thread.start()
        thread.join()
        save_model(self, request, obj, form, change)

    monkeypatch.setattr(OrganizationAdmin, "save_model", overtaken)
    answer = agenda_editor_client.post(ADD, form(slug="hospital", name_en="Mine"))
    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == ["slug"]
    assert 'value="Mine"' in answer.content.decode()
    assert Organization.objects.count() == 1
    assert not AuditEntry.objects.exists()


def test_a_unique_row_inside_is_refused_in_words(owner_client: Client) -> None:
    member = MembershipFactory()
    values = form(member.organization, **{"memberships-TOTAL_FORMS": 2})
    values |= {
        "memberships-1-organization": member.organization_id,
        "memberships-1-user": member.user_id,
        "memberships-1-role": "member",
    }
    answer = owner_client.post(change_url(member.organization), values)
    assert answer.status_code == 200
    assert Membership.objects.count() == 1


def test_deleting_what_is_needed_is_refused_in_words(agenda_editor_client: Client, monkeypatch: Any) -> None:
    organization = OrganizationFactory()

    def refuse(*args: Any) -> None:
        raise DomainError("It is needed.")

    monkeypatch.setattr(OrganizationAdmin, "delete_model", refuse)
    answer = agenda_editor_client.post(f"{LIST}{organization.pk}/delete/", {"post": "yes"}, follow=True)
    assert answer.redirect_chain == [(change_url(organization), 302)]
    assert "It is needed." in answer.content.decode()
    assert Organization.objects.exists()
    assert not AuditEntry.objects.exists()


def test_an_action_is_done_to_all_or_to_none(agenda_editor_client: Client, monkeypatch: Any) -> None:
    first, second = OrganizationFactory.create_batch(2)

    def delete_one_then_refuse(self: Any, request: Any, queryset: Any) -> None:
        queryset.filter(pk=first.pk).delete()
        raise DomainError("The second is needed.")

    monkeypatch.setattr(OrganizationAdmin, "delete_queryset", delete_one_then_refuse)
    answer = agenda_editor_client.post(
        LIST,
        {"action": "delete_selected", "_selected_action": [first.pk, second.pk], "post": "yes"},
        follow=True,
    )
    assert "The second is needed." in answer.content.decode()
    assert Organization.objects.count() == 2
    assert not AuditEntry.objects.exists()


# --- Strange input --------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["name_vi", "name_ko", "slug", "country", "website"])
def test_nul_in_a_field_is_a_field_error(agenda_editor_client: Client, field: str) -> None:
    answer = agenda_editor_client.post(ADD, form(None, **{field: "a\x00b"}))
    assert answer.status_code == 200
    assert field in answer.context["adminform"].form.errors
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=%00", 400),
        ("kind__exact=%00", 400),
        ("%00=1", 400),
        ("kind__exact=nonsense", 200),
        ("country=%F0%9F%98%80", 200),
        ("q=%E2%80%AE%F0%9F%98%80%3Cscript%3E", 200),
        ("q=" + "x" * 3000, 200),
        ("id__exact=abc", 302),
        ("id__exact=99999999999999999999999", 200),
        ("id__in=1,a", 302),
        ("p=99999999999999999999", 200),
        ("p=abc", 200),
        ("o=-1.x.99", 200),
        ("memberships__user__password__startswith=a", 400),
        ("_to_field=slug", 400),
        ("all=", 200),
    ],
)
def test_a_wrong_address_is_never_a_500(agenda_editor_client: Client, query: str, status: int) -> None:
    OrganizationFactory()
    assert agenda_editor_client.get(f"{LIST}?{query}").status_code == status


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"action": "delete_selected", "_selected_action": "abc", "index": "0"}, 400),
        ({"action": "delete_selected", "_selected_action": "\x00", "index": "0"}, 400),
        ({"action": "\x00", "_selected_action": "1", "index": "0"}, 302),
        ({"action": "delete_selected", "_selected_action": "1", "index": "x"}, 200),
        ({"action": "delete_selected", "index": "0"}, 302),
    ],
)
def test_a_forged_action_is_never_a_500(agenda_editor_client: Client, values: Any, status: int) -> None:
    OrganizationFactory(pk=1)
    assert agenda_editor_client.post(LIST, values).status_code == status
    assert Organization.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"memberships-TOTAL_FORMS": "x"},
        {"memberships-TOTAL_FORMS": "99999999"},
        {"memberships-INITIAL_FORMS": "5", "memberships-TOTAL_FORMS": "5"},
        {"memberships-TOTAL_FORMS": "1", "memberships-0-user": "\x00"},
        {"memberships-TOTAL_FORMS": "1", "memberships-0-user": "abc", "memberships-0-role": "\x00"},
        {"name_vi": "x" * 400},
        {"slug": "không phải"},
        {"name_vi": ""},
    ],
)
def test_a_forged_form_is_shown_again(owner_client: Client, changed: dict[str, Any]) -> None:
    assert owner_client.post(ADD, form(**changed)).status_code == 200
    assert not Organization.objects.exists()


# User, roles, two counts, the list, the choices of the filter by country, the forum of the bar.
LIST_QUERIES = 7


def test_the_list_asks_as_often_for_three_rows_as_for_one(
    agenda_editor_client: Client, assert_queries: Any
) -> None:
    counts = []
    for more in (1, 2):
        OrganizationFactory.create_batch(more)
        agenda_editor_client.get(LIST)
        with assert_queries(LIST_QUERIES):
            counts.append(agenda_editor_client.get(LIST).content.count(b"data-row"))
    assert counts == [1, 3]
