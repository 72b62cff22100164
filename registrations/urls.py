"""Addresses of visitors who register and of people who hold a ticket."""

from django.urls import path

from registrations.views import holder, register, seats, unsubscribe

app_name = "registrations"
_LINK = "registration/<str:code>/<str:token>/"
urlpatterns = [
    path("register/", register.register, name="register"),
    path("register/sent/", register.sent, name="sent"),
    path("news/<uuid:pk>/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path(_LINK, holder.detail, name="detail"),
    path(f"{_LINK}edit/", holder.edit, name="edit"),
    path(f"{_LINK}cancel/", holder.cancel, name="cancel"),
    path(f"{_LINK}seats/", seats.seats, name="seats"),
    path(f"{_LINK}ticket.svg", holder.ticket_picture, name="ticket"),
    path(f"{_LINK}calendar.ics", holder.calendar, name="calendar"),
]
