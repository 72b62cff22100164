"""A delegation with a member and a kept place, for the walk over every address."""

from __future__ import annotations

from typing import Any

from events.models import Forum
from registrations.delegation_links import delegation_path
from registrations.delegations.opening import open_delegation
from registrations.delegations.places import keep_places
from registrations.models import Delegation
from tests.factories import RegistrationFactory


def a_delegation(forum: Forum) -> tuple[Delegation, dict[str, Any]]:
    """Return a delegation, and what stands in the addresses of its pages."""
    delegation = open_delegation(
        forum=forum,
        form_token=None,
        name="Bộ Mẫu",
        country="VN",
        lead_name="Hoàng Mẫu Đơn",
        email="lead@moh.example",
        language="vi",
    )
    kind = forum.registration_types.get(slug="guest")
    member = RegistrationFactory(forum=forum, type=kind, delegation=delegation)
    (place,) = keep_places(delegation, type=kind, count=1)
    token = delegation_path(delegation).rstrip("/").rsplit("/", 1)[1]
    link = {"key": delegation.pk, "token": token}
    pages = ("", "_edit", "_add", "_places", "_order")
    return delegation, {
        **{f"registrations:delegation{page}": link for page in pages},
        "registrations:delegation_place": {**link, "place": place.pk},
        "registrations:delegation_member": {**link, "member": member.pk},
        "registrations:delegation_papers": {**link, "kind": "tickets", "part": 1},
        "admin:registrations_delegation_deed": {"pk": delegation.pk, "name": "send-link"},
        **{
            f"admin:registrations_delegation_{name}_button": {"object_id": delegation.pk}
            for name in ("print", "send", "replace", "close")
        },
    }
