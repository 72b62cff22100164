"""Text in files that spreadsheets open, such that it does nothing but stand there."""

from __future__ import annotations

# What a spreadsheet takes for a formula when a cell begins with it (OWASP, CSV injection), in both widths.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
# Excel takes a CSV file without the mark for one in the machine's own encoding.
BYTE_ORDER_MARK = "\ufeff"


def harmless(text: str) -> str:
    """Return ``text`` so that no spreadsheet computes it: an apostrophe stands before a formula's sign."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
