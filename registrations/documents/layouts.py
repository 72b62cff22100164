"""On what badges are printed."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from reportlab.lib.units import mm

A6: Final = (105 * mm, 148 * mm)
LABEL: Final = (90 * mm, 55 * mm)


class BadgeLayout(models.TextChoices):
    """The papers that a badge fits."""

    A6 = "a6", _("A6, one badge on a page")
    FOLDED = "a6-folded", _("A6 with two sides, A5 folded once")
    SHEET = "a6-sheet", _("A4 with four A6 badges and cut marks")
    LABEL = "label", _("label, 90 × 55 mm")
