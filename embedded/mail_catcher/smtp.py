"""The SMTP side of the mail catcher, with faults that tests (and people) can switch on."""

import asyncio
import socket
import threading
import time
from dataclasses import dataclass
from typing import Literal, get_args

from aiosmtpd.smtp import SMTP, Envelope, Session

from embedded.mail_catcher.store import MailStore, Stored

Mode = Literal["ok", "tempfail", "permfail", "drop_after_data", "slow"]
MODES: tuple[str, ...] = get_args(Mode)
LARGEST = 20 * 1024 * 1024  # bytes of one mail


@dataclass
class Fault:
    """How the server misbehaves.

    ``tempfail`` and ``permfail`` answer ``reply`` (or 451, 550) to the recipient or to the data;
    ``drop_after_data`` keeps the mail and hangs up without an answer, so that the sender cannot know;
    ``slow`` answers after ``seconds``. ``times`` is how often before all is well again (None: until
    told otherwise), ``recipient`` limits the fault to addresses that contain it.
    """

    mode: Mode = "ok"
    at: Literal["rcpt", "data"] = "data"
    reply: str = ""
    seconds: float = 5.0
    times: int | None = None
    recipient: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.recipient, str) or not isinstance(self.times, int | None):
            raise TypeError("recipient must be a text and times a number")
        if self.mode not in MODES:
            raise ValueError(f"mode must be one of {', '.join(MODES)}")
        if self.at not in {"rcpt", "data"}:
            raise ValueError("at must be rcpt or data")
        if self.reply and not (self.reply[:3].isdigit() and self.reply.isprintable()):
            raise ValueError("reply must begin with a three-digit code and be one line")
        if not 0 <= self.seconds <= 600:
            raise ValueError("seconds must be from 0 to 600")

    @property
    def answer(self) -> str:
        """Return the reply of a refusal."""
        if self.reply:
            return self.reply
        return "550 5.1.1 No such mailbox" if self.mode == "permfail" else "451 4.3.0 Try again later"

    def strikes(self, stage: str, recipients: list[str]) -> bool:
        """Tell whether the fault applies now, and count it when it does."""
        if self.mode == "ok" or self.at != stage or self.times == 0:
            return False
        if self.recipient and not any(self.recipient in address for address in recipients):
            return False
        if self.times is not None:
            self.times -= 1
        return True


class Handler:
    """What aiosmtpd calls in the course of one conversation."""

    def __init__(self, catcher: "MailCatcher") -> None:
        self.catcher = catcher

    async def handle_RCPT(  # noqa: N802 - aiosmtpd finds it by this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or refuse it."""
        fault = self.catcher.fault
        if fault.strikes("rcpt", [address]):
            if fault.mode != "slow":
                return fault.answer
            await asyncio.sleep(fault.seconds)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd finds it by this name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep the mail, or refuse it, or keep it and hang up."""
        fault = self.catcher.fault
        recipients = [str(address) for address in envelope.rcpt_tos]
        struck = fault.strikes("data", recipients)
        if struck and fault.mode in {"tempfail", "permfail"}:
            return fault.answer
        if struck and fault.mode == "slow":
            await asyncio.sleep(fault.seconds)
        self.catcher.store.add(
            sender=str(envelope.mail_from or ""),
            recipients=recipients,
            raw=envelope.original_content or b"",
        )
        if struck and fault.mode == "drop_after_data":
            hang_up(server)
        return "250 OK"


class MailCatcher:
    """An SMTP server on the loopback interface, in a thread of its own.

    The port is taken (but nobody listens) from the beginning, so that its number can be written into
    settings before the server is started; a connection before ``start`` is refused.
    """

    def __init__(self, store: MailStore, *, port: int = 0) -> None:
        self.store = store
        self.fault = Fault()
        self.host = "127.0.0.1"
        self._socket = self._bound(port)
        self.port: int = self._socket.getsockname()[1]
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Return the address for EMAIL_URL."""
        return f"smtp://{self.host}:{self.port}"

    @property
    def messages(self) -> list[Stored]:
        """Return the mails in the order they came."""
        return self.store.all()[::-1]

    @property
    def running(self) -> bool:
        """Tell whether the server takes connections."""
        return self._thread is not None

    def fail(self, mode: Mode, **details: object) -> None:
        """Misbehave from now on; ``details`` are the fields of Fault."""
        self.fault = Fault(mode=mode, **details)  # type: ignore[arg-type] # checked by Fault itself

    def wait_for(self, count: int, *, seconds: float = 10.0) -> list[Stored]:
        """Return the mails once there are ``count`` of them; AssertionError if they do not come."""
        limit = time.monotonic() + seconds
        while len(self.store) < count:
            if time.monotonic() > limit:
                raise AssertionError(f"{count} mails expected, {len(self.store)} came")
            time.sleep(0.01)
        return self.messages

    def start(self) -> None:
        """Take connections from now on. May be called twice."""
        if self._thread is not None:
            return
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait()

    def stop(self) -> None:
        """Hang up and refuse connections; the port stays ours. May be called twice."""
        if self._thread is None or self._loop is None:
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._thread = self._loop = None
        self._socket = self._bound(self.port)

    def close(self) -> None:
        """Stop for good and give the port back."""
        self.stop()
        self._socket.close()

    def _bound(self, port: int) -> socket.socket:
        bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if port:  # taking a port again must not wait for the end of its old connections
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((self.host, port))
        return bound

    def _serve(self, ready: threading.Event) -> None:
        loop = self._loop = asyncio.new_event_loop()
        handler = Handler(self)
        conversations: list[SMTP] = []

        def conversation() -> SMTP:
            conversations.append(
                SMTP(
                    handler,
                    data_size_limit=LARGEST,
                    enable_SMTPUTF8=True,
                    hostname="localhost",
                    ident="mail catcher",
                    loop=loop,
                )
            )
            return conversations[-1]

        # Only now: a bound socket that shares its address would let others take the port as well.
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server = loop.run_until_complete(loop.create_server(conversation, sock=self._socket))
        ready.set()
        loop.run_forever()
        server.close()
        for open_one in conversations:
            hang_up(open_one)
        loop.run_until_complete(cancel_the_rest())
        loop.close()


def hang_up(conversation: SMTP) -> None:
    """Cut the connection without another word."""
    if isinstance(conversation.transport, asyncio.Transport):
        conversation.transport.abort()


async def cancel_the_rest() -> None:
    """End the conversations that are still open, and wait until they have ended."""
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
