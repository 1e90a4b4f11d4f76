"""Addresses beneath /komunitas/. The words here are reserved in communities.actions.RESERVED_SLUGS."""

from django.urls import path

from communities import registering, views
from communities.feeds import CommunityFeed

app_name = "communities"
urlpatterns = [
    path("", views.directory, name="directory"),
    path("rss/", CommunityFeed(), name="feed"),
    path("daftar/", registering.apply, name="apply"),
    path("saya/", registering.mine, name="mine"),
    path("dokumen/<int:pk>/", registering.document, name="document"),
    path("gambar/<uuid:key>/<slug:size>/", views.picture, name="picture"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/ubah/", registering.edit, name="edit"),
    path("<slug:slug>/langkah/", registering.move, name="move"),
    path("<slug:slug>/gabung/", registering.join, name="join"),
    path("<slug:slug>/anggota/", registering.members, name="members"),
    path("<slug:slug>/anggota/<int:pk>/", registering.change_member, name="change_member"),
]
