"""One database with every migration done; the others of a run are copies of it, made in a moment."""

import fcntl
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from psycopg2 import sql

from embedded.postgres import administered

NAME = "forum_migrated"
EMPTY = "template1"  # as PostgreSQL makes it


def migrated_database(folder: Path, address: str) -> str:
    """Return the name of the database to copy; the first process of the run that asks makes it.

    ``folder`` is the same for every process of a run, ``address`` that of any database of the server.
    """
    made = folder / NAME
    with (folder / f"{NAME}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            copy_database(address, new=NAME, template=EMPTY)
            migrate(NAME)
            made.touch()
    return NAME


def copy_database(address: str, *, new: str, template: str) -> None:
    """Make the database ``new``, which must not be in use, as a copy of ``template``."""
    names = {"new": sql.Identifier(new), "template": sql.Identifier(template)}
    with administered(address) as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {new} WITH (FORCE)").format(**names))
        cursor.execute(sql.SQL("CREATE DATABASE {new} TEMPLATE {template}").format(**names))


def migrate(database: str) -> None:
    """Do the migrations in ``database``, and leave nobody connected to it: else it could not be copied."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
