"""Pages for everybody, at the root of the portal."""

from django.urls import path

from home import service_worker, sitemaps, views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("cari/", views.search, name="search"),
    path("wilayah/", views.regions, name="regions"),
    path("wilayah/pilih/", views.choose_region, name="choose_region"),
    path("wilayah/<str:code>/", views.region, name="region"),
    path("wilayah/<str:code>/kantor/", views.office, name="office"),
    path("tentang/<slug:page>/", views.about, name="about"),
    path("sw.js", service_worker.service_worker, name="service_worker"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap_section"),
]
