"""Every address of the portal. Public paths are Indonesian."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from common.components import gallery
from kimportal.health import healthz

urlpatterns = [
    path("", include("home.urls")),
    path("komunitas/", include("communities.urls")),
    path("", include("complaints.urls")),
    path("berita/hak-jawab/", include("replies.urls")),
    path("berita/", include("articles.urls")),
    path("kegiatan/", include("events.urls")),
    path("cek-fakta/", include("factchecks.urls")),
    path("siaran/", include("announcements.urls")),
    path("aspirasi/", include("aspirations.urls")),
    path("pemberitahuan/", include("notifications.urls")),
    path("kantor/", include("office.urls")),
    path("klaim/", include("imports.urls")),
    path("akun/", include("accounts.urls")),
    path("wilayah/data/", include("regions.urls")),
    path("bahasa/", login_not_required(set_language), name="set_language"),
    path("healthz/", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("_gaya/", gallery, name="gallery"),
]
