"""Home, venue, My forum, screens of halls, what is read without network; in development all components."""

from django.conf import settings
from django.urls import path

from pages import views, views_design, views_my, views_offline, views_screen

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("venue/", views.venue, name="venue"),
    path("my/", views_my.my_forum, name="my_forum"),
    path("my/calendar/", views_my.my_feed_deed, name="my_feed_deed"),
    path("my/calendar/<int:number>/<str:token>.ics", views_my.my_feed, name="my_feed"),
    path("my/seats/", views_my.my_seat, name="my_seat"),
    path("my/sessions/<slug:slug>/", views_my.my_session, name="my_session"),
    path("offline/", views_offline.offline, name="offline"),
    path("screen/<slug:room>/", views_screen.screen, name="screen"),
]
if settings.DEBUG:
    urlpatterns += [path("design/", views_design.components, name="design")]
