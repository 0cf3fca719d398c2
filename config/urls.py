"""Every address of Plumbline."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from config import health, views

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("sign-in/", views.SignIn.as_view(redirect_authenticated_user=True), name="login"),
    path("sign-out/", LogoutView.as_view(), name="logout"),
    path("sources/", include("sources.urls")),
    path("", include("claims.urls")),
    path("", include("reviews.urls")),
    path("", include("reports.urls")),
    path("audit/", views.audit, name="audit"),
    path("", include("accounts.urls")),
    path("api/", views.api, name="api"),
    path("api/", include("config.api")),
    path("admin/", admin.site.urls),
]

handler400 = "config.views.bad_request"
handler500 = "config.views.server_error"
