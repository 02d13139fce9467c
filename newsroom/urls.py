"""The addresses of the whole site."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from newsroom.accounts import admin_sign_in
from newsroom.crawlers import robots, security_txt, tdmrep
from newsroom.health import healthz, readyz
from newsroom.kept_forms import kept_forms

admin.site.login = admin_sign_in  # type: ignore[method-assign]  # a method of AdminSite, set before its urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/tdmrep.json", tdmrep, name="tdmrep"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("accounts/kept-forms/", kept_forms, name="kept_forms"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("articles.public.urls")),
]

handler400 = "newsroom.errors.bad_request"
handler403 = "newsroom.errors.permission_denied"
handler404 = "newsroom.errors.page_not_found"
handler500 = "newsroom.errors.server_error"
