"""Data for the region picker, under /wilayah/data/."""

from django.urls import path

from regions import views

app_name = "regions"
urlpatterns = [
    path("cari/", views.search, name="search"),
    path("anak/", views.children, name="children"),
]
