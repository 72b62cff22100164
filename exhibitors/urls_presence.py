"""What visitors read of an exhibitor, and who looks after it, among an exhibitor's own pages."""

from django.urls import path

from exhibitors.views import guests, people, presence

urlpatterns = [
    path("profile/", presence.profile, name="profile"),
    path("languages/", presence.languages, name="languages"),
    path("products/", presence.products, name="products"),
    path("products/new/", presence.product_add, name="products_add"),
    path("products/<int:pk>/", presence.product_edit, name="products_edit"),
    path("products/<int:pk>/delete/", presence.product_delete, name="products_delete"),
    path("products/<int:pk>/move/", presence.product_move, name="products_move"),
    path("people/", people.people, name="people"),
    path("people/<int:pk>/remove/", people.remove, name="people_remove"),
    path("people/<int:pk>/resend/", people.resend, name="people_resend"),
    path("co-exhibitors/", guests.guests, name="guests"),
    path("co-exhibitors/<int:pk>/remove/", guests.remove, name="guests_remove"),
    path("co-exhibitors/<int:pk>/resend/", guests.resend, name="guests_resend"),
]
