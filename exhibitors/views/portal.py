"""The exhibitors that a person looks after, and the first page of one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import User
from core.private_pages import keep_private
from events.current_forum import current_forum_or_404
from exhibitors.managing import managed_exhibitors
from exhibitors.models import Exhibitor
from exhibitors.portal_bookings import bookings_of
from exhibitors.portal_cards import cards_of
from exhibitors.views.portal_page import portal, sign_in_first


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the exhibitors that somebody looks after; one alone is shown at once."""
    forum = current_forum_or_404()
    if not isinstance(request.user, User):
        return keep_private(sign_in_first(request), has_form=True)
    found = list(managed_exhibitors(request.user, forum))
    if len(found) == 1:
        return keep_private(redirect("exhibitors:dashboard", slug=found[0].slug), has_form=True)
    context = {"forum": forum, "exhibitors": found}
    return keep_private(render(request, "exhibitors/portal/mine.html", context), has_form=True)


@require_safe
@portal
def dashboard(request: HttpRequest, exhibitor: Exhibitor) -> HttpResponse:
    """Show how an exhibitor's booths stand and what is to be done."""
    context = {
        "exhibitor": exhibitor,
        "forum": exhibitor.forum,
        "bookings": bookings_of(exhibitor),
        "cards": cards_of(exhibitor),
    }
    return render(request, "exhibitors/portal/dashboard.html", context)
