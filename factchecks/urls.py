"""Addresses beneath /cek-fakta/."""

from django.urls import path

from factchecks import composing, views
from factchecks.feeds import FactCheckFeed

app_name = "factchecks"
urlpatterns = [
    path("", views.check_list, name="list"),
    path("rss/", FactCheckFeed(), name="feed"),
    path("tulis/", composing.compose, name="compose"),
    path("saya/", composing.mine, name="mine"),
    path("<int:pk>/<slug:slug>/", views.detail, name="detail"),
    path("<int:pk>/<slug:slug>/ubah/", composing.edit, name="edit"),
    path("<int:pk>/<slug:slug>/langkah/", composing.move, name="move"),
]
