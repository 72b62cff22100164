from django.urls import include, path

from exhibitors.views import exhibition, invitation, joining, portal

app_name = "exhibitors"
urlpatterns = [
    path("exhibition/", exhibition.exhibition, name="exhibition"),
    path("exhibition/<slug:slug>/", exhibition.exhibitor, name="exhibitor"),
    path("exhibition/<slug:slug>/<slug:product>/", exhibition.product, name="product"),
    path("", include("exhibitors.urls_bookings")),
    path("exhibitor/", portal.mine, name="portal"),
    path("exhibitor/join/", joining.form, name="join"),
    path("exhibitor/join/<str:key>/", joining.finish, name="join_finish"),
    path("exhibitor/invitation/<int:pk>/<str:token>/", invitation.invitation, name="invitation"),
    path("exhibitor/<slug:slug>/", portal.dashboard, name="dashboard"),
    path("exhibitor/<slug:slug>/", include("exhibitors.urls_presence")),
    path("exhibitor/<slug:slug>/", include("exhibitors.urls_portal")),
]
