"""Runs the whole forum on one machine: servers, site, worker, clock, mail catcher. Behind bin/dev."""

import argparse
import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from embedded import control
from embedded.children import Child, StartError
from embedded.guard import guarded
from embedded.output import Output
from embedded.places import CHECKOUT, EmbeddedError, private_folder
from embedded.reloader import Sources
from embedded.running import Claim, end_leftovers, read_json

if TYPE_CHECKING:
    from embedded.services import Plan

LOOK_EVERY = 1.0  # seconds between two looks at the sources
KEPT_ON_RESET = {"running.lock", "running.json", "shared", "tests"}


class Supervisor:
    """Starts what a plan says, keeps it running, and stops it in the right order."""

    def __init__(self, plan: "Plan", claim: Claim, output: Output, *, demo: bool) -> None:
        self.plan, self.claim, self.output, self.demo = plan, claim, output, demo
        logs = plan.folder / "logs"
        logs.mkdir(mode=0o700, exist_ok=True)
        self.children: dict[str, Child] = {}
        for service in [*plan.servers, *plan.site]:
            child = Child(service, environment=plan.environment, logs=logs, output=output)
            child.changed = self.remember
            self.children[service.name] = child
        self.control = control.Control(self.children, plan.folder)
        self.accounts = plan.folder / "accounts.txt"

    def remember(self) -> None:
        """Write down which children live, for the start after a kill -9."""
        self.claim.remember(
            {
                name: child.process.pid
                for name, child in self.children.items()
                if child.running and child.process
            }
        )

    async def run(self) -> int:
        """Start everything, wait for the signal to end, stop everything. Returns the exit status."""
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.interrupt, ended)
        try:
            if await self.unless(ended, self.start()):
                await self.unless(ended, self.reload_forever())
        except EmbeddedError as error:
            self.output.say(str(error), bad=True)
            return 1
        finally:
            await self.stop()
        return 0

    def interrupt(self, ended: asyncio.Event) -> None:
        """End; asked a second time, at once. PostgreSQL then recovers at the next start."""
        if ended.is_set():
            for child in self.children.values():
                child.sweep()
        ended.set()

    async def unless(self, ended: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
        """Do ``work``, but drop it when ``ended`` is set; tell whether it was finished."""
        doing, ending = asyncio.create_task(work), asyncio.create_task(ended.wait())
        await asyncio.wait({doing, ending}, return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()
        if doing.done():
            doing.result()
            return True
        doing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await doing
        return False

    async def start(self) -> None:
        """Servers first, then the database's content, then the site; say where everything is."""
        begun = time.monotonic()
        await self.control.open()
        for note in self.plan.notes:
            self.output.say(note)
        compiling = asyncio.create_task(self.one_off("core.catalogues", "compile"))
        await asyncio.gather(*(self.children[service.name].start() for service in self.plan.servers))
        own = {name: value for name, value in self.plan.environment.items() if os.environ.get(name) != value}
        self.claim.tell(address=None, environment=own)
        await self.one_off("embedded.prepare", str(self.accounts), *(["--demo"] if self.demo else []))
        await compiling
        await asyncio.gather(*(self.children[service.name].start() for service in self.plan.site))
        self.claim.tell(address=self.plan.address, inbox=self.plan.inbox, environment=own)
        self.output.say(self.greeting(time.monotonic() - begun))

    async def one_off(self, module: str, *arguments: str) -> None:
        """Run a module of ours to its end. Raises StartError if it fails."""
        process = await asyncio.create_subprocess_exec(
            *guarded([sys.executable, "-m", module, *arguments], death_signal=signal.SIGKILL),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.plan.environment,
            cwd=CHECKOUT,
        )
        try:
            said, _ = await process.communicate()
        except asyncio.CancelledError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            raise
        text = said.decode("utf-8", "replace")
        if process.returncode != 0:
            hint = (
                "If the data is from another state of the sources, `bin/dev --reset` begins with empty data."
            )
            raise StartError(f"{module} failed:\n{text}\n{hint}")
        for line in text.splitlines():
            self.output.line("setup", line)

    def greeting(self, seconds: float) -> str:
        """Return what a person needs to know now."""
        lines = ["", f"The forum is ready (started in {seconds:.1f} s).", ""]
        lines += [f"  Forum   {self.plan.address}", f"  Admin   {self.plan.address}/admin/"]
        if self.plan.inbox:
            lines += [f"  Inbox   {self.plan.inbox}   every mail the forum sends ends here"]
        lines += [f"  Logs    {self.plan.folder / 'logs'}", ""]
        if self.accounts.exists():
            lines += [f"  {line}".rstrip() for line in self.accounts.read_text().splitlines()] + [""]
        lines += ["  Ctrl-C stops everything; `bin/dev ctl status` shows the services.", ""]
        return "\n".join(lines)

    async def reload_forever(self) -> None:
        """Start web, worker and beat again when a source changed."""
        sources = Sources(CHECKOUT)
        while True:
            await asyncio.sleep(LOOK_EVERY)
            changed = sources.changed()
            if not changed:
                continue
            while further := await self.later_changes(sources):  # an editor or git still writes
                changed += further
            more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
            self.output.say(f"{changed[0]}{more} changed: the site starts again")
            if any("/migrations/" in path for path in changed):
                self.output.say("A migration changed: start bin/dev again, or run `bin/dev manage migrate`.")
            web = self.children["web"]
            if web.running and web.process is not None:
                web.process.send_signal(signal.SIGHUP)  # gunicorn replaces its workers one by one
            for name in ("worker", "beat"):
                if self.children[name].running:
                    await self.children[name].stop()
                    await self.children[name].start()

    async def later_changes(self, sources: Sources) -> list[str]:
        """Return what changed in the half second after the last look."""
        await asyncio.sleep(LOOK_EVERY / 2)
        return sources.changed()

    async def stop(self) -> None:
        """Stop the site, then the servers it uses; each group at once."""
        begun = time.monotonic()
        for group in (self.plan.site, self.plan.servers):
            await asyncio.gather(*(self.children[service.name].stop() for service in group))
        await self.control.close()
        self.output.say(f"Stopped in {time.monotonic() - begun:.1f} s.")


def reset(folder: Path) -> None:
    """Delete the data of this checkout, after asking once."""
    sys.stdout.write(f"This deletes the database, the mails and the uploads in {folder}. Type yes: ")
    sys.stdout.flush()
    if sys.stdin.readline().strip().lower() != "yes":
        raise EmbeddedError("Nothing was deleted.")
    for path in folder.iterdir():
        if path.name in KEPT_ON_RESET:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def run_manage(folder: Path, words: list[str]) -> int:
    """Become ``manage.py`` with the settings of the site that runs. Returns only if there is none."""
    environment = read_json(folder / "running.json").get("environment")
    if not environment:
        raise EmbeddedError("bin/dev is not running: start it in another terminal first.")
    os.environ.update(environment)
    command = [sys.executable, str(CHECKOUT / "manage.py"), *words]
    os.execv(command[0], command)  # noqa: S606 - becoming the program is what this is for


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bin/dev", description="Run the whole forum on this machine.")
    parser.add_argument("--port", type=int, help="the web's port; otherwise 8000 or the next free one")
    parser.add_argument("--no-demo", action="store_true", help="do not load the demonstration forum")
    parser.add_argument("--reset", action="store_true", help="begin with empty data (asks once)")
    commands = parser.add_subparsers(dest="command")
    manage = commands.add_parser(
        "manage",
        help="run a command of manage.py against the bin/dev that runs, such as `bin/dev manage shell`",
    )
    manage.add_argument("words", nargs=argparse.REMAINDER)
    ctl = commands.add_parser("ctl", help="stop and start single services of the bin/dev that runs")
    ctl.add_argument("action", choices=control.ACTIONS)
    ctl.add_argument("name", nargs="?", default="")
    return parser.parse_args()


def main() -> int:
    """Run bin/dev, or talk to the one that runs. Returns the exit status."""
    options = arguments()
    try:
        folder = private_folder()
        if options.command == "ctl":
            done, text = control.ask(folder, options.action, options.name)
            sys.stdout.write(f"{text}\n")
            return 0 if done else 1
        if options.command == "manage":
            return run_manage(folder, options.words)
        claim = Claim(folder)
        end_leftovers(folder)
        if options.reset:
            reset(folder)
        from embedded.services import make_plan  # brings psycopg2, which `bin/dev ctl` need not wait for

        plan = make_plan(folder, port=options.port)
        status = asyncio.run(Supervisor(plan, claim, Output(), demo=not options.no_demo).run())
        claim.release()
    except EmbeddedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())
