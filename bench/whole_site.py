"""The whole site on a durable PostgreSQL, for one measurement: started, and taken away again."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from embedded.places import private_folder
from embedded.postgres import Postgres
from embedded.static_files import collect
from tests.browser.running_site import RunningSite

SITE = "site"
# As RunningSite calls the database of a site in a folder of this name.
DATABASE = f"forum_{SITE}"


@contextmanager
def whole_site(demo: bool = True, /, **environment: str) -> Iterator[tuple[RunningSite, Postgres]]:
    """Start the site with gunicorn, worker and beat; ``environment`` is set for its processes only.

    ``demo=False`` leaves out the demonstration, as in RunningSite.
    """
    shared = private_folder()
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=shared))
    folder.chmod(0o755)
    postgres = Postgres(home=folder / "postgres", shared=shared / "shared")
    os.environ.update(
        DATABASE_URL=postgres.url(),
        SECRET_KEY="only-for-benchmarks-" + "x" * 40,
        DEBUG="false",
        LOG_LEVEL="WARNING",
        STATIC_ROOT=str(folder / "static"),
    )
    site = RunningSite(folder / SITE, demo=demo)
    site.environment.update(environment)
    try:
        postgres.start(folder / "postgres.log")
        postgres.create_database()
        # Django will not read its settings without one; nothing is asked of it yet.
        os.environ["REDIS_URL"] = site.valkey.url
        collect(into=folder / "static", kept_in=shared / "shared")
        site.start()
        yield site, postgres
    finally:
        site.stop()
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)
