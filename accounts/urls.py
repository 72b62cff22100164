"""Signing in and managing an account."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
