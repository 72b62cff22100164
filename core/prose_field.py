"""Several lines of text from a form, with line ends as they are stored."""

from __future__ import annotations

from typing import Any

from django import forms


class ProseField(forms.CharField):
    """A text of several lines.

    Browsers send a line's end as CR LF (HTML, "constructing the form data set"), the database holds LF.
    Without this, saving a form unchanged would change every text of two lines, and say so in the trail.
    """

    def to_python(self, value: Any) -> str | None:
        """Return the text with LF alone."""
        text: str | None = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if text else text
