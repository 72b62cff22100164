"""``python -m embedded.mail_catcher --folder mails``: the SMTP server and the inbox page."""

import argparse
import signal
import sys
import threading
import time
from pathlib import Path

from embedded.mail_catcher.inbox import InboxServer
from embedded.mail_catcher.smtp import MODES, Fault, MailCatcher
from embedded.mail_catcher.store import MailStore


def main() -> None:
    """Run until told to end."""
    parser = argparse.ArgumentParser(prog="python -m embedded.mail_catcher", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where the mails are kept")
    parser.add_argument("--smtp-port", type=int, default=8026)
    parser.add_argument("--inbox-port", type=int, default=8025)
    parser.add_argument("--fault", choices=MODES, default="ok", help="misbehave from the beginning")
    parser.add_argument("--reply", default="", help="what a failing server answers, such as '452 Full'")
    parser.add_argument("--refuse-for", type=float, default=0, help="refuse connections for so many seconds")
    options = parser.parse_args()

    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    catcher = MailCatcher(MailStore(options.folder), port=options.smtp_port)
    catcher.fault = Fault(mode=options.fault, reply=options.reply)
    inbox = InboxServer(catcher, options.inbox_port)
    threading.Thread(target=inbox.serve_forever, daemon=True).start()
    sys.stdout.write(f"inbox http://127.0.0.1:{inbox.server_port}, {catcher.url}\n")
    sys.stdout.flush()
    listens_at = time.monotonic() + options.refuse_for
    while not ended.wait(max(0.0, listens_at - time.monotonic()) if not catcher.running else None):
        catcher.start()
    catcher.close()


if __name__ == "__main__":
    main()
