"""What the supervisor and its children say, on one terminal, each line with the name of its speaker."""

import sys
from typing import TextIO

COLOURS = {
    "postgres": "34",
    "valkey": "35",
    "mail": "36",
    "web": "32",
    "worker": "33",
    "beat": "90",
    "setup": "90",
}
WIDTH = max(map(len, COLOURS))


class Output:
    """A terminal or a file. Colours on a terminal alone."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._colourful = self._stream.isatty()

    def line(self, name: str, text: str) -> None:
        """Print one line of a child. Control characters are dropped: a log must not steer a terminal."""
        text = "".join(sign if sign.isprintable() or sign == "\t" else "�" for sign in text)
        self._write(f"{self._painted(f'{name:<{WIDTH}} |', COLOURS.get(name, '0'))} {text}")

    def say(self, text: str, *, bad: bool = False) -> None:
        """Print a sentence of the supervisor itself."""
        self._write(self._painted(text, "1;31" if bad else "1"))

    def _painted(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self._colourful else text

    def _write(self, text: str) -> None:
        try:
            self._stream.write(f"{text}\n")
            self._stream.flush()
        except (BrokenPipeError, OSError):
            # The terminal or the pipe is gone. The site goes on; the log files have every line.
            pass
