"""Home, venue, and in development the page of all components."""

from django.conf import settings
from django.urls import path

from pages import design, views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("venue/", views.venue, name="venue"),
]
if settings.DEBUG:
    urlpatterns += [path("design/", design.components, name="design")]
