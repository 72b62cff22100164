"""Every address of the site, and how to write a working one."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

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


# Pages of registrations that belong to no registration.
WITHOUT_LINK = {
    f"registrations:{page}"
    for page in (
        "register",
        "sent",
        "find",
        "found",
        "mine",
        "erased",
        "verify",
        "certificates",
        "link_replaced",
        "delegation_new",
        "delegation_sent",
    )
}


def address_of(name: str, arguments: dict[str, Any]) -> str:
    """Return a working address by its name."""
    if name == "admin:anything_else":
        return "/admin/nothing/here/"
    page = MODEL_PAGE.match(name)
    if page and page["view"] in {"change", "delete", "history"}:
        return reverse(name, args=[arguments["rows"][page["model"]].pk])
    if name.startswith("events:own_"):
        return reverse(name, kwargs={**arguments["own"], **arguments.get(name, {})})
    if name in arguments and name.startswith("registrations:"):
        return reverse(name, kwargs=arguments[name])
    if name.startswith("registrations:") and name not in WITHOUT_LINK and name not in arguments:
        return reverse(name, args=[arguments["code"], arguments["token"]])
    if re.fullmatch(r"admin:registrations_registration_(?!import|numbers)\w+_button", name):
        return reverse(name, args=[arguments["rows"]["registrations_registration"].pk])
    return reverse(name, kwargs=arguments.get(name))
