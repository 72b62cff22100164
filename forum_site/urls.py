"""Every address of the site. Public pages stand under /vi/, /ko/ or /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path

from core import views as core_views
from events.views.materials import material
from exhibitors.views.live import status as plan_status
from pages.views_offline import service_worker
from pages.views_robots import robots_txt, sitemap_xml

urlpatterns = [
    path("", core_views.root, name="root"),
    path("language/<str:code>/", core_views.choose_language, name="choose_language"),
    path("healthz", core_views.healthz, name="healthz"),
    path("readyz", core_views.readyz, name="readyz"),
    path("materials/<uuid:uid>/", material, name="material"),
    # Asked every two seconds by everybody who looks at the plan, and the same in all languages
    path("exhibition/status.json", plan_status, name="exhibition_status"),
    path("robots.txt", robots_txt, name="robots"),
    path("sitemap.xml", sitemap_xml, name="sitemap"),
    path("sw.js", service_worker, name="service_worker"),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("accounts/", include("accounts.urls")),
        path("", include("events.urls")),
        path("", include("exhibitors.urls")),
        path("", include("registrations.urls")),
        path("check-in/", include("registrations.urls_check_in")),
        path("", include("leads.urls")),
        path("lead-scanner/", include("leads.urls_scanner")),
        path("", include("pages.urls")),
        prefix_default_language=True,
    ),
]
if settings.DEBUG:
    urlpatterns += static(
        settings.MEDIA_URL, document_root=settings.STORAGES["default"]["OPTIONS"].get("location")
    )

handler400 = "core.views.bad_request"
handler403 = "core.views.permission_denied"
handler404 = "core.views.page_not_found"
handler500 = "core.views.server_error"
