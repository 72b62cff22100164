"""A network cable between browser and site that a test can pull out.

Browsers have a switch for "offline", but a service worker that starts after it was turned does not know.
Nobody gets past a connection that is not there.
"""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Cable:
    """Passes bytes between ``address`` and the site behind it, until :meth:`pull`."""

    def __init__(self, site_address: str) -> None:
        parts = urlsplit(site_address)
        self._site = (parts.hostname or "", parts.port or 80)
        self._plugged = True
        self._ends: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def pull(self) -> None:
        """Cut what is open; whoever connects is dropped at once."""
        self._plugged = False
        for end in list(self._ends):
            _close(end)

    def plug_in(self) -> None:
        """Let connections through again."""
        self._plugged = True

    def close(self) -> None:
        """Take the cable away."""
        self.pull()
        _close(self._listener)

    def _accept(self) -> None:
        while True:
            try:
                browser, _whence = self._listener.accept()
            except OSError:
                return
            if not self._plugged:
                _close(browser)
                continue
            site = socket.create_connection(self._site)
            self._ends |= {browser, site}
            for source, target in ((browser, site), (site, browser)):
                threading.Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while block := source.recv(65536):
                target.sendall(block)
        for end in (source, target):
            self._ends.discard(end)
            _close(end)


def _close(end: socket.socket) -> None:
    # Shut first: a thread that waits in recv or accept does not notice a mere close.
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
