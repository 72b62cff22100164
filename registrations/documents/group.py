"""Everything a group needs on paper, in one file."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from core.typeset.faces import register
from registrations.documents.badges import draw_badges
from registrations.documents.layouts import BadgeLayout
from registrations.documents.tickets import draw_tickets
from registrations.models import Registration


def render_group(people: Sequence[Registration]) -> bytes:
    """Return one PDF with the ticket of each of ``people``, then their badges, four on a sheet.

    What ``render_tickets`` and ``render_badges`` say holds here too; fonts are in the file once.
    """
    register()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    canvas.setTitle(_("Tickets and badges"))
    draw_tickets(canvas, people)
    draw_badges(canvas, people, BadgeLayout.SHEET)
    canvas.save()
    return file.getvalue()
