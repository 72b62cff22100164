"""The draft as a table: titles, times, rooms and tracks of many sessions, edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.errors import DomainError
from core.folding import contains
from core.i18n import texts_of
from events.admin.draft_page import DraftPage, Visit
from events.bulk.plan import new_clashes
from events.clashes import Clash
from events.forms.bulk import day_choices
from events.forms.table import Choices, RowForm, TableFilterForm
from events.models import Session
from events.services.sessions import StaleEdit
from events.services.steps import SessionMove, take_step

# A form of Django's takes a thousand fields at most (DATA_UPLOAD_MAX_NUMBER_FIELDS); a row has nine.
ROWS = 100


def table_page(visit: Visit) -> HttpResponse:
    """Show rows; save those that were touched, or show all of them again with what is wrong."""
    choices = Choices.of(visit.forum)
    filters = TableFilterForm(visit.request.GET, days=day_choices(visit.forum), choices=choices)
    wrong: list[str] = []
    if visit.is_sent:
        rows = [RowForm(session, choices, visit.request.POST) for session in _sent_sessions(visit)]
        # Nothing is lost by showing anew what was not touched; and it is shown as it is now.
        rows = [row if row.is_touched else RowForm(row.session, choices) for row in rows]
        moves, clashes = _checked(visit, [row for row in rows if row.is_bound], wrong)
        if moves and not wrong and _taken(visit, rows, moves, wrong):
            _warn(visit, clashes)
            return visit.done(_said(len(moves)))
        if not moves and not wrong:
            return visit.done(_("Nothing was changed."), messages.INFO)
        page = None
    else:
        page = _page(visit, filters)
        rows = [RowForm(session, choices) for session in page]
    context = {
        "rows": rows,
        "page": page,
        "filters": filters,
        "wrong": wrong,
        "query": visit.request.GET.urlencode(),
        "other_pages": _other_pages(visit, page),
    }
    return visit.show("table", context)


def _sessions(visit: Visit) -> Any:
    return (
        Session.objects.filter(forum=visit.forum)
        .visible_to(visit.user)
        .select_related("forum", "room", "track")
        .order_by("period__startswith", "room__position", "id")
    )


def _page(visit: Visit, filters: TableFilterForm) -> Page[Session]:
    """Return the page of sessions that the address asks for."""
    asked = filters.cleaned_data if filters.is_valid() else getattr(filters, "cleaned_data", {})
    found = _sessions(visit)
    if asked.get("day") == TableFilterForm.UNSCHEDULED:
        found = found.filter(period__isnull=True)
    elif asked.get("day"):
        start = datetime.combine(date.fromisoformat(asked["day"]), time.min, visit.forum.zone)
        found = found.filter(period__startswith__gte=start, period__startswith__lt=start + timedelta(days=1))
    for name in ("room", "track"):
        if asked.get(name):
            found = found.filter(**{f"{name}_id": asked[name]})
    sessions: Sequence[Session] = list(found)
    if asked.get("q"):
        sessions = [one for one in sessions if contains(_all_titles(one), asked["q"])]
    return Paginator(sessions, ROWS).get_page(visit.request.GET.get("page"))


def _all_titles(session: Session) -> str:
    return "\n".join(texts_of(session, "title").values())


def _sent_sessions(visit: Visit) -> list[Session]:
    """Return the sessions whose rows were sent and that are still there, in the order of the table."""
    keys = {int(key) for key in visit.request.POST.getlist("row")[:ROWS] if key.isdecimal() and len(key) < 19}
    found = list(_sessions(visit).filter(pk__in=keys))
    if len(found) < len(keys):
        said = _("A session of this table was removed meanwhile.")
        visit.admin.message_user(visit.request, said, messages.WARNING)
    return found


def _checked(
    visit: Visit, rows: Sequence[RowForm], wrong: list[str]
) -> tuple[list[SessionMove], Sequence[Clash]]:
    """Return the moves of the rows that were touched, and the clashes they make; say in ``wrong`` what is."""
    valid = [row for row in rows if row.is_valid()]
    moves = [move for move in (row.move() for row in valid) if move.fields]
    clashes = new_clashes(visit.forum, moves, seen_by=visit.user) if moves else ()
    by_uid = {str(row.session.uid): row for row in rows}
    for clash in clashes:
        if clash.severity == "blocking":
            for uid in clash.session_uids:
                if uid in by_uid:
                    by_uid[uid].add_error("room", clash.sentence)
    bad = sum(1 for row in rows if row.errors)
    if bad:
        wrong.append(
            ngettext(
                "Nothing is saved yet: %(n)s row has to be looked at.",
                "Nothing is saved yet: %(n)s rows have to be looked at.",
                bad,
            )
            % {"n": bad}
        )
    return moves, clashes


def _taken(visit: Visit, rows: Sequence[RowForm], moves: Sequence[SessionMove], wrong: list[str]) -> bool:
    """Write the moves as one step. A refusal is added to ``wrong``, or to the row it is about."""
    n = len(moves)
    label = ngettext("%(n)s session edited in the table", "%(n)s sessions edited in the table", n)
    try:
        take_step(forum=visit.forum, by=visit.user, label=label % {"n": n}, changes=moves)
    except StaleEdit as error:
        [row] = [row for row in rows if row.session.pk == error.session.pk]
        seen, row.session = row.session.version, error.session
        row.tell_stale(seen)
        wrong.append(_("Somebody else was faster. Nothing is saved yet."))
        return False
    except DomainError as error:
        wrong.append(str(error))
        return False
    return True


def _warn(visit: Visit, clashes: Sequence[Clash]) -> None:
    """Say which warnings there are now that were not there before."""
    sentences = [(clash.sentence,) for clash in clashes if clash.is_open]
    if sentences:
        said = format_html_join("", "<p>{}</p>", sentences)
        visit.admin.message_user(visit.request, said, messages.WARNING)


def _said(n: int) -> str:
    return ngettext("%(n)s session is saved.", "%(n)s sessions are saved.", n) % {"n": n}


def _other_pages(visit: Visit, page: Page[Session] | None) -> list[tuple[int, str, bool]]:
    """Return number, address and whether it is this one, of each page of the table; nothing for one page."""
    if page is None or page.paginator.num_pages < 2:
        return []
    asked = visit.request.GET.dict()
    return [
        (number, visit.url(asked | {"page": str(number)}), number == page.number)
        for number in page.paginator.page_range
    ]


TABLE = DraftPage("table", gettext_lazy("Table"), table_page)
