"""The page of all clashes of the draft: open ones to settle or accept, accepted ones with their reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import demand
from events.admin.draft_page import CHANGE, VIEW, DraftPage, Visit
from events.clashes import Clash, clashes_of
from events.forms.calendar import AcceptForm
from events.models import Session
from events.services.acceptance import accept_clash, withdraw_acceptance


def warnings_page(visit: Visit) -> HttpResponse:
    """Show the clashes; accept one with a reason, or let an accepted one be open again."""
    form: AcceptForm | None = None
    if visit.is_sent:
        demand(visit.user, CHANGE, visit.forum)
        if "withdraw" in visit.request.POST:
            key = visit.request.POST["withdraw"].replace("\x00", "")
            withdraw_acceptance(forum=visit.forum, key=key, by=visit.user)
            return visit.done(_("The warning is open again."))
        form = AcceptForm(visit.request.POST)
        if form.is_valid():
            accept_clash(forum=visit.forum, by=visit.user, **form.cleaned_data)
            return visit.done(_("The warning is accepted."))
        if "key" in form.errors:
            return visit.done(_("This warning is no longer there. Please look again."), messages.WARNING)
    clashes = clashes_of(visit.forum, seen_by=visit.user)
    kinds = Counter(clash.code for clash in clashes)
    chosen = visit.request.GET.get("kind", "")
    rows = _rows(visit, [clash for clash in clashes if chosen not in kinds or clash.code == chosen], form)
    context = {
        "open_rows": [row for row in rows if row["clash"].is_open],
        "accepted_rows": [row for row in rows if not row["clash"].is_open],
        "total": len(clashes),
        "chosen": chosen,
        "kinds": [
            {
                "code": code.value,
                "title": clash.kind,
                "count": kinds[code],
                "url": visit.url({"kind": code.value}),
            }
            for code, clash in {clash.code: clash for clash in clashes}.items()
        ],
        "may_change": visit.may(CHANGE),
        "all_url": visit.url(),
    }
    return visit.show("warnings", context)


def _rows(visit: Visit, clashes: Iterable[Clash], form: AcceptForm | None) -> list[dict[str, Any]]:
    """Return each clash with its sessions and the form with which it is accepted."""
    uids = {uid for clash in clashes for uid in clash.session_uids}
    sessions = {
        str(one.uid): one for one in Session.objects.filter(uid__in=uids).select_related("forum", "room")
    }
    return [
        {
            "clash": clash,
            "sessions": [sessions[uid] for uid in clash.session_uids if uid in sessions],
            "form": _form_for(clash, number, form),
        }
        for number, clash in enumerate(clashes)
    ]


def _form_for(clash: Clash, number: int, sent: AcceptForm | None) -> AcceptForm:
    """Return the form that was sent when it is this clash's, else an empty one; ids differ by number."""
    if sent is not None and sent.data.get("key") == clash.key:
        sent.auto_id = f"accept-{number}-%s"
        return sent
    return AcceptForm(initial={"key": clash.key}, auto_id=f"accept-{number}-%s")


WARNINGS = DraftPage("warnings", gettext_lazy("Warnings"), warnings_page, right=VIEW)
