"""Booths and bookings: the page of a booth, the live plan, and what an exhibitor does with a booking."""

from django.urls import path

from exhibitors.views import application, bookings, booths, live

# Included by exhibitors.urls, in its namespace.
urlpatterns = [
    path("exhibition/booths.html", live.changed, name="changed"),
    path("booths/<str:number>/", booths.booth, name="booth"),
    path("booths/<str:number>/hold/", booths.hold, name="booth_hold"),
    path("booths/<str:number>/wait/", booths.wait, name="booth_wait"),
    path("exhibitor/<slug:slug>/bookings/", bookings.bookings, name="bookings"),
    path("exhibitor/<slug:slug>/bookings/<int:pk>/", application.booking, name="booking"),
    path("exhibitor/<slug:slug>/bookings/<int:pk>/price/", application.price, name="bookings_price"),
    path("exhibitor/<slug:slug>/bookings/<int:pk>/again/", application.again, name="bookings_again"),
    path("exhibitor/<slug:slug>/bookings/<int:pk>/renew/", bookings.renew, name="bookings_renew"),
    path("exhibitor/<slug:slug>/bookings/<int:pk>/release/", bookings.release, name="bookings_release"),
    path("exhibitor/<slug:slug>/bookings/<int:pk>/answer/", bookings.answer, name="bookings_answer"),
    path("exhibitor/<slug:slug>/bookings/<int:pk>/accept/", bookings.accept, name="bookings_accept"),
    path("exhibitor/<slug:slug>/bookings/<int:pk>/give-back/", bookings.give_back, name="bookings_give_back"),
    path("exhibitor/<slug:slug>/waits/<int:pk>/leave/", bookings.leave_line, name="bookings_leave_line"),
]
