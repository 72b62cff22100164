"""The inbox page's web server: standard library, loopback only, for development alone."""

import json
import re
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from embedded.mail_catcher import pages
from embedded.mail_catcher.smtp import Fault, MailCatcher
from embedded.mail_catcher.store import Stored

HERE = Path(__file__).resolve().parent
OURS = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
OURS += "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
# A mail's HTML brings inline styles by nature; it may show them and nothing else.
OF_A_MAIL = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
OF_A_MAIL += "img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'"
LARGEST_FORM = 10_000  # bytes
JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"
LOCAL_NAMES = {"127.0.0.1", "localhost", "[::1]"}


class InboxServer(ThreadingHTTPServer):
    """The web server, with the catcher whose mails it shows."""

    daemon_threads = True

    def __init__(self, catcher: MailCatcher, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Inbox)
        self.catcher = catcher


class Inbox(BaseHTTPRequestHandler):
    """Answers one request."""

    server: InboxServer
    server_version, sys_version = "inbox", ""
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        """Show a page."""
        if not self.from_here():
            return
        for pattern, answer in self.readable():
            if match := re.fullmatch(pattern, urlsplit(self.path).path):
                answer(*match.groups())
                return
        self.refuse(404, "There is no such page.")

    def do_POST(self) -> None:
        """Change something."""
        size = self.headers.get("Content-Length", "0")
        if not size.isdigit() or int(size) > LARGEST_FORM:
            self.close_connection = True
            self.refuse(413, "Too much.")
            return
        body = self.rfile.read(int(size))
        if not self.from_here():
            return
        changes: dict[str, Callable[[bytes], None]] = {
            "/clear": self.clear,
            "/faults": self.choose_fault,
            "/api/faults": self.set_fault,
        }
        change = changes.get(urlsplit(self.path).path)
        if change is None:
            self.refuse(404, "There is no such page.")
        else:
            change(body)

    def from_here(self) -> bool:
        """Refuse other sites: those that took our name (DNS rebinding), and forms on foreign pages."""
        host = self.headers.get("Host", "")
        origin = self.headers.get("Origin")
        if re.sub(r":\d+\Z", "", host) not in LOCAL_NAMES:
            self.refuse(421, "This inbox is for the machine it runs on.")
        elif origin is not None and origin != f"http://{host}":
            self.refuse(403, "That request came from another site.")
        else:
            return True
        return False

    def readable(self) -> list[tuple[str, Callable[..., None]]]:
        """Return the addresses that can be read, with what answers."""
        return [
            (r"/", self.show_inbox),
            (r"/(inbox\.css|inbox\.js)", self.show_file),
            (r"/messages/([\w-]+)/", self.show_message),
            (r"/messages/([\w-]+)/html", self.show_html),
            (r"/messages/([\w-]+)/raw", self.show_raw),
            (r"/messages/([\w-]+)/parts/(\d{1,4})", self.show_part),
            (r"/api/messages\.json", self.list_messages),
            (r"/api/messages/([\w-]+)", self.describe_message),
            (r"/api/faults", self.describe_fault),
        ]

    def show_inbox(self) -> None:
        """Show the list."""
        self.reply(pages.inbox(self.server.catcher.store.all(), self.server.catcher.fault))

    def show_file(self, name: str) -> None:
        """Send the style sheet or the script."""
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        self.reply((HERE / name).read_bytes(), kind=f"{kind}; charset=utf-8")

    def show_message(self, name: str) -> None:
        """Show one mail."""
        if mail := self.found(name):
            self.reply(pages.message(mail))

    def show_html(self, name: str) -> None:
        """Send a mail's own HTML, for the sandboxed frame."""
        if mail := self.found(name):
            self.reply(pages.sandboxed(mail), policy=OF_A_MAIL)

    def show_raw(self, name: str) -> None:
        """Send the mail as it came."""
        if mail := self.found(name):
            self.reply(mail.raw, kind="text/plain; charset=utf-8", policy=OF_A_MAIL)

    def show_part(self, name: str, number: str) -> None:
        """Send an attachment for downloading, never for showing: it may be HTML."""
        mail = self.found(name)
        if mail is None:
            return
        part = next((part for part in mail.parsed.parts if part.number == int(number)), None)
        if part is None:
            self.refuse(404, "The mail has no such part.")
            return
        safe_type = (
            part.content_type if re.fullmatch(r"[\w.+-]+/[\w.+-]+", part.content_type, re.ASCII) else ""
        )
        self.reply(
            part.content,
            kind=safe_type or "application/octet-stream",
            policy=OF_A_MAIL,
            disposition=pages.content_disposition(part),
        )

    def list_messages(self) -> None:
        """List the mails, newest first."""
        self.reply_json([summary(mail) for mail in self.server.catcher.store.all()])

    def describe_message(self, name: str) -> None:
        """Describe one mail in full."""
        if mail := self.found(name):
            self.reply_json(
                summary(mail)
                | {
                    "text": mail.parsed.text,
                    "html": mail.parsed.html,
                    "headers": mail.parsed.headers,
                    "attachments": [
                        {
                            "number": p.number,
                            "type": p.content_type,
                            "filename": p.filename,
                            "size": len(p.content),
                        }
                        for p in mail.parsed.attachments
                    ],
                }
            )

    def describe_fault(self) -> None:
        """Say how the mail server misbehaves now."""
        self.reply_json(vars(self.server.catcher.fault))

    def clear(self, body: bytes) -> None:
        """Forget every mail."""
        self.server.catcher.store.clear()
        self.go_home()

    def choose_fault(self, body: bytes) -> None:
        """Take the mode chosen on the page."""
        chosen = parse_qs(body.decode("utf-8", "replace")).get("mode", [""])[0]
        if self.take_fault({"mode": chosen}):
            self.go_home()

    def set_fault(self, body: bytes) -> None:
        """Take a fault with all its details, as JSON."""
        try:
            wanted = json.loads(body)
        except ValueError:
            self.refuse(400, "That is no JSON.")
            return
        if self.take_fault(wanted):
            self.describe_fault()

    def take_fault(self, wanted: object) -> bool:
        """Misbehave as told from now on; refuse what is no fault we know."""
        try:
            self.server.catcher.fault = Fault(**wanted)  # type: ignore[arg-type] # Fault checks it itself
        except (TypeError, ValueError, AttributeError) as error:
            self.refuse(400, str(error))
            return False
        return True

    def found(self, name: str) -> Stored | None:
        """Return a mail, or answer 404 and return None."""
        mail = self.server.catcher.store.get(name)
        if mail is None:
            self.refuse(404, "There is no such mail; the inbox may have been cleared.")
        return mail

    def go_home(self) -> None:
        """Send the browser to the list."""
        self.send_response(303)
        self.send_header("Location", "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def reply_json(self, content: Any) -> None:
        """Answer with JSON."""
        self.reply(json.dumps(content, ensure_ascii=False, default=str), kind=JSON)

    def refuse(self, status: int, reason: str) -> None:
        """Answer with an error that says why."""
        self.reply(f"{reason}\n", status=status, kind="text/plain; charset=utf-8")

    def reply(
        self,
        content: str | bytes,
        *,
        status: int = 200,
        kind: str = HTML,
        policy: str = OURS,
        disposition: str | None = None,
    ) -> None:
        """Answer, with the headers that keep a hostile mail from doing anything."""
        body = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        if disposition:
            self.send_header("Content-Disposition", disposition)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by http.server
        """Keep quiet: the page asks for news every few seconds."""


def summary(mail: Stored) -> dict[str, Any]:
    """Return what a list of mails says about one."""
    return {
        "id": mail.id,
        "received_at": mail.received_at.isoformat(),
        "sender": mail.sender,
        "recipients": mail.recipients,
        "subject": mail.parsed.subject,
        "language": mail.parsed.language,
        "message_id": mail.parsed.header("Message-ID"),
    }
