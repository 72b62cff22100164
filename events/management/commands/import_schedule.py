"""`manage.py import_schedule`: a programme from elsewhere becomes the draft of a forum's agenda."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import override

from core.countries import country_codes
from core.errors import DomainError
from core.i18n import LANGUAGE_CODES
from events.import_preview import by_reason
from events.imports.day_shift import MOST_DAYS, shifted
from events.imports.limits import MOST_BYTES, too_large
from events.imports.plan import Plan
from events.imports.reading import read_schedule
from events.imports.rows import ScheduleFile
from events.imports.values import zone
from events.models import Forum
from events.services.founding import found_forum
from events.services.importing import RowsRefused, import_schedule

# How the audit trail calls whoever did it.
ACTOR = "import_schedule"


class Command(BaseCommand):
    help = (
        "Imports schedule.xml, schedule.json (frab, pretalx, ours) or a spreadsheet (XLSX) into the draft of "
        "a forum. Nothing is published. Safe to run again: what is there already is not changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, the forum, and what to do about rows that cannot be taken."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--forum", metavar="SLUG", help="the forum's short name; by default the one the site shows"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument(
            "--without-refused",
            action="store_true",
            help="import the other rows although some cannot be taken",
        )
        parser.add_argument(
            "--language",
            choices=LANGUAGE_CODES,
            default="",
            help="the language of the file's texts, where the file does not say it",
        )
        parser.add_argument(
            "--shift-days",
            type=int,
            default=0,
            metavar="N",
            help="move every day of the file by N days; hours stay (a file of last year: 364)",
        )
        parser.add_argument(
            "--time-zone",
            default="",
            help="for a forum that is not there yet, such as Asia/Seoul; by default what the file says",
        )
        parser.add_argument(
            "--country", default="", help="the venue's country (ISO 3166), for a forum that is not there yet"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, and say what was done, row by row where something was not."""
        if abs(options["shift_days"]) > MOST_DAYS:
            raise CommandError(f"--shift-days moves by at most {MOST_DAYS} days.")
        with override("en"):
            try:
                file = shifted(_read(options["file"]), options["shift_days"])
                with transaction.atomic():
                    forum = self._forum(file, options)
                    plan, is_refused = self._import(forum, file, options)
                    self._report(forum, file, plan)
                    transaction.set_rollback(options["dry_run"] or is_refused)
            except (DomainError, OSError) as error:
                raise CommandError(str(error)) from error
        if is_refused:
            raise CommandError(
                "Nothing was imported, because of the rows above. With --without-refused, the others are."
            )
        self.stdout.write("Nothing was written: this was a trial." if options["dry_run"] else "Done.")

    def _forum(self, file: ScheduleFile, options: dict[str, Any]) -> Forum:
        """The forum that is meant; one that is not there yet is founded from the file."""
        slug = options["forum"]
        found = Forum.objects.filter(slug=slug) if slug else Forum.objects.current()
        forum = found.first()
        if forum is not None:
            return forum
        if not slug:
            raise CommandError("The site shows no forum yet. Say with --forum which one is meant.")
        if options["time_zone"] and not zone(options["time_zone"]):
            raise CommandError(f"“{options['time_zone']}” is not a time zone.")
        if options["country"] and options["country"] not in country_codes():
            raise CommandError(f"“{options['country']}” is not a country’s code.")
        forum = found_forum(
            slug=slug,
            file=file,
            by=None,
            language=options["language"],
            time_zone=options["time_zone"],
            country=options["country"],
            actor_label=ACTOR,
        )
        self.stdout.write(
            f"Forum “{forum}” is new. The site does not show it yet, and nobody has a role in it."
        )
        if not forum.venue.country:
            self.stdout.write("Its venue has no country: --country, or the admin, says it.")
        return forum

    def _import(self, forum: Forum, file: ScheduleFile, options: dict[str, Any]) -> tuple[Plan, bool]:
        """Return what was planned, and whether it was not done because of refused rows."""
        try:
            plan = import_schedule(
                forum=forum,
                file=file,
                by=None,
                language=options["language"],
                without_refused=options["without_refused"],
                actor_label=ACTOR,
            )
        except RowsRefused as error:
            return error.plan, True
        return plan, False

    def _report(self, forum: Forum, file: ScheduleFile, plan: Plan) -> None:
        for line in _lines(forum, file, plan):
            self.stdout.write(line)


def _read(path: Path) -> ScheduleFile:
    if path.stat().st_size > MOST_BYTES:
        raise too_large()
    return read_schedule(path.read_bytes())


def _lines(forum: Forum, file: ScheduleFile, plan: Plan) -> Iterator[str]:
    counts = (len(plan.additions), len(plan.changes), plan.unchanged, len(plan.refused))
    yield "{} → {}: {} new, {} changed, {} unchanged, {} refused.".format(file.format, forum.slug, *counts)
    if plan.untouched:
        yield f"Sessions of the draft that the file does not name: {plan.untouched}. They stay."
    for kind, things in (("rooms", plan.rooms), ("tracks", plan.tracks), ("topics", plan.topics)):
        if things:
            yield f"New {kind} ({len(things)}): {', '.join(thing.label for thing in things)}."
    if plan.people:
        yield f"New speakers: {len(plan.people)}."
    for planned in plan.changes:
        yield f"  line {planned.line}: “{planned.label}” changes: {', '.join(planned.changed)}"
    for notice in plan.notices:
        yield f"Note: {notice}"
    for reason, rows in by_reason(plan.refused):
        if len(rows) == 1:
            yield f"  line {rows[0].line}: “{rows[0].title}” is refused: {reason}"
        else:
            yield f"  {len(rows)} rows are refused: {reason}"
            yield f"    lines {', '.join(str(row.line) for row in rows)}"
