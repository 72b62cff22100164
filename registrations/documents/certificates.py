"""Certificates on paper: A4 across, the cloth in celadon at the side, both hosts, and how to check it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from core import dates
from core.amounts import brief
from core.drawing.cloth import rows, thread_row
from core.drawing.weave import threads
from core.i18n import choose
from core.typeset.faces import SEMIBOLD, register, width
from core.typeset.fitting import fit, names_on_paper, settable
from events.exports.on_paper import write, write_block
from events.exports.programme import ink
from registrations.documents.drawing import draw_qr
from registrations.models import Certificate

_PAGE: Final = landscape(A4)
_EDGE: Final = 9 * mm
_BAND: Final = 42 * mm
_LEFT: Final = _EDGE + _BAND + 16 * mm
_RIGHT: Final = _PAGE[0] - _EDGE - 14 * mm
_INNER: Final = _RIGHT - _LEFT
_QR: Final = 31 * mm
# Celadon: what the cloth looks like from far away, so that words stay the darkest on the page.
_CELADON: Final = HexColor("#cfe7e2")
_CELADON_DEEP: Final = HexColor("#8fc7be")
_MOST_SESSIONS: Final = 6

Progress = Callable[[int], None]


def render_certificates(
    certificates: Iterable[tuple[Certificate, str]], *, progress: Progress | None = None
) -> bytes:
    """Return one PDF with a page for each certificate, in the language that stands beside it.

    The forums should be loaded. ``progress`` is called after each page with the number of pages so far.
    """
    register()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=_PAGE, invariant=1)
    canvas.setTitle(_("Certificate"))
    for number, (certificate, language) in enumerate(certificates, start=1):
        with override(language):
            _draw(canvas, certificate, language)
        canvas.showPage()
        if progress:
            progress(number)
    canvas.save()
    return file.getvalue()


def certificate_url(certificate: Certificate, language: str) -> str:
    """Return where anybody can check a certificate."""
    with override(language):
        return settings.SITE_URL + reverse("registrations:certificate", args=[str(certificate)])


def _draw(canvas: Canvas, certificate: Certificate, language: str) -> None:
    facts = certificate.facts
    _draw_frame(canvas)
    y = _draw_head(canvas, certificate, language)
    foot = _EDGE + 13 * mm
    _draw_hosts(canvas, facts, language, foot)
    _draw_proof(canvas, certificate, language, foot)
    floor = foot + _QR + 16 * mm
    is_cme = certificate.kind == Certificate.Kind.CME
    _draw_holder(canvas, facts, y, floor + (28 * mm if is_cme else 16 * mm))
    if is_cme:
        _draw_credits(canvas, facts, language, floor + 26 * mm)
    else:
        _draw_days(canvas, facts, language, floor + 12 * mm)


def _draw_frame(canvas: Canvas) -> None:
    """Draw the hairline around the page, and the cloth inside it at the left."""
    width_, height = _PAGE
    form = "certificate-frame"
    if not canvas.hasForm(form):
        canvas.beginForm(form, 0, 0, width_, height)
        _weave(canvas)
        canvas.setStrokeColor(_CELADON_DEEP)
        canvas.setLineWidth(0.8)
        canvas.rect(_EDGE, _EDGE, width_ - 2 * _EDGE, height - 2 * _EDGE, stroke=1, fill=0)
        canvas.endForm()
    canvas.doForm(form)


def _weave(canvas: Canvas) -> None:
    cloth = rows()
    height = _PAGE[1] - 2 * _EDGE
    columns = len(cloth[0])
    cell_width = _BAND / columns
    repeats = 3
    cell_height = height / (len(cloth) * repeats)
    gap = cell_width / 14
    for repeat in range(repeats):
        top = _EDGE + height - repeat * len(cloth) * cell_height
        for thread in threads(cloth):
            is_persimmon = repeat == 0 and not thread.is_warp and thread.row == thread_row()
            pale = _CELADON if thread.is_warp or thread.row % 2 else _CELADON_DEEP
            canvas.setFillColor(ink.THREAD if is_persimmon else pale)
            wide, high = (1, thread.length) if thread.is_warp else (thread.length, 1)
            canvas.rect(
                _EDGE + thread.column * cell_width + gap,
                top - (thread.row + high) * cell_height + gap,
                wide * cell_width - 2 * gap,
                high * cell_height - 2 * gap,
                stroke=0,
                fill=1,
            )


def _draw_head(canvas: Canvas, certificate: Certificate, language: str) -> float:
    facts = certificate.facts
    y = _PAGE[1] - _EDGE - 15 * mm
    forum = fit(
        settable(str(choose(facts["forum"]["name"], language))),
        (_INNER, 15 * mm),
        sizes=(14, 13, 12, 11, 10),
        faces=SEMIBOLD,
    )
    y = write_block(canvas, forum, (_LEFT, y), colour=ink.BRAND)
    first, last = (date.fromisoformat(day) for day in facts["forum_days"])
    where = settable(str(choose(facts["place"], language)))
    when = dates.day_range(first, last, language)
    write(canvas, " · ".join(text for text in (where, when) if text), (_LEFT, y - 12), 11, colour=ink.SOFT)
    y -= 26
    title = fit(_title(certificate.kind), (_INNER, 18 * mm), sizes=range(34, 18, -1), faces=SEMIBOLD)
    return write_block(canvas, title, (_LEFT, y))


def _title(kind: str) -> str:
    if kind == Certificate.Kind.CME:
        return _("Certificate of continuing medical education")
    return _("Certificate of attendance")


def _draw_holder(canvas: Canvas, facts: dict[str, Any], top: float, floor: float) -> None:
    """Write whose it is, in the middle of the space between the title and what is certified."""
    name, latin = names_on_paper(facts["name"], facts["latin_name"])
    organization = settable(facts["organization"])
    room = top - floor
    blocks = [(fit(_("This certifies that"), (_INNER, 20), sizes=(12,)), ink.SOFT)]
    # A name that no face has is written by hand, as on the badge.
    blocks.append((fit(name or " ", (_INNER, room * 0.45), sizes=range(32, 9, -1), faces=SEMIBOLD), ink.INK))
    if latin:
        blocks.append((fit(latin, (_INNER, room * 0.16), sizes=range(15, 7, -1)), ink.INK))
    if organization:
        blocks.append((fit(organization, (_INNER, room * 0.2), sizes=range(13, 7, -1)), ink.SOFT))
    y = top - (room - sum(block.height for block, _colour in blocks)) * 0.5
    for block, colour in blocks:
        y = write_block(canvas, block, (_LEFT, y), colour=colour)
        if block.faces == SEMIBOLD:
            # Below the tails of a large name.
            y -= min(4, block.size / 8)
    if not name:
        canvas.setStrokeColor(ink.SOFT)
        canvas.line(_LEFT, y + 6, _LEFT + _INNER * 0.6, y + 6)


def _draw_days(canvas: Canvas, facts: dict[str, Any], language: str, top: float) -> None:
    days = [dates.full_day(date.fromisoformat(day), language) for day in facts["days"]]
    said = _("took part in the forum on %(days)s.") % {"days": ", ".join(days)}
    write_block(canvas, fit(said, (_INNER, 18 * mm), sizes=(13, 12, 11, 10, 9, 8)), (_LEFT, top + 3 * mm))


def _draw_credits(canvas: Canvas, facts: dict[str, Any], language: str, top: float) -> None:
    """Write the sum, then session by session: title, minutes, credits."""
    said = _("earned %(credits)s credits of continuing medical education.") % {
        "credits": _number(facts["credits"])
    }
    y = write_block(canvas, fit(said, (_INNER, 20), sizes=(14, 13, 12, 11), faces=SEMIBOLD), (_LEFT, top + 4))
    accreditation = settable(str(choose(facts["forum"]["cme_accreditation"], language)))
    if accreditation:
        y = write_block(
            canvas, fit(accreditation, (_INNER, 12 * mm), sizes=(9.5, 9, 8, 7)), (_LEFT, y), colour=ink.SOFT
        )
    sessions = facts["sessions"]
    shown = sessions if len(sessions) <= _MOST_SESSIONS else sessions[: _MOST_SESSIONS - 1]
    y -= 4
    for session in shown:
        length = _("%(minutes)s min") % {"minutes": session["minutes"]}
        right = f"{length} · {_number(session['credits'])}"
        title = fit(
            settable(str(choose(session["title"], language))),
            (_INNER - width(right, 9) - 8 * mm, 13),
            sizes=(9, 8, 7),
        )
        write_block(canvas, title, (_LEFT, y))
        write(canvas, right, (_RIGHT, y - 9.3), 9, align="right")
        y -= 12.5
    if len(shown) < len(sessions):
        more = len(sessions) - len(shown)
        words = ngettext("and %(n)s more session", "and %(n)s more sessions", more) % {"n": more}
        write(canvas, words, (_LEFT, y - 9.3), 9, colour=ink.SOFT)


def _draw_hosts(canvas: Canvas, facts: dict[str, Any], language: str, foot: float) -> None:
    """Write the hosts beside each other, each under a line as under a signature."""
    hosts = [settable(host) for host in str(choose(facts["forum"]["hosts"], language)).splitlines()]
    shown = [host for host in hosts if host][:3]
    room = _INNER - _QR - 8 * mm
    column = room / max(len(shown), 1)
    for number, host in enumerate(shown):
        x = _LEFT + number * column
        canvas.setStrokeColor(_CELADON_DEEP)
        canvas.setLineWidth(0.8)
        canvas.line(x, foot + 15 * mm, x + column - 8 * mm, foot + 15 * mm)
        block = fit(host, (column - 8 * mm, 13 * mm), sizes=(10.5, 10, 9.5, 9, 8, 7), faces=SEMIBOLD)
        write_block(canvas, block, (x, foot + 13.5 * mm))


def _draw_proof(canvas: Canvas, certificate: Certificate, language: str, foot: float) -> None:
    """Draw the QR that leads to the page which says whether it is genuine, with its code below."""
    quiet = 4 / 41 * _QR
    draw_qr(canvas, certificate_url(certificate, language), (_RIGHT - _QR + quiet, foot + 1.5 * mm), _QR)
    code = str(certificate)
    write(canvas, code, (_RIGHT, foot), 10, faces=SEMIBOLD, align="right")
    issued = certificate.issued_at.astimezone(certificate.forum.zone).date()
    site = settings.SITE_URL.split("://", 1)[-1]
    said = _("Issued on %(day)s. Whether it is genuine: scan the QR, or type its number at %(site)s.") % {
        "day": dates.full_day(issued, language),
        "site": f"{site}{_verify_path(language)}",
    }
    if certificate.forum.is_demo:
        said = f"{said} ({_('demo data')})"
    block = fit(said, (_INNER - 34 * mm, 8 * mm), sizes=(8.5, 8, 7.5, 7, 6.5))
    write_block(canvas, block, (_LEFT, foot - 1.5 * mm + 4), colour=ink.SOFT)


def _verify_path(language: str) -> str:
    with override(language):
        return reverse("registrations:verify")


def _number(amount: str) -> str:
    """Return credits as people write them: ``1.50`` is ``1,5`` in Vietnamese."""
    return str(number_format(brief(amount), use_l10n=True))
