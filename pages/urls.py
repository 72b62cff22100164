"""Home, venue, screens of halls, what is read without network, and in development all components."""

from django.conf import settings
from django.urls import path

from pages import views, views_design, views_offline, views_screen

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("venue/", views.venue, name="venue"),
    path("offline/", views_offline.offline, name="offline"),
    path("screen/<slug:room>/", views_screen.screen, name="screen"),
]
if settings.DEBUG:
    urlpatterns += [path("design/", views_design.components, name="design")]
