"""Which files are ours: what the tests of the house look at."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# From the lowest to the highest: each may import itself and what stands before it.
APPS = [
    "core",
    "outbox",
    "accounts",
    "speakers",
    "events",
    "exhibitors",
    "registrations",
    "leads",
    "pages",
    "forum_site",
]


@cache
def tracked_files() -> list[Path]:
    """Return every file that git knows or would add, so that a new file is looked at before its commit."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return sorted(ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())


def relative(path: Path) -> str:
    """Return a file's name as it stands in the checkout."""
    return path.relative_to(ROOT).as_posix()


def python_files(*folders: str) -> list[Path]:
    """Return the Python files below ``folders`` (default: all)."""
    return [
        path
        for path in tracked_files()
        if path.suffix == ".py" and (not folders or path.relative_to(ROOT).parts[0] in folders)
    ]


def templates() -> list[Path]:
    """Return every template of the site."""
    return [
        path
        for path in tracked_files()
        if "templates" in path.relative_to(ROOT).parts
        and path.suffix in {".html", ".txt", ".xml"}
        and path.relative_to(ROOT).parts[0] != "tests"
    ]


def imports(source: str, package: str) -> Iterator[tuple[str, int]]:
    """Yield each imported module with its line, relative ones made absolute; ``package`` holds the file.

    ``from a.b import c`` yields ``a.b`` and ``a.b.c``, since c may be a module. Imports that only the
    type checker sees count too: they make readers look there all the same.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*parents, base] if base else parents)
            yield base, node.lineno
            for alias in node.names:
                yield f"{base}.{alias.name}", node.lineno
