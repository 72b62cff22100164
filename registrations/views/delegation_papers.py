"""What a lead prints for the whole group: all tickets, all badges."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from core.throttle import over_limit, too_many
from registrations.delegations.papers import KINDS, people_in
from registrations.delegations.reading import overview_of
from registrations.models import Delegation
from registrations.views.delegations import leads_page

# Files of one delegation. Each keeps a processor busy for a second or two.
FILES, FILE_SECONDS = 30, 600


@leads_page("GET")
def papers(request: HttpRequest, delegation: Delegation, kind: str, part: int) -> HttpResponse:
    """Give one file; a 404 for one in which nobody would be."""
    people = people_in(overview_of(delegation), part)
    if kind not in KINDS or not people:
        raise Http404
    wait = over_limit("delegation-papers", str(delegation.pk), limit=FILES, seconds=FILE_SECONDS)
    if wait is not None:
        return too_many(request, wait)
    response = HttpResponse(KINDS[kind].render(people), content_type="application/pdf")
    name = f"{delegation.name} – {KINDS[kind].title}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
