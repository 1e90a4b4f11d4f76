"""Addresses beneath /berita/."""

from django.urls import path

from articles import amendments, composing, revision_pages, upload_pages, views
from articles.feeds import ArticleFeed

app_name = "articles"
urlpatterns = [
    path("", views.article_list, name="list"),
    path("rss/", ArticleFeed(), name="feed"),
    path("tulis/", composing.compose, name="compose"),
    path("saya/", composing.mine, name="mine"),
    path("foto/<uuid:key>/<slug:size>/", views.photo, name="photo"),
    path("foto/kirim/<uuid:key>/", upload_pages.receive, name="upload"),
    path("<int:pk>/dibaca/<slug:signature>.gif", views.read, name="read"),
    path("ralat/<int:pk>/", amendments.detail, name="amendment"),
    path("ralat/<int:pk>/ubah/", amendments.edit, name="edit_amendment"),
    path("ralat/<int:pk>/langkah/", amendments.move, name="move_amendment"),
    path("<int:pk>/<slug:slug>/", views.detail, name="detail"),
    path("<int:pk>/<slug:slug>/ubah/", composing.edit, name="edit"),
    path("<int:pk>/<slug:slug>/langkah/", composing.move, name="move"),
    path("<int:pk>/<slug:slug>/ralat/", amendments.amend, name="amend"),
    path("<int:pk>/<slug:slug>/perubahan/", amendments.public_changes, name="changes"),
    path("<int:pk>/<slug:slug>/versi/", revision_pages.revisions_of, name="revisions"),
    path(
        "<int:pk>/<slug:slug>/versi/<int:revision>/pulihkan/", revision_pages.go_back, name="revision_restore"
    ),
]
