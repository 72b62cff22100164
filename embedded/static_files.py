"""Collects the static files for the tests, as production does, and keeps the result.

With DEBUG off, templates ask for hashed names, which stand in a manifest that ``collectstatic``
writes. That takes a second or two, so it is done again only when a file changed.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from embedded.places import CHECKOUT, EmbeddedError

# Compressing takes most of the time, and no test fetches what is compressed.
LEFT_AS_THEY_ARE = (
    *("css", "js", "json", "svg", "map", "txt", "html", "xml", "md", "ico", "webmanifest"),
    *("png", "jpg", "jpeg", "gif", "webp", "woff", "woff2", "gz", "br"),
)


class StaticFilesError(EmbeddedError):
    """collectstatic refused our files; the text is what it said."""


def collect(*, into: Path, kept_in: Path) -> None:
    """Fill ``into`` with the collected static files, from ``kept_in`` when nothing changed.

    Raises StaticFilesError when a file refers to one that does not exist.
    """
    kept_in.mkdir(mode=0o711, parents=True, exist_ok=True)
    with (kept_in / "static.lock").open("w") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        kept = kept_in / f"static-{fingerprint()}"
        if not kept.is_dir():
            for old in kept_in.glob("static-*"):
                shutil.rmtree(old)
            collect_anew(kept)
        shutil.rmtree(into, ignore_errors=True)
        shutil.copytree(kept, into, copy_function=os.link)


def collect_anew(kept: Path) -> None:
    """Run collectstatic, and put what it made at ``kept`` if it is whole."""
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix="static.") as folder:
        new = Path(folder) / "static"
        done = subprocess.run(
            [sys.executable, "-m", "embedded.static_files"],
            cwd=CHECKOUT,
            env={**os.environ, "STATIC_ROOT": str(new)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise StaticFilesError(f"collectstatic failed:\n{done.stderr}")
        new.rename(kept)


def fingerprint() -> str:
    """Return a checksum over what collectstatic reads: our files, what draws some of them, the packages'."""
    digest = hashlib.sha256()
    for name in ("requirements.txt", "forum_site/settings.py"):
        digest.update((CHECKOUT / name).read_bytes())
    sources = [*CHECKOUT.glob("static/**/*"), *CHECKOUT.glob("*/static/**/*"), *CHECKOUT.glob("core/**/*.py")]
    for path in sorted(sources):
        found = path.stat()
        digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def main() -> None:
    """Run collectstatic into STATIC_ROOT, without compressing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum_site.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = LEFT_AS_THEY_ARE
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    main()
