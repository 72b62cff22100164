"""Signing in and managing an account."""

from django.urls import include, path

from accounts import views

urlpatterns = [
    path("second-factor/", views.second_factor_setup, name="account_second_factor"),
    path("", include("allauth.urls")),
]
