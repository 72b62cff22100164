from django.urls import path

from exhibitors.views import exhibition

app_name = "exhibitors"
urlpatterns = [
    path("exhibition/", exhibition.exhibition, name="exhibition"),
    path("exhibition/<slug:slug>/", exhibition.exhibitor, name="exhibitor"),
    path("exhibition/<slug:slug>/<slug:product>/", exhibition.product, name="product"),
]
