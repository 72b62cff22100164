"""Addresses of visitors who register and of people who hold a ticket."""

from django.urls import path
from django.views.generic import RedirectView

from registrations.views import (
    delegation_papers,
    delegations,
    documents,
    holder,
    mine,
    own_answers,
    own_changes,
    own_data,
    own_links,
    register,
    seats,
    unsubscribe,
)

app_name = "registrations"
_DELEGATION = "delegation/<uuid:key>/<str:token>/"
_LINK = "registration/<str:code>/<str:token>/"
urlpatterns = [
    path("verify/", documents.verify, name="verify"),
    # Where somebody comes to who cuts the number off the address of a certificate.
    path(
        "certificates/",
        RedirectView.as_view(pattern_name="registrations:verify", http_method_names=["get", "head"]),
        name="certificates",
    ),
    path("certificates/<str:code>/", documents.certificate, name="certificate"),
    path("register/", register.register, name="register"),
    path("register/sent/", register.sent, name="sent"),
    path("register/find/", own_links.find, name="find"),
    path("register/find/sent/", own_links.found, name="found"),
    path("my/registrations/", mine.mine, name="mine"),
    path("registration/erased/", own_data.erased, name="erased"),
    path("registration/link-replaced/", own_links.link_replaced, name="link_replaced"),
    path("news/<uuid:pk>/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("delegations/new/", delegations.new, name="delegation_new"),
    path("delegations/sent/", delegations.sent, name="delegation_sent"),
    path(_DELEGATION, delegations.overview, name="delegation"),
    path(f"{_DELEGATION}edit/", delegations.edit, name="delegation_edit"),
    path(f"{_DELEGATION}add/", delegations.add, name="delegation_add"),
    path(f"{_DELEGATION}places/", delegations.places, name="delegation_places"),
    path(f"{_DELEGATION}places/<int:place>/", delegations.place, name="delegation_place"),
    path(f"{_DELEGATION}members/<uuid:member>/", delegations.member, name="delegation_member"),
    path(f"{_DELEGATION}order/", delegations.order, name="delegation_order"),
    path(f"{_DELEGATION}<slug:kind>-<int:part>.pdf", delegation_papers.papers, name="delegation_papers"),
    path(_LINK, holder.detail, name="detail"),
    path(f"{_LINK}edit/", holder.edit, name="edit"),
    path(f"{_LINK}answers/", own_answers.answers, name="answers"),
    path(f"{_LINK}accept/", holder.accept, name="accept"),
    path(f"{_LINK}cancel/", holder.cancel, name="cancel"),
    path(f"{_LINK}type/", own_changes.change_type, name="change_type"),
    path(f"{_LINK}hand-on/", own_changes.hand_on, name="hand_on"),
    path(f"{_LINK}hand-on/keep/", own_changes.keep, name="keep"),
    path(f"{_LINK}send-again/", own_links.send_again, name="send_again"),
    path(f"{_LINK}new-link/", own_links.new_link, name="new_link"),
    path(f"{_LINK}consents/", own_data.consent, name="consent"),
    path(f"{_LINK}data/", own_data.data, name="data"),
    path(f"{_LINK}data.pdf", own_data.data_pdf, name="data_pdf"),
    path(f"{_LINK}data.json", own_data.data_json, name="data_json"),
    path(f"{_LINK}erase/", own_data.erase, name="erase"),
    path(f"{_LINK}seats/", seats.seats, name="seats"),
    path(f"{_LINK}ticket.pdf", documents.ticket_paper, name="ticket_paper"),
    path(f"{_LINK}certificates/<str:number>.pdf", documents.certificate_paper, name="certificate_paper"),
    path(f"{_LINK}ticket.png", holder.ticket_picture, name="ticket"),
    path(f"{_LINK}calendar.ics", holder.calendar, name="calendar"),
]
