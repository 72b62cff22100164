"""Imports go one way: from app to lower app, and inside the apps from views down to models."""

import re
from pathlib import Path

import pytest

from tests.house.sources import APPS, ROOT, imports, python_files, relative, templates

# Inside an app: which layer a module belongs to, by the beginning of its name. A module may import
# its own layer and the ones before it, in its app and in lower ones. A module that is not named here
# is one of the services: what the app does.
LAYERS = {
    "models": ("models", "translation", "permissions", "kinds"),
    "services": (),
    "forms": ("forms", "widgets"),
    "views": ("views", "admin", "api", "middleware", "context_processors", "templatetags", "management"),
    "wiring": ("urls", "apps", "tasks"),
}
# Core has no models, and the lowest modules of the house stand in it; only these look upwards.
CORE_VIEWS = ("views", "middleware", "throttle", "templatetags")


def layer(module: str) -> int:
    """Return the rank of a dotted module in its app; an app itself ranks lowest."""
    app, _, rest = module.partition(".")
    names = list(LAYERS)
    if app == "forum_site":
        return names.index("wiring")
    if not rest or (app == "core" and not rest.startswith(CORE_VIEWS)):
        return 0
    part = rest.split(".")[0]
    for name, beginnings in LAYERS.items():
        if any(part == beginning or part.startswith(f"{beginning}_") for beginning in beginnings):
            return names.index(name)
    return names.index("services")


def fault(importer: str, imported: str) -> str | None:
    """Say why ``importer`` may not import ``imported``, both dotted; None when it may."""
    upper, lower = importer.split(".", maxsplit=1)[0], imported.split(".", maxsplit=1)[0]
    if upper == "embedded" or lower == "embedded":
        if lower in APPS:
            return "embedded imports no app"
        return f"{upper} may not need what only development has" if upper in APPS else None
    if lower not in APPS:
        return None
    if APPS.index(lower) > APPS.index(upper):
        return f"{upper} stands below {lower}"
    if layer(imported) > layer(importer):
        names = list(LAYERS)
        return f"{names[layer(importer)]} may not import {names[layer(imported)]}"
    return None


def dotted(path: Path) -> str:
    """Return a file's module name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_module(name: str) -> bool:
    """Tell a module of ours from a name inside one."""
    path = ROOT / name.replace(".", "/")
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


# The one way back: a service wakes the worker, whose thin task calls the service.
ALLOWED = {("outbox.services", "outbox.tasks")}


def test_imports_go_one_way() -> None:
    found = []
    for path in python_files(*APPS, "embedded"):
        if "migrations" in path.parts:
            continue
        importer = dotted(path)
        package = importer if path.name == "__init__.py" else importer.rpartition(".")[0]
        for imported, line in imports(path.read_text(), package):
            why = fault(importer, imported) if is_module(imported) else None
            if why and (importer, imported) not in ALLOWED:
                found.append(f"{relative(path)}:{line} imports {imported}: {why}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("importer", "imported", "why"),
    [
        ("events.services", "registrations.models", "events stands below registrations"),
        ("events.models.session", "events.services", "models may not import services"),
        ("events.services", "events.forms", "services may not import forms"),
        ("registrations.forms", "registrations.views", "forms may not import views"),
        ("registrations.services", "events.views", "services may not import views"),
        ("core.errors", "core.views", "models may not import views"),
        ("embedded.places", "core.i18n", "embedded imports no app"),
        ("core.views", "embedded.places", "core may not need what only development has"),
        ("events.views", "forum_site.settings", "events stands below forum_site"),
        ("events.views", "events.services", None),
        ("events.admin_session", "accounts.admin_base", None),
        ("registrations.services", "events.models", None),
        ("events.views", "django.shortcuts", None),
    ],
)
def test_the_rule_itself(importer: str, imported: str, why: str | None) -> None:
    assert fault(importer, imported) == why


def test_relative_and_inner_imports_are_seen() -> None:
    source = "def f():\n    from .services import publish\n    from . import models\n    import pages.views\n"
    assert [name for name, _ in imports(source, "events")] == [
        "events.services",
        "events.services.publish",
        "events",
        "events.models",
        "pages.views",
    ]
    assert next(imports("from ..forum import Forum", "events.models")) == ("events.forum", 1)


TEMPLATE_IMPORT = re.compile(r"""{%\s*(?:extends|include)\s+["'](?P<name>[^"']+)["']""")


def test_templates_are_built_from_lower_apps_alone() -> None:
    found = []
    for path in templates():
        owner = path.parts[path.parts.index("templates") + 1]
        for match in TEMPLATE_IMPORT.finditer(path.read_text()):
            part = match["name"].split("/")[0]
            if part in APPS and (owner not in APPS or APPS.index(part) > APPS.index(owner)):
                found.append(f"{relative(path)} uses {match['name']}")
    assert not found, "\n".join(found)
